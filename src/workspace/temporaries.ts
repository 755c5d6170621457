/** Removes temporary files that killed processes left (see atomic-files.ts). */

import { TEMPORARY_PREFIX } from './atomic-files.js';
import { FileProblem, type FileSystem } from './file-system.js';

/** Temporary files in a folder and below that were last changed before `before` (milliseconds since the epoch). */
export function findTemporaries(files: FileSystem, folder: string, before: number): string[] {
  const entries = files.list(folder);
  // The folder may not exist, or may not allow removal.
  if (entries instanceof FileProblem) return [];
  return entries.flatMap(({ name, kind }) => {
    const path = `${folder}/${name}`;
    if (kind === 'folder') return findTemporaries(files, path, before);
    if (!name.startsWith(TEMPORARY_PREFIX)) return [];
    const stat = files.statLink(path);
    return stat instanceof FileProblem || stat.ctimeMs >= before ? [] : [path];
  });
}
