/**
 * Reads the file of a store that cannot be written as a copy in memory. SQLite itself would have to create files
 * beside it, or leave out the contents of its log. The copy is the state of one moment, even if others write
 * meanwhile.
 */
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { pause } from './pause.js';
import { withLog } from './write-ahead-log.js';

/** Larger files are not copied: that takes a second, and temporarily twice as much memory. */
const LARGEST_COPY_MB = 1024;

/** How often, and for how many milliseconds each time, to wait for a process that is writing. */
const TRIES = 20;
const PAUSE = 25;

/**
 * The system's reason for refusing writes to an existing file; null if it allows them. Its folder may refuse
 * nevertheless.
 */
export function whyUnwritable(file: string): string | null {
  try {
    accessSync(file, constants.W_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return code === 'EROFS' ? 'the file system is read-only' : 'permission denied';
  }
}

/**
 * The database in `file` together with its write-ahead log. Throws the system's error, or the reason why it is not
 * copied.
 */
export function copyOf(file: string): Buffer {
  for (let k = 0; k < TRIES; k++) {
    if (k > 0) pause(PAUSE);
    const before = inspect(file);
    if (before.megabytes > LARGEST_COPY_MB)
      throw new Error(
        `it has more than the ${LARGEST_COPY_MB} MB that are read where nothing can be written`,
      );
    // File times have a limited resolution: another change could have the same time.
    if (before.isFresh) continue;
    const database = readFileSync(file);
    const log = logOf(file);
    if (inspect(file).seen === before.seen) return inOneFile(withLog(database, log));
  }
  throw new Error('others write to it all the time');
}

/**
 * `seen` changes when pages are written to the file or when the log begins anew. Pages that are appended to the log
 * may be read or not.
 */
function inspect(file: string): {
  readonly seen: string;
  readonly megabytes: number;
  readonly isFresh: boolean;
} {
  const { ino, size, mtimeNs, mtimeMs } = statSync(file, { bigint: true });
  const header = logOf(file).subarray(0, 32).toString('hex');
  return {
    seen: [ino, size, mtimeNs, header].join(' '),
    megabytes: Number(size) / 2 ** 20,
    isFresh: Math.abs(Date.now() - Number(mtimeMs)) < PAUSE,
  };
}

/** Empty if there is none. */
function logOf(file: string): Buffer {
  try {
    return readFileSync(`${file}-wal`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return Buffer.alloc(0);
  }
}

/** Bytes 18 and 19 of a database say whether it has a write-ahead log: this one has none. */
function inOneFile(database: Uint8Array): Buffer {
  database.fill(1, 18, 20);
  return Buffer.from(database.buffer, database.byteOffset, database.byteLength);
}
