/** Makes a folder with all that lead to it. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * No problem if the folder is there; else throws what the system says. In place of Node's own `recursive`, which never
 * returns where the system answers "no such file" for a folder in one that is there, as below /proc.
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

/** The parent is there; somebody else may have made the folder meanwhile. */
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
