/** Skips parts of a binary record without decoding them. Throws RangeError if decoding would. */
import { isUtf8 } from 'node:buffer';
import type { ByteReader } from './bytes.js';

export function passBytes(reader: ByteReader, count: number): void {
  if (reader.at + count > reader.bytes.length) throw new RangeError('a binary record ends early');
  reader.at += count;
}

export function passString(reader: ByteReader): void {
  const length = reader.unsigned();
  const from = reader.at;
  passBytes(reader, length);
  if (length > 0 && !isUtf8(reader.bytes.subarray(from, reader.at)))
    throw new RangeError('a string in a binary record is not UTF-8');
}
