/** Checksums: XXH64 with seed 0, compared with its specification. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/encoding/checksum.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a checksum', () => {
  it.each([
    ['', 0xef46db3751d8e999n],
    ['a', 0xd24ec4f1a98c6e5bn],
    ['abc', 0x44bc2cf5ad770999n],
  ])('of %j is that of XXH64', (text, expected) => {
    expect(checksum(bytes(text))).toBe(expected);
  });

  it('is another when any one bit is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (data, at) => {
        const changed = data.slice();
        changed[(at >> 3) % data.length] ^= 1 << (at & 7);
        expect(checksum(changed)).not.toBe(checksum(data));
      }),
    );
  });

  it('is the same of a view as of a copy', () => {
    const data = bytes('--abc--');
    expect(checksum(data.subarray(2, 5))).toBe(checksum(bytes('abc')));
  });
});
