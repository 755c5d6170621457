/** Payloads with a checksum before them, so that damage on the disk is noticed when they are read. */
import { checksum } from '../encoding/checksum.js';

const CHECKSUM_LENGTH = 8;

/** `payload` with its checksum before it. */
export function addChecksum(payload: Uint8Array): Buffer {
  const checked = Buffer.allocUnsafe(CHECKSUM_LENGTH + payload.length);
  checked.set(payload, CHECKSUM_LENGTH);
  checked.writeBigUInt64LE(checksum(payload));
  return checked;
}

/** The payload after its checksum, as a view; null if the checksum does not match. */
export function verifyChecksum(checked: Uint8Array): Uint8Array | null {
  if (checked.length < CHECKSUM_LENGTH) return null;
  // A plain Uint8Array: the `slice` of a Buffer would be a view, and readers rely on a copy.
  const payload = new Uint8Array(
    checked.buffer,
    checked.byteOffset + CHECKSUM_LENGTH,
    checked.length - CHECKSUM_LENGTH,
  );
  const written = new DataView(checked.buffer, checked.byteOffset).getBigUint64(0, true);
  return checksum(payload) === written ? payload : null;
}
