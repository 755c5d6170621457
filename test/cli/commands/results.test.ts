/** `results`: the results of the last build in three formats. */
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { loadSource } from '../../../src/lang/load.js';
import { MAIN, mirrorWorkspace, type TestWorkspace } from '../rig.js';

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
    expect(rows[2]).toMatch(
      /^ +3 +0\/2 +0\/1 +3 +\d+ +first_nine +solvers\/mirror.py:15, error on 3 samples: stop: .*\(line 17\)$/,
    );
  });
});

/** The mirror workspace with two generated solvers, whose parents are `turn_all` and one that does not exist. */
async function bredWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  const bred = [
    `# parent ${TURN_ALL} constant+crossover:0a1b2c3d seed 7 round 2`,
    'def solve_mirror_00000001(I):',
    '    return hmirror(vmirror(I))',
    '',
    '',
    '# parent 00000000 deletion seed 7 round 3',
    'def solve_mirror_00000002(I):',
    '    return I',
    '',
  ];
  workspace.write('solvers/bred/mirror.py', bred.join('\n'));
  await workspace.build();
  return workspace;
}

/** First digits of the body hash of `turn_all`. */
const [{ body }] = loadSource(Buffer.from('def f(I):\n    return rot180(I)\n'), 'f.py').functions;
const TURN_ALL = body.slice(0, 8);

describe('lineage', () => {
  it('comes last in a line of jsonl, only where there is one, and is null in json where there is none', async () => {
    const workspace = await bredWorkspace();
    const first = { parent: TURN_ALL, mutation: 'constant+crossover:0a1b2c3d', seed: 7, round: 2 };
    const second = { parent: '00000000', mutation: 'deletion', seed: 7, round: 3 };
    const lines = await workspace.json<Line>('results', '--format', 'jsonl', '--outputs');
    const bred = lines.filter((line) => 'lineage' in line);
    expect(bred.map(({ lineage }) => lineage)).toEqual([first, first, first, second, second, second]);
    expect(Object.keys(bred[0]).slice(-3)).toEqual(['cost', 'output', 'lineage']);
    const { stdout } = await workspace.run('results', '--format', 'json');
    const objects = JSON.parse(stdout) as Line[];
    expect(objects.map(({ lineage }) => lineage)).toEqual([first, second, null, null, null, null]);
  });

  it('names the parent where the task has it; it is left out where the file has changed since', async () => {
    const workspace = await bredWorkspace();
    const { stdout } = await workspace.run('results');
    expect(stdout).toContain('bred/mirror.py:2, constant+crossover:0a1b2c3d of turn_all, round 2\n');
    expect(stdout).toContain('bred/mirror.py:7, deletion of 00000000, round 3\n');
    workspace.write('solvers/bred/mirror.py', '# parent 0a0a0a0a deletion seed 1 round 9\n');
    const later = await workspace.run('results');
    expect(later.stdout).toContain('bred/mirror.py:2\n');
    expect(later.stdout).not.toContain('round');
  });
});

