/** `gc`: what it removes from the store, what it leaves, and that only time is lost. */
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Collected, collectGarbage, isGcDue } from '../../../src/build/upkeep/gc.js';
import type { GcLimits } from '../../../src/build/upkeep/gc-plan.js';
import { verifyStore } from '../../../src/build/upkeep/verify.js';
import { Store } from '../../../src/store/store.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { exampleWorkspace, MIRRORED, RECOLORED } from '../example.js';
import { buildIn, linesOf, recordedIn, treeOf, workspaceOf } from '../rig.js';
import { rowsOfStore } from '../store-contents.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIMITS: GcLimits = { maxAgeMs: 30 * DAY, maxBytes: 2e9 };

function withStore<Result>(root: string, use: (store: Store) => Result): Result {
  const store = Store.open(join(root, 'cache'));
  try {
    return use(store);
  } finally {
    store.close();
  }
}

/** Collects garbage `later` milliseconds from now. */
function collectIn(root: string, later: number, limits = LIMITS, dryRun = false): Collected {
  const world = { files: nodeFileSystem, now: () => Date.now() + later };
  return withStore(root, (store) => collectGarbage(store, workspaceOf(root), world, limits, dryRun));
}

const problemsIn = (root: string) =>
  withStore(root, (store) => verifyStore(store, workspaceOf(root), nodeFileSystem, false).problems);

const at = (later: number) => ({ now: () => Date.now() + later });

describe('gc', () => {
  it('keeps all that a selection of tasks which are there remembers', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    expect(collectIn(root, 2 * HOUR)).toMatchObject({ selections: 0, shards: 0, runs: 0, stopped: false });
    expect(problemsIn(root)).toEqual([]);
    expect((await buildIn(root, { world: at(2 * HOUR) })).ran).toEqual({});
  });

  it('forgets steps of tasks and files that are gone, but not within an hour', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    rmSync(join(root, `tasks/${MIRRORED}.json`));
    rmSync(join(root, `solvers/${MIRRORED}`), { recursive: true });
    await buildIn(root);
    expect(collectIn(root, HOUR / 2).shards).toBe(0);
    expect(collectIn(root, 2 * HOUR).shards).toBe(4);
    const { ran } = await buildIn(root, { force: false });
    expect(ran).toEqual({});
    expect(problemsIn(root)).toEqual([]);
  });

  it('forgets what was not built for longer than the limit, with all runs', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const results = recordedIn(root);
    const published = linesOf(treeOf(join(root, 'out')));
    expect(collectIn(root, 29 * DAY).selections).toBe(0);
    expect(collectIn(root, 31 * DAY)).toMatchObject({ selections: 1, runs: 1 });
    const { pack, selection, task_state, task_result } = rowsOfStore(join(root, 'cache'));
    expect([pack, selection, task_state, task_result]).toEqual([[], [], [], []]);
    await buildIn(root);
    expect(recordedIn(root)).toEqual(results);
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(published);
  });

  it('forgets the least recently used first when there is too much', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { selection: { ids: [MIRRORED] }, world: at(-3 * DAY) });
    await buildIn(root, { selection: { ids: [RECOLORED] }, world: at(-2 * DAY) });
    const bytes = withStore(root, (store) => store.upkeep.pages().bytes - store.upkeep.pages().free);
    expect(collectIn(root, 0, { ...LIMITS, maxBytes: bytes - 1 })).toMatchObject({ selections: 1 });
    expect(() => recordedIn(root, {}, { ids: [MIRRORED] })).toThrow('nothing was recorded');
    expect(recordedIn(root, {}, { ids: [RECOLORED] })).toHaveLength(1);
    expect(problemsIn(root)).toEqual([]);
  });

  it('keeps what is in use, however much it is, and says so', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    expect(collectIn(root, 0, { ...LIMITS, maxBytes: 1 })).toMatchObject({
      selections: 0,
      shards: 0,
      overLimit: true,
    });
    expect((await buildIn(root)).ran).toEqual({});
  });

  it('leaves all steps alone while a build is under way', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: at(-40 * DAY) });
    withStore(root, (store) => store.write(() => store.runs.begin(Date.now(), 'another')));
    expect(collectIn(root, 0)).toMatchObject({ selections: 1, shards: 0 });
  });

  it('gives the room back', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    withStore(root, (store) => {
      const blobs = new Map([['0123456789abcdef', new Uint8Array(1_000_000)]]);
      store.write(() => store.actions.append('validate', 'forgotten', 0, { entries: [], blobs }));
    });
    const { bytesBefore, bytesAfter } = collectIn(root, 0);
    expect(bytesBefore).toBeGreaterThan(1_000_000);
    expect(bytesAfter).toBeLessThan(500_000);
    expect((await buildIn(root)).ran).toEqual({});
  });

  it('changes nothing in a dry run, and says what it would do', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const before = rowsOfStore(join(root, 'cache'));
    const planned = collectIn(root, 31 * DAY, LIMITS, true);
    expect(rowsOfStore(join(root, 'cache'))).toEqual(before);
    const { selections, shards, runs } = collectIn(root, 31 * DAY);
    expect(planned).toMatchObject({ selections, shards, runs });
  });

  it('removes files that killed processes left an hour ago, and no others', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const folder = join(root, 'out/solver_dir/deep');
    mkdirSync(folder, { recursive: true });
    for (const name of ['.battbuild-1-0-7', '.mine']) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), 1, 1);
    }
    expect(collectIn(root, HOUR / 2).temporaries).toBe(0);
    expect(collectIn(root, 2 * HOUR).temporaries).toBe(1);
    expect(readdirSync(folder)).toEqual(['.mine']);
  });
});

describe('gc at the end of a build', () => {
  it('is due a day after the first build, and a day after the last time', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const isDue = (later: number) => withStore(root, (store) => isGcDue(store, Date.now() + later));
    expect([isDue(0), isDue(23 * HOUR), isDue(25 * HOUR)]).toEqual([false, false, true]);
    collectIn(root, 25 * HOUR);
    expect([isDue(26 * HOUR), isDue(50 * HOUR)]).toEqual([false, true]);
  });

  it('happens when a build wrote, and not when nothing changed', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { selection: { ids: [MIRRORED] }, world: at(-40 * DAY) });
    await buildIn(root, { selection: { ids: [MIRRORED] }, world: at(-38 * DAY) });
    expect(recordedIn(root, {}, { ids: [MIRRORED] })).toHaveLength(1);
    await buildIn(root, { selection: { ids: [RECOLORED] } });
    expect(() => recordedIn(root, {}, { ids: [MIRRORED] })).toThrow('nothing was recorded');
    expect(recordedIn(root, {}, { ids: [RECOLORED] })).toHaveLength(1);
    expect(problemsIn(root)).toEqual([]);
  });
});
