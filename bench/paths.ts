/** Paths of the project and of the shared data, whether a module is compiled or run from its source. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project: the nearest one above this module with a package.json. */
export const PROJECT = projectFolder();

function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Our own solvers of public tasks, one file for each task. */
export const OWN_SOLVERS = join(PROJECT, 'examples/arc/solvers');

/** Some of them in the tokpidjin dialect. */
export const DIALECT_SOLVERS = join(PROJECT, 'examples/arc/tokpidjin');

/** Our own long programs, the parents of rough candidates. */
export const LONG_PROGRAMS = join(PROJECT, 'bench/workspace/parents');

/** The folder of the public training tasks (BATTBUILD_SHARED, else ../shared); null if it does not exist. */
export function trainingTasks(): string | null {
  const shared = process.env['BATTBUILD_SHARED'] ?? resolve(PROJECT, '../shared');
  const folder = join(shared, 'arc/training');
  return existsSync(folder) ? folder : null;
}

/** The message if they are missing. */
export const NO_TASKS =
  'the training tasks are not there: set BATTBUILD_SHARED to the folder that holds arc/training';
