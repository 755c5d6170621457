/** Several selections, workspaces and output folders with one store. */
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED, RECOLORED_DEMOS, task } from './example.js';
import { buildIn, LATER, linesOf, recordedIn, temporaryFolder, treeOf, writeFiles } from './rig.js';

const outOf = (root: string) => linesOf(treeOf(join(root, 'out')));

/** The records and published files of a clean build of all tasks. */
async function cleanState(root: string, flags: { readonly solvers?: readonly string[] } = {}) {
  const copy = join(temporaryFolder(), 'clean');
  for (const part of ['config', 'tasks', 'solvers'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  await buildIn(copy, { flags });
  return { results: recordedIn(copy, flags), out: outOf(copy) };
}

describe('a selection of tasks', () => {
  it('builds its tasks and no others, and the build of all finds them built', async () => {
    const root = exampleWorkspace();
    const one = await buildIn(root, { selection: { ids: [RECOLORED] } });
    expect(one.summary).toMatchObject({ tasks: 1, cells: 9, cellsRun: 9 });
    expect(Object.keys(one.ran).filter((step) => step.endsWith(MIRRORED))).toEqual([]);
    const all = await buildIn(root);
    expect(all.summary).toMatchObject({ tasks: 2, cells: 13, cellsRun: 4 });
    expect(all.ran).toEqual({
      [`inline ${MIRRORED}`]: 2,
      [`validate ${MIRRORED}`]: 4,
      [`score ${MIRRORED}`]: 2,
    });
    expect({ results: recordedIn(root), out: outOf(root) }).toEqual(await cleanState(root));
  });

  it('leaves what was published of other tasks', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const before = outOf(root);
    await buildIn(root, { selection: { ids: [MIRRORED] } });
    await buildIn(root, { selection: { count: 1 } });
    expect(outOf(root)).toEqual(before);
  });

  it('is remembered apart from others: each finds nothing to do', async () => {
    const root = exampleWorkspace();
    const selections = [{}, { ids: [RECOLORED] }, { start: 1 }, { count: 1 }];
    for (const selection of selections) await buildIn(root, { world: LATER, selection });
    for (const selection of selections) {
      const { events, summary } = await buildIn(root, { world: LATER, selection });
      expect(events).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: summary.tasks, dryRun: false });
    }
    expect(recordedIn(root, {}, { ids: [RECOLORED] }).map((one) => one.task)).toEqual([RECOLORED]);
  });

  it('that is built after an edit leaves nothing stale to the build of all', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    writeFiles(root, { 'solvers/any.py': 'def example(I):\n    return hmirror(I)\n' });
    await buildIn(root, { world: LATER, selection: { ids: [RECOLORED] } });
    const all = await buildIn(root, { world: LATER });
    expect(all.summary.cellsRun).toBe(2);
    expect({ results: recordedIn(root), out: outOf(root) }).toEqual(await cleanState(root));
  });

  it('that publishes further files of a task, in new folders, leaves nothing to the build of all', async () => {
    const root = exampleWorkspace();
    writeFiles(root, {
      'more/wide.py': `def wide_${RECOLORED}(I):\n    return hconcat(I, upscale(I, 9))\n`,
    });
    await buildIn(root, { world: LATER });
    const before = outOf(root);
    const flags = { solvers: [join(root, 'solvers'), join(root, 'more')] };
    await buildIn(root, { world: LATER, flags, selection: { ids: [RECOLORED] } });
    const between = outOf(root);
    expect(between.length).toBeGreaterThan(before.length);
    expect(between).toEqual(expect.arrayContaining(before));
    const { ran, events } = await buildIn(root, { world: LATER });
    expect(ran).toEqual({});
    expect(events).toContainEqual({ type: 'planned', dirtyTasks: 1, tasks: 2, dryRun: false });
    expect(outOf(root)).toEqual(before);
    // And nothing is left to the next ones.
    for (const selection of [{}, { ids: [MIRRORED] }]) await buildIn(root, { world: LATER, selection });
    const again = await buildIn(root, { world: LATER });
    expect(again.events).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: 2, dryRun: false });
  });

  it('publishes a task whose files go when the task is gone, whoever builds', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { selection: { ids: [MIRRORED] } });
    rmSync(join(root, `tasks/${MIRRORED}.json`));
    await buildIn(root);
    expect(outOf(root)).toEqual((await cleanState(root)).out);
  });

  it('with a task that does not exist builds nothing and says which is meant', async () => {
    const root = exampleWorkspace();
    const { unknownTasks, ran, summary } = await buildIn(root, {
      selection: { ids: [RECOLORED, 'bbbb0003'] },
    });
    expect(unknownTasks).toEqual([{ id: 'bbbb0003', suggestion: MIRRORED }]);
    expect(Object.keys(ran).filter((step) => !step.startsWith('load '))).toEqual([]);
    expect(summary.tasks).toBe(0);
    expect(outOf(root)).toEqual([]);
  });

  it('of count tasks from start takes them in the order of their ids', async () => {
    const root = exampleWorkspace();
    for (const [start, count, built] of [
      [0, 1, [RECOLORED]],
      [1, 1, [MIRRORED]],
      [0, 5, [RECOLORED, MIRRORED]],
    ] as const) {
      await buildIn(root, { selection: { start, count } });
      expect(recordedIn(root, {}, { start, count }).map((one) => one.task)).toEqual(built);
    }
    const { summary } = await buildIn(root, { selection: { start: 2, count: null } });
    expect(summary).toMatchObject({ tasks: 0, cellsRun: 0 });
  });
});

