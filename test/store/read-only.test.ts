/** The contents of a store that cannot be written, read without SQLite: always the same as SQLite reads. */
import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyOf, whyUnwritable } from '../../src/store/read-only.js';
import { withLog } from '../../src/store/write-ahead-log.js';
import { temporaryFolder } from './temporary-folder.js';

type Database = Sqlite.Database;

function written(): { readonly file: string; readonly database: Database } {
  const file = join(temporaryFolder(), 'some.db');
  const database = new Sqlite(file);
  onTestFinished(() => void database.close());
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 0');
  database.exec('CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB); PRAGMA wal_checkpoint(TRUNCATE)');
  return { file, database };
}

/** A copy of the files in a separate folder, without the shared memory of an open database. */
function takenAway(file: string): string {
  const copy = join(temporaryFolder(), 'some.db');
  for (const suffix of ['', '-wal'])
    if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  return copy;
}

function rowsOf(database: Database): unknown {
  return database.prepare('SELECT k, hex(v) FROM t ORDER BY k').raw().all();
}

/** What SQLite itself reads; it may write to the store. */
function bySqlite(file: string): unknown {
  const database = new Sqlite(takenAway(file));
  const rows = rowsOf(database);
  database.close();
  return rows;
}

function byCopy(file: string): unknown {
  const database = new Sqlite(copyOf(file));
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  const rows = rowsOf(database);
  database.close();
  return rows;
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ put: fc.nat(30), size: fc.constantFrom(0, 10, 3000, 20_000) }) },
  { weight: 2, arbitrary: fc.record({ remove: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.constantFrom('PASSIVE', 'RESTART', 'TRUNCATE', 'VACUUM') },
);

function take(database: Database, one: typeof step extends fc.Arbitrary<infer Step> ? Step : never): void {
  if (typeof one === 'string') {
    database.exec(one === 'VACUUM' ? one : `PRAGMA wal_checkpoint(${one})`);
  } else if ('put' in one) {
    const value = Buffer.alloc(one.size, one.put);
    database.prepare('INSERT OR REPLACE INTO t VALUES (?, ?)').run(one.put, value);
  } else database.prepare('DELETE FROM t WHERE k = ?').run(one.remove);
}

describe('a copy of a database in memory', () => {
  it('holds what SQLite reads after any writes, checkpoints and vacuums, with the log as it is', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const { file, database } = written();
        for (const one of steps) take(database, one);
        const copy = takenAway(file);
        expect(byCopy(copy)).toEqual(rowsOf(database));
        // No file is created beside it.
        expect(readdirSync(join(copy, '..')).sort()).toEqual(['some.db', 'some.db-wal']);
      }),
      { numRuns: 15 },
    );
  });

  it('holds what SQLite recovers from a log that ends anywhere, or was written over', () => {
    const { file, database } = written();
    for (let k = 0; k < 12; k++) take(database, { put: k % 5, size: 3000 });
    const { length } = readFileSync(`${file}-wal`);
    fc.assert(
      fc.property(fc.nat(length), fc.uint8Array({ maxLength: 64 }), (end, rest) => {
        const copy = takenAway(file);
        truncateSync(`${copy}-wal`, end);
        appendFileSync(`${copy}-wal`, rest);
        expect(byCopy(copy)).toEqual(bySqlite(copy));
      }),
      { numRuns: 25 },
    );
  });

  it('can be written to, which its file knows nothing of', () => {
    const { file, database } = written();
    take(database, { put: 1, size: 10 });
    const before = readFileSync(`${file}-wal`);
    const copy = new Sqlite(copyOf(file));
    for (let k = 0; k < 100; k++) take(copy, { put: k, size: 20_000 });
    expect(rowsOf(copy)).toHaveLength(100);
    copy.close();
    expect(rowsOf(database)).toHaveLength(1);
    expect(readFileSync(`${file}-wal`).equals(before)).toBe(true);
  });

  it('is the file itself where the log is empty, of another program, or without a whole transaction', () => {
    const { file } = written();
    const bytes = new Uint8Array(readFileSync(file));
    for (const log of [new Uint8Array(0), new Uint8Array(31), new Uint8Array(5000).fill(7)])
      expect(withLog(bytes, log)).toBe(bytes);
  });
});

it('a file that is not there is nothing that cannot be written', () => {
  expect(whyUnwritable(join(temporaryFolder(), 'absent/some.db'))).toBeNull();
});
