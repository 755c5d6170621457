/** The real file system. */
import {
  constants,
  type Dirent,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { makeFolder } from '../make-folder.js';
import { type FileKind, FileProblem, type FileStat, type FileSystem } from './file-system.js';

export const nodeFileSystem: FileSystem = {
  list(folder) {
    return attempt(folder, () =>
      readdirSync(folder, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: kindOf(entry),
      })),
    );
  },
  stat(path) {
    // Nearly all files are no links. So a build calls one function for inputs and published files, and V8 compiles it early.
    const own = statLink(path);
    if (!(own instanceof FileProblem) && own.kind !== 'link') return own;
    // Throws where nothing is: only that tells why.
    return attempt(path, () => fileStat(statSync(path)));
  },
  statLink,
  inFolder(folder, body) {
    const before = goTo(folder);
    if (before === null) return body(`${folder}/`);
    try {
      return body('');
    } finally {
      goBack(before);
    }
  },
  read(path) {
    return attempt(path, () => readFileSync(path));
  },
  readLink(path) {
    return attempt(path, () => readlinkSync(path));
  },
  create(path, bytes) {
    return attempt(path, () => {
      writeFileSync(path, bytes, { flag: 'wx' });
      return null;
    });
  },
  link(path, target) {
    return attempt(path, () => {
      symlinkSync(target, path);
      return null;
    });
  },
  hardLink(path, of) {
    return attempt(path, () => {
      linkSync(of, path);
      return null;
    });
  },
  rename(from, to) {
    return attempt(to, () => {
      renameSync(from, to);
      return null;
    });
  },
  remove(path) {
    return attempt(path, () => {
      unlinkSync(path);
      return null;
    });
  },
  makeFolder(path) {
    return attempt(path, () => {
      makeFolder(path);
      return null;
    });
  },
  removeFolder(path) {
    return attempt(path, () => {
      rmdirSync(path);
      return null;
    });
  },
};

const NO_THROW = { throwIfNoEntry: false } as const;

/**
 * Makes a folder the current one; returns the one before. Null if that is impossible: in a worker thread, without the
 * folder, or without a way back. All other paths of the program are absolute.
 */
function goTo(folder: string): string | null {
  try {
    const before = process.cwd();
    process.chdir(before);
    process.chdir(folder);
    return before;
  } catch {
    return null;
  }
}

/** If the folder has gone meanwhile, this one stays the current one: nothing depends on it. */
function goBack(folder: string): void {
  try {
    process.chdir(folder);
  } catch {}
}

/** No closure here: a build in which nothing changed calls this for every published file. */
function statLink(path: string): FileStat | FileProblem {
  try {
    const stats = lstatSync(path, NO_THROW);
    return stats === undefined ? new FileProblem('ENOENT', path) : fileStat(stats);
  } catch (error) {
    return problemOf(path, error);
  }
}

/** Errors of Node itself: files of more than 2 GB, and paths with a NUL. */
const NODE_PROBLEMS = new Set(['ERR_FS_FILE_TOO_LARGE', 'ERR_INVALID_ARG_VALUE']);

/** Turns system errors into values; any other error is a bug and is thrown. */
function attempt<Result>(path: string, action: () => Result): Result | FileProblem {
  try {
    return action();
  } catch (error) {
    return problemOf(path, error);
  }
}

function problemOf(path: string, error: unknown): FileProblem {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  if (!('syscall' in error) && !NODE_PROBLEMS.has(error.code)) throw error;
  return new FileProblem(error.code, path);
}

function kindOf(entry: Dirent): FileKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function fileStat(stats: Stats): FileStat {
  const { size, mtimeMs, ctimeMs, ino, dev, birthtimeMs } = stats;
  return {
    kind: kindOfMode(stats.mode),
    size,
    mtimeMs,
    ctimeMs,
    inode: ino,
    device: dev,
    birthMs: birthtimeMs,
  };
}

function kindOfMode(mode: number): FileKind {
  switch (mode & constants.S_IFMT) {
    case constants.S_IFREG:
      return 'file';
    case constants.S_IFDIR:
      return 'folder';
    case constants.S_IFLNK:
      return 'link';
    default:
      return 'other';
  }
}
