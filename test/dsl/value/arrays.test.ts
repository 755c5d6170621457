/** Arrays in a shared buffer do not overlap. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyOfCells, copyOfKeys, newCells, newKeys } from '../../../src/dsl/value/arrays.js';

const lengths = fc.oneof(fc.nat(40), fc.nat(1200), fc.constantFrom(0, 64, 65, 4096, 4097, 20000));

describe('new arrays', () => {
  it('are zero, of the length asked for, and keep what is written to them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(lengths, fc.boolean()), { maxLength: 40 }), (wanted) => {
        const arrays = wanted.map(([length, ofKeys]) => (ofKeys ? newKeys(length) : newCells(length)));
        arrays.forEach((array, k) => {
          expect(array.length).toBe(wanted[k][0]);
          expect(array.every((element) => element === 0)).toBe(true);
          array.fill(k + 1);
        });
        arrays.forEach((array, k) => {
          expect(array.every((element) => element === k + 1)).toBe(true);
        });
      }),
    );
  });
});

describe('copies', () => {
  it('hold the part asked for, and are independent of what they were made from', () => {
    fc.assert(
      fc.property(fc.int8Array({ maxLength: 200 }), fc.nat(200), fc.nat(200), (cells, a, b) => {
        const start = Math.min(a, b, cells.length);
        const end = Math.min(Math.max(a, b), cells.length);
        const expected = Array.from(cells).slice(start, end);
        const copy = copyOfCells(cells, start, end);
        cells.fill(7);
        expect(Array.from(copy)).toEqual(expected);
      }),
    );
    fc.assert(
      fc.property(fc.int32Array({ maxLength: 100 }), fc.nat(100), (keys, wanted) => {
        const count = Math.min(wanted, keys.length);
        const expected = Array.from(keys).slice(0, count);
        const copy = copyOfKeys(keys, count);
        keys.fill(7);
        expect(Array.from(copy)).toEqual(expected);
      }),
    );
  });
});
