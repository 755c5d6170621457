/** Removes files that were being written when their process was killed (see atomic-files.ts). */

import { TEMPORARY_PREFIX } from './atomic-files.js';
import { FileProblem, type FileSystem } from './file-system.js';

/** Files of that name which last changed before `before` (milliseconds since the epoch), in a folder and below. */
export function findTemporaries(files: FileSystem, folder: string, before: number): string[] {
  const entries = files.list(folder);
  // There may be no such folder, or one that nothing can be removed from.
  if (entries instanceof FileProblem) return [];
  return entries.flatMap(({ name, kind }) => {
    const path = `${folder}/${name}`;
    if (kind === 'folder') return findTemporaries(files, path, before);
    if (!name.startsWith(TEMPORARY_PREFIX)) return [];
    const stat = files.statLink(path);
    return stat instanceof FileProblem || stat.ctimeMs >= before ? [] : [path];
  });
}
