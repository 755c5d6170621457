/** Opens the store with SQLite. It distinguishes absent, older, newer, damaged and read-only files. */
import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { makeFolder } from '../make-folder.js';
import { stopwatch } from '../stopwatch.js';
import { withOpeningLock } from './opening-lock.js';
import { pause } from './pause.js';
import { copyOf, whyUnwritable } from './read-only.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.js';

export type Database = Sqlite.Database;

export const STORE_FILE = 'battbuild.db';

/** The result of opening the store; `kept` is the new name of an unusable store that was set aside. */
export type StoreNotice =
  | { readonly kind: 'set-aside'; readonly reason: string; readonly file: string; readonly kept: string }
  /** The file can only be read: writes go to a copy in memory, which is dropped when it is closed. */
  | { readonly kind: 'read-only'; readonly reason: string; readonly file: string }
  | { readonly kind: 'in-memory'; readonly reason: string; readonly file: string };

export interface OpenedDatabase {
  readonly database: Database;
  readonly file: string;
  /** Identifies the file, even after a rename; null for a database in memory. */
  readonly identity: FileIdentity | null;
  readonly notice: StoreNotice | null;
}

/** Device and inode. */
export type FileIdentity = string;

/**
 * Opens the store in `folder`, and creates it if it is missing. A file that is not a store, has another schema or is
 * damaged is set aside under a dated name, and a new store is created. A store that cannot be written is read. If
 * none can be created, the database is in memory: the build works, and nothing is stored.
 */
export function openDatabase(folder: string, now: () => Date): OpenedDatabase {
  const file = join(folder, STORE_FILE);
  try {
    const refused = whyUnwritable(file);
    if (refused !== null) return readOnly(file, refused);
    makeFolder(folder);
    let identity: FileIdentity | null = null;
    try {
      return withOpeningLock(file, 'shared', BUSY_TIMEOUT, () => {
        identity = identityOf(file);
        return opened(file, null);
      });
    } catch (error) {
      if (isWriteTrouble(error) && isFile(file)) return readOnly(file, messageOf(error));
      const reason = damageIn(error) ?? refusalIn(error);
      if (reason === null || identity === null) throw error;
      const kept = setAside(file, identity, now());
      const notice: StoreNotice | null = kept === null ? null : { kind: 'set-aside', reason, file, kept };
      return withOpeningLock(file, 'shared', BUSY_TIMEOUT, () => opened(file, notice));
    }
  } catch (error) {
    return inMemory(folder, messageOf(error));
  }
}

/** Throws if nothing can be read, for `reason`. */
function readOnly(file: string, reason: string): OpenedDatabase {
  try {
    const database = new Sqlite(copyOf(file));
    if (isStore(database)) {
      return { database, file, identity: identityOf(file), notice: { kind: 'read-only', reason, file } };
    }
  } catch (error) {
    throw new Error(`${reason}, and it cannot be read: ${damageIn(error) ?? messageOf(error)}`);
  }
  throw new Error(reason);
}

