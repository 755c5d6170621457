/** Every form of tasks, ids and selections that users have, from the files to the output. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyWorkspace, mirrorWorkspace, type TestWorkspace } from './rig.js';

const SAMPLE = { input: [[1, 2, 0]], output: [[0, 2, 1]] };
const HIDDEN = { input: [[4, 5, 6]] };
const KNOWN = { ...HIDDEN, output: [[6, 5, 4]] };

/** A workspace with these task files, and a solver that mirrors rows for every task. */
function workspaceWith(tasks: Readonly<Record<string, unknown>>): TestWorkspace {
  const workspace = emptyWorkspace();
  workspace.writeSolver('turn.py', 'turn', 'return vmirror(I)');
  for (const [name, content] of Object.entries(tasks))
    workspace.write(`tasks/${name}`, JSON.stringify(content));
  return workspace;
}

describe('a task', () => {
  it('may be a bare list of samples', async () => {
    const workspace = workspaceWith({ '0a1b2c3d.json': [SAMPLE, SAMPLE, KNOWN] });
    expect(await workspace.build()).toMatchObject({ tasks: 1, solved: 1, cells: 3, diagnostics: 0 });
    expect((await workspace.run('results')).stdout).toMatch(/3\/3 +0\/0/);
    expect((await workspace.run('show', '0a1b2c3d')).stdout).toContain('demo 2');
  });

  it('may hide an output as null', async () => {
    const test = [{ ...HIDDEN, output: null }];
    const workspace = workspaceWith({ 'a.json': { train: [SAMPLE], test } });
    expect(await workspace.build()).toMatchObject({ tasks: 1, solved: 1, cells: 2, diagnostics: 0 });
  });

  it('may stand in splits', async () => {
    const task = { train: [SAMPLE], test: [KNOWN] };
    const workspace = workspaceWith({
      'all.json': { training: { a: task, b: task }, evaluation: { c: task } },
    });
    expect(await workspace.build()).toMatchObject({ tasks: 3, solved: 3, diagnostics: 0 });
  });

  it('has further samples where the config names them', async () => {
    const wrong = { input: [[7, 8]], output: [[7, 8]] };
    const workspace = workspaceWith({
      'a.json': { train: [SAMPLE], test: [KNOWN], 'arc-gen': [SAMPLE, wrong] },
    });
    expect(await workspace.build()).toMatchObject({ cells: 2, solved: 1, partly: 0 });
    workspace.write('config/battbuild.json', '{"samples": ["train", "test", "arc-gen"]}');
    // What has run does not run again.
    expect(await workspace.build()).toMatchObject({ cells: 4, cellsRun: 1, solved: 0, partly: 1 });
    const lines = await workspace.json<{ kind: string; match: boolean }>('results', '--format', 'jsonl');
    expect(lines.map(({ kind, match }) => [kind, match])).toEqual([
      ['demo', true],
      ['test', true],
      ['arc-gen', true],
      ['arc-gen', false],
    ]);
    const { stdout } = await workspace.run('results', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([
      { o_score: 3, demo: { matched: 1, known: 1 }, further: { 'arc-gen': { matched: 1, known: 2 } } },
    ]);
  });
});

describe('a task in several places', () => {
  const known = { a: { train: [SAMPLE], test: [KNOWN] } };
  const hidden = { a: { train: [SAMPLE], test: [HIDDEN] } };

  it('is one task, and what one of them knows is known', async () => {
    const workspace = workspaceWith({ 'x.json': hidden, 'y.json': known });
    workspace.writeSolver('same.py', 'same', 'return rot180(I)');
    expect(await workspace.build()).toMatchObject({ tasks: 1, cells: 4, diagnostics: 0 });
    const lines = await workspace.json<{ kind: string; match: boolean | null }>(
      'results',
      '--format',
      'jsonl',
    );
    expect(lines.filter(({ kind }) => kind === 'test').map(({ match }) => match)).toEqual([true, true]);
    expect((await workspace.run('show', 'a')).stdout).not.toContain('hidden');
    // The answer disappears together with its file.
    workspace.write('tasks/y.json', JSON.stringify(hidden));
    expect(await workspace.build()).toMatchObject({ tasks: 1, cells: 4, cellsRun: 0, diagnostics: 0 });
    expect((await workspace.run('show', 'a')).stdout).toContain('hidden');
  });

  it('with other samples is said, with both places, and the first stands', async () => {
    const workspace = workspaceWith({ 'x.json': known, 'y.json': { a: [SAMPLE, SAMPLE] } });
    const { code, stderr } = await workspace.run();
    expect(stderr).toContain(
      'tasks/y.json: error TASK011: task a has other samples in tasks/x.json, which stands',
    );
    expect(code).toBe(1);
  });

  it('comes from the place that was named first, which is said', async () => {
    const workspace = workspaceWith({ 'x/a.json': known.a, 'y/a.json': [SAMPLE, SAMPLE, SAMPLE] });
    const from = (...places: string[]) => places.flatMap((place) => ['--tasks', `tasks/${place}`]);
    expect(await workspace.build(...from('x', 'y'))).toMatchObject({ tasks: 1, cells: 2, diagnostics: 1 });
    expect(await workspace.build(...from('y', 'x'))).toMatchObject({ tasks: 1, cells: 3, diagnostics: 1 });
    const { code, stderr } = await workspace.run(...from('y', 'x'));
    expect(stderr).toContain('tasks/x/a.json: warning TASK011: task a has other samples in tasks/y/a.json');
    expect(code).toBe(0);
  });
});

describe('an id', () => {
  const IDS = [
    'Tetris (edit)',
    "Pink's view",
    '1, 3, 5',
    '../../up',
    'a/b',
    'CON',
    'x'.repeat(300),
    '水 ☃',
    '*',
    '.',
  ];

  it('may be any text: it is shown as it is, and safe where it becomes a path', async () => {
    const task = { train: [SAMPLE], test: [KNOWN] };
    const workspace = workspaceWith({ 'all.json': Object.fromEntries(IDS.map((id) => [id, task])) });
    expect(await workspace.build()).toMatchObject({ tasks: IDS.length, solved: IDS.length, diagnostics: 0 });
    const lines = await workspace.json<{ task: string }>('results', '--format', 'jsonl');
    expect(new Set(lines.map((line) => line.task))).toEqual(new Set(IDS));
    const published = readdirSync(workspace.path('out/solver_dir'));
    expect(published).toHaveLength(IDS.length);
    for (const name of published) expect(name).toMatch(/^solve_[A-Za-z0-9_%~-]{1,120}$/);
    expect(await workspace.build()).toMatchObject({ cellsRun: 0, publishedChanged: 0 });
    expect((await workspace.run('show', 'a/b')).stdout).toContain('a/b');
    expect((await workspace.run('explain', 'a/b')).code).toBe(0);
    expect((await workspace.run('results', '-i', '../../up')).stdout).toContain('../../up');
  });

  it('finds its solvers by files and folders that are named so, or as paths have it', async () => {
    const workspace = emptyWorkspace();
    workspace.write("tasks/Pink's view.json", JSON.stringify([SAMPLE]));
    workspace.writeMirrorTask('other');
    workspace.writeSolver("Pink's view.py", 'one', 'return vmirror(I)');
    workspace.writeSolver('Pink%27s%20view/two.py', 'two', 'return rot180(I)');
    expect(await workspace.build()).toMatchObject({ candidates: 2, tasks: 2 });
  });
});

describe('a large grid', () => {
  it('is judged, shown and compared', async () => {
    const large = Array.from({ length: 256 }, (_, i) => Array.from({ length: 256 }, (_, j) => (i * j) % 10));
    const turned = large.map((row) => row.toReversed());
    const workspace = workspaceWith({
      'large.json': { train: [{ input: large, output: turned }], test: [{ input: large, output: turned }] },
      'wide.json': [{ input: [Array.from({ length: 93 }, (_, j) => j % 10)], output: [Array(93).fill(0)] }],
    });
    workspace.write(
      'differs/same.py',
      'def same(S, I, C):\n    return astuple(branch(equality(I, C), 1000, 0), I)\n',
    );
    const { code, stderr, stdout } = await workspace.run();
    expect(stdout).toContain('2 tasks: 1 solved, 0 partly, 1 unsolved\n');
    expect(stderr.match(/note TASK006/g)).toHaveLength(2);
    expect(stdout).toMatch(/\n2 notes; all of them: battbuild build --problems\n$/);
    expect(code).toBe(0);
    const lines = await workspace.json<{ valid: boolean; output: number[][] }>(
      'results',
      '--format',
      'jsonl',
      '--outputs',
    );
    expect(lines.map(({ valid }) => valid)).toEqual([true, true, true]);
    expect(lines[0].output).toEqual(turned);
    const [task] = JSON.parse((await workspace.run('results', '--format', 'json')).stdout);
    // Both samples equal their references, and the input of the first is far from its reference.
    expect(task).toMatchObject({ task: 'large', o_score: 2, d_scores: { same: 4000 } });
    expect((await workspace.run('show', 'large')).code).toBe(0);
    expect((await workspace.run('report')).code).toBe(0);
  });

  it('is as large as a valid output may be', async () => {
    const workspace = emptyWorkspace();
    workspace.write(
      'tasks/a.json',
      JSON.stringify([{ input: [Array(34).fill(1)], output: [Array(34).fill(1)] }]),
    );
    workspace.write(
      'tasks/b.json',
      JSON.stringify([{ input: [Array(20).fill(1)], output: [Array(20).fill(1)] }]),
    );
    workspace.writeSolver('up.py', 'up', 'return hconcat(I, I)');
    workspace.writeSolver('same.py', 'same', 'return I');
    await workspace.run();
    const lines = await workspace.json<{ task: string; solver: string; valid: boolean }>(
      'results',
      '--format',
      'jsonl',
    );
    expect(lines.map(({ task, solver, valid }) => [task, solver, valid])).toEqual([
      ['a', 'same', true],
      ['a', 'up', false],
      ['b', 'same', true],
      ['b', 'up', false],
    ]);
  });
});

describe('thousands of samples', () => {
  it('are judged, and shown in part: those that are wrong before others', async () => {
    const samples = Array.from({ length: 3000 }, (_, k) => {
      const input = [[k % 10, 1, (k + 3) % 10]];
      return { input, output: [k === 2900 ? [5, 5, 5] : input[0].toReversed()] };
    });
    const workspace = workspaceWith({ '0a1b2c3d.json': samples });
    expect(await workspace.build()).toMatchObject({ cells: 3000, partly: 1 });
    expect((await workspace.json('results', '--format', 'jsonl', '--outputs')).length).toBe(3000);
    const { stdout } = await workspace.run('show', '0a1b2c3d');
    expect(stdout).toContain('demo 2900  not solved');
    expect(stdout).toContain('... and 2,952 more samples\n');
    expect(stdout.split('\n').length).toBeLessThan(400);
    await workspace.run('report');
    expect(statSync(workspace.path('out/report.html')).size).toBeLessThan(400_000);
    const { samples: reported } = JSON.parse((await workspace.run('report', '--json')).stdout).tasks[0];
    expect(reported).toHaveLength(3000);
    expect((await workspace.run('explain', '0a1b2c3d', '--sample', 'demo 2900')).code).toBe(0);
  });
});

describe('nothing to build', () => {
  it('begins nothing, and says so', async () => {
    const workspace = emptyWorkspace();
    const { code, stdout } = await workspace.run();
    expect(stdout).toContain('nothing to build: there is no task in tasks');
    expect(code).toBe(0);
    expect(readdirSync(workspace.folder)).toEqual(['config']);
  });

  it('is an empty selection where there are tasks', async () => {
    const workspace = mirrorWorkspace();
    const none = 'nothing to build: the selection is empty, since -c 0 selects no task\n';
    const late = 'nothing to build: the selection is empty, since -s 1000 leaves out all of 1 task\n';
    expect(await workspace.run('-c', '0')).toMatchObject({ code: 0, stdout: none });
    expect(await workspace.run('-s', '1000')).toMatchObject({ code: 0, stdout: late });
    expect(existsSync(workspace.path('cache'))).toBe(false);
    await workspace.run();
    expect(await workspace.run('-c', '0')).toMatchObject({ code: 0, stdout: none });
    expect(await workspace.run('-s', '1000')).toMatchObject({ code: 0, stdout: late });
    expect(await workspace.build()).toMatchObject({ cellsRun: 0, publishedChanged: 0 });
  });
});

describe('folders', () => {
  it('that hold no inputs of anyone are not searched, nor those that the config ignores', async () => {
    const workspace = mirrorWorkspace();
    for (const folder of ['.git', 'node_modules', 'venv', '.venv', '__pycache__', 'old', 'kept/drafts'])
      workspace.writeSolver(`${folder}/a.py`, 'f', 'return I');
    workspace.writeSolver('kept/a.draft.py', 'f', 'return I');
    expect(await workspace.build()).toMatchObject({ candidates: 7 });
    workspace.write('config/battbuild.json', '{"ignore": ["drafts", "solvers/old/**", "*.draft.py"]}');
    expect(await workspace.build()).toMatchObject({ candidates: 4 });
  });
});
