/** Opening a store that was not closed: its pages are checked, unless another process has it open. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { STORE_FILE } from '../../src/store/database.js';
import { Store } from '../../src/store/store.js';
import { entryOf, keyOf, packOf } from './packs.js';
import { temporaryFolder } from './temporary-folder.js';

const NAMES = ['closed', 'open'];

function remember(store: Store, name: string): void {
  store.write(() => store.actions.append('phase', 'shard', 1, packOf(entryOf(name, name))));
}

function knownTo(store: Store): string[] {
  const { entries } = store.actions.read('phase', 'shard');
  return NAMES.filter((name) => entries.has(keyOf(name)));
}

/** A new store that contains 'closed', and many published files. */
function storeIn(folder: string): Store {
  const store = Store.open(folder);
  remember(store, 'closed');
  const files = Array.from({ length: 2000 }, (_, k) => `solver_md5/${k}.py`);
  store.write(() => store.published.add('out', 'task', files));
  return store;
}

/** A store as a killed process leaves it: 'closed' is in its pages, 'open' in its journal. */
function killedStore(): string {
  const living = temporaryFolder();
  storeIn(living).close();
  const store = Store.open(living);
  remember(store, 'open');
  const killed = temporaryFolder();
  for (const suffix of ['', '-wal']) {
    copyFileSync(join(living, STORE_FILE + suffix), join(killed, STORE_FILE + suffix));
  }
  store.close();
  return killed;
}

/** Damages a page that opening a store does not read. */
function spoilPage(folder: string): void {
  const file = join(folder, STORE_FILE);
  const database = new Sqlite(file, { readonly: true });
  const size = database.pragma('page_size', { simple: true }) as number;
  const select = database.prepare("SELECT max(pageno) FROM dbstat WHERE name = 'published' AND path <> '/'");
  const page = select.pluck().get() as number;
  database.close();
  const bytes = readFileSync(file);
  bytes[(page - 1) * size] = 0x55;
  writeFileSync(file, bytes);
}

describe('a store that nobody closed', () => {
  it('has all that was committed, and is closed by the next', () => {
    const folder = killedStore();
    expect(existsSync(join(folder, `${STORE_FILE}-wal`))).toBe(true);
    const store = Store.open(folder);
    expect(store.notice).toBeNull();
    expect(knownTo(store)).toEqual(NAMES);
    const database = new Sqlite(join(folder, STORE_FILE));
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
    store.close();
    expect(existsSync(join(folder, `${STORE_FILE}-wal`))).toBe(false);
  });

  it('is set aside at once when a page is damaged', () => {
    const folder = killedStore();
    spoilPage(folder);
    const store = Store.open(folder);
    expect(store.notice).toMatchObject({ kind: 'set-aside', reason: 'it is damaged' });
    expect(knownTo(store)).toEqual([]);
    store.close();
  });

  it('is left alone while somebody else has it open', () => {
    const folder = killedStore();
    const first = Store.open(folder);
    remember(first, 'closed');
    const second = Store.open(folder);
    expect(second.notice).toBeNull();
    expect(knownTo(second)).toEqual(NAMES);
    remember(second, 'open');
    expect(knownTo(first)).toEqual(NAMES);
    second.close();
    first.close();
  });
});

it('checks no pages of a store that was closed', () => {
  const folder = temporaryFolder();
  storeIn(folder).close();
  spoilPage(folder);
  const again = Store.open(folder);
  expect(again.notice).toBeNull();
  expect(knownTo(again)).toEqual(['closed']);
  again.close();
});
