/** The commands that show the last build: explain, show, stats. */
import { describe, expect, it } from 'vitest';
import type { ExplainedStep } from '../../src/build/explain/explain.js';
import type { Stats } from '../../src/observe/stats.js';
import type { HotSpots } from '../../src/report/hot-spots.js';
import { mirrorWorkspace, type TestWorkspace } from './rig.js';

async function builtWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  return workspace;
}

describe('explain', () => {
  it('lists the steps of a task, all hits after a build', async () => {
    const { code, stdout, stderr } = await (await builtWorkspace()).run('explain', 'mirror');
    expect(stdout).toMatch(/^mirror, compared with run 1$/m);
    expect(stdout).toMatch(/^hit +load +solvers\/mirror.py +made by run 1$/m);
    expect(stdout).toMatch(/^hit +validate +turn_all on test 0 +made by run 1$/m);
    expect(stdout).toMatch(/^\d+ hits, 0 misses$/m);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('names the input that changed, with its old and new value', async () => {
    const workspace = await builtWorkspace();
    const { stdout } = await workspace.run('explain', 'mirror/turn_all', '--budget', '12345');
    expect(stdout).toMatch(/^mirror\/turn_all, compared with run 1$/m);
    expect(stdout).toMatch(/^hit +inline +turn_all/m);
    expect(stdout).toMatch(/^miss +validate +turn_all on demo 0$/m);
    expect(stdout).toMatch(/^ +\S.*: 20000000 -> 12345$/m);
  });

  it('leaves open what is published while programs have to run first', async () => {
    const workspace = await builtWorkspace();
    const { stdout } = await workspace.run('explain', 'mirror', '--budget', '12345');
    expect(stdout).toMatch(/^unknown +publish +mirror +it depends on the scores of programs/m);
  });

  it('prints the same as JSON', async () => {
    const workspace = await builtWorkspace();
    const [explanation] = await workspace.json<{ steps: ExplainedStep[] }>(
      'explain',
      'mirror/turn_all',
      '--json',
    );
    expect(explanation).toMatchObject({ task: 'mirror', solver: 'turn_all', comparedWith: 1 });
    const states = explanation.steps.map(({ phase, state }) => `${phase} ${state}`);
    const cell = 'validate hit';
    expect(states).toEqual(['load hit', 'inline hit', cell, cell, cell, 'score hit', 'publish hit']);
    expect(explanation.steps[2].key).toMatch(/^[0-9a-f]{64}$/);
  });

  it('compares with a build of this task alone where there was no other', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build('-i', 'mirror');
    expect((await workspace.run('explain', 'mirror')).stdout).toContain('compared with run 1');
  });

  it('knows the solver that was meant', async () => {
    const { code, stderr } = await (await builtWorkspace()).run('explain', 'mirror/turn_al');
    expect(stderr).toContain('did you mean "turn_all"?');
    expect(code).toBe(2);
  });
});

describe('show', () => {
  it('draws the best solver: input, expected and produced grids side by side', async () => {
    const { code, stdout, stderr } = await (await builtWorkspace()).run('show', 'mirror');
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('mirror  turn_rows (solvers/mirror.py:1), rank 1 of 3');
    const at = lines.indexOf('test 0  solved');
    expect(lines.slice(at + 1, at + 4)).toEqual([
      'input 2 x 2   expected 2 x 2   produced 2 x 2',
      '5 0           0 5              0 5',
      '6 7           7 6              7 6',
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says what else does the same, and what a generated solver descends from', async () => {
    const workspace = await builtWorkspace();
    const head = async (...args: string[]) =>
      (await workspace.run('show', 'mirror', ...args)).stdout.split('\n').slice(1, 3);
    expect(await head()).toEqual(['behaviour 1 of 3, the same as turn_rows_too', '']);
    expect(await head('--solver', 'turn_all')).toEqual(['behaviour 2 of 3, the same as no other solver', '']);
    const bred =
      '# parent 0a1b2c3d constant seed 1 round 4\ndef solve_bred(I):\n    return rot180(rot270(rot90(I)))\n';
    workspace.write('solvers/bred.py', bred);
    await workspace.build();
    expect(await head('--solver', 'solve_bred')).toEqual([
      'made by constant of 0a1b2c3d, round 4',
      'behaviour 2 of 3, the same as turn_all',
    ]);
  });

  it('draws the solver that is named, and marks what is not as expected', async () => {
    const { stdout } = await (await builtWorkspace()).run('show', 'mirror', '--solver', 'turn_all');
    const lines = stdout.split('\n');
    const at = lines.indexOf('test 0  not solved');
    expect(lines.slice(at + 2, at + 4)).toEqual([
      '5 0           0 5              7!6!',
      '6 7           7 6              0!5!',
    ]);
  });

  it('prints the program as its author wrote it, and as it is published once its file has changed', async () => {
    const workspace = await builtWorkspace();
    const program = async () => (await workspace.run('show', 'mirror')).stdout.split('\nprogram\n')[1];
    expect(await program()).toBe('def turn_rows(I):\n    O = vmirror(I)\n    return O\n');
    workspace.write('solvers/mirror.py', '');
    expect(await program()).toBe('def solve(I):\n    return vmirror(I)\n');
  });

  it('--diff draws only what is wrong', async () => {
    const workspace = await builtWorkspace();
    const { stdout } = await workspace.run('show', 'mirror', '--solver', 'turn_all', '--diff');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(3)).toEqual([
      'test 0  not solved, 4 of 4 cells differ',
      'expected 2 x 2   produced 2 x 2',
      '0 5              7 6',
      '7 6              0 5',
    ]);
    expect((await workspace.run('show', 'mirror', '--diff')).stdout).toContain(
      'nothing is known to be wrong\n',
    );
  });

  it('says why there is no grid', async () => {
    const { stdout } = await (await builtWorkspace()).run('show', 'mirror', '--solver', 'first_nine');
    expect(stdout).toContain('error: stop: ');
  });

  it('finds a task in the build of some tasks that is meant', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeMirrorTask('other');
    await workspace.build('-c', '1');
    expect((await workspace.run('show', 'mirror')).stderr).toContain('there was no build of these tasks');
    expect((await workspace.run('show', 'mirror', '-c', '1')).stdout).toMatch(/^mirror {2}turn_rows /);
  });

  it('draws in colour blocks of the ARC palette where the terminal shows colours', async () => {
    const workspace = await builtWorkspace();
    const { stdout } = await workspace.runWith({ FORCE_COLOR: '3' }, 'show', 'mirror');
    // 5 is grey and 0 is black.
    expect(stdout).toContain('\u001b[48;2;170;170;170;30m  \u001b[0m\u001b[48;2;0;0;0;97m  \u001b[0m');
  });

  it('refuses to draw a task that has changed shape since', async () => {
    const workspace = await builtWorkspace();
    const task = JSON.parse(workspace.read('tasks/mirror.json')) as { train: unknown[] };
    task.train.pop();
    workspace.write('tasks/mirror.json', JSON.stringify(task));
    const { code, stderr } = await workspace.run('show', 'mirror');
    expect(stderr).toContain('task mirror has changed since the last build');
    expect(code).toBe(2);
  });

  it('knows the solver that was meant', async () => {
    const { code, stderr } = await (await builtWorkspace()).run('show', 'mirror', '--solver', 'turn_al');
    expect(stderr).toContain('did you mean "turn_all"?');
    expect(code).toBe(2);
  });
});

describe('stats', () => {
  it('counts hits, misses and time saved of the last run and of all', async () => {
    const workspace = await builtWorkspace();
    await workspace.build();
    const [stats] = await workspace.json<Stats>('stats', '--json');
    expect(stats.last?.phases['validate']).toMatchObject({ hits: 9, misses: 0, hitRate: 1 });
    expect(stats.last?.phases['validate'].savedMs).toBeGreaterThan(0);
    expect(stats.last?.cellsRun).toBe(0);
    expect(stats.total.runs).toBe(2);
    expect(stats.total.phases['validate']).toMatchObject({ hits: 9, misses: 9, hitRate: 0.5 });
    expect(stats.runs.map(({ run }) => run)).toEqual([2, 1]);
    expect(stats.store.entries).toMatchObject({ load: 1, inline: 3, validate: 9, score: 3 });
    expect(stats.store.bytes).toBeGreaterThan(0);
  });

  it('says how fast cells ran, how the store grew, and where the work is', async () => {
    const workspace = await builtWorkspace();
    await workspace.build();
    workspace.writeMirrorTask('other');
    await workspace.build();
    const [{ runs, build }] = await workspace.json<Stats & { build: HotSpots }>('stats', '--json');
    const [third, second, first] = runs;
    expect(first.cellsPerSecond).toBeGreaterThan(0);
    expect([second.cellsPerSecond, second.cellsRun]).toEqual([null, 0]);
    expect(first.storeBytes).toBeGreaterThan(0);
    expect(second.storeBytes).toBe(first.storeBytes);
    expect(third.storeBytes).toBeGreaterThanOrEqual(first.storeBytes ?? 0);
    expect([first.candidates, first.programs]).toEqual([4, 3]);
    expect(build.run).toBe(3);
    expect(build.biggestTasks).toHaveLength(2);
    expect(build.biggestTasks).toContainEqual({
      ...{ task: 'mirror', candidates: 4, programs: 3, cells: 9 },
      tookMs: expect.any(Number),
    });
    const [task, next] = build.biggestTasks;
    expect(task.tookMs).toBeGreaterThanOrEqual(next.tookMs);
    expect(build.slowestPrograms.map(({ cost }) => cost)).toEqual(
      build.slowestPrograms.map(({ cost }) => cost).sort((a, b) => b - a),
    );
    expect(build.slowestPrograms.map(({ solver }) => solver)).toContain('turn_all');
    expect(build.duplicates).toMatchObject({ candidates: 4, programs: 3, behaviours: 3, duplicates: 1 });
    expect(build.duplicates.mostFolded).toMatchObject({ task: 'mirror' });
  });

  it('are charts of the characters that the terminal has, and a page', async () => {
    const workspace = await builtWorkspace();
    await workspace.build();
    const utf8 = await workspace.runWith({ LC_ALL: 'C.UTF-8', TERM: 'xterm' }, 'stats');
    expect(utf8.stdout).toMatch(/^hit rate +▁█ +100 %$/m);
    expect(utf8.stdout).toMatch(/^mirror +█{16} +[\d.]+ m?s +4 +3 +9$/m);
    expect(utf8.stdout).toContain('duplicates: 1 of 4 candidates (25 %) need not run');
    const ascii = await workspace.runWith({ LC_ALL: 'C' }, 'stats');
    expect(ascii.stdout).toMatch(/^hit rate +_# +100 %$/m);
    expect(ascii.stdout).toMatch(/^mirror +#{16} /m);
    expect(ascii.stdout).toMatch(/^[\n -~]+$/);
    const { stdout } = await workspace.run('stats', '--html', 'there/stats.html');
    expect(stdout).toMatch(/^wrote there\/stats.html \(2 runs, [\d.]+ kB\)$/m);
    expect(workspace.read('there/stats.html')).toContain('<h2 id="tasks">The biggest tasks</h2>');
  });

  it('looks back as far as it is told', async () => {
    const workspace = await builtWorkspace();
    await workspace.build();
    const [stats] = await workspace.json<Stats>('stats', '--json', '--runs', '1');
    expect(stats.runs.map(({ run }) => run)).toEqual([2]);
    expect(stats.total.phases['validate'].hitRate).toBe(1);
  });

  it('are tables for a person', async () => {
    const workspace = await builtWorkspace();
    await workspace.build();
    const { code, stdout, stderr } = await workspace.run('stats');
    expect(stdout).toMatch(/^phase +hits +misses +hit rate +time saved$/m);
    expect(stdout).toMatch(/^validate +9 +9 +50 % +[\d.]+ ms$/m);
    expect(stdout).toMatch(/^store: .* steps: 1 load, 3 inline, 9 validate, 3 score/m);
    expect([code, stderr]).toEqual([0, '']);
  });
});
