/** What the pictures of README are made of: the compiled program, and a copy of the demo workspace. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export const MAIN = join(PROJECT, 'dist/bundle/main.js');

/** Where a picture goes: what the command line says, else its place in docs. */
export function pictureFile(name) {
  return process.argv[2] ?? join(PROJECT, 'docs', name);
}

/** Does something in a copy of the demo workspace that was never built. */
export async function inDemo(action) {
  const temporary = mkdtempSync(join(tmpdir(), 'battbuild-pictures-'));
  const folder = join(temporary, 'examples');
  const written = ['cache', 'out'].map((name) => join(PROJECT, 'examples', name));
  cpSync(join(PROJECT, 'examples'), folder, { recursive: true, filter: (path) => !written.includes(path) });
  try {
    return await action(folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
