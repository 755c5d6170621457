/** A full disk: stored entries stay, the store reports the problem, and the build continues. */
import { describe, expect, it } from 'vitest';
import { Store } from '../../src/store/store.js';
import { entryOf, keyOf, packOf } from './packs.js';
import { temporaryFolder } from './temporary-folder.js';

const LARGE = 'x'.repeat(100_000);

describe('a write that the disk has no room for', () => {
  function fullStore(folder: string): Store {
    const store = Store.open(folder);
    store.write(() => store.actions.append('p', 's', 1, packOf(entryOf('old', 'value'))));
    const pages = store['database'].pragma('page_count', { simple: true }) as number;
    store['database'].pragma(`max_page_count = ${pages + 2}`);
    return store;
  }

  it('leaves nothing behind and is reported', () => {
    const store = fullStore(temporaryFolder());
    const wrote = store.write(() => {
      store.actions.append('p', 's', 1, packOf(entryOf('small', 'value')));
      store.actions.append('p', 's', 1, packOf(entryOf('large', LARGE)));
    });
    expect(wrote).toBe(false);
    expect(store.writeTrouble).toMatch(/full/);
    expect(store.damaged).toBe(false);
    expect([...store.actions.read('p', 's').entries.keys()]).toEqual([keyOf('old')]);
    store.close();
  });

  it('is the last one of the run, even if others would fit', () => {
    const store = fullStore(temporaryFolder());
    store.write(() => store.actions.append('p', 's', 1, packOf(entryOf('large', LARGE))));
    let ran = false;
    const wrote = store.write(() => {
      ran = true;
    });
    expect([wrote, ran]).toEqual([false, false]);
    store.close();
  });

  it('does not hinder the next run, which finds what was there', () => {
    const folder = temporaryFolder();
    const store = fullStore(folder);
    store.write(() => store.actions.append('p', 's', 1, packOf(entryOf('large', LARGE))));
    store.close();
    const next = Store.open(folder);
    expect(next.notice).toBeNull();
    expect([...next.actions.read('p', 's').entries.keys()]).toEqual([keyOf('old')]);
    expect(next.write(() => next.actions.append('p', 's', 1, packOf(entryOf('large', LARGE))))).toBe(true);
    expect(next.writeTrouble).toBeNull();
    next.close();
  });
});
