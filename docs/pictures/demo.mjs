/** What the pictures in the README are made from: the compiled program, and a copy of the demo workspace. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export const MAIN = join(PROJECT, 'dist/bundle/main.js');

/** The path of a picture: from the command line, else its path in docs. */
export function pictureFile(name) {
  return process.argv[2] ?? join(PROJECT, 'docs', name);
}

/** Calls a function with a copy of the demo workspace that was never built. */
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
