/** Payloads with a checksum before them, so that damage on the disk is noticed when they are read. */
import { checksum } from '../encoding/checksum.js';

const SEAL_LENGTH = 8;

/** `payload` with its checksum before it. */
export function addChecksum(payload: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(SEAL_LENGTH + payload.length);
  sealed.set(payload, SEAL_LENGTH);
  sealed.writeBigUInt64LE(checksum(payload));
  return sealed;
}

/** The payload after its checksum, as a view; null if the checksum does not match. */
export function verifyChecksum(sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < SEAL_LENGTH) return null;
  // A plain Uint8Array: the `slice` of a Buffer would be a view, and readers rely on a copy.
  const payload = new Uint8Array(sealed.buffer, sealed.byteOffset + SEAL_LENGTH, sealed.length - SEAL_LENGTH);
  const written = new DataView(sealed.buffer, sealed.byteOffset).getBigUint64(0, true);
  return checksum(payload) === written ? payload : null;
}
