/** The generator: as published, uniform, and reproducible. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/search/mutation/random.js';

/** xoshiro128** as its authors write it, with arbitrary-precision integers cut to 32 bits. */
function* published(seed: string): Generator<number> {
  const digest = createHash('sha256').update(seed).digest();
  const s = [0, 4, 8, 12].map((at) => BigInt(digest.readUInt32BE(at)));
  const cut = (word: bigint) => word & 0xffffffffn;
  const rotl = (word: bigint, by: bigint) => cut(word << by) | (word >> (32n - by));
  for (;;) {
    yield Number(cut(rotl(cut(s[1] * 5n), 7n) * 9n));
    const t = cut(s[1] << 9n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11n);
  }
}

describe('Random', () => {
  it('is xoshiro128**, begun with the SHA-256 of the seed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const random = new Random(seed);
        const expected = published(seed);
        for (let k = 0; k < 50; k++) expect(random.word()).toBe(expected.next().value);
      }),
      { numRuns: 30 },
    );
  });

  it('gives every number below a limit, about equally often', () => {
    const random = new Random('fair');
    const counts = new Array<number>(7).fill(0);
    for (let k = 0; k < 70_000; k++) counts[random.below(7)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('stays below every limit, up to 2^32', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, limit) => {
        const random = new Random(seed);
        for (let k = 0; k < 20; k++) {
          const number = random.below(limit);
          expect(number >= 0 && number < limit && Number.isInteger(number)).toBe(true);
        }
      }),
    );
  });

  it('refuses to choose from nothing', () => {
    expect(() => new Random('').below(0)).toThrow(RangeError);
    expect(() => new Random('').choose([])).toThrow(RangeError);
    expect(() => new Random('').weighted([0, 0])).toThrow(RangeError);
    expect(() => new Random('').weighted([])).toThrow(RangeError);
  });

  it('chooses by weight, and never what has none', () => {
    const random = new Random('weights');
    const counts = [0, 0, 0, 0];
    for (let k = 0; k < 40_000; k++) counts[random.weighted([1, 0, 3, 0])]++;
    expect(counts[1]).toBe(0);
    expect(counts[3]).toBe(0);
    expect(Math.abs(counts[2] - 30_000)).toBeLessThan(600);
  });

  it('shuffles: every order about equally often, nothing lost', () => {
    const random = new Random('shuffle');
    const counts = new Map<string, number>();
    for (let k = 0; k < 12_000; k++) {
      const order = random.shuffle(['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('makes other choices for other seeds', () => {
    const words = ['1', '2', '10', '1 ', 'a'].map((seed) => new Random(seed).word());
    expect(new Set(words).size).toBe(words.length);
  });
});
