/** The one place that opens SQLite: absent, older, newer, damaged and read-only files are different answers. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.js';

export type Database = Sqlite.Database;

export const STORE_FILE = 'battbuild.db';

/** What opening the store had to say: `kept` names the file that an unusable store was renamed to. */
export type StoreNotice =
  | { readonly kind: 'set-aside'; readonly reason: string; readonly file: string; readonly kept: string }
  | { readonly kind: 'in-memory'; readonly reason: string; readonly file: string };

export interface OpenedDatabase {
  readonly database: Database;
  readonly file: string;
  readonly notice: StoreNotice | null;
}

/**
 * Opens the store in `folder`, which is created where it is missing. A file that is not ours, of another schema or
 * damaged is set aside under a dated name and a new one begun. Where nothing can be written the database is in memory:
 * the build works, and remembers nothing.
 */
export function openDatabase(folder: string, now: () => Date): OpenedDatabase {
  const file = join(folder, STORE_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    return { database: connect(file), file, notice: null };
  } catch (error) {
    const reason = damageIn(error);
    if (reason === null) return inMemory(file, messageOf(error));
    try {
      const kept = setAside(file, now());
      return { database: connect(file), file, notice: { kind: 'set-aside', reason, file, kept } };
    } catch (second) {
      return inMemory(file, messageOf(second));
    }
  }
}

/** Whether there is a store in `folder` at all. */
export function hasStore(folder: string): boolean {
  return existsSync(join(folder, STORE_FILE));
}

class WrongSchema extends Error {}

function connect(file: string): Database {
  const database = new Sqlite(file, { timeout: 10_000 });
  try {
    const version = database.pragma('user_version', { simple: true });
    const application = database.pragma('application_id', { simple: true });
    if (version === SCHEMA_VERSION && application === APPLICATION_ID) {
      database.pragma('synchronous = NORMAL');
      return database;
    }
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes the tables of an empty file; two processes may both come here, and one of them finds the work done. */
function prepare(database: Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database
    .transaction(() => {
      const version = database.pragma('user_version', { simple: true }) as number;
      const application = database.pragma('application_id', { simple: true }) as number;
      if (version === SCHEMA_VERSION && application === APPLICATION_ID) return;
      const tables = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as {
        tables: number;
      };
      if (application === APPLICATION_ID && version !== SCHEMA_VERSION) {
        throw new WrongSchema(`it has schema ${version}, this battbuild reads schema ${SCHEMA_VERSION}`);
      }
      if (tables.tables > 0 || application !== 0)
        throw new WrongSchema('it is a database of another program');
      database.exec(SCHEMA);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}

/** Why the file cannot be read as a store; null when the trouble lies elsewhere (permissions, space). */
export function damageIn(error: unknown): string | null {
  if (error instanceof WrongSchema) return error.message;
  const code = error instanceof Sqlite.SqliteError ? error.code : '';
  if (code === 'SQLITE_NOTADB') return 'it is not a database';
  if (code.startsWith('SQLITE_CORRUPT')) return 'it is damaged';
  return null;
}

/** Whether the trouble is that nothing can be written: disk full, read-only, an input/output error. */
export function isWriteTrouble(error: unknown): boolean {
  const code = error instanceof Sqlite.SqliteError ? error.code : '';
  return /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/.test(code);
}

function inMemory(file: string, reason: string): OpenedDatabase {
  const database = new Sqlite(':memory:');
  prepare(database);
  return { database, file, notice: { kind: 'in-memory', reason, file } };
}

/** Renames an unusable store, its journal with it, so that nothing is lost and nothing of it is read again. */
export function setAside(file: string, now: Date): string {
  const stamp = now.toISOString().replace(/[:.]/g, '-');
  let kept = `${file}.unusable-${stamp}`;
  for (let n = 2; existsSync(kept); n++) kept = `${file}.unusable-${stamp}-${n}`;
  renameSync(file, kept);
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  }
  return kept;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
