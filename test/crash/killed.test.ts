/**
 * Kills the built command at random moments and looks at what it leaves: a store that opens and has nothing wrong with
 * it, all that was committed, and a workspace whose next build ends where an undisturbed one does.
 *
 * `BATTBUILD_KILLS` is the number of kills; `BATTBUILD_SEED` says which moments.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { verifyStore } from '../../src/build/verify.js';
import { cleanPublished } from '../../src/cli/clean.js';
import { decodePack } from '../../src/store/pack.js';
import { unseal } from '../../src/store/seal.js';
import { Store } from '../../src/store/store.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { linesOf, recordedIn, treeOf, workspaceOf } from '../build/rig.js';
import { emptyWorkspace, type TestWorkspace } from '../cli/rig.js';
import { randomNumbers } from './random.js';

const KILLS = Number(process.env['BATTBUILD_KILLS'] ?? 25);
const SEED = Number(process.env['BATTBUILD_SEED'] ?? 1);

const TASKS = 12;
const PROGRAMS = ['vmirror(I)', 'hmirror(I)', 'rot180(I)', 'replace(I, 1, 2)', 'first(I)', 'upscale(I, 2)'];

/** A version of the workspace: every solver file has one program that other versions do not have. */
function writeVersion(workspace: TestWorkspace, version: number): void {
  for (let k = 0; k < TASKS; k++) {
    const id = `task${String(k).padStart(2, '0')}`;
    workspace.writeMirrorTask(id);
    const bodies = [...PROGRAMS, `replace(I, ${(version + k) % 10}, ${version % 7})`];
    const text = bodies.map((body, n) => `def solve_${id}_0000000${n}(I):\n    return ${body}\n`);
    workspace.write(`solvers/${id}.py`, text.join(''));
  }
}

/** What is there before the build that is killed. */
type Scene = 'cold' | 'incremental' | 'publishing';
const SCENES: readonly Scene[] = ['cold', 'incremental', 'publishing'];

function setScene(workspace: TestWorkspace, scene: Scene, version: number): void {
  const [cache, out] = [workspace.path('cache'), workspace.path('out')];
  if (scene === 'cold') for (const folder of [cache, out]) rmSync(folder, { recursive: true, force: true });
  if (scene === 'publishing') cleanPublished(cache, out);
  else writeVersion(workspace, version);
}

/** Starts a build and kills it after so many milliseconds; false when it was over before. */
async function buildAndKill(workspace: TestWorkspace, afterMs: number): Promise<boolean> {
  const child = workspace.start(['build', '--quiet', '-j', '2']);
  child.stdout.resume();
  child.stderr.resume();
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_code, signal) => resolve(signal));
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const signal = await ended;
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

function problemsIn(workspace: TestWorkspace): readonly unknown[] {
  const store = Store.open(workspace.path('cache'));
  try {
    expect(store.notice).toBeNull();
    return verifyStore(store, workspaceOf(workspace.folder), nodeFileSystem, false).problems;
  } finally {
    store.close();
  }
}

/** Keys of the cells in the store. */
function cellsIn(workspace: TestWorkspace): Set<string> {
  const database = new Sqlite(join(workspace.path('cache'), 'battbuild.db'));
  try {
    const payloads = database.prepare("SELECT payload FROM pack WHERE phase = 'validate'").pluck().all();
    return new Set(
      (payloads as Buffer[]).flatMap((payload) =>
        decodePack(unseal(payload) as Uint8Array).entries.map(({ key }) => key as string),
      ),
    );
  } finally {
    database.close();
  }
}

/** The results and the published files of the workspace's inputs, built elsewhere from nothing. */
async function cleanBuild(workspace: TestWorkspace): Promise<{ results: unknown; published: string[] }> {
  const options = ['--cache', 'clean-cache', '--out', 'clean-out'];
  for (const folder of ['clean-cache', 'clean-out'])
    rmSync(workspace.path(folder), { recursive: true, force: true });
  await workspace.build(...options);
  return {
    results: recordedIn(workspace.folder, {
      cache: workspace.path('clean-cache'),
      out: workspace.path('clean-out'),
    }),
    published: linesOf(treeOf(workspace.path('clean-out'))),
  };
}

/** Without what a killed process was writing at that moment: hidden, and swept by gc. */
function publishedIn(workspace: TestWorkspace): string[] {
  return linesOf(treeOf(workspace.path('out'))).filter((line) => !line.includes('/.battbuild-'));
}

describe('a build that is killed', () => {
  it(
    `leaves a sound store and loses nothing that was committed (${KILLS} kills, seed ${SEED})`,
    async () => {
      const random = randomNumbers(SEED);
      const workspace = emptyWorkspace();
      writeVersion(workspace, 0);
      const startedAt = performance.now();
      await workspace.build();
      // Moments from the start of the process to a little before its end, whatever the machine.
      const wholeMs = performance.now() - startedAt;
      let kills = 0;
      let repeated = 0;
      let version = 1;
      for (; kills < KILLS; version++) {
        const scene = SCENES[version % SCENES.length];
        setScene(workspace, scene, version);
        const when = `${scene}, version ${version}`;
        if (!(await buildAndKill(workspace, random() * wholeMs))) continue;
        kills++;
        expect(problemsIn(workspace), when).toEqual([]);
        const committed = cellsIn(workspace);
        const { cellsRun, diagnostics } = await workspace.build();
        const after = cellsIn(workspace);
        // What was committed is there, and what ran is what was not.
        expect(
          [...committed].filter((key) => !after.has(key)),
          when,
        ).toEqual([]);
        expect([cellsRun, diagnostics], when).toEqual([after.size - committed.size, 0]);
        repeated += after.size - committed.size;
        const { results, published } = await cleanBuild(workspace);
        expect(recordedIn(workspace.folder), when).toEqual(results);
        expect(publishedIn(workspace), when).toEqual(published);
        expect(problemsIn(workspace), when).toEqual([]);
      }
      process.stdout.write(`${kills} kills of ${version - 1} builds, ${repeated} cells run after them\n`);
    },
    60_000 + KILLS * 10_000,
  );
});