function opened(file: string, notice: StoreNotice | null): OpenedDatabase {
  return { database: connect(file), file, identity: identityOf(file), notice };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Null if there is no such file. */
export function identityOf(file: string): FileIdentity | null {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev} ${stat.ino}`;
}

/** Whether there is a store in `folder`. */
export function hasStore(folder: string): boolean {
  return existsSync(join(folder, STORE_FILE));
}

/** The reason why it is unknown whether `folder` has a store; null if it is known. */
export function whyUnknown(folder: string): string | null {
  try {
    statSync(join(folder, STORE_FILE));
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') return 'it is not a folder';
    return code === 'EACCES' || code === 'EPERM' ? 'permission denied' : messageOf(error);
  }
}

class WrongSchema extends Error {}

class DamagedPages extends Error {}

/** Milliseconds that a connection waits for others. */
const BUSY_TIMEOUT = 10_000;

function connect(file: string): Database {
  // The last connection to close a store removes the journal; one that only read may leave an empty journal.
  const isOpen = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const database = new Sqlite(file, { timeout: BUSY_TIMEOUT });
  try {
    waitForOthers(() => {
      if (!isStore(database)) prepare(database);
      else {
        if (isOpen && isAlone(database)) checkPages(database);
        useJournal(database);
      }
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Repeats `open` for as long as others lock the file. SQLite's own timeout does not cover all of it: a change of the
 * journal's mode fails at once while another process reads the file or changes it, too.
 */
function waitForOthers(open: () => void): void {
  const deadline = stopwatch.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      open();
      return;
    } catch (error) {
      if (!isLocked(error) || stopwatch.now() > deadline) throw error;
      pause(LOCK_PAUSE);
    }
  }
}

/** Milliseconds between two attempts. */
const LOCK_PAUSE = 5;

function isLocked(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/**
 * Whether no other connection of any process has the store open: only then can SQLite do without a write-ahead log.
 * If there is a log nevertheless, the last user did not close the store: it was killed, or the system went down.
 */
function isAlone(database: Database): boolean {
  database.pragma('busy_timeout = 0');
  try {
    return database.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (isWriteTrouble(error)) return false;
    throw error;
  } finally {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  }
}

/** Throws DamagedPages. The contents of pages have checksums, which are checked when they are read. */
function checkPages(database: Database): void {
  const found = database.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new DamagedPages('it is damaged');
}

/** Bytes of a page of a new store. Most rows are much larger than SQLite's 4096: writing them takes a third less time. */
const PAGE = 16_384;

/**
 * Pages of the journal after which a commit moves them to the file, and waits for the disk twice: 16 MB. With a quarter of
 * that, a build that stored 43 MB from a shared cache took a tenth longer.
 */
const JOURNAL_PAGES = 1000;

/** Memory for pages: little is read twice, besides the upper pages of indexes. */
const CACHE_KILOBYTES = 4000;

function useJournal(database: Database): void {
  // Nothing to do for a store that was closed.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma(`wal_autocheckpoint = ${JOURNAL_PAGES}`);
  database.pragma(`cache_size = -${CACHE_KILOBYTES}`);
}

/**
 * Whether the store's tables exist; false for an empty file. Throws WrongSchema, without writing, for any other file.
 * All is read in one transaction: another process may create the tables at any moment.
 */
function isStore(database: Database): boolean {
  const { version, application, tables } = database.transaction(() => ({
    version: database.pragma('user_version', { simple: true }),
    application: database.pragma('application_id', { simple: true }),
    tables: database
      .prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'")
      .pluck()
      .all() as string[],
  }))();
  if (application !== APPLICATION_ID) {
    if (application === 0 && version === 0 && tables.length === 0) return false;
    throw new WrongSchema('it is a database of another program');
  }
  if (version !== SCHEMA_VERSION)
    throw new WrongSchema(`it has schema ${version}, this battbuild reads schema ${SCHEMA_VERSION}`);
  if (inOneOrder(tables) !== TABLES) throw new WrongSchema('its tables are not those of its schema');
  return true;
}

/** Creates the tables in an empty file. Two processes may do this at once; one of them then finds the tables. */
function prepare(database: Database): void {
  database.pragma(`page_size = ${PAGE}`);
  useJournal(database);
  database
    .transaction(() => {
      if (isStore(database)) return;
      database.exec(SCHEMA);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}

/** SQLite stores the text of the statements that created the tables; VACUUM gives them another order. */
const TABLES = inOneOrder(SCHEMA.split(';'));

function inOneOrder(statements: readonly string[]): string {
  const compact = statements.map((statement) => statement.replace(/\s+/g, ''));
  return compact
    .filter((statement) => statement !== '')
    .sort()
    .join(';');
}

/** The description of damage that SQLite found in a file, at any moment; null for any other error. */
export function damageIn(error: unknown): string | null {
  if (error instanceof WrongSchema || error instanceof DamagedPages) return error.message;
  const code = error instanceof Sqlite.SqliteError ? error.code : '';
  if (code === 'SQLITE_NOTADB') return 'it is not a database';
  // A short read: the file ends within a page.
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_IOERR_SHORT_READ') return 'it is damaged';
  return null;
}

/**
 * For errors on opening, where only our own statements run: the header requires a feature that SQLite does not have.
 */
function refusalIn(error: unknown): string | null {
  return error instanceof Sqlite.SqliteError && error.code === 'SQLITE_ERROR' ? 'it is damaged' : null;
}

/** Whether the error means that nothing can be written: disk full, read-only, locked, or an input/output error. */
export function isWriteTrouble(error: unknown): boolean {
  const code = error instanceof Sqlite.SqliteError ? error.code : '';
  return /^SQLITE_(FULL|READONLY|BUSY|IOERR|CANTOPEN)/.test(code);
}

/** An empty database without a file, for when there is no store and none may be created. */
export function openNothing(folder: string): OpenedDatabase {
  const database = new Sqlite(':memory:');
  prepare(database);
  return { database, file: join(folder, STORE_FILE), identity: null, notice: null };
}

function inMemory(folder: string, reason: string): OpenedDatabase {
  const opened = openNothing(folder);
  return { ...opened, notice: { kind: 'in-memory', reason, file: opened.file } };
}

/**
 * Renames an unusable store together with its journal, so that nothing is lost and nothing of it is read again.
 * Returns the new name. Null if another process was first, so that the file there now is not the one that was
 * unusable.
 */
export function setAside(file: string, identity: FileIdentity, now: Date): string | null {
  return withOpeningLock(file, 'exclusive', BUSY_TIMEOUT, () => {
    if (identityOf(file) !== identity) return null;
    const stamp = now.toISOString().replace(/[:.]/g, '-');
    let kept = `${file}.unusable-${stamp}`;
    for (let n = 2; existsSync(kept); n++) kept = `${file}.unusable-${stamp}-${n}`;
    renameSync(file, kept);
    for (const suffix of ['-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
    }
    return kept;
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