describe('results --behaviours', () => {
  it('lists every class with its members, the best first', async () => {
    const { stdout } = await (await bredWorkspace()).run('results', '--behaviours');
    const rows = stdout.split('\n').filter((line) => line.startsWith('  '));
    expect(rows.map((row) => row.trim().split(/ +/).join(' '))).toEqual([
      'behaviour demo test rank cost solver',
      expect.stringMatching(/^1 2\/2 1\/1 1 \d+ turn_rows solvers\/mirror.py:1$/),
      expect.stringMatching(/^1 \d+ turn_rows_too solvers\/mirror.py:6, a duplicate$/),
      expect.stringMatching(/^2 2\/2 0\/1 2 \d+ turn_all solvers\/mirror.py:11$/),
      expect.stringMatching(
        /^3 \d+ solve_mirror_00000001 solvers\/bred.*:2, constant.* of turn_all, round 2$/,
      ),
      expect.stringMatching(/^3 0\/2 0\/1 4 \d+ solve_mirror_00000002 /),
      expect.stringMatching(/^4 0\/2 0\/1 5 \d+ first_nine /),
    ]);
  });

  it('has an object per class in json, and a line in jsonl', async () => {
    const workspace = await bredWorkspace();
    const lines = await workspace.json<Line>('results', '--behaviours', '--format', 'jsonl');
    const { stdout } = await workspace.run('results', '--behaviours', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual(lines);
    expect(lines[0]).toMatchObject({
      task: 'mirror',
      behaviour: 1,
      rank: 1,
      o_score: 3,
      demo: { matched: 2, known: 2 },
      test: { matched: 1, known: 1 },
      members: [
        { solver: 'turn_rows', line: 1, rank: 1, duplicateOf: null, lineage: null },
        { solver: 'turn_rows_too', line: 6, rank: 1, duplicateOf: 'turn_rows', lineage: null },
      ],
    });
    expect(lines[1]['members']).toMatchObject([{ solver: 'turn_all' }, { lineage: { round: 2 } }]);
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
    // There is more output than a pipe can hold.
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('results lists what is asked for', () => {
  /** Besides the solved task: one that is nearly solved, one that is not, and one with an error only. */
  async function builtTasks(): Promise<TestWorkspace> {
    const workspace = mirrorWorkspace();
    for (const id of ['near', 'far', 'wrong']) workspace.writeMirrorTask(id);
    workspace.write('solvers/near.py', 'def near(I):\n    return rot180(I)\n');
    workspace.write(
      'solvers/far.py',
      'def far(I):\n    return I\n\n\ndef farther(I):\n    return hmirror(I)\n',
    );
    workspace.write('solvers/wrong.py', 'def wrong(I):\n    return first(ofcolor(I, NINE))\n');
    await workspace.build();
    return workspace;
  }

  interface Row {
    readonly task: string;
    readonly solver: string;
    readonly rank: number;
    readonly near?: object;
  }

  it('in text and in JSON alike', async () => {
    const workspace = await builtTasks();
    const heads = async (...options: string[]) => {
      const { stdout } = await workspace.run('results', ...options);
      const { stdout: json } = await workspace.run('results', '--json', ...options);
      const tasks = [...stdout.matchAll(/^(\S+) {2}(solved|partly|unsolved)/gm)].map(([, task]) => task);
      expect([...new Set((JSON.parse(json) as Row[]).map(({ task }) => task))]).toEqual(tasks);
      return tasks;
    };
    expect(await heads()).toEqual(['far', 'mirror', 'near', 'wrong']);
    expect(await heads('--unsolved')).toEqual(['far', 'near', 'wrong']);
    expect(await heads('--near')).toEqual(['near', 'far', 'wrong']);
    expect(await heads('--errors')).toEqual(['mirror', 'wrong']);
    expect((await heads('--sort', 'score'))[0]).toBe('mirror');
    expect((await heads('--sort', 'candidates'))[0]).toBe('mirror');
  });

  it('how near a task is, and what is wrong', async () => {
    const workspace = await builtTasks();
    const { stdout } = await workspace.run('results', '--near', '--top', '1');
    expect(stdout).toMatch(
      /^near {2}partly .*; nearest: near, 2 of 3 samples, 4 of 4 cells wrong on the others$/m,
    );
    const rows = JSON.parse(
      (await workspace.run('results', '--near', '--top', '1', '--json')).stdout,
    ) as Row[];
    expect(rows.map(({ solver, rank }) => [solver, rank])).toEqual([
      ['near', 1],
      ['far', 1],
      ['wrong', 1],
    ]);
    expect(rows[0].near).toEqual({ solver: 'near', matched: 2, known: 3, wrongCells: 4, cells: 4 });
    const errors = await workspace.run('results', '--errors', '-i', 'wrong');
    expect(errors.stdout).toMatch(/wrong +solvers\/wrong.py:1, error on 3 samples: stop: .* \(line 2\)$/m);
  });

  it.each([
    ['--sort', 'size'],
    ['--top', 'x'],
    ['--near', '--sort', 'cost'],
  ])('and refuses %s %s', async (...options) => {
    expect((await mirrorWorkspace().run('results', ...options)).code).toBe(2);
  });
});
