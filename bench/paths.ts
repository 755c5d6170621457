/** Where the project and the shared data are, whether a module runs compiled or from its source. */
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

/** Our own solvers of public tasks, one file a task. */
export const OWN_SOLVERS = join(PROJECT, 'examples/arc/solvers');

/** The same of some of them in the dialect tokpidjin. */
export const DIALECT_SOLVERS = join(PROJECT, 'examples/arc/tokpidjin');

/** Our own long programs, which rough candidates descend from. */
export const LONG_PROGRAMS = join(PROJECT, 'bench/workspace/parents');

/** The folder of the public training tasks (BATTBUILD_SHARED, else ../shared); null where it is absent. */
export function trainingTasks(): string | null {
  const shared = process.env['BATTBUILD_SHARED'] ?? resolve(PROJECT, '../shared');
  const folder = join(shared, 'arc/training');
  return existsSync(folder) ? folder : null;
}

/** What to say where they are absent. */
export const NO_TASKS =
  'the training tasks are not there: set BATTBUILD_SHARED to the folder that holds arc/training';
