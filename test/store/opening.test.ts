/** Opening a store: whatever file is there, the build gets a working store, and a report. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { hasStore, STORE_FILE } from '../../src/store/database.js';
import { APPLICATION_ID, SCHEMA_VERSION } from '../../src/store/schema.js';
import { Store } from '../../src/store/store.js';
import { entryOf, keyOf, packOf } from './packs.js';
import { temporaryFolder } from './temporary-folder.js';

const NOW = new Date('2024-05-06T07:08:09.010Z');
const KEPT = 'battbuild.db.unusable-2024-05-06T07-08-09-010Z';

function open(folder: string): Store {
  return Store.open(folder, () => NOW);
}

/** Stores one entry; returns whether it was written. */
function remember(store: Store, name: string): boolean {
  return store.write(() => store.actions.append('phase', 'shard', 1, packOf(entryOf(name, 'value'))));
}

function knows(store: Store, name: string): boolean {
  return store.actions.read('phase', 'shard').entries.has(keyOf(name));
}

/** A folder with a closed store that contains 'old'. */
function folderWithStore(): string {
  const folder = temporaryFolder();
  const store = open(folder);
  remember(store, 'old');
  store.close();
  return folder;
}

describe('an absent store', () => {
  it('is made, with its folders, and remembers', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    expect(hasStore(folder)).toBe(false);
    const store = open(folder);
    expect(store.notice).toBeNull();
    expect(remember(store, 'a')).toBe(true);
    store.close();
    expect(hasStore(folder)).toBe(true);
    const again = open(folder);
    expect(again.notice).toBeNull();
    expect(knows(again, 'a')).toBe(true);
    again.close();
  });

  it('is made where an empty file stands', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, STORE_FILE), '');
    const store = open(folder);
    expect(store.notice).toBeNull();
    expect(remember(store, 'a')).toBe(true);
    store.close();
    expect(readdirSync(folder)).toEqual([STORE_FILE, `${STORE_FILE}-lock`]);
  });

  it('is in WAL mode and says what it is', () => {
    const folder = folderWithStore();
    const database = new Sqlite(join(folder, STORE_FILE));
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(database.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    database.close();
  });
});

describe('a store for somebody who must not write', () => {
  it('is not begun: one in memory stands for it', () => {
    const folder = join(temporaryFolder(), 'absent');
    const store = Store.openIfThere(folder, () => NOW);
    expect(knows(store, 'old')).toBe(false);
    expect(store.size()).toBe(0);
    store.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('is the one that is there', () => {
    const store = Store.openIfThere(folderWithStore(), () => NOW);
    expect(store.notice).toBeNull();
    expect(knows(store, 'old')).toBe(true);
    store.close();
  });
});

describe('an open store is in place', () => {
  it('until its file is deleted or replaced', () => {
    const folder = folderWithStore();
    const store = open(folder);
    expect(store.isInPlace).toBe(true);
    const file = join(folder, STORE_FILE);
    renameSync(file, `${file}.away`);
    expect(store.isInPlace).toBe(false);
    writeFileSync(file, 'text');
    expect(store.isInPlace).toBe(false);
    rmSync(file);
    renameSync(`${file}.away`, file);
    expect(store.isInPlace).toBe(true);
    store.close();
  });

  it('always, when it is in memory', () => {
    const store = Store.openIfThere(join(temporaryFolder(), 'absent'), () => NOW);
    expect(store.isInPlace).toBe(true);
    store.close();
  });
});

describe('an unusable store is kept under a dated name and begun anew:', () => {
  function alter(folder: string, change: (database: Sqlite.Database) => void): void {
    const database = new Sqlite(join(folder, STORE_FILE));
    change(database);
    database.close();
  }

  function change(folder: string, edit: (bytes: Buffer) => Buffer): void {
    const file = join(folder, STORE_FILE);
    writeFileSync(file, edit(readFileSync(file)));
  }

  function truncate(folder: string, length: (whole: number) => number): void {
    change(folder, (bytes) => bytes.subarray(0, length(bytes.length)));
  }

  const cases: [string, RegExp, (folder: string) => void][] = [
    ['a text file', /not a database/, (f) => writeFileSync(join(f, STORE_FILE), 'text '.repeat(2000))],
    [
      'bytes without meaning',
      /not a database/,
      (f) => writeFileSync(join(f, STORE_FILE), Buffer.alloc(5000, 9)),
    ],
    ['an older schema', /schema 1,.* reads schema/, (f) => alter(f, (d) => d.pragma('user_version = 1'))],
    [
      'a newer schema',
      /schema 9999,.* reads schema/,
      (f) => alter(f, (d) => d.pragma('user_version = 9999')),
    ],
    [
      'another program\u2019s database',
      /another program/,
      (f) => alter(f, (d) => d.pragma('application_id = 77')),
    ],
    ['a table too few', /tables/, (f) => alter(f, (d) => d.exec('DROP TABLE task_state'))],
    ['another column', /tables/, (f) => alter(f, (d) => d.exec('ALTER TABLE run ADD COLUMN extra'))],
    ['a store of a file format to come', /damaged/, (f) => change(f, (bytes) => bytes.fill(9, 47, 48))],
    ['a store cut off after its first page', /damaged/, (f) => truncate(f, () => 16_384)],
    ['a store cut off in its first page', /damaged/, (f) => truncate(f, () => 1000)],
    ['a store cut off in its header', /damaged/, (f) => truncate(f, () => 60)],
    ['a store without its last page', /damaged/, (f) => truncate(f, (whole) => whole - 16_384)],
  ];

  it.each(cases)('%s', (_what, reason, spoil) => {
    const folder = folderWithStore();
    spoil(folder);
    const file = join(folder, STORE_FILE);
    const spoilt = readFileSync(file);

    const store = open(folder);
    const kept = join(folder, KEPT);
    expect(store.notice).toEqual({ kind: 'set-aside', reason: expect.stringMatching(reason), file, kept });
    expect(knows(store, 'old')).toBe(false);
    expect(remember(store, 'new')).toBe(true);
    store.close();
    expect(readFileSync(kept)).toEqual(spoilt);

    const again = open(folder);
    expect(again.notice).toBeNull();
    expect(knows(again, 'new')).toBe(true);
    again.close();
  });

  it('another program\u2019s database without an application id, which is not written to', () => {
    const folder = temporaryFolder();
    alter(folder, (d) => d.exec('CREATE TABLE theirs (x)'));
    const theirs = readFileSync(join(folder, STORE_FILE));
    const store = open(folder);
    expect(store.notice).toMatchObject({ kind: 'set-aside', reason: 'it is a database of another program' });
    store.close();
    expect(readFileSync(join(folder, KEPT))).toEqual(theirs);
  });

  it('twice within a moment, under two names', () => {
    const folder = temporaryFolder();
    for (let n = 1; n <= 3; n++) {
      writeFileSync(join(folder, STORE_FILE), `text ${n} `.repeat(1000));
      open(folder).close();
    }
    const kept = readdirSync(folder).sort();
    expect(kept).toEqual([STORE_FILE, `${STORE_FILE}-lock`, KEPT, `${KEPT}-2`, `${KEPT}-3`]);
    expect(readFileSync(join(folder, `${KEPT}-2`), 'utf8')).toContain('text 2');
  });

  it('with its journal, while a process that can use it goes on', () => {
    const folder = folderWithStore();
    const newer = open(folder);
    newer['database'].pragma('user_version = 9999');
    remember(newer, 'in the journal');
    const store = open(folder);
    expect(store.notice).toMatchObject({ kind: 'set-aside', reason: expect.stringMatching(/schema 9999/) });
    expect(readdirSync(folder)).toEqual(expect.arrayContaining([KEPT, `${KEPT}-wal`]));
    expect(knows(store, 'in the journal')).toBe(false);
    expect(remember(newer, 'later')).toBe(true);
    expect(knows(newer, 'in the journal') && knows(newer, 'later')).toBe(true);
    store.close();
    newer.close();
  });

  it('but not the new store of another process that was first', () => {
    const folder = folderWithStore();
    alter(folder, (d) => d.pragma('user_version = 1'));
    let first: Store | null = null;
    // The date is requested between finding the file unusable and renaming it.
    const second = Store.open(folder, () => {
      if (first === null) {
        first = open(folder);
        remember(first, 'of the first');
      }
      return NOW;
    });
    expect(second.notice).toBeNull();
    expect(knows(second, 'of the first')).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith(KEPT))).toEqual([KEPT]);
    second.close();
    (first as Store | null)?.close();
  });
});

