/**
 * Reads the file of a store that cannot be written, as a copy in memory: SQLite would have to make files beside it, or
 * leave out what is in its log. The copy is the store of one moment, whoever writes to the file meanwhile.
 */
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { withLog } from './write-ahead-log.js';

/** Larger files are not copied: that takes a second, and for a moment twice as much memory. */
const LARGEST_COPY_MB = 1024;

/** Somebody who writes all the time is waited for so often, and each time so long, in milliseconds. */
const TRIES = 20;
const PAUSE = 25;

/** Why the system would refuse to write to a file that is there; null when it would not. Its folder may refuse all the same. */
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

/** The database in `file` with what its write-ahead log holds. Throws what the system says, or why it is not copied. */
export function copyOf(file: string): Buffer {
  for (let k = 0; k < TRIES; k++) {
    if (k > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    const before = lookAt(file);
    if (before.megabytes > LARGEST_COPY_MB)
      throw new Error(
        `it has more than the ${LARGEST_COPY_MB} MB that are read where nothing can be written`,
      );
    // Times move in steps: another change could hide behind the same one.
    if (before.isFresh) continue;
    const database = readFileSync(file);
    const log = logOf(file);
    if (lookAt(file).seen === before.seen) return inOneFile(withLog(database, log));
  }
  throw new Error('others write to it all the time');
}

/** `seen` is another when pages came to the file, or the log began anew; what is only added to the log may be read or not. */
function lookAt(file: string): {
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

/** Empty where there is none. */
function logOf(file: string): Buffer {
  try {
    return readFileSync(`${file}-wal`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return Buffer.alloc(0);
  }
}

/** Bytes 18 and 19 of a database say whether it has a log beside it: this one has none. */
function inOneFile(database: Uint8Array): Buffer {
  database.fill(1, 18, 20);
  return Buffer.from(database.buffer, database.byteOffset, database.byteLength);
}
