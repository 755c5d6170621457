/** Keys and packs for tests. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { ActionKey, Pack, PackEntry } from '../../src/store/pack.js';

/** A key like those of actions: 32 characters of one byte each. */
export function keyOf(name: string): ActionKey {
  return createHash('sha256').update(name).digest('binary') as ActionKey;
}

export function entryOf(name: string, value: string, run = 1): PackEntry {
  return { key: keyOf(name), micros: name.length, run, value: Buffer.from(value) };
}

export function packOf(...entries: readonly PackEntry[]): Pack {
  return { entries, blobs: new Map() };
}

const latin1 = (length: number) =>
  fc.string({
    unit: fc.nat(255).map((code) => String.fromCharCode(code)),
    minLength: length,
    maxLength: length,
  });

const bytes = fc.uint8Array({ maxLength: 40 });

export const anyPack: fc.Arbitrary<Pack> = fc.record({
  entries: fc.array(
    fc.record({
      key: latin1(32) as fc.Arbitrary<ActionKey>,
      micros: fc.maxSafeNat(),
      run: fc.maxSafeNat(),
      value: bytes,
    }),
    { maxLength: 8 },
  ),
  blobs: fc.array(fc.tuple(latin1(16), bytes), { maxLength: 4 }).map((entries) => new Map(entries)),
});

/** The same with plain arrays of bytes, so that packs can be compared whatever buffers they are views of. */
export function plain(pack: Pack): unknown {
  return {
    entries: pack.entries.map((entry) => ({ ...entry, value: [...entry.value] })),
    blobs: [...pack.blobs].map(([key, blob]) => [key, [...blob]]),
  };
}
