/** Packs and their checksums: decoding gives what was stored, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePack, encodePack } from '../../src/store/pack.js';
import { addChecksum, verifyChecksum } from '../../src/store/payload-checksum.js';
import { anyPack, entryOf, packOf, plain } from './packs.js';

describe('a pack', () => {
  it('is decoded as it was encoded', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        expect(plain(decodePack(encodePack(pack)))).toEqual(plain(pack));
      }),
    );
  });

  it('that is cut off or goes on after its end is malformed', () => {
    fc.assert(
      fc.property(anyPack, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }), (pack, at, more) => {
        const bytes = encodePack(pack);
        expect(() => decodePack(bytes.subarray(0, at % bytes.length))).toThrow(RangeError);
        expect(() => decodePack(Buffer.concat([bytes, more]))).toThrow(RangeError);
      }),
    );
  });

  it('that is damaged decodes to some pack or raises a RangeError, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodePack(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a seal', () => {
  it('gives back what was sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (payload) => {
        expect([...(verifyChecksum(addChecksum(payload)) ?? [-1])]).toEqual([...payload]);
      }),
    );
  });

  it('breaks with every bit of what was sealed', () => {
    const sealed = addChecksum(encodePack(packOf(entryOf('a', 'value'), entryOf('b', 'other value'))));
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const damaged = Buffer.from(sealed);
      damaged[bit >> 3] ^= 1 << (bit & 7);
      expect(verifyChecksum(damaged)).toBeNull();
    }
  });

  it('breaks when the end is cut off, down to nothing', () => {
    const sealed = addChecksum(Buffer.from('payload'));
    for (let length = 0; length < sealed.length; length++) {
      expect(verifyChecksum(sealed.subarray(0, length))).toBeNull();
    }
  });
});
