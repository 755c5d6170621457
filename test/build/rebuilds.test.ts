/** What a build runs after an edit, case by case. */
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSystem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import {
  EXAMPLE,
  exampleWorkspace,
  MIRRORED,
  RECOLORED,
  RECOLORED_DEMOS,
  RECOLORED_TESTS,
  task,
} from './example.js';
import { buildIn, LATER, linesOf, recordedIn, treeOf, writeFiles } from './rig.js';

const INPUTS = Object.keys(EXAMPLE).filter((name) => !name.startsWith('config/'));

describe('a first build', () => {
  it('runs every step', async () => {
    const root = exampleWorkspace();
    const { ran, summary } = await buildIn(root);
    expect(ran).toEqual({
      'load solvers/any.py': 1,
      [`load solvers/${MIRRORED}/a.py`]: 1,
      'load solvers/recolor.py': 1,
      [`inline ${RECOLORED}`]: 3,
      [`validate ${RECOLORED}`]: 9,
      [`score ${RECOLORED}`]: 3,
      [`inline ${MIRRORED}`]: 2,
      [`validate ${MIRRORED}`]: 4,
      [`score ${MIRRORED}`]: 2,
    });
    expect(summary).toMatchObject({
      tasks: 2,
      candidates: 6,
      programs: 5,
      behaviours: 5,
      cells: 13,
      cellsRun: 13,
      solved: 2,
    });
  });

  it('runs each step of equal files once', async () => {
    const root = exampleWorkspace({ 'solvers/copy.py': EXAMPLE['solvers/any.py'] });
    const { ran } = await buildIn(root);
    expect(ran).not.toHaveProperty('load solvers/copy.py');
    expect(ran).toMatchObject({ 'load solvers/any.py': 1, [`inline ${RECOLORED}`]: 3 });
  });
});

describe('a build after no edit', () => {
  it('reads no input, runs nothing and publishes nothing', async () => {
    const root = exampleWorkspace();
    const first = await buildIn(root, { world: LATER });
    const reads: string[] = [];
    const files: FileSystem = {
      ...nodeFileSystem,
      read(path) {
        reads.push(path);
        return nodeFileSystem.read(path);
      },
    };
    const { ran, summary } = await buildIn(root, { world: { ...LATER, files } });
    expect(reads).toEqual([]);
    expect(ran).toEqual({});
    expect(summary).toMatchObject({
      cellsRun: 0,
      publishedChanged: 0,
      cells: first.summary.cells,
      solved: 2,
    });
    for (const { misses } of Object.values(summary.phases)) expect(misses).toBe(0);
  });

  it('counts every step as a hit that saved what it took', async () => {
    const root = exampleWorkspace();
    const first = await buildIn(root, { world: LATER });
    const { phases } = (await buildIn(root, { world: LATER })).summary;
    for (const [phase, { hits, misses }] of Object.entries(first.summary.phases)) {
      expect(phases[phase].hits, phase).toBe(hits + misses);
    }
    expect(phases['validate'].savedMs).toBeGreaterThan(0);
  });

  it('says again what is wrong with the inputs', async () => {
    const root = exampleWorkspace({
      'solvers/bad.py': 'def f(I):\n    return nothing_like_it(I)\n',
      'tasks/cccc0003.json': '{',
    });
    const first = await buildIn(root, { world: LATER });
    expect(first.diagnostics).toHaveLength(2);
    const second = await buildIn(root, { world: LATER });
    expect(second.diagnostics).toEqual(first.diagnostics);
    expect(second.summary.diagnostics).toBe(2);
  });

  it('reads again only files that changed too shortly before they were looked at', async () => {
    const root = exampleWorkspace();
    const reads: string[] = [];
    const files: FileSystem = {
      ...nodeFileSystem,
      read(path) {
        reads.push(path.slice(root.length + 1));
        return nodeFileSystem.read(path);
      },
    };
    // The clock shows the time of the first file's last change, so nothing is settled.
    const changedAt = Math.min(...INPUTS.map((name) => mtimeOf(join(root, name))));
    await buildIn(root, { world: { now: () => changedAt } });
    const second = await buildIn(root, { world: { ...LATER, files } });
    expect(reads.sort()).toEqual([...INPUTS].sort());
    expect(second.ran).toEqual({});
    reads.length = 0;
    await buildIn(root, { world: { ...LATER, files } });
    expect(reads).toEqual([]);
  });
});

