/** `results`: what the last build found out, in three formats. */
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { MAIN, mirrorWorkspace, type TestWorkspace } from './rig.js';

interface Line {
  readonly solver: string;
  readonly sample: number;
  readonly kind: string;
  readonly status: string;
  readonly [key: string]: unknown;
}

async function builtWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  return workspace;
}

describe('results --format jsonl', () => {
  it('has a line for every solver source and sample, keys in the order of the contract', async () => {
    const workspace = await builtWorkspace();
    const lines = await workspace.json<Line>('results', '--format', 'jsonl', '--outputs');
    expect(lines.map(({ solver, sample, kind }) => `${solver} ${kind} ${sample}`)).toEqual(
      ['turn_rows', 'turn_rows_too', 'turn_all', 'first_nine'].flatMap((solver) => [
        `${solver} demo 0`,
        `${solver} demo 1`,
        `${solver} test 2`,
      ]),
    );
    expect(JSON.stringify(lines[0])).toBe(
      JSON.stringify({
        task: 'mirror',
        solver: 'turn_rows',
        file: 'solvers/mirror.py',
        line: 1,
        body: lines[0]['body'],
        duplicateOf: null,
        sample: 0,
        kind: 'demo',
        status: 'ok',
        error: null,
        match: true,
        valid: true,
        cost: lines[0]['cost'],
        output: [[2, 1]],
      }),
    );
    expect(lines[0]['body']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives duplicates the outcome of their program and the name of the first', async () => {
    const workspace = await builtWorkspace();
    const lines = await workspace.json<Line>('results', '--format', 'jsonl');
    const first = lines.find(({ solver }) => solver === 'turn_rows');
    const second = lines.find(({ solver }) => solver === 'turn_rows_too');
    expect(second).toEqual({ ...first, solver: 'turn_rows_too', line: 6, duplicateOf: 'turn_rows' });
  });

  it('begins an error with its class, and says on which line of the file it arose', async () => {
    const workspace = await builtWorkspace();
    const lines = await workspace.json<Line>('results', '--format', 'jsonl', '--outputs');
    const line = lines.find(({ solver }) => solver === 'first_nine') as Line;
    expect(line).toMatchObject({ status: 'error', match: false, valid: false, errorLine: 17 });
    expect(line['error']).toMatch(/^stop: /);
    expect(line).not.toHaveProperty('output');
  });

  it('has no outputs unless they are asked for, and null where the answer is hidden', async () => {
    const workspace = mirrorWorkspace();
    const task = JSON.parse(workspace.read('tasks/mirror.json')) as { test: { output?: unknown }[] };
    delete task.test[0].output;
    workspace.write('tasks/mirror.json', JSON.stringify(task));
    await workspace.build();
    const lines = await workspace.json<Line>('results', '--format', 'jsonl');
    for (const line of lines) expect(line).not.toHaveProperty('output');
    const test = lines.filter(({ kind }) => kind === 'test');
    expect(test.map(({ match }) => match)).toEqual([null, null, null, null]);
  });

  it('is sorted by task, file, line and sample', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeMirrorTask('a-mirror');
    workspace.write('solvers/zebra/any.py', 'def solve_any(I):\n    return I\n');
    workspace.write('solvers/ant/any.py', 'def solve_any(I):\n    return hmirror(I)\n');
    await workspace.build();
    const lines = await workspace.json<Line>('results', '--format', 'jsonl');
    const keys = lines.map(({ task, file, line, sample }) =>
      [task, file, String(line).padStart(3, '0'), sample].join(' '),
    );
    expect(keys).toEqual([...keys].sort());
    expect(new Set(lines.map(({ task }) => task))).toEqual(new Set(['a-mirror', 'mirror']));
  });
});

describe('results --format json', () => {
  it('is a list with an object per candidate', async () => {
    const workspace = await builtWorkspace();
    const { stdout } = await workspace.run('results', '--format', 'json');
    const objects = JSON.parse(stdout) as Record<string, unknown>[];
    expect(objects).toHaveLength(4);
    expect(objects[2]).toMatchObject({
      task: 'mirror',
      solver: 'turn_all',
      rank: 2,
      o_score: 2,
      demo: { matched: 2, known: 2 },
      test: { matched: 0, known: 1 },
      d_scores: {},
      behaviour: 2,
    });
  });

  it('is an empty list where there is no candidate', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/mirror.py', '');
    await workspace.build();
    expect((await workspace.run('results', '--format', 'json')).stdout).toBe('[]\n');
  });
});

describe('results as text', () => {
  it('ranks the programs of a task, best first', async () => {
    const workspace = await builtWorkspace();
    const { stdout } = await workspace.run('results');
    expect(stdout).toMatch(/^mirror {2}solved {2}4 candidates -> 3 programs -> 3 behaviours$/m);
    const rows = stdout.split('\n').filter((line) => /^ +\d/.test(line));
    expect(rows[0]).toMatch(/^ +1 +2\/2 +1\/1 +1 +\d+ +turn_rows +solvers\/mirror.py:1, and 1 duplicate$/);
    expect(rows[1]).toMatch(/^ +2 +2\/2 +0\/1 +2 +\d+ +turn_all +solvers\/mirror.py:11$/);
    expect(rows[2]).toMatch(/^ +3 +0\/2 +0\/1 +3 +\d+ +first_nine +solvers\/mirror.py:15, 3 x error$/);
  });
});

describe('results', () => {
  it('of one task can be read from a build of all', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeMirrorTask('other');
    await workspace.build();
    const { stdout } = await workspace.run('results', '-i', 'other');
    expect(stdout).toContain('other  unsolved');
    expect(stdout).not.toContain('mirror.py');
  });

  it('say on stderr when an input has changed since', async () => {
    const workspace = await builtWorkspace();
    expect((await workspace.run('results')).stderr).toBe('');
    workspace.writeSolver('other.py', 'solve_more', 'return I');
    const { code, stdout, stderr } = await workspace.run('results');
    expect(stderr).toContain('1 input has changed since (solvers/other.py)');
    expect(stdout).not.toContain('solve_more');
    expect(code).toBe(0);
  });

  it('end quietly when nobody reads on', async () => {
    const workspace = mirrorWorkspace();
    const solvers = Array.from({ length: 1500 }, (_, k) => `def solve_${k}(I):\n    return vmirror(I)\n\n\n`);
    workspace.write('solvers/mirror.py', solvers.join(''));
    await workspace.build();
    const child = spawn(process.execPath, [MAIN, 'results', '--format', 'jsonl'], { cwd: workspace.folder });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // More than a pipe holds is still to come.
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});
