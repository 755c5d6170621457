/** How battbuild is started from a folder, and where what belongs to it is from there. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from './context.js';

/** The folder of the package. */
const PACKAGE = dirname(fileURLToPath(new URL('../../package.json', import.meta.url)));

/** What starts battbuild in the folder (absolute): by its name where that leads somewhere, else by its file. */
export function invocationIn(folder: string, { env }: Context): string {
  // What npm and npx run finds more by its name than a shell would later.
  const isByNpm = env['npm_execpath'] !== undefined || env['npm_command'] !== undefined;
  if (!isByNpm && isInPath(env['PATH'] ?? '')) return 'battbuild';
  if (isKnownToNpx(folder)) return 'npx battbuild';
  return `node ${relative(folder, join(PACKAGE, 'dist', 'bundle', 'main.js'))}`;
}

/** The schema of configs as a config in the folder names it, with `/`; null where the package came without it. */
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
