/** Damage of the store's file: what is read is right or absent, and never causes an exception. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { STORE_FILE } from '../../src/store/database.js';
import { Store } from '../../src/store/store.js';
import { entryOf, keyOf, packOf } from './packs.js';
import { temporaryFolder } from './temporary-folder.js';

const SHARDS = ['a', 'b', 'c', 'd'];
const TASKS = ['t1', 't2', 't3'];
const PAGE = 16_384;

/** Values longer than a page, so that most of the file consists of them. */
const contentOf = (name: string) => name.repeat(12_000);

function fill(folder: string): Buffer {
  const store = Store.open(folder);
  store.write(() => {
    for (const shard of SHARDS) {
      store.actions.append('phase', shard, 1, packOf(entryOf(shard, contentOf(shard))));
      store.actions.append('phase', shard, 2, packOf(entryOf(shard + shard, contentOf(shard))));
    }
    const selection = store.selections.save('selection', 1, Buffer.from(contentOf('s')));
    for (const task of TASKS) {
      store.selections.saveTask(selection, task, Buffer.from(contentOf(task)), Buffer.from(contentOf(task)));
      store.published.add('out', task, [`${task}.py`]);
    }
    store.runs.finish(store.runs.begin(5, 'selection'), 6, 'summary', new Map());
  });
  store.close();
  return readFileSync(join(folder, STORE_FILE));
}

/**
 * Reads everything that the store has. Fails if any of it differs from what was stored. Returns the number of
 * entries.
 */
function readAll(store: Store): number {
  let found = 0;
  for (const shard of SHARDS) {
    const { entries } = store.actions.read('phase', shard);
    for (const name of [shard, shard + shard]) {
      const entry = entries.get(keyOf(name));
      if (entry === undefined) continue;
      expect(Buffer.from(entry.value).toString()).toBe(contentOf(shard));
      found++;
    }
  }
  const selection = store.selections.find('selection');
  if (selection?.state) expect(Buffer.from(selection.state).toString()).toBe(contentOf('s'));
  for (const task of TASKS) {
    const state = selection && store.selections.taskStates(selection.id).get(task);
    const result = selection && store.selections.taskResult(selection.id, task);
    for (const bytes of [state, result]) {
      if (!bytes) continue;
      expect(Buffer.from(bytes).toString()).toBe(contentOf(task));
      found++;
    }
    store.published.filesOf('out', task);
  }
  store.published.owners('out');
  store.runs.newest(10);
  store.actions.counts();
  return found;
}

const EVERYTHING = 2 * SHARDS.length + 2 * TASKS.length;

let whole: Buffer;
beforeAll(() => {
  whole = fill(temporaryFolder());
});

function openWith(bytes: Uint8Array): { store: Store; folder: string } {
  const folder = temporaryFolder();
  writeFileSync(join(folder, STORE_FILE), bytes);
  return { store: Store.open(folder), folder };
}

describe('a store', () => {
  it('that is whole has everything', () => {
    const { store } = openWith(whole);
    expect(readAll(store)).toBe(EVERYTHING);
    expect(store.damaged).toBe(false);
    store.close();
  });

  it('with some bytes changed has nothing that is wrong', () => {
    // Anywhere, and at the beginning of pages, where SQLite stores its own data.
    const heads = fc.tuple(fc.nat(whole.length / PAGE - 1), fc.nat(60)).map(([page, at]) => page * PAGE + at);
    const change = fc.tuple(fc.oneof(fc.nat(whole.length - 1), heads), fc.nat(255));
    const changes = fc.array(change, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of list) bytes[at] = value;
        const { store } = openWith(bytes);
        readAll(store);
        store.write(() => store.actions.append('phase', 'a', 3, packOf(entryOf('new', 'value'))));
        readAll(store);
        store.close();
      }),
      { numRuns: 100 },
    );
  });

  it('with a page that was never written has nothing that is wrong', () => {
    let damaged = 0;
    for (let page = 0; page < whole.length / PAGE; page++) {
      const bytes = Buffer.from(whole).fill(0, page * PAGE, (page + 1) * PAGE);
      const { store } = openWith(bytes);
      expect(readAll(store)).toBeLessThanOrEqual(EVERYTHING);
      if (store.damaged) damaged++;
      store.close();
    }
    // Otherwise the next group of tests would test nothing.
    expect(damaged).toBeGreaterThan(0);
  });
});

describe('a store whose damage shows after opening', () => {
  /** The first page alone is that of an intact store; SQLite notices the others when it reads them. */
  const spoil = () => Buffer.from(whole).fill(0xff, PAGE);

  it('counts as empty, refuses writes and says so', () => {
    const { store } = openWith(spoil());
    expect(store.notice).toBeNull();
    expect(store.writeTrouble).toBeNull();
    expect(store.selections.find('selection')).toBeNull();
    expect(store.damaged).toBe(true);
    expect(store.writeTrouble).toBe('it is damaged');
    expect(readAll(store)).toBe(0);
    expect(store.published.isOurs('out', 't1.py')).toBe(false);
    expect(store.published.isNeededElsewhere('out', 't1.py', 't2')).toBe(true);
    let ran = false;
    const wrote = store.write(() => {
      ran = true;
    });
    expect([wrote, ran]).toEqual([false, false]);
    store.close();
  });

  it('is set aside when it is closed, and the next one begins anew', () => {
    const { store, folder } = openWith(spoil());
    readAll(store);
    expect(readdirSync(folder)).not.toContainEqual(expect.stringContaining('unusable'));
    store.close();
    expect(readdirSync(folder).sort()).toEqual([
      `${STORE_FILE}-lock`,
      expect.stringMatching(/^battbuild\.db\.unusable-/),
    ]);
    const next = Store.open(folder);
    expect(next.notice).toBeNull();
    expect(next.write(() => next.actions.append('phase', 'a', 1, packOf(entryOf('new', 'value'))))).toBe(
      true,
    );
    next.close();
    expect(readdirSync(folder)).toContain(STORE_FILE);
  });

  it('keeps nothing of a write in which it showed', () => {
    let showed = 0;
    for (let page = 1; page < whole.length / PAGE; page++) {
      const bytes = Buffer.from(whole).fill(0xff, page * PAGE, (page + 1) * PAGE);
      const { store } = openWith(bytes);
      let ran = false;
      const wrote = store.write(() => {
        store.runs.begin(77, 'selection');
        // What would be written next would depend on this, which may count as absent.
        readAll(store);
        ran = true;
      });
      expect(wrote).toBe(!store.damaged);
      if (ran && store.damaged) {
        showed++;
        const begun = store['database'].prepare('SELECT count(*) AS runs FROM run WHERE started = 77');
        expect([page, begun.get()]).toEqual([page, { runs: 0 }]);
      }
      store.close();
    }
    expect(showed).toBeGreaterThan(0);
  });
});