function mtimeOf(path: string): number {
  const stat = nodeFileSystem.stat(path);
  if (!('mtimeMs' in stat)) throw new Error(`${path} is not there`);
  return stat.mtimeMs;
}

describe('a build after an edit', () => {
  it('of nothing but the times of files finds them unchanged', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    for (const name of INPUTS) utimesSync(join(root, name), new Date(), new Date(1_500_000_000_000));
    const { ran, events } = await buildIn(root, { world: LATER });
    expect(ran).toEqual({});
    expect(events).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: 2, dryRun: false });
  });

  it('of a test output scores again and runs nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    writeFiles(root, {
      [`tasks/${RECOLORED}.json`]: task(RECOLORED_DEMOS, [{ input: [[0, 1, 1]], output: [[0, 3, 3]] }]),
    });
    const { ran, summary } = await buildIn(root);
    expect(ran).toEqual({ [`score ${RECOLORED}`]: 3 });
    expect(summary).toMatchObject({ cellsRun: 0, solved: 1, partly: 1 });
  });

  it('that hides a test output scores again and runs nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    writeFiles(root, { [`tasks/${RECOLORED}.json`]: task(RECOLORED_DEMOS, [{ input: [[0, 1, 1]] }]) });
    const { ran } = await buildIn(root);
    expect(ran).toEqual({ [`score ${RECOLORED}`]: 3 });
  });

  it('of a demo output runs the programs that read it', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const demos = [{ input: [[1, 0]], output: [[2, 9]] }, RECOLORED_DEMOS[1]];
    writeFiles(root, { [`tasks/${RECOLORED}.json`]: task(demos, RECOLORED_TESTS) });
    const { ran } = await buildIn(root);
    expect(ran).toEqual({ [`validate ${RECOLORED}`]: 3, [`score ${RECOLORED}`]: 3 });
  });

  it('that adds a sample runs that sample only', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const tests = [...RECOLORED_TESTS, { input: [[1, 1]], output: [[2, 2]] }];
    writeFiles(root, { [`tasks/${RECOLORED}.json`]: task(RECOLORED_DEMOS, tests) });
    const { ran } = await buildIn(root);
    expect(ran).toEqual({ [`validate ${RECOLORED}`]: 3, [`score ${RECOLORED}`]: 3 });
  });

  it('that removes a sample runs nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    writeFiles(root, {
      'solvers/any.py': '',
      [`tasks/${RECOLORED}.json`]: task(RECOLORED_DEMOS.slice(1), RECOLORED_TESTS),
    });
    const { ran } = await buildIn(root);
    expect(ran).toEqual({ 'load solvers/any.py': 1, [`score ${RECOLORED}`]: 2 });
  });

  it('of the task file that leaves the samples as they are runs nothing', async () => {
    const root = exampleWorkspace();
    const first = await buildIn(root);
    const path = join(root, `tasks/${RECOLORED}.json`);
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), null, 4));
    const { ran, summary } = await buildIn(root);
    expect(ran).toEqual({});
    expect(summary).toMatchObject({ solved: first.summary.solved, publishedChanged: 0 });
  });

  it('that renames variables or reformats changes nothing after load', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const before = { results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) };
    writeFiles(root, {
      'solvers/recolor.py': EXAMPLE['solvers/recolor.py']
        .replaceAll('x1', 'renamed')
        .replaceAll('(I, ', '( I,'),
    });
    const { ran, summary } = await buildIn(root);
    expect(ran).toEqual({ 'load solvers/recolor.py': 1 });
    expect(summary.publishedChanged).toBe(0);
    expect(recordedIn(root)).toEqual(before.results);
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(before.tree);
  });

  it('that moves functions to other lines records their new lines and runs nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    writeFiles(root, { 'solvers/any.py': `# a remark\n\n${EXAMPLE['solvers/any.py']}` });
    const { ran } = await buildIn(root);
    expect(ran).toEqual({ 'load solvers/any.py': 1 });
    const lines = recordedIn(root).flatMap(({ candidates }) =>
      candidates.filter(({ file }) => file === 'solvers/any.py'),
    );
    expect(lines).toMatchObject([{ line: 3 }, { line: 3 }]);
  });

  it('that moves statements within a function records their new lines and runs nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const moved = EXAMPLE['solvers/recolor.py'].replace('    return fill', '    # a remark\n    return fill');
    writeFiles(root, { 'solvers/recolor.py': moved });
    const { ran } = await buildIn(root);
    expect(ran).toEqual({ 'load solvers/recolor.py': 1 });
    const clean = exampleWorkspace({ 'solvers/recolor.py': moved });
    await buildIn(clean);
    expect(recordedIn(root)).toEqual(recordedIn(clean));
  });

  it('of the pairing tries every solver on every task, and no more when it is set back', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const before = { results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) };
    writeFiles(root, { 'config/battbuild.json': '{"pairing": "all"}' });
    const all = await buildIn(root, { world: LATER });
    expect(all.summary).toMatchObject({ candidates: 10, programs: 8 });
    expect(all.ran).toMatchObject({ [`validate ${RECOLORED}`]: 3, [`validate ${MIRRORED}`]: 4 });
    writeFiles(root, { 'config/battbuild.json': '{}' });
    expect((await buildIn(root, { world: LATER })).ran).toEqual({});
    expect({ results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) }).toEqual(before);
  });

  it('that adds a copy of a program runs nothing but its load', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    writeFiles(root, {
      'solvers/copy.py': `def solve_${RECOLORED}(I):\n    y = replace(I, 1, 2)\n    return y\n`,
    });
    const { ran, summary } = await buildIn(root);
    expect(ran).toEqual({ 'load solvers/copy.py': 1 });
    expect(summary).toMatchObject({ candidates: 7, programs: 5, cellsRun: 0 });
  });

  it('that goes back to an earlier state runs nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const before = { results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) };
    writeFiles(root, {
      'solvers/recolor.py': 'def other(I):\n    return hmirror(I)\n',
      [`tasks/${MIRRORED}.json`]: task(RECOLORED_DEMOS, RECOLORED_TESTS),
    });
    rmSync(join(root, 'solvers', MIRRORED), { recursive: true });
    await buildIn(root);
    expect(recordedIn(root)).not.toEqual(before.results);
    writeFiles(root, EXAMPLE);
    const { ran } = await buildIn(root);
    expect(ran).toEqual({});
    expect(recordedIn(root)).toEqual(before.results);
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(before.tree);
  });

  it('of the budget runs every cell under the new one, and none when it is set back', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const low = await buildIn(root, { flags: { budget: '1' } });
    expect(low.ran).toMatchObject({ [`validate ${RECOLORED}`]: 9, [`validate ${MIRRORED}`]: 4 });
    expect(low.summary).toMatchObject({ cellsRun: 13, solved: 0 });
    const back = await buildIn(root);
    expect(back.ran).toEqual({});
    expect(back.summary).toMatchObject({ cellsRun: 0, solved: 2 });
  });

  it('of the budget of memory runs every cell under the new one', async () => {
    const large = { 'solvers/large.py': `def solve_${MIRRORED}(I):\n    return canvas(1, (60, 60))\n` };
    const root = exampleWorkspace(large);
    await buildIn(root);
    const statuses = () => recordedIn(root)[1].programs.map(({ outcomes }) => outcomes[0].status);
    expect(statuses()).toEqual(['ok', 'ok', 'ok']);
    writeFiles(root, { 'config/battbuild.json': '{"budget": {"cells": 1000}}' });
    const low = await buildIn(root);
    expect(low.summary).toMatchObject({ cells: 15, cellsRun: 15, solved: 2 });
    expect(statuses()).toEqual(['ok', 'ok', 'over-budget']);
  });

  it('that adds a task gives it the solvers that are named after it, which belonged to none', async () => {
    const named = { 'solvers/cccc0003.py': 'def turn(I):\n    return rot90(I)\n' };
    const root = exampleWorkspace(named);
    await buildIn(root, { world: LATER });
    const before = { results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) };
    const candidates = () => recordedIn(root).map((one) => [one.task, one.candidates.length]);
    expect(candidates()).toEqual([
      [RECOLORED, 4],
      [MIRRORED, 2],
    ]);
    writeFiles(root, { 'tasks/cccc0003.json': task(RECOLORED_DEMOS, RECOLORED_TESTS) });
    const added = await buildIn(root, { world: LATER });
    expect(candidates()).toEqual([
      [RECOLORED, 4],
      [MIRRORED, 2],
      ['cccc0003', 2],
    ]);
    expect(added.ran).toEqual({ 'inline cccc0003': 2, 'validate cccc0003': 6, 'score cccc0003': 2 });
    rmSync(join(root, 'tasks/cccc0003.json'));
    expect((await buildIn(root, { world: LATER })).ran).toEqual({});
    expect({ results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) }).toEqual(before);
  });

  it('that moves a task to another file is seen, when another file has it as well, too', async () => {
    const both = (id: string, output: number[][]) =>
      JSON.stringify({
        [id]: { train: RECOLORED_DEMOS, test: [{ input: [[0, 1, 1]], output }] },
        other: { train: RECOLORED_DEMOS, test: RECOLORED_TESTS },
      });
    const root = exampleWorkspace({
      'tasks/first.json': both('cccc0003', [[0, 2, 2]]),
      'tasks/second.json': JSON.stringify({
        cccc0003: { train: RECOLORED_DEMOS, test: [{ input: [[0, 1, 1]], output: [[0, 5, 5]] }] },
      }),
      'solvers/cccc0003.py': 'def f(I):\n    return replace(I, 1, 2)\n',
    });
    const first = await buildIn(root, { world: LATER });
    expect(first.diagnostics).toMatchObject([{ code: 'TASK011', file: 'tasks/second.json' }]);
    expect(first.summary.solved).toBe(3);
    writeFiles(root, { 'tasks/first.json': both('dddd0004', [[0, 2, 2]]) });
    const moved = await buildIn(root, { world: LATER });
    expect(moved.diagnostics).toEqual([]);
    expect(moved.summary).toMatchObject({ tasks: 5, solved: 2 });
  });

  it('of how many workers there are, or how long they may take, runs nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const { ran, events } = await buildIn(root, { world: LATER, flags: { jobs: '2', timeout: '3' } });
    expect(ran).toEqual({});
    expect(events).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: 2, dryRun: false });
  });
});

describe('a forced build', () => {
  it('runs every step again, to equal results', async () => {
    const root = exampleWorkspace();
    const first = await buildIn(root, { world: LATER });
    const before = { results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) };
    const { ran, summary } = await buildIn(root, { world: LATER, force: true });
    expect(ran).toEqual(first.ran);
    expect(summary).toMatchObject({ cellsRun: 13, publishedChanged: 0 });
    expect(recordedIn(root)).toEqual(before.results);
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(before.tree);
    expect((await buildIn(root, { world: LATER })).ran).toEqual({});
  });
});
