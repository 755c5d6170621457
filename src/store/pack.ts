/** A pack: the outputs of many steps in one row, together with the blobs that they share. */
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { passBytes } from '../encoding/passing.js';

/** SHA-256 of all inputs of a step, as 32 characters of one byte each. */
export type ActionKey = string & { readonly kind: 'ActionKey' };

/** Address of a blob within its shard, by content: 16 characters of one byte each. */
export type BlobKey = string;

/** Runs are counted from 1. */
export const NO_RUN = 0;

export interface PackEntry {
  readonly key: ActionKey;
  /** Time that the step took when it ran. */
  readonly micros: number;
  /** Number of the run in which it ran; NO_RUN for what another machine ran. */
  readonly run: number;
  readonly value: Uint8Array;
}

export interface Pack {
  readonly entries: readonly PackEntry[];
  readonly blobs: ReadonlyMap<BlobKey, Uint8Array>;
}

/** So many bytes of values and blobs fit into a pack, or one entry. Whoever reads a pack has all of it in memory. */
const LARGEST = 4_000_000;

/**
 * The packs of many steps: one, but for what is very large. Each has the blobs that its entries refer to; `blobsOf` has
 * those of an entry by its index.
 */
export function* splitPack(
  { entries, blobs }: Pack,
  blobsOf: (entry: number) => readonly BlobKey[],
): Generator<Pack> {
  let size = 0;
  for (const { value } of entries) size += value.length;
  for (const blob of blobs.values()) size += blob.length;
  if (size <= LARGEST) {
    yield { entries, blobs };
    return;
  }
  let part: PackEntry[] = [];
  let used = new Map<BlobKey, Uint8Array>();
  size = 0;
  for (const [k, entry] of entries.entries()) {
    part.push(entry);
    size += entry.value.length;
    for (const key of blobsOf(k)) {
      const blob = blobs.get(key);
      if (blob === undefined || used.has(key)) continue;
      used.set(key, blob);
      size += blob.length;
    }
    if (size < LARGEST) continue;
    yield { entries: part, blobs: used };
    part = [];
    used = new Map();
    size = 0;
  }
  if (part.length > 0) yield { entries: part, blobs: used };
}

export function encodePack(pack: Pack): Uint8Array {
  let size = 16;
  for (const entry of pack.entries) size += entry.value.length + 52;
  for (const blob of pack.blobs.values()) size += blob.length + 24;
  const writer = new ByteWriter(size).unsigned(pack.blobs.size);
  for (const [key, blob] of pack.blobs) writer.latin1(key).sized(blob);
  writer.unsigned(pack.entries.length);
  for (const { key, micros, run, value } of pack.entries)
    writer.latin1(key).unsigned(micros).unsigned(run).sized(value);
  return writer.finish();
}

/** Decodes a payload; values and blobs are views of it. Throws RangeError if it is malformed. */
export function decodePack(payload: Uint8Array): Pack {
  const reader = new ByteReader(payload);
  const blobs = new Map<BlobKey, Uint8Array>();
  for (let count = reader.unsigned(); count > 0; count--) blobs.set(reader.latin1(16), reader.sized());
  const entries: PackEntry[] = [];
  for (let count = reader.unsigned(); count > 0; count--) entries.push(readEntry(reader));
  if (!reader.done) throw new RangeError('a pack goes on after its end');
  return { entries, blobs };
}

/**
 * Adds the blobs of a payload that are `wanted` to `found`. They are copies, so that the payload is not kept. Throws
 * RangeError if it is malformed.
 */
export function findBlobs(
  payload: Uint8Array,
  wanted: ReadonlySet<BlobKey>,
  found: Map<BlobKey, Uint8Array>,
): void {
  const beginnings = new Set<number>();
  for (const key of wanted) beginnings.add(key.charCodeAt(0) + 256 * key.charCodeAt(1));
  const reader = new ByteReader(payload);
  for (let count = reader.unsigned(); count > 0; count--) {
    // A key becomes a string only if it may be wanted.
    const { at } = reader;
    passBytes(reader, 16);
    const isLikely = beginnings.has(payload[at] + 256 * payload[at + 1]);
    const key = isLikely ? Buffer.from(payload.subarray(at, at + 16)).toString('latin1') : '';
    const length = reader.unsigned();
    if (wanted.has(key)) found.set(key, reader.raw(length).slice());
    else passBytes(reader, length);
  }
}

export function passBlobs(reader: ByteReader): void {
  for (let count = reader.unsigned(); count > 0; count--) {
    passBytes(reader, 16);
    passBytes(reader, reader.unsigned());
  }
}

export function passEntry(reader: ByteReader): void {
  passBytes(reader, 32);
  reader.unsigned();
  reader.unsigned();
  passBytes(reader, reader.unsigned());
}

/** Its value is a view. */
export function readEntry(reader: ByteReader): PackEntry {
  const key = reader.latin1(32) as ActionKey;
  return { key, micros: reader.unsigned(), run: reader.unsigned(), value: reader.sized() };
}
