/**
 * Incremental equals clean: after any edits, a build has the same results as a clean build, with as few steps as
 * possible.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BuildEnvironment } from '../../src/build/session/session.js';
import { DISK_EDITS, initialModel, MODEL_EDITS } from './incremental/edits.js';
import { LeastSet } from './incremental/least-set.js';
import { WorkspaceOnDisk } from './incremental/workspace-on-disk.js';
import {
  type Built,
  buildIn,
  linesOf,
  type PublishedFile,
  recordedIn,
  temporaryFolder,
  treeOf,
} from './rig.js';

/** To test more cases: `BATTBUILD_RUNS=1000 npx vitest run test/build/incremental.test.ts`. */
const RUNS = Number(process.env['BATTBUILD_RUNS'] ?? 40);
const SEED = Number(process.env['BATTBUILD_SEED'] ?? 20_240_607);

const anyNumber = fc.nat(9999);
const anyEdit = fc.record({
  edit: fc.constantFrom(...Object.keys(MODEL_EDITS), ...Object.keys(DISK_EDITS)),
  numbers: fc.tuple(anyNumber, anyNumber, anyNumber),
});
/** Preparations before each build. */
const anyRounds = fc.array(fc.array(anyEdit, { maxLength: 5 }), { minLength: 1, maxLength: 8 });

async function buildRounds(
  folder: string,
  rounds: typeof anyRounds extends fc.Arbitrary<infer Rounds> ? Rounds : never,
  how: { readonly jobs: string; readonly world: Partial<BuildEnvironment> },
): Promise<void> {
  const root = join(folder, 'workspace');
  const model = initialModel();
  const disk = new WorkspaceOnDisk(root);
  const leastSet = new LeastSet();
  for (const edits of [[], ...rounds]) {
    for (const { edit, numbers } of edits) {
      if (edit in MODEL_EDITS) MODEL_EDITS[edit](model, ...numbers);
      else {
        // The files on disk are the result of the edits so far.
        disk.follow(model);
        const [a, b] = numbers;
        DISK_EDITS[edit](root, a, b);
      }
    }
    disk.follow(model);
    const before = treeOf(join(root, 'out'));
    const built = await buildIn(root, { flags: { jobs: how.jobs }, world: how.world });
    const tree = treeOf(join(root, 'out'));

    const copy = mkdtempSync(join(folder, 'clean-'));
    for (const part of ['config', 'tasks', 'solvers', 'differs'])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    const clean = await buildIn(copy);
    const cleanResults = recordedIn(copy);

    expect(recordedIn(root)).toEqual(cleanResults);
    expect(linesOf(tree)).toEqual(linesOf(treeOf(join(copy, 'out'))));
    expect(resultsOf(built)).toEqual(resultsOf(clean));
    expect(built.ran).toEqual(leastSet.next(model, cleanResults));
    expect(built.summary.cellsRun).toBe(cellsIn(built.ran));
    expectFewestWrites(built.summary.publishedChanged, before, tree);
    rmSync(copy, { recursive: true });
  }
}

/** What two builds of equal inputs have in common. */
function resultsOf({ summary, diagnostics }: Built) {
  const { phases, wallMs, cellsRun, publishedChanged, ...counts } = summary;
  return { counts, diagnostics: diagnostics.map((diagnostic) => JSON.stringify(diagnostic)) };
}

function cellsIn(ran: Built['ran']): number {
  return Object.entries(ran).reduce(
    (sum, [step, count]) => sum + (step.startsWith('validate ') ? count : 0),
    0,
  );
}

/** Unchanged files have not been written; changed files were written or removed once. */
function expectFewestWrites(
  changes: number,
  before: ReadonlyMap<string, PublishedFile>,
  after: ReadonlyMap<string, PublishedFile>,
): void {
  const names = new Set([...before.keys(), ...after.keys()]);
  const isSame = (name: string) =>
    before.get(name)?.content === after.get(name)?.content &&
    before.get(name)?.kind === after.get(name)?.kind;
  const changed = [...names].filter((name) => !isSame(name));
  const rewritten = [...names].filter(
    (name) => isSame(name) && before.get(name)?.identity !== after.get(name)?.identity,
  );
  // A program that moves from one task to another may be removed and written again.
  expect(rewritten.filter((name) => !changedHands(name, before, after))).toEqual([]);
  const twice = changed.filter(
    (name) => before.has(name) && after.has(name) && changedHands(name, before, after),
  );
  const least = changed.length + 2 * rewritten.length;
  expect(changes).toBeGreaterThanOrEqual(least);
  expect(changes).toBeLessThanOrEqual(least + twice.length);
}

/** Whether a text belonged to some tasks and now belongs to others. */
function changedHands(
  name: string,
  before: ReadonlyMap<string, PublishedFile>,
  after: ReadonlyMap<string, PublishedFile>,
): boolean {
  const [folder, base] = name.split('/');
  const links = `${folder.replace('_md5', '_dir')}/`;
  const tasks = (tree: ReadonlyMap<string, PublishedFile>) =>
    [...tree.keys()].flatMap((link) =>
      link.startsWith(links) && link.endsWith(base) ? [link.split('/')[1]] : [],
    );
  const now = tasks(after);
  return folder.endsWith('_md5') && !tasks(before).some((task) => now.includes(task));
}

it(
  'builds what a build from nothing builds, and runs only what was never run',
  async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(anyRounds, async (rounds) => {
        const run = join(folder, 'run');
        if (existsSync(run)) rmSync(run, { recursive: true });
        mkdirSync(run);
        await buildRounds(run, rounds, { jobs: '1', world: {} });
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
  RUNS * 60_000,
);

it(
  'does so with workers',
  async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(anyRounds, async (rounds) => {
        const run = join(folder, 'run');
        if (existsSync(run)) rmSync(run, { recursive: true });
        mkdirSync(run);
        await buildRounds(run, rounds, { jobs: '2', world: { mainThreadCells: 0 } });
      }),
      { numRuns: Math.ceil(RUNS / 10), seed: SEED + 1 },
    );
  },
  RUNS * 60_000,
);
