/**
 * A lock on the names of a store's files. Whoever opens the store shares it; whoever sets the files aside has it alone.
 * Without it, one process could rename the store that another has just created, and SQLite, which opens the
 * write-ahead log by name, could combine the log of one store with the pages of another.
 *
 * The lock is one of SQLite's on an empty file of its own, so it ends with the process, however that ends.
 */
import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

export const LOCK_SUFFIX = '-lock';

const BEGIN = {
  shared: 'BEGIN; SELECT * FROM sqlite_schema',
  exclusive: 'BEGIN EXCLUSIVE',
} as const;

/**
 * Runs `body` with the lock of the store in `file`. Waits for at most `timeout` milliseconds, then throws SQLite's
 * error `SQLITE_BUSY`.
 */
export function withOpeningLock<Result>(
  file: string,
  kind: keyof typeof BEGIN,
  timeout: number,
  body: () => Result,
): Result {
  const lock = acquire(file + LOCK_SUFFIX, kind, timeout);
  try {
    return body();
  } finally {
    lock.close();
  }
}

function acquire(path: string, kind: keyof typeof BEGIN, timeout: number): Sqlite.Database {
  try {
    return begun(path, kind, timeout);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_NOTADB') throw error;
    // The file is empty unless something else wrote to it.
    rmSync(path, { force: true });
    return begun(path, kind, timeout);
  }
}

function begun(path: string, kind: keyof typeof BEGIN, timeout: number): Sqlite.Database {
  const lock = new Sqlite(path, { timeout });
  try {
    lock.exec(BEGIN[kind]);
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}
