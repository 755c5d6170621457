/** Functions of the compiled program: the checks apply to what was built. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from '../paths.js';

const compiled = (module: string) => import(pathToFileURL(join(PROJECT, 'dist', module)).href);

type Modules = [
  typeof import('../../src/build/build.js'),
  typeof import('../../src/build/options.js'),
  typeof import('../../src/build/last-build.js'),
  typeof import('../../src/build/upkeep/verify.js'),
  typeof import('../../src/build/upkeep/clean.js'),
  typeof import('../../src/store/store.js'),
  typeof import('../../src/workspace/node-file-system.js'),
  typeof import('../../src/workspace/workspace.js'),
];

const names = [
  'build/build.js',
  'build/options.js',
  'build/last-build.js',
  'build/upkeep/verify.js',
  'build/upkeep/clean.js',
  'store/store.js',
  'workspace/node-file-system.js',
  'workspace/workspace.js',
];

const [building, options, recorded, verifying, cleaning, store, files, workspace] = (await Promise.all(
  names.map(compiled),
)) as Modules;

export const { build } = building;
export const { ALL_TASKS } = options;
export const { LastBuild } = recorded;
export const { verifyStore } = verifying;
export const { cleanPublished } = cleaning;
export const { Store } = store;
export const { nodeFileSystem } = files;
export const { openWorkspace } = workspace;

/** The compiled command. */
export const MAIN = join(PROJECT, 'dist/bundle/main.js');

// Every use of a store needs the checksums.
const { loadChecksums } = (await compiled(
  'encoding/checksum.js',
)) as typeof import('../../src/encoding/checksum.js');
await loadChecksums();
