/** Payloads with a checksum before them, so that damage on the disk is noticed when they are read. */
import { checksum } from '../encoding/checksum.js';

const CHECKSUM_LENGTH = 8;

/** Payloads up to this size are put together in one place. Memory that is new costs more than the checksum. */
const SMALL = 1_000_000;

let place: Buffer | null = null;

/** `payload` with its checksum before it: valid until the next call, and SQLite copies it. */
export function addChecksum(payload: Uint8Array): Buffer {
  const length = CHECKSUM_LENGTH + payload.length;
  const checked = length > SMALL ? Buffer.allocUnsafe(length) : placeOf(length);
  checked.set(payload, CHECKSUM_LENGTH);
  checked.writeBigUInt64LE(checksum(payload));
  return checked;
}

function placeOf(length: number): Buffer {
  place ??= Buffer.allocUnsafe(SMALL);
  return place.subarray(0, length);
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
