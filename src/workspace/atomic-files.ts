/** Puts files and links in place atomically: whoever looks sees what was there before or what is new, whole. */
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import { failPoint } from '../fail-points.js';
import { FileProblem, type FileSystem } from './file-system.js';

/** Begins the names of files that are being written. A process that is killed may leave one; it is hidden. */
export const TEMPORARY_PREFIX = '.battbuild-';

/** What systems answer that have no links, or do not let everybody make them. */
export const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

let temporaries = 0;

/** Writes a file, replacing whatever file or link is there; makes its folder if need be. */
export function writeAtomically(
  fileSystem: FileSystem,
  path: string,
  content: Uint8Array,
): FileProblem | null {
  return placeAtomically(fileSystem, path, (temporary) => {
    const problem = fileSystem.create(temporary, content);
    // A disk without room for the content may have had room for the file.
    if (problem !== null && problem.code !== 'EEXIST' && !problem.absent) fileSystem.remove(temporary);
    return problem;
  });
}

/**
 * Makes a link, replacing whatever file or link is there. Where links cannot be made, a file with `content` (that of
 * the target) stands for it, which is written only if it is not there already.
 */
export function linkAtomically(
  fileSystem: FileSystem,
  path: string,
  target: string,
  content: Uint8Array,
): 'linked' | 'copied' | 'unchanged' | FileProblem {
  const problem = placeAtomically(fileSystem, path, (temporary) => fileSystem.link(temporary, target));
  if (problem === null) return 'linked';
  if (!NO_LINKS.has(problem.code)) return problem;
  if (holdsContent(fileSystem, path, content)) return 'unchanged';
  return writeAtomically(fileSystem, path, content) ?? 'copied';
}

/** Whether a regular file (no link) with exactly this content is there. */
export function holdsContent(fileSystem: FileSystem, path: string, content: Uint8Array): boolean {
  const stat = fileSystem.statLink(path);
  if (stat instanceof FileProblem || stat.kind !== 'file' || stat.size !== content.length) return false;
  const present = fileSystem.read(path);
  return !(present instanceof FileProblem) && Buffer.compare(present, content) === 0;
}

/** Removes a file or link if it is there, and the folders below `root` (absolute) that are empty without it. */
export function removeWithEmptyFolders(
  fileSystem: FileSystem,
  root: string,
  path: string,
): FileProblem | null {
  const problem = fileSystem.remove(path);
  if (problem !== null && !problem.absent) return problem;
  for (let folder = dirname(path); folder.startsWith(`${root}/`); folder = dirname(folder)) {
    // Not empty is the normal reason to stop; whatever else it may be, an empty folder does no harm.
    if (fileSystem.removeFolder(folder) !== null) break;
  }
  return null;
}

/** `make` makes it under another name in the same folder, whence it is renamed: that is atomic. */
function placeAtomically(
  fileSystem: FileSystem,
  path: string,
  make: (temporary: string) => FileProblem | null,
): FileProblem | null {
  const folder = dirname(path);
  const temporary = `${folder}/${TEMPORARY_PREFIX}${process.pid}-${threadId}-${temporaries++}`;
  let problem = make(temporary);
  if (problem?.absent) problem = fileSystem.makeFolder(folder) ?? make(temporary);
  // Left by a process of the same number that was killed: no other thread of this one has the name.
  if (problem?.code === 'EEXIST' && problem.path === temporary)
    problem = fileSystem.remove(temporary) ?? make(temporary);
  if (problem !== null) return problem;
  failPoint('temporary made');
  const renamed = fileSystem.rename(temporary, path);
  if (renamed !== null) fileSystem.remove(temporary);
  failPoint('temporary renamed');
  return renamed;
}
