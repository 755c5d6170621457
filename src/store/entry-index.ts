/**
 * The entries of a shard, still encoded: a look-up decodes the entry that it finds. A task with thousands of samples
 * has hundreds of thousands of cells.
 */
import { ByteReader } from '../encoding/bytes.js';
import { type ActionKey, type PackEntry, passBlobs, passEntry, readEntry } from './pack.js';

const KEY_LENGTH = 32;

export class EntryIndex {
  private constructor(
    private readonly bytes: Uint8Array,
    /** By the first bits of a key: the position of an entry, counted from 1; 0 if there is none. A power of two. */
    private readonly places: Uint32Array,
  ) {}

  /** Adds up packs, each of which is given to `read`. What later packs have replaces what earlier ones have. */
  static collect(each: (read: (payload: Uint8Array) => void) => void): EntryIndex {
    const parts: { readonly bytes: Uint8Array; readonly starts: number[] }[] = [];
    each((payload) => parts.push(entriesIn(payload)));
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.bytes.length, 0));
    const count = parts.reduce((sum, { starts }) => sum + starts.length, 0);
    const index = new EntryIndex(bytes, new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 1))));
    let at = 0;
    for (const part of parts) {
      bytes.set(part.bytes, at);
      for (const start of part.starts) index.add(at + start);
      at += part.bytes.length;
    }
    return index;
  }

  get(key: ActionKey): PackEntry | undefined {
    const place = this.placeOf(Buffer.from(key, 'latin1'));
    const at = this.places[place];
    if (at === 0) return undefined;
    const reader = new ByteReader(this.bytes);
    reader.at = at - 1;
    return readEntry(reader);
  }

  private add(at: number): void {
    this.places[this.placeOf(this.bytes.subarray(at, at + KEY_LENGTH))] = at + 1;
  }

  /** Where the key is, or where it would be. Keys are digests: their first bits are as good as a hash. */
  private placeOf(key: Uint8Array): number {
    const { bytes, places } = this;
    const mask = places.length - 1;
    let place = (key[0] | (key[1] << 8) | (key[2] << 16) | (key[3] << 24)) & mask;
    for (; ; place = (place + 1) & mask) {
      const at = places[place];
      if (at === 0 || isAt(bytes, at - 1, key)) return place;
    }
  }
}

function isAt(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let k = 0; k < KEY_LENGTH; k++) if (bytes[at + k] !== key[k]) return false;
  return true;
}

/** A copy of the part of a pack that has its entries, and where each begins. Throws RangeError if it is malformed. */
function entriesIn(payload: Uint8Array) {
  const reader = new ByteReader(payload);
  passBlobs(reader);
  let count = reader.unsigned();
  const from = reader.at;
  const starts: number[] = [];
  for (; count > 0; count--) {
    starts.push(reader.at - from);
    passEntry(reader);
  }
  return { bytes: payload.slice(from), starts };
}
