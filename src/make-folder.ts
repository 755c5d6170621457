/** Creates a folder and its parents. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Does nothing if the folder exists; else throws the system's error. It replaces Node's own `recursive`, which never
 * returns if the system reports "no such file" inside an existing folder, as in /proc.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isFolder(path)) return;
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path || isFolder(parent))
      throw error;
    makeFolder(parent);
    makeIn(path);
  }
}

/** The parent exists; another process may have created the folder meanwhile. */
function makeIn(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
