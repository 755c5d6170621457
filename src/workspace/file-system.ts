/**
 * The interfaces of the file system and the clock. They are passed as arguments everywhere, so that tests can replace
 * them.
 *
 * All calls are synchronous (a stat takes 2 us, a promise for one 15 us). Problems with a path are values, because a
 * user can cause them. Paths are absolute.
 */

/** Milliseconds since the epoch. */
export type Clock = () => number;

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FolderEntry {
  readonly name: string;
  /** Of the entry itself: a link is a link whatever its target is. */
  readonly kind: FileKind;
}

export interface FileStat {
  readonly kind: FileKind;
  readonly size: number;
  /** Times in milliseconds, with the fractions that the file system provides. */
  readonly mtimeMs: number;
  /** Last change of content or attributes; it cannot be set back. */
  readonly ctimeMs: number;
  readonly inode: number;
  readonly device: number;
  /** Time of creation in milliseconds; 0 if unknown. */
  readonly birthMs: number;
}

/** Why an operation on a path failed. */
export class FileProblem {
  constructor(
    /** The system's error code, such as ENOENT. */
    readonly code: string,
    readonly path: string,
  ) {}

  /** Whether nothing is there: no such file, or a file instead of a folder in the path. */
  get absent(): boolean {
    return this.code === 'ENOENT' || this.code === 'ENOTDIR';
  }

  /** The problem in words, without the path. */
  describe(): string {
    // The system gives other bytes than those that this stands for.
    if (this.absent && this.path.includes('\ufffd')) return 'its name is not UTF-8 text';
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
  ['EMLINK', 'the file has too many links'],
  ['EXDEV', 'it is on another file system'],
  ['EIO', 'the device failed to read or write'],
  ['ERR_FS_FILE_TOO_LARGE', 'the file is too large'],
  ['ERR_INVALID_ARG_VALUE', 'it cannot be a path'],
]);

export interface FileSystem {
  /** The entries of a folder, unsorted. */
  list(folder: string): readonly FolderEntry[] | FileProblem;
  /** The stat of the target: links are followed. */
  stat(path: string): FileStat | FileProblem;
  /** The stat of the path itself: links are not followed. */
  statLink(path: string): FileStat | FileProblem;
  /**
   * Calls `body` with a beginning for paths in this folder, valid until it returns: for many stats, the system need not
   * look up the folder's own path again and again.
   */
  inFolder<Result>(folder: string, body: (prefix: string) => Result): Result;
  read(path: string): Uint8Array | FileProblem;
  /** The target of a link, as text. */
  readLink(path: string): string | FileProblem;
  /** Writes a file that must not exist yet (else EEXIST). */
  create(path: string, bytes: Uint8Array): FileProblem | null;
  /** Creates a symbolic link that must not exist yet; `target` is relative to the link's folder, or absolute. */
  link(path: string, target: string): FileProblem | null;
  /** Gives the file `of` a second name, which must not exist yet: a hard link. */
  hardLink(path: string, of: string): FileProblem | null;
  /** Moves a file or link; replaces `to` atomically. */
  rename(from: string, to: string): FileProblem | null;
  /** Removes a file or link. */
  remove(path: string): FileProblem | null;
  /** Creates a folder with its parents; does nothing if it exists. */
  makeFolder(path: string): FileProblem | null;
  /** Removes an empty folder (else ENOTEMPTY). */
  removeFolder(path: string): FileProblem | null;
}

/** Whether two stats that were read one right after the other are of the same file. */
export function isSameFile(a: FileStat, b: FileStat): boolean {
  if (a.kind !== b.kind || a.device !== b.device || a.inode !== b.inode) return false;
  // Large inode numbers are rounded; then size and times distinguish files. Another link changes only the ctime.
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.birthMs === b.birthMs;
}

/** Whether a file is unchanged, as far as its stat tells. The ctime reveals edits whose mtime was set back. */
export function sameStat(a: FileStat, b: FileStat): boolean {
  if (a.kind !== b.kind || a.size !== b.size || a.inode !== b.inode) return false;
  return a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}
