/**
 * The file system as battbuild sees it, and the clock: arguments everywhere, so that tests can hold, break and count.
 *
 * Everything is synchronous (a stat takes 2 us, a promise of one 15 us). What goes wrong with a path is a value, since
 * a user can cause it. Paths are absolute.
 */

/** Milliseconds since the epoch. */
export type Clock = () => number;

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FolderEntry {
  readonly name: string;
  /** Of the entry itself: a link is a link whatever it points to. */
  readonly kind: FileKind;
}

export interface FileStat {
  readonly kind: FileKind;
  readonly size: number;
  /** Times in milliseconds, with fractions as fine as the file system has them. */
  readonly mtimeMs: number;
  /** Last change of content or attributes; cannot be set back. */
  readonly ctimeMs: number;
  readonly inode: number;
  readonly device: number;
  /** When it was made, in milliseconds; 0 where nobody tells. */
  readonly birthMs: number;
}

/** Why something could not be done with a path. */
export class FileProblem {
  constructor(
    /** The system's name of the problem, such as ENOENT. */
    readonly code: string,
    readonly path: string,
  ) {}

  /** Nothing is there: no such file, or a file where a folder of the path should be. */
  get absent(): boolean {
    return this.code === 'ENOENT' || this.code === 'ENOTDIR';
  }

  /** The problem in words, without the path. */
  describe(): string {
    return DESCRIPTIONS.get(this.code) ?? `the system says ${this.code}`;
  }
}

const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['NOT_A_FILE', 'it is neither a file nor a folder'],
  ['TOO_LARGE', 'it is larger than 32 MB'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EEXIST', 'something is there already'],
  ['ENOTEMPTY', 'the folder is not empty'],
  ['ELOOP', 'the links lead in a circle'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'the device failed to read or write'],
  ['ERR_FS_FILE_TOO_LARGE', 'the file is too large'],
  ['ERR_INVALID_ARG_VALUE', 'it cannot be a path'],
]);

export interface FileSystem {
  /** The entries of a folder, in no order. */
  list(folder: string): readonly FolderEntry[] | FileProblem;
  /** What a path leads to: links are followed. */
  stat(path: string): FileStat | FileProblem;
  /** What a path is itself: links are not followed. */
  statLink(path: string): FileStat | FileProblem;
  read(path: string): Uint8Array | FileProblem;
  /** The text of a link. */
  readLink(path: string): string | FileProblem;
  /** Writes a file that must not exist yet (else EEXIST). */
  create(path: string, bytes: Uint8Array): FileProblem | null;
  /** Makes a link that must not exist yet; `target` is relative to the link's folder, or absolute. */
  link(path: string, target: string): FileProblem | null;
  /** Moves a file or link, at once replacing what `to` was. */
  rename(from: string, to: string): FileProblem | null;
  /** Removes a file or link. */
  remove(path: string): FileProblem | null;
  /** Makes a folder with all that lead to it; no problem if it is there. */
  makeFolder(path: string): FileProblem | null;
  /** Removes an empty folder (else ENOTEMPTY). */
  removeFolder(path: string): FileProblem | null;
}

/** Whether a file is the one seen before, as far as its stat can tell. The ctime tells of edits whose mtime was set back. */
export function sameStat(a: FileStat, b: FileStat): boolean {
  if (a.kind !== b.kind || a.size !== b.size || a.inode !== b.inode) return false;
  return a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}
