/** The contract of whatever keeps steps, here or on a server: the suite runs for each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionKey, BlobKey, Pack, PackEntry } from '../../src/store/pack.js';
import { anyPack, entryOf, keyOf, packOf } from './packs.js';

/** Everything that is found of the steps with some keys. */
export interface FoundSteps {
  readonly entries: ReadonlyMap<ActionKey, PackEntry>;
  readonly blobs: ReadonlyMap<BlobKey, Uint8Array>;
}

/** One process that uses the place where steps are kept. */
export interface ContractStore {
  /** Resolves when others find it. */
  put(phase: string, shard: string, pack: Pack): Promise<void>;
  find(phase: string, shard: string, keys: readonly ActionKey[]): Promise<FoundSteps>;
}

/** A new place where nothing is kept. */
export interface ContractPlace {
  /** Another process that uses it; it ends with the test. */
  open(): Promise<ContractStore>;
  /** Changes a byte of every pack that is kept. */
  damage(): Promise<void>;
}

const names = (count: number) => Array.from({ length: count }, (_, k) => `step ${k}`);

/** The values found of steps with these names; null for what is missing. */
async function valuesIn(store: ContractStore, shard: string, ...wanted: readonly string[]) {
  const { entries } = await store.find('phase', shard, wanted.map(keyOf));
  return wanted.map((name) => {
    const entry = entries.get(keyOf(name));
    return entry === undefined ? null : Buffer.from(entry.value).toString();
  });
}

/** `make` returns a place that ends with its test. */
export function describeStore(name: string, make: () => Promise<ContractPlace>): void {
  describe(name, () => {
    it('has nothing at first', async () => {
      const store = await (await make()).open();
      const { entries, blobs } = await store.find('phase', 's', [keyOf('a')]);
      expect([entries.size, blobs.size]).toEqual([0, 0]);
    });

    it('gives every process what one has put: values, times and blobs', async () => {
      const place = await make();
      const [one, other] = [await place.open(), await place.open()];
      const blobs = new Map([['b'.repeat(16), Buffer.from('blob')]]);
      await one.put('phase', 's', { entries: [entryOf('a', 'A'), entryOf('empty', '')], blobs });
      for (const store of [one, other]) {
        const found = await store.find('phase', 's', [keyOf('a'), keyOf('empty')]);
        expect(found.entries.get(keyOf('a'))).toMatchObject({ micros: 1, value: bytesOf('A') });
        expect(found.entries.get(keyOf('empty'))).toMatchObject({ micros: 5, value: bytesOf('') });
        expect(bytesOf(found.blobs.get('b'.repeat(16)))).toEqual(bytesOf('blob'));
      }
    });

    it('keeps phases and shards apart, whatever they are called', async () => {
      const store = await (await make()).open();
      await store.put('phase', 'a task/../of ☃ "one"', packOf(entryOf('a', 'A')));
      expect(await valuesIn(store, 'a task/../of ☃ "one"', 'a')).toEqual(['A']);
      expect(await valuesIn(store, 'another', 'a')).toEqual([null]);
      const { entries } = await store.find('other', 'a task/../of ☃ "one"', [keyOf('a')]);
      expect(entries.has(keyOf('a'))).toBe(false);
    });

    it('finds steps of 40 packs of one shard, and of each its blob', async () => {
      const place = await make();
      const store = await place.open();
      for (const step of names(40)) {
        const blobs = new Map([[step.padEnd(16), Buffer.from(step)]]);
        await store.put('phase', 's', { entries: [entryOf(step, step)], blobs });
      }
      const all = names(40);
      expect(await valuesIn(await place.open(), 's', ...all, 'other')).toEqual([...all, null]);
      const { blobs } = await (await place.open()).find('phase', 's', all.map(keyOf));
      expect(all.map((step) => bytesOf(blobs.get(step.padEnd(16))))).toEqual(all.map(bytesOf));
    });

    it('loses nothing of what two processes put, in turn', async () => {
      const place = await make();
      const stores = [await place.open(), await place.open()];
      for (const [k, step] of names(10).entries())
        await stores[k % 2].put('phase', 's', packOf(entryOf(step, step)));
      expect(await valuesIn(await place.open(), 's', ...names(10))).toEqual(names(10));
    });

    it('gives any pack as it was put', async () => {
      const place = await make();
      let shards = 0;
      await fc.assert(
        fc.asyncProperty(anyPack, async (pack) => {
          const shard = `shard ${shards++}`;
          await (await place.open()).put('phase', shard, pack);
          const keys = pack.entries.map(({ key }) => key);
          const { entries, blobs } = await (await place.open()).find('phase', shard, keys);
          const last = new Map(pack.entries.map((entry) => [entry.key, entry]));
          for (const [key, { micros, value }] of last)
            expect(entries.get(key)).toMatchObject({ micros, value: bytesOf(value) });
          if (keys.length > 0)
            for (const [key, blob] of pack.blobs) expect(bytesOf(blobs.get(key))).toEqual(bytesOf(blob));
        }),
        { numRuns: 20 },
      );
    });

    it('takes a pack of a megabyte', async () => {
      const place = await make();
      const bytes = Buffer.alloc(1_000_000, 'a large one, which is the same again and again');
      const blobs = new Map([['large'.padEnd(16), bytes]]);
      await (await place.open()).put('phase', 's', { entries: [entryOf('a', 'A')], blobs });
      const found = await (await place.open()).find('phase', 's', [keyOf('a')]);
      expect(Buffer.compare(found.blobs.get('large'.padEnd(16)) as Uint8Array, bytes)).toBe(0);
    });

    it('gives nothing that is damaged, and what was put after it', async () => {
      const place = await make();
      await (await place.open()).put('phase', 's', packOf(entryOf('a', 'A'), entryOf('b', 'B')));
      await place.damage();
      const store = await place.open();
      expect(await valuesIn(store, 's', 'a', 'b')).toEqual([null, null]);
      await store.put('phase', 's', packOf(entryOf('a', 'A'), entryOf('c', 'C')));
      expect(await valuesIn(await place.open(), 's', 'a', 'b', 'c')).toEqual(['A', null, 'C']);
    });
  });
}

/** Plain bytes, whatever they are a view of. */
function bytesOf(bytes: Uint8Array | string | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(bytes ?? 'missing'));
}
