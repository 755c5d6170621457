/** Sealed payloads: bytes that carry a digest of themselves, so that damage on disk is noticed when they are read. */
import { hash } from 'node:crypto';

const SEAL_LENGTH = 8;

function digestOf(payload: Uint8Array): Uint8Array {
  return hash('sha256', payload, 'buffer').subarray(0, SEAL_LENGTH);
}

/** `payload` with its seal before it. */
export function seal(payload: Uint8Array): Buffer {
  return Buffer.concat([digestOf(payload), payload]);
}

/** The payload of sealed bytes, as a view; null when it is not what was sealed. */
export function unseal(sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < SEAL_LENGTH) return null;
  // A plain Uint8Array: the `slice` of a Buffer is a view, and readers rely on a copy.
  const payload = new Uint8Array(sealed.buffer, sealed.byteOffset + SEAL_LENGTH, sealed.length - SEAL_LENGTH);
  const digest = digestOf(payload);
  for (let k = 0; k < SEAL_LENGTH; k++) {
    if (sealed[k] !== digest[k]) return null;
  }
  return payload;
}
