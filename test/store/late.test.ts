/** Writes that wait for the next transaction. */
import { expect, it } from 'vitest';
import { Store } from '../../src/store/store.js';
import { entryOf, packOf } from './packs.js';
import { temporaryFolder } from './temporary-folder.js';

/** What a second connection sees. */
function seen(folder: string, shard: string): number {
  const store = Store.open(folder);
  try {
    return store.actions.read('p', shard).entries.size;
  } finally {
    store.close();
  }
}

function rig() {
  const folder = temporaryFolder();
  const store = Store.open(folder);
  const order: string[] = [];
  const late = (shard: string, bytes = 1) =>
    store.writeLater({
      subject: shard,
      bytes,
      body() {
        order.push(`body ${shard}`);
        store.actions.append('p', shard, 1, packOf(entryOf('a', 'A')));
      },
      written: () => void order.push(`written ${shard}`),
    });
  return { folder, store, order, late };
}

it('what is late is written first in the next transaction, and told after it', () => {
  const { folder, store, order, late } = rig();
  late('s');
  late('t');
  expect(seen(folder, 's')).toBe(0);
  expect(store.write(() => void order.push('body'))).toBe(true);
  expect(order).toEqual(['body s', 'body t', 'body', 'written s', 'written t']);
  expect([seen(folder, 's'), seen(folder, 't')]).toEqual([1, 1]);
  store.close();
});

it('it is written before it is read, before the store is closed, and when there is much of it', () => {
  const { folder, store, late } = rig();
  late('s');
  store.settle('t');
  expect(seen(folder, 's')).toBe(0);
  store.settle('s');
  expect(seen(folder, 's')).toBe(1);
  late('t', 10_000_000);
  expect(seen(folder, 't')).toBe(1);
  late('u');
  store.close();
  expect(seen(folder, 'u')).toBe(1);
});

it('nothing is left of it when a transaction fails, but it is told', () => {
  const { folder, store, order, late } = rig();
  late('s');
  expect(() =>
    store.write(() => {
      throw new Error('a bug');
    }),
  ).toThrow('a bug');
  expect(seen(folder, 's')).toBe(0);
  expect(order).toEqual(['body s']);
  store.close();
  expect(seen(folder, 's')).toBe(0);
});
