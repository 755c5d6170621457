/**
 * Marks the cache folder with a CACHEDIR.TAG, so that backups and searches skip it (https://bford.info/cachedir/).
 */
import { join } from 'node:path';
import { holdsContent, writeAtomically } from './atomic-files.js';
import { FileProblem, type FileSystem } from './file-system.js';

const TAG = 'CACHEDIR.TAG';

const CONTENT = `Signature: 8a477f597d28d172789f06886806bc55
# This folder is a cache of battbuild: it may be deleted at any time, which costs only time.
# For information about cache directory tags see https://bford.info/cachedir/
`;

/** Creates the cache folder and its tag if they are missing. */
export function markCacheFolder(fileSystem: FileSystem, folder: string): FileProblem | null {
  const made = fileSystem.makeFolder(folder);
  if (made !== null) return made;
  const tag = join(folder, TAG);
  if (!(fileSystem.stat(tag) instanceof FileProblem)) return null;
  return writeAtomically(fileSystem, tag, new TextEncoder().encode(CONTENT));
}

/** The path of the folder's tag, if battbuild wrote it and it is unchanged; else null. */
export function ownCacheTag(fileSystem: FileSystem, folder: string): string | null {
  const tag = join(folder, TAG);
  return holdsContent(fileSystem, tag, new TextEncoder().encode(CONTENT)) ? tag : null;
}
