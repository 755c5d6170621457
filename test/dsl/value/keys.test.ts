/** Set algebra on key arrays, compared with sets of numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonKeys, keysWithout, unionOfAllKeys, unionOfKeys } from '../../../src/dsl/value/keys.js';

function keysOf(numbers: Iterable<number>): Int32Array {
  return Int32Array.from(new Set(numbers)).sort();
}

const near = fc.integer({ min: 0, max: 60 });
const far = fc.integer({ min: 0, max: 2 ** 30 });
const keys = fc.array(fc.oneof(near, far), { maxLength: 30 }).map(keysOf);

describe('keys', () => {
  it('of two arrays: union, common keys, rest', () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const inB = new Set(b);
        expect(unionOfKeys(a, b)).toEqual(keysOf([...a, ...b]));
        expect(commonKeys(a, b)).toEqual(a.filter((key) => inB.has(key)));
        expect(keysWithout(a, b)).toEqual(a.filter((key) => !inB.has(key)));
      }),
    );
  });

  it('of many small arrays', () => {
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 12 }), (arrays) => {
        expect(unionOfAllKeys(arrays)).toEqual(keysOf(arrays.flatMap((array) => [...array])));
      }),
    );
  });

  it('of many keys close together, or far apart', () => {
    for (const stride of [1, 31, 32, 100, 5000]) {
      for (const start of [0, 7, 2 ** 29]) {
        const arrays = Array.from({ length: 60 }, (_, k) =>
          Int32Array.from({ length: 40 }, (_, m) => start + (m * 3 + k) * stride),
        );
        expect(unionOfAllKeys(arrays)).toEqual(keysOf(arrays.flatMap((array) => [...array])));
      }
    }
  });

  it('are an argument itself where that is the result', () => {
    const a = Int32Array.of(1, 2, 3);
    const none = new Int32Array(0);
    expect(unionOfKeys(a, Int32Array.of(2))).toBe(a);
    expect(unionOfKeys(none, a)).toBe(a);
    expect(commonKeys(a, Int32Array.of(1, 2, 3, 4))).toBe(a);
    expect(keysWithout(a, Int32Array.of(9))).toBe(a);
  });
});
