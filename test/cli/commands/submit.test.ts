/** The command `submit`: combined challenges in, a submission out. */
import { describe, expect, it } from 'vitest';
import { emptyWorkspace, mirrorWorkspace, type TestWorkspace } from '../rig.js';

const TRAIN = [
  { input: [[1, 2]], output: [[2, 1]] },
  { input: [[3, 0, 0]], output: [[0, 0, 3]] },
];

/** Two challenges that are solved by mirroring rows: one with one test input, one with two. */
function writeChallenges(workspace: TestWorkspace): void {
  const challenges = {
    aaaa0001: { train: TRAIN, test: [{ input: [[4, 5]] }] },
    bbbb0002: { train: TRAIN, test: [{ input: [[6, 7]] }, { input: [[8, 8, 9]] }] },
  };
  workspace.write('arc/x_challenges.json', JSON.stringify(challenges));
}

function writeSolutions(workspace: TestWorkspace, ...second: number[][][]): void {
  workspace.write('arc/x_solutions.json', JSON.stringify({ aaaa0001: [[[5, 4]]], bbbb0002: second }));
}

function writeSolvers(workspace: TestWorkspace): void {
  workspace.writeSolver('turn.py', 'turn', 'return vmirror(I)');
  workspace.writeSolver('same.py', 'same', 'return I');
}

const INPUTS = ['--tasks', 'arc/x_challenges.json', '--solvers', 'solvers'];

const SUBMISSION = {
  aaaa0001: [{ attempt_1: [[5, 4]], attempt_2: [[4, 5]] }],
  bbbb0002: [
    { attempt_1: [[7, 6]], attempt_2: [[6, 7]] },
    { attempt_1: [[9, 8, 8]], attempt_2: [[8, 8, 9]] },
  ],
};

const readIn = (workspace: TestWorkspace, name: string): unknown => JSON.parse(workspace.read(name));

describe('submit', () => {
  it('makes a submission of combined challenges in one command', async () => {
    const workspace = emptyWorkspace();
    writeChallenges(workspace);
    writeSolvers(workspace);
    const { code, stdout, stderr } = await workspace.run('submit', ...INPUTS);
    expect(stdout).toBe(
      'wrote submission.json: 2 tasks, 3 test inputs; two attempts for 3, one for 0, none for 0\n',
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(readIn(workspace, 'submission.json')).toEqual(SUBMISSION);
  });

  it('writes the same when the solutions are there, and where it is told', async () => {
    const workspace = emptyWorkspace();
    writeChallenges(workspace);
    writeSolvers(workspace);
    await workspace.run('submit', ...INPUTS);
    // Solutions that match the worse solver.
    writeSolutions(workspace, [[6, 7]], [[8, 8, 9]]);
    await workspace.run('submit', ...INPUTS, '--submission', 'sent/today.json');
    expect(workspace.read('sent/today.json')).toBe(workspace.read('submission.json'));
  });

  it('scores it against the outputs that are known', async () => {
    const workspace = emptyWorkspace();
    writeChallenges(workspace);
    writeSolutions(workspace, [[0, 0]], [[8, 8, 9]]);
    writeSolvers(workspace);
    const { stdout, code } = await workspace.run('submit', ...INPUTS, '--score');
    expect(stdout.split('\n')).toEqual([
      'task      right',
      'aaaa0001    1/1',
      'bbbb0002    1/2',
      '',
      'right: 2 of 3 known test outputs, 1 of 2 tasks',
      '',
      'wrote submission.json: 2 tasks, 3 test inputs; two attempts for 3, one for 0, none for 0',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const workspace = emptyWorkspace();
    writeChallenges(workspace);
    writeSolutions(workspace, [[0, 0]], [[8, 8, 9]]);
    writeSolvers(workspace);
    const attempts = { two: 3, one: 0, none: 0 };
    const summary = { type: 'submission', file: 'submission.json', tasks: 2, inputs: 3, attempts };
    expect(await workspace.json('submit', ...INPUTS, '--json', '--score')).toEqual([
      { type: 'task', task: 'aaaa0001', attempts: [2], right: 1, known: 1 },
      { type: 'task', task: 'bbbb0002', attempts: [2, 2], right: 1, known: 2 },
      { ...summary, score: { right: 2, known: 3, tasksRight: 1, tasksKnown: 2 } },
    ]);
    expect(await workspace.json('submit', ...INPUTS, '--json')).toEqual([
      { type: 'task', task: 'aaaa0001', attempts: [2] },
      { type: 'task', task: 'bbbb0002', attempts: [2, 2] },
      { ...summary, score: null },
    ]);
  });

  it('says hidden where no output is known', async () => {
    const workspace = emptyWorkspace();
    writeChallenges(workspace);
    const args = ['--tasks', 'arc/x_challenges.json', '--score', '-i', 'aaaa0001'];
    const { stdout } = await workspace.run('submit', ...args);
    expect(stdout).toMatch(/^aaaa0001 +hidden$/m);
    expect(stdout).toContain('right: 0 of 0 known test outputs, 0 of 0 tasks\n');
    expect(stdout).toContain('none for 1\n');
  });

  it('is not in the way of later builds when it is written beside the challenges', async () => {
    const workspace = emptyWorkspace();
    writeChallenges(workspace);
    writeSolvers(workspace);
    workspace.write('arc/sample_submission.json', '{"aaaa0001": []}');
    const args = ['--tasks', 'arc', '--solvers', 'solvers'];
    expect((await workspace.run('submit', ...args, '--submission', 'arc/submission.json')).code).toBe(0);
    expect(await workspace.run('build', '--quiet', ...args)).toEqual({ code: 0, stdout: '', stderr: '' });
    // If it is named explicitly, it is read, and is no task.
    const named = await workspace.run('build', '--quiet', '--tasks', 'arc/submission.json');
    expect([named.code, named.stderr]).toEqual([1, expect.stringContaining('TASK002')]);
  });

  it('does without what cannot be built, and says so', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/broken.py', 'def broken(I):\n    return nonsense(I)\n');
    const { code, stdout, stderr } = await workspace.run('submit', '--score');
    expect(stderr).toContain('solvers/broken.py:2');
    expect(stdout).toContain('right: 1 of 1 known test output, 1 of 1 task\n');
    expect(code).toBe(1);
  });

  it('builds what is not up to date, and nothing else', async () => {
    const workspace = mirrorWorkspace();
    await workspace.run('submit');
    expect(await workspace.build()).toMatchObject({ cellsRun: 0 });
    await workspace.build('--early-stop', '--force');
    await workspace.run('submit');
    expect(await workspace.build()).toMatchObject({ cellsRun: 0, outcomes: { skipped: 0 } });
  });

  it('refuses a place that cannot be written, and tasks that are not there', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('file', '');
    const refused = await workspace.run('submit', '--submission', 'file/submission.json');
    expect(refused.stderr).toContain('cannot be written');
    expect(refused.code).toBe(2);
    const unknown = await workspace.run('submit', '-i', 'miror');
    expect(unknown.stderr).toContain('did you mean "mirror"?');
    expect(unknown.code).toBe(2);
  });
});
