/** Digests: the values of the standards for "abc" (FIPS 180-4, RFC 1321), in every form. */
import { expect, it } from 'vitest';
import { md5Hex, newSha256, sha256, sha256Binary, sha256Hex } from '../../src/encoding/digest.js';

const SHA_256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

it('SHA-256 is the same as bytes, as digits, as characters and in parts', () => {
  expect(sha256('abc').toString('hex')).toBe(SHA_256);
  expect(sha256Hex(new TextEncoder().encode('abc'))).toBe(SHA_256);
  expect(Buffer.from(sha256Binary('abc'), 'latin1').toString('hex')).toBe(SHA_256);
  expect(newSha256().update('a').update('bc').digest('hex')).toBe(SHA_256);
});

it('text is digested as UTF-8', () => {
  expect(sha256Hex('\u00e4')).toBe(sha256Hex(new Uint8Array([0xc3, 0xa4])));
});

it('MD5 is that of the standard', () => {
  expect(md5Hex('abc')).toBe('900150983cd24fb0d6963f7d28e17f72');
});