describe('where nothing can be written the store is in memory and says why:', () => {
  /** Root may write everywhere, so as root the body runs as another user. */
  function unprivileged<Result>(body: () => Result): Result {
    if (process.geteuid?.() !== 0) return body();
    process.seteuid?.(65_534);
    try {
      return body();
    } finally {
      process.seteuid?.(0);
    }
  }

  function expectInMemory(store: Store): void {
    expect(store.notice).toMatchObject({ kind: 'in-memory', reason: expect.stringMatching(/./) });
    expect(remember(store, 'a')).toBe(true);
    expect(knows(store, 'a')).toBe(true);
    expect(store.size()).toBe(0);
    store.close();
  }

  it('a file stands where the folder should be', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'text');
    expectInMemory(open(file));
    expectInMemory(open(join(file, 'below')));
    expect(readFileSync(file, 'utf8')).toBe('text');
  });

  it('a folder stands where the file should be', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, STORE_FILE));
    expectInMemory(open(folder));
    expect(statSync(join(folder, STORE_FILE)).isDirectory()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('the folder is read-only', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    unprivileged(() => expectInMemory(open(folder)));
    expect(readdirSync(folder)).toEqual([]);
    chmodSync(folder, 0o755);
  });

  it.skipIf(process.platform === 'win32')('the folder is read-only and its store unusable', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, STORE_FILE), 'text '.repeat(2000));
    chmodSync(folder, 0o555);
    unprivileged(() => expectInMemory(open(folder)));
    expect(readdirSync(folder)).toEqual([STORE_FILE]);
    chmodSync(folder, 0o755);
  });

  it.skipIf(process.platform === 'win32')('a read-only store is read, and the refused write reported', () => {
    const folder = folderWithStore();
    const file = join(folder, STORE_FILE);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o777);
    unprivileged(() => {
      const store = open(folder);
      expect(store.notice).toBeNull();
      expect(knows(store, 'old')).toBe(true);
      expect(remember(store, 'new')).toBe(false);
      expect(store.writeTrouble).toMatch(/readonly/);
      expect(knows(store, 'new')).toBe(false);
      store.close();
    });
    expect(existsSync(file)).toBe(true);
  });
});
