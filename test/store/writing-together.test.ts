/** Writes that share a transaction: their order, when they happen, and what is told of them. */
import { describe, expect, it } from 'vitest';
import { Store } from '../../src/store/store.js';
import { temporaryFolder } from './temporary-folder.js';

class Rig {
  readonly folder = temporaryFolder();
  readonly store = Store.open(this.folder);
  /** Another process. */
  private readonly other = Store.open(this.folder);
  transactions = 0;

  constructor() {
    this.store.onWritten = () => this.transactions++;
  }

  /** A write of a published file. */
  add(file: string): () => void {
    return () => this.store.published.add('out', 'owner', [file]);
  }

  /** What others see. */
  get seen(): string[] {
    return this.other.published.filesOf('out', 'owner');
  }
}

describe('a write that may wait', () => {
  it('joins the next transaction, before what that writes', () => {
    const rig = new Rig();
    const order: string[] = [];
    rig.store.writeSoon('a', () => order.push('a'));
    rig.store.writeSoon('b', () => order.push('b'));
    rig.store.write(() => order.push('c'));
    expect(order).toEqual(['a', 'b', 'c']);
    expect(rig.transactions).toBe(1);
  });

  it('happens without another one, too', async () => {
    const rig = new Rig();
    const written: string[][] = [];
    rig.store.writeSoon('a', rig.add('a'), () => written.push(rig.seen));
    expect(rig.seen).toEqual([]);
    await expect.poll(() => written).toEqual([['a']]);
  });

  it('happens before the store is closed', () => {
    const rig = new Rig();
    rig.store.writeSoon('a', rig.add('a'));
    rig.store.close();
    expect(rig.seen).toEqual(['a']);
  });

  it('happens before what it writes is read, and only then', () => {
    const rig = new Rig();
    rig.store.writeSoon('a', rig.add('a'));
    rig.store.settle('b');
    expect(rig.seen).toEqual([]);
    rig.store.settle('a');
    expect(rig.seen).toEqual(['a']);
  });

  it('is told of if the disk refuses', () => {
    const rig = new Rig();
    const { store } = rig;
    store['database'].pragma(`max_page_count = ${store['database'].pragma('page_count', { simple: true })}`);
    let isTold = false;
    const files = Array.from({ length: 5000 }, (_, k) => `file ${k}`);
    store.writeSoon(
      'a',
      () => store.published.add('out', 'owner', files),
      () => {
        isTold = true;
      },
    );
    expect(store.write(() => {})).toBe(false);
    expect(isTold).toBe(true);
    expect(rig.seen).toEqual([]);
  });
});

describe('writes of the same moment', () => {
  it('are one transaction, and each is awaited', async () => {
    const rig = new Rig();
    const all = ['a', 'b', 'c'].map((name) => rig.store.writeTogether(name, rig.add(name)));
    expect(rig.seen).toEqual([]);
    await Promise.all(all);
    expect(rig.seen).toEqual(['a', 'b', 'c']);
    expect(rig.transactions).toBe(1);
  });

  it('fail together, with the error of one', async () => {
    const rig = new Rig();
    const bug = new Error('a bug');
    const all = [rig.store.writeTogether('a', rig.add('a'))];
    const ends = Promise.allSettled(all);
    expect(() =>
      rig.store.write(() => {
        throw bug;
      }),
    ).toThrow(bug);
    expect(await ends).toEqual([{ status: 'rejected', reason: bug }]);
    expect(rig.seen).toEqual([]);
  });
});

describe('a shard', () => {
  it('that another process wrote is found in a store that was empty', () => {
    const rig = new Rig();
    const pack = { entries: [], blobs: new Map([['0123456789abcdef', Uint8Array.of(1)]]) };
    expect(rig.store.actions.read('phase', 'shard').blobs.size).toBe(0);
    rig['other'].write(() => rig['other'].actions.append('phase', 'shard', 1, pack));
    expect(rig.store.actions.read('phase', 'shard').blobs.size).toBe(1);
  });

  it('that this process wrote is found in a store that was empty', () => {
    const rig = new Rig();
    const pack = { entries: [], blobs: new Map([['0123456789abcdef', Uint8Array.of(1)]]) };
    rig.store.write(() => rig.store.actions.append('phase', 'shard', 1, pack));
    expect(rig.store.actions.read('phase', 'shard').blobs.size).toBe(1);
    expect(rig.store.actions.read('phase', 'other').blobs.size).toBe(0);
  });
});
