/** Builds that skip cells, as the command line shows them; and the trace of a build. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectSoundTrace, parseTrace } from '../observe/traces.js';
import { mirrorWorkspace } from './rig.js';

interface ResultLine {
  readonly solver: string;
  readonly sample: number;
  readonly status: string;
  readonly error: string | null;
  readonly match: boolean | null;
}

describe('build --early-stop', () => {
  it('leaves out what comes after a failed demonstration, and says so', async () => {
    const workspace = mirrorWorkspace();
    // `first_nine` fails the first of two demonstrations; the others match both.
    const { stdout, code } = await workspace.run('build', '--early-stop');
    expect(stdout).toContain('7 of 9 cells executed');
    expect(stdout).toContain('outcomes: 6 ok, 1 error, 2 skipped');
    expect(code).toBe(0);
    const lines = await workspace.json<ResultLine>('results', '--format', 'jsonl');
    const skipped = lines.filter(({ status }) => status === 'skipped');
    expect(skipped.map(({ solver, sample, error, match }) => [solver, sample, error, match])).toEqual([
      ['first_nine', 1, null, null],
      ['first_nine', 2, null, null],
    ]);
    const text = (await workspace.run('results')).stdout;
    expect(text).toMatch(/0\/2 +0\/1 .*first_nine .*error on 1 sample: .*skipped on 2 samples/);
    const show = (await workspace.run('show', 'mirror', '--solver', 'first_nine')).stdout;
    expect(show).toContain('skipped');
  });

  it('is not taken for all by a build without it, nor by `explain`', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build('--early-stop');
    const { stdout } = await workspace.run('explain', 'mirror/first_nine');
    expect(stdout.match(/^miss +validate .*the last build did without it$/gm)).toHaveLength(2);
    expect(await workspace.build()).toMatchObject({ cells: 9, cellsRun: 2, outcomes: { skipped: 0 } });
    expect(await workspace.build('--early-stop')).toMatchObject({ cells: 9, cellsRun: 0 });
  });
});

describe('build --until-solved', () => {
  it('leaves other programs alone once one matches all demonstrations', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build('--until-solved');
    workspace.writeSolver('more.py', 'solve_more', 'return I');
    const summary = await workspace.build('--until-solved');
    expect(summary).toMatchObject({ cells: 12, cellsRun: 0, solved: 1, outcomes: { skipped: 3 } });
    expect(await workspace.build()).toMatchObject({ cells: 12, cellsRun: 3, outcomes: { skipped: 0 } });
  });
});

describe('build --trace', () => {
  it('writes what ran when', async () => {
    const workspace = mirrorWorkspace();
    expect((await workspace.run('build', '--trace', 'traces/cold.json')).code).toBe(0);
    const text = workspace.read('traces/cold.json');
    expectSoundTrace(text);
    const validated = parseTrace(text).filter(({ name }) => name === 'validate');
    expect(validated.map(({ args }) => args)).toEqual([{ subject: 'mirror' }]);
    // A null build has a trace too.
    expect((await workspace.run('build', '--trace', 'null.json')).code).toBe(0);
    expectSoundTrace(workspace.read('null.json'));
  });

  it('is an error when it cannot be written, and costs nothing else', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('file', '');
    const { code, stdout, stderr } = await workspace.run('build', '--trace', 'file/trace.json');
    expect(stderr).toMatch(/^error: the trace cannot be written to .*file\/trace\.json: .+\n$/);
    expect(stdout).toContain('1 solved');
    expect(code).toBe(1);
  });

  it('is written when the build is interrupted', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeSolver(
      'endless.py',
      'solve_endless',
      'x1 = rbind(add, ONE)',
      'x2 = power(x1, 9007199254740991)',
      'return x2(ONE)',
    );
    const endless = ['--budget', '9007199254740991', '--timeout', '86400', '-j', '1'];
    const child = workspace.start(['build', '--json', '--trace', 'trace.json', ...endless]);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const before = stdout;
      stdout += text;
      const looked = '"looked-up","phase":"validate"';
      if (stdout.includes(looked) && !before.includes(looked)) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(existsSync(workspace.path('trace.json'))).toBe(true);
    const text = workspace.read('trace.json');
    expectSoundTrace(text);
    expect(parseTrace(text).some(({ name }) => name === 'validate')).toBe(true);
  });
});
