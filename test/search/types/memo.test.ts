/** What the search remembers from round to round is bounded. */
import { describe, expect, it } from 'vitest';
import { Memo } from '../../../src/search/types/memo.js';

describe('a memo', () => {
  it('computes a value once', () => {
    const memo = new Memo<number>();
    let computed = 0;
    const get = () => memo.get('a', () => ++computed);
    expect([get(), get(), computed]).toEqual([1, 1, 1]);
  });

  it('never holds more than its bound, and gives the same values', () => {
    const memo = new Memo<number>();
    let largest = 0;
    for (let k = 0; k < 20_000; k++) {
      const key = k % 7000;
      expect(memo.get(String(key), () => key)).toBe(key);
      largest = Math.max(largest, memo.size);
    }
    expect(largest).toBe(5000);
  });
});
