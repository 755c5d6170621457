/** Writes files and links atomically: a reader sees either the old one or the complete new one. */
import { dirname } from 'node:path';
import { failPoint } from '../fail-points.js';
import { FileProblem, type FileSystem } from './file-system.js';

/** Prefix of the names of files that are being written. A killed process may leave one; it is hidden. */
export const TEMPORARY_PREFIX = '.battbuild-';

/** Error codes of systems that have no links, or restrict who may create them. */
export const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

let temporaries = 0;

/** Distinguishes the names of this thread's temporary files; 0 is the main thread. */
let thread = 0;

/** Called once by each other thread that writes. Only those load the module that has this number. */
export function writeAsThread(id: number): void {
  thread = id;
}

/** Writes a file, replacing a file or link of that name; creates its folder if necessary. */
export function writeAtomically(
  fileSystem: FileSystem,
  path: string,
  content: Uint8Array,
): FileProblem | null {
  return placeAtomically(fileSystem, path, (temporary) => {
    const problem = fileSystem.create(temporary, content);
    // A disk without room for the content may have had room for the directory entry.
    if (problem !== null && problem.code !== 'EEXIST' && !problem.absent) fileSystem.remove(temporary);
    return problem;
  });
}

/**
 * Creates a symbolic link, replacing a file or link of that name. If links are not possible, writes a file with `content`, the
 * content of the target, unless it is there already.
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

/** Creates a hard link to the file `of`, replacing a file or link. */
export function replaceByHardLink(fileSystem: FileSystem, path: string, of: string): FileProblem | null {
  return placeAtomically(fileSystem, path, (temporary) => fileSystem.hardLink(temporary, of), true);
}

/** Whether a regular file (no link) with exactly this content exists. */
export function holdsContent(fileSystem: FileSystem, path: string, content: Uint8Array): boolean {
  const stat = fileSystem.statLink(path);
  if (stat instanceof FileProblem || stat.kind !== 'file' || stat.size !== content.length) return false;
  const present = fileSystem.read(path);
  return !(present instanceof FileProblem) && Buffer.compare(present, content) === 0;
}

/** Removes a file or link if it exists, and then each folder below `root` (absolute) that has become empty. */
export function removeWithEmptyFolders(
  fileSystem: FileSystem,
  root: string,
  path: string,
): FileProblem | null {
  const problem = fileSystem.remove(path);
  if (problem !== null && !problem.absent) return problem;
  for (let folder = dirname(path); folder.startsWith(`${root}/`); folder = dirname(folder)) {
    // Usually the folder is not empty; after any other error an empty folder does no harm.
    if (fileSystem.removeFolder(folder) !== null) break;
  }
  return null;
}

/**
 * `make` creates it under another name in the same folder; the rename is atomic. Renaming a hard link over another
 * one of the same file has no effect. With `maySurvive`, the temporary name is then removed.
 */
function placeAtomically(
  fileSystem: FileSystem,
  path: string,
  make: (temporary: string) => FileProblem | null,
  maySurvive = false,
): FileProblem | null {
  const folder = dirname(path);
  const temporary = `${folder}/${TEMPORARY_PREFIX}${process.pid}-${thread}-${temporaries++}`;
  let problem = make(temporary);
  if (problem?.absent) problem = fileSystem.makeFolder(folder) ?? make(temporary);
  // Left by a killed process with the same number: no other thread of this process uses the name.
  if (problem?.code === 'EEXIST' && problem.path === temporary)
    problem = fileSystem.remove(temporary) ?? make(temporary);
  if (problem !== null) return problem;
  failPoint('temporary made');
  const renamed = fileSystem.rename(temporary, path);
  if (renamed !== null || maySurvive) fileSystem.remove(temporary);
  failPoint('temporary renamed');
  return renamed;
}
