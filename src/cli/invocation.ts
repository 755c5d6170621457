/** The command that starts battbuild in a folder, and the path from there to the package's files. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from './process/context.js';

/** The folder of the package. */
const PACKAGE = dirname(fileURLToPath(new URL('../../package.json', import.meta.url)));

/**
 * The command that starts battbuild in the folder (an absolute path): its name if a shell finds it, else its file.
 */
export function invocationIn(folder: string, { env }: Context): string {
  // In a process of npm or npx, PATH has entries that a later shell does not have.
  const isByNpm = env['npm_execpath'] !== undefined || env['npm_command'] !== undefined;
  if (!isByNpm && isInPath(env['PATH'] ?? '')) return 'battbuild';
  if (isKnownToNpx(folder)) return 'npx battbuild';
  return `node ${relative(folder, join(PACKAGE, 'dist', 'bundle', 'main.js'))}`;
}

/** The path to the config schema from the folder, with `/`; null if the package has no schema. */
export function schemaFrom(folder: string): string | null {
  const schema = join(PACKAGE, 'config', 'battbuild.schema.json');
  return existsSync(schema) ? relative(folder, schema).split(sep).join('/') : null;
}

function isInPath(path: string): boolean {
  return path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, 'battbuild')));
}

/** npx runs what is installed in the folder or above it, and what the nearest package itself provides. */
function isKnownToNpx(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', '.bin', 'battbuild'))) return true;
    if (at === PACKAGE) return true;
    if (dirname(at) === at) return false;
  }
}