describe('other solvers for the same tasks', () => {
  it('replace what was published, and nothing runs when the first come back', async () => {
    const root = exampleWorkspace({ 'others/a.py': 'def turn(I):\n    return rot90(I)\n' });
    await buildIn(root, { world: LATER });
    const others = { solvers: [join(root, 'others')] };
    await buildIn(root, { world: LATER, flags: others });
    expect(outOf(root).join('\n')).toContain('rot90');
    expect(outOf(root).join('\n')).not.toContain('vmirror');
    const { ran } = await buildIn(root, { world: LATER });
    expect(ran).toEqual({});
    expect({ results: recordedIn(root), out: outOf(root) }).toEqual(await cleanState(root));
  });
});

describe('two workspaces with one store', () => {
  it('and equal tasks run each step once', async () => {
    const store = join(temporaryFolder(), 'cache');
    const [first, second] = [exampleWorkspace(), exampleWorkspace()];
    await buildIn(first, { flags: { cache: store } });
    const { ran } = await buildIn(second, { flags: { cache: store } });
    expect(ran).toEqual({});
    expect(recordedIn(second, { cache: store })).toEqual(recordedIn(first, { cache: store }));
    expect(outOf(second)).toEqual(outOf(first));
  });

  it('and different tasks of the same id keep their results apart', async () => {
    const store = join(temporaryFolder(), 'cache');
    const flags = { cache: store };
    const first = exampleWorkspace();
    const second = exampleWorkspace({
      [`tasks/${RECOLORED}.json`]: task(RECOLORED_DEMOS.slice(1), [{ input: [[1, 1]], output: [[3, 3]] }]),
    });
    for (const root of [first, second, first, second]) await buildIn(root, { flags });
    for (const root of [first, second]) {
      expect({ results: recordedIn(root, flags), out: outOf(root) }).toEqual(await cleanState(root));
      expect((await buildIn(root, { flags, force: false })).ran).toEqual({});
    }
  });

  it('and one output folder leave each other what they published', async () => {
    const folder = temporaryFolder();
    const flags = { cache: join(folder, 'cache'), out: join(folder, 'out') };
    const first = exampleWorkspace();
    const second = exampleWorkspace({ 'tasks/cccc0003.json': EXAMPLE[`tasks/${MIRRORED}.json`] });
    rmSync(join(second, `tasks/${RECOLORED}.json`));
    for (const root of [first, second]) await buildIn(root, { flags });
    const both = linesOf(treeOf(flags.out));
    for (const root of [first, second]) await buildIn(root, { flags });
    expect(linesOf(treeOf(flags.out))).toEqual(both);
    rmSync(join(second, 'tasks/cccc0003.json'));
    await buildIn(second, { flags });
    const left = linesOf(treeOf(flags.out));
    expect(left.filter((line) => line.includes('solve_cccc0003'))).toEqual([]);
    expect(left.filter((line) => line.includes(`solve_${RECOLORED}`))).toHaveLength(3);
  });
});

describe('a workspace at another path', () => {
  it('finds every step in the store that came with it', async () => {
    const root = exampleWorkspace();
    const first = await buildIn(root);
    const before = { results: recordedIn(root), out: outOf(root) };
    const moved = join(root, '../moved');
    renameSync(root, moved);
    const { ran, summary } = await buildIn(moved);
    expect(ran).toEqual({});
    expect(summary).toMatchObject({ cells: first.summary.cells, cellsRun: 0, publishedChanged: 0 });
    expect({ results: recordedIn(moved), out: outOf(moved) }).toEqual(before);
  });

  it('finds every step in a store that stayed where it was', async () => {
    const flags = { cache: join(temporaryFolder(), 'cache') };
    const root = exampleWorkspace();
    await buildIn(root, { flags });
    const moved = join(root, '../moved');
    renameSync(root, moved);
    expect((await buildIn(moved, { flags })).ran).toEqual({});
  });
});

describe('two builds at the same time', () => {
  it('of the same inputs come to what one comes to', async () => {
    const root = exampleWorkspace();
    await Promise.all([buildIn(root), buildIn(root)]);
    expect({ results: recordedIn(root), out: outOf(root) }).toEqual(await cleanState(root));
    expect((await buildIn(root)).ran).toEqual({});
  });

  it('with an edit between their looks leave nothing of the older look', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    // The first build has scanned and will build this state; the second scans when it has changed.
    writeFiles(root, { 'solvers/any.py': 'def example(I):\n    return hmirror(I)\n' });
    let second: Promise<unknown> | null = null;
    await buildIn(root, {
      world: LATER,
      watch: ({ type }) => {
        if (type !== 'planned') return;
        writeFiles(root, { 'solvers/any.py': 'def example(I):\n    return rot180(I)\n' });
        second = buildIn(root, { world: LATER });
      },
    });
    await second;
    await buildIn(root, { world: LATER });
    expect({ results: recordedIn(root), out: outOf(root) }).toEqual(await cleanState(root));
    const { events } = await buildIn(root, { world: LATER });
    expect(events).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: 2, dryRun: false });
  });
});
