/** Parts of a shard: blobs and entries are found without decoding the others. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EntryIndex } from '../../src/store/entry-index.js';
import {
  type ActionKey,
  decodePack,
  encodePack,
  findBlobs,
  type Pack,
  splitPack,
} from '../../src/store/pack.js';

const anyBytes = fc.uint8Array({ maxLength: 20 });
/** Few different ones, so that packs share some, and keys that begin alike. */
const anyKey = (length: number) =>
  fc
    .nat(40)
    .map((n) => String.fromCharCode(n % 3, n % 2).padEnd(length, String.fromCharCode(200 + (n % 50))));
const anyPack: fc.Arbitrary<Pack> = fc.record({
  entries: fc.array(
    fc.record({
      key: anyKey(32).map((key) => key as ActionKey),
      micros: fc.nat(),
      run: fc.nat(),
      value: anyBytes,
    }),
    { maxLength: 30 },
  ),
  blobs: fc.array(fc.tuple(anyKey(16), anyBytes)).map((pairs) => new Map(pairs)),
});

it('has the entries of all packs, the last ones first', () => {
  const property = fc.property(fc.array(anyPack, { maxLength: 4 }), (packs) => {
    const payloads = packs.map(encodePack);
    const index = EntryIndex.collect((read) => payloads.forEach(read));
    const entries = new Map(packs.flatMap((pack) => pack.entries).map((entry) => [entry.key, entry]));
    for (const [key, entry] of entries) {
      const found = index.get(key);
      expect({ ...found, value: [...(found?.value ?? [])] }).toEqual({ ...entry, value: [...entry.value] });
    }
    expect(index.get('\xff'.repeat(32) as ActionKey)).toBeUndefined();
  });
  fc.assert(property);
});

it('has those blobs that are wanted', () => {
  const property = fc.property(anyPack, fc.array(anyKey(16)), (pack, wanted) => {
    const found = new Map<string, Uint8Array>();
    findBlobs(encodePack(pack), new Set(wanted), found);
    const expected = [...pack.blobs].filter(([key]) => wanted.includes(key));
    expect([...found].map(([key, blob]) => [key, [...blob]])).toEqual(
      expected.map(([key, blob]) => [key, [...blob]]),
    );
  });
  fc.assert(property);
});

it('is refused where a pack is malformed', () => {
  const payload = encodePack({
    entries: [{ key: 'k'.repeat(32) as ActionKey, micros: 1, run: 2, value: Uint8Array.of(3) }],
    blobs: new Map([['b'.repeat(16), Uint8Array.of(4)]]),
  });
  for (let length = 0; length < payload.length; length++) {
    const part = payload.subarray(0, length);
    expect(() => decodePack(part)).toThrow(RangeError);
    expect(() => EntryIndex.collect((read) => read(part))).toThrow(RangeError);
  }
});

it('is split where it is very large, each part with the blobs that its entries refer to', () => {
  const blobs = new Map(
    Array.from({ length: 10 }, (_, k) => [String(k).padEnd(16, '.'), new Uint8Array(900_000).fill(k)]),
  );
  const keys = [...blobs.keys()];
  const entries = Array.from({ length: 30 }, (_, k) => {
    return { key: String(k).padEnd(32, '.') as ActionKey, micros: k, run: 1, value: Uint8Array.of(k % 10) };
  });
  const blobsOf = (entry: number) => [keys[entry % 10]];
  const parts = [...splitPack({ entries, blobs }, blobsOf)];
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.flatMap((part) => part.entries)).toEqual(entries);
  for (const part of parts) {
    const used = new Set(part.entries.map(({ value }) => keys[value[0]]));
    expect(new Set(part.blobs.keys())).toEqual(used);
    expect(encodePack(part).length).toBeLessThan(6_000_000);
  }
  const small = { entries: entries.slice(0, 2), blobs: new Map([...blobs].slice(0, 2)) };
  expect([...splitPack(small, blobsOf)]).toEqual([small]);
});
