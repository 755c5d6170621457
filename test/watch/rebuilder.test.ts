/** The builds of a watch equal clean builds, after any edits, and whatever other processes build in between. */
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_TASKS } from '../../src/build/options.js';
import type { Summary } from '../../src/observe/event.js';
import { LiveConfig } from '../../src/watch/live-config.js';
import { Rebuilder } from '../../src/watch/rebuilder.js';
import type { FileSystem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { initialModel, MODEL_EDITS } from '../build/incremental/edits.js';
import { WorkspaceOnDisk } from '../build/incremental/workspace-on-disk.js';
import { buildIn, linesOf, recordedIn, temporaryFolder, treeOf, workspaceOf } from '../build/rig.js';

/** To test more cases: `BATTBUILD_RUNS=1000 npx vitest run test/watch/rebuilder.test.ts`. */
const RUNS = Number(process.env['BATTBUILD_RUNS'] ?? 12);
const SEED = Number(process.env['BATTBUILD_SEED'] ?? 20_240_607);

const anyNumber = fc.nat(9999);
const anyEdit = fc.record({
  edit: fc.constantFrom(...Object.keys(MODEL_EDITS)),
  numbers: fc.tuple(anyNumber, anyNumber, anyNumber),
});
const anyRound = fc.record({
  edits: fc.array(anyEdit, { maxLength: 4 }),
  /** Another process builds first. */
  byOther: fc.boolean(),
  /** The first build of the watch is stopped. */
  stopped: fc.boolean(),
});
const anyRounds = fc.array(anyRound, { minLength: 2, maxLength: 10 });

type Rounds = typeof anyRounds extends fc.Arbitrary<infer Value> ? Value : never;

async function buildRounds(folder: string, rounds: Rounds): Promise<void> {
  const root = join(folder, 'workspace');
  const model = initialModel();
  const disk = new WorkspaceOnDisk(root);
  disk.follow(model);
  const flags = { jobs: '1' };
  const config = new LiveConfig({ folder: root, flags, cores: 1 }, workspaceOf(root, flags), nodeFileSystem);
  const world = { files: nodeFileSystem, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY };
  let summary: Summary | null = null;
  const rebuilder = new Rebuilder(config, ALL_TASKS, world, (event) => {
    if (event.type === 'summary') summary = event;
  });
  const rebuild = (signal = new AbortController().signal) => rebuilder.build(rebuilder.scan(), signal);
  try {
    await rebuild();
    for (const { edits, byOther, stopped } of rounds) {
      for (const { edit, numbers } of edits) MODEL_EDITS[edit](model, ...numbers);
      disk.follow(model);
      if (byOther) await buildIn(root, { flags });
      if (stopped) await rebuild(AbortSignal.abort());
      await rebuild();
      expect(rebuilder.scan().changes).toEqual([]);

      const copy = mkdtempSync(join(folder, 'clean-'));
      for (const part of ['config', 'tasks', 'solvers', 'differs']) {
        cpSync(join(root, part), join(copy, part), { recursive: true });
      }
      const clean = await buildIn(copy);
      expect(publishedOf(summary)).toEqual(publishedOf(clean.summary));
      expect(recordedIn(root)).toEqual(recordedIn(copy));
      expect(linesOf(treeOf(join(root, 'out')))).toEqual(linesOf(treeOf(join(copy, 'out'))));
      rmSync(copy, { recursive: true });
    }
  } finally {
    await rebuilder.close();
  }
}

function publishedOf(summary: Summary | null) {
  return summary === null ? null : { files: summary.published, links: summary.publishedLinks };
}

it('scans the inputs once for a build, and once after it', async () => {
  const root = join(temporaryFolder(), 'workspace');
  const model = initialModel();
  const disk = new WorkspaceOnDisk(root);
  disk.follow(model);
  await buildIn(root);
  let scans = 0;
  const files: FileSystem = {
    ...nodeFileSystem,
    list(folder) {
      if (folder === join(root, 'tasks')) scans++;
      return nodeFileSystem.list(folder);
    },
  };
  const config = new LiveConfig({ folder: root, flags: {}, cores: 1 }, workspaceOf(root), nodeFileSystem);
  const world = { files, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY };
  const rebuilder = new Rebuilder(config, ALL_TASKS, world, () => {});
  try {
    // Nothing has changed since the build before the watch.
    await rebuilder.build(rebuilder.scan(), new AbortController().signal);
    MODEL_EDITS['add a solver'](model, 1, 2, 3);
    disk.follow(model);
    scans = 0;
    await rebuilder.build(rebuilder.scan(), new AbortController().signal);
    expect(rebuilder.scan().changes).toEqual([]);
    expect(scans).toBe(2);
  } finally {
    await rebuilder.close();
  }
});

it('does not build a workspace that is gone, and goes on when it is back', async () => {
  const folder = temporaryFolder();
  const [root, elsewhere] = [join(folder, 'workspace'), join(folder, 'elsewhere')];
  const model = initialModel();
  const disk = new WorkspaceOnDisk(root);
  disk.follow(model);
  const config = new LiveConfig({ folder: root, flags: {}, cores: 1 }, workspaceOf(root), nodeFileSystem);
  const world = { files: nodeFileSystem, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY };
  const rebuilder = new Rebuilder(config, ALL_TASKS, world, () => {});
  try {
    await rebuilder.build(rebuilder.scan(), new AbortController().signal);
    renameSync(root, elsewhere);
    expect([rebuilder.peek(), rebuilder.scan().changes]).toEqual([false, []]);
    renameSync(elsewhere, root);
    expect(rebuilder.scan().changes).toEqual([]);
    MODEL_EDITS['add a solver'](model, 1, 2, 3);
    disk.follow(model);
    expect(rebuilder.scan().changes).not.toEqual([]);
  } finally {
    await rebuilder.close();
  }
});

it(
  'builds what a build from nothing builds',
  async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(anyRounds, async (rounds) => {
        const run = join(folder, 'run');
        rmSync(run, { recursive: true, force: true });
        mkdirSync(run);
        await buildRounds(run, rounds);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
  RUNS * 60_000,
);
