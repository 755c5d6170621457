/**
 * Changed code runs exactly the programs that can reach it again; tested with changed copies of the compiled program.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { build } from '../../src/build/build.js';
import type { BuildEnvironment } from '../../src/build/session/session.js';
import type { Fingerprints } from '../../src/fingerprint/fingerprints.js';
import type { FileSystem } from '../../src/workspace/file-system.js';
import { exampleWorkspace, MIRRORED, RECOLORED } from './example.js';
import { buildWith, LATER, linesOf, recordedIn, temporaryFolder, treeOf } from './rig.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

interface Program {
  readonly build: typeof build;
  /** Its own class, because errors are recognised by their class. */
  readonly world: Partial<BuildEnvironment>;
  readonly fingerprints: Fingerprints;
}

async function programIn(folder: string): Promise<Program> {
  const imported = (name: string) => import(pathToFileURL(join(folder, 'dist', name)).href);
  const { loadChecksums } = (await imported('encoding/checksum.js')) as { loadChecksums(): Promise<void> };
  await loadChecksums();
  const program = (await imported('build/build.js')) as Pick<Program, 'build'>;
  const { nodeFileSystem } = (await imported('workspace/node-file-system.js')) as {
    nodeFileSystem: FileSystem;
  };
  const fingerprints = JSON.parse(
    readFileSync(join(folder, 'dist/fingerprints.json'), 'utf8'),
  ) as Fingerprints;
  return { build: program.build, world: { ...LATER, files: nodeFileSystem }, fingerprints };
}

/** A copy of the compiled program, with one text in one of its modules replaced by another. */
function changedProgram(module: string, from: string, to: string): Promise<Program> {
  const folder = temporaryFolder();
  cpSync(join(PROJECT, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'dist', module);
  const text = readFileSync(file, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${from} does not stand in ${module} once`);
  writeFileSync(file, text.replace(from, to));
  execFileSync(process.execPath, [join(folder, 'dist/fingerprint/main.js')]);
  return programIn(folder);
}

const REPLACE = 'dsl/primitives/grids/grid-recoloring.js';

it('of a primitive: the cells of the programs that call it run again, and no others', async () => {
  const root = exampleWorkspace();
  const before = await programIn(PROJECT);
  await buildWith(before.build, root, { world: before.world });
  const state = { results: recordedIn(root), out: linesOf(treeOf(join(root, 'out'))) };

  const same = await changedProgram(REPLACE, 'cells[k] === replacee', 'replacee === cells[k]');
  const changed = Object.keys(before.fingerprints.primitives).filter(
    (name) => same.fingerprints.primitives[name] !== before.fingerprints.primitives[name],
  );
  expect(changed).toEqual(['replace', 'tokpidjin.replace']);
  expect(same.fingerprints.phases).toEqual(before.fingerprints.phases);
  const rebuilt = await buildWith(same.build, root, { world: same.world });
  // One of the task's three programs calls it, on three samples. Its outcomes are unchanged, so nothing is scored.
  expect(rebuilt.ran).toEqual({ [`validate ${RECOLORED}`]: 3 });
  expect(rebuilt.summary.publishedChanged).toBe(0);
  expect({ results: recordedIn(root), out: linesOf(treeOf(join(root, 'out'))) }).toEqual(state);

  // After changing it back, the records of the first program are still there.
  expect((await buildWith(before.build, root, { world: before.world })).ran).toEqual({});
  expect((await buildWith(same.build, root, { world: same.world })).ran).toEqual({});
});

it('of a primitive that comes to other outputs: nothing of the old is served', async () => {
  const root = exampleWorkspace();
  const before = await programIn(PROJECT);
  expect((await buildWith(before.build, root, { world: before.world })).summary.solved).toBe(2);
  const other = await changedProgram(REPLACE, 'cells[k] = replacer', 'cells[k] = replacer + 4');
  const { ran, summary } = await buildWith(other.build, root, { world: other.world });
  expect(ran).toEqual({ [`validate ${RECOLORED}`]: 3, [`score ${RECOLORED}`]: 1 });
  expect(summary).toMatchObject({ solved: 1, partly: 1 });
  expect((await buildWith(before.build, root, { world: before.world })).summary).toMatchObject({
    solved: 2,
    cellsRun: 0,
  });
});

it('of the scoring: everything is scored again, and nothing runs', async () => {
  const root = exampleWorkspace();
  const before = await programIn(PROJECT);
  await buildWith(before.build, root, { world: before.world });
  const other = await changedProgram('phases/score.js', 'kind === DEMO', 'DEMO === kind');
  const { ran } = await buildWith(other.build, root, { world: other.world });
  expect(ran).toEqual({ [`score ${RECOLORED}`]: 3, [`score ${MIRRORED}`]: 2 });
});

it('of what is printed: nothing runs, and nothing is looked at', async () => {
  const root = exampleWorkspace();
  const before = await programIn(PROJECT);
  await buildWith(before.build, root, { world: before.world });
  const other = await changedProgram('build/inputs/scan.js', 'cannot be read: ', 'is unreadable: ');
  const { events, ran } = await buildWith(other.build, root, { world: other.world });
  expect(ran).toEqual({});
  expect(events).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: 2, dryRun: false });
});
