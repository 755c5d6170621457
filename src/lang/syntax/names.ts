/** Names as small integers: each distinct sequence of bytes gets the next free id. */
import { grownInt32 } from '../growing-arrays.js';

const HASH_START = 0x811c9dc5 | 0;
const HASH_FACTOR = 0x01000193;
const FREE = -1;

/**
 * The hash of the bytes start..end that `NameTable.intern` expects (FNV-1a). The lexer has its own copy of this loop.
 */
export function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let k = start; k < end; k++) hash = extendHash(hash, bytes[k]);
  return hash;
}

export function extendHash(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, HASH_FACTOR);
}

/** A hash table with open addressing over the bytes of the names: no string is created while a file is read. */
export class NameTable {
  private bytes = new Uint8Array(1 << 14);
  /** Name k is bytes[starts[k]] .. bytes[starts[k + 1]]. */
  private starts = new Int32Array(1 << 11);
  private hashes = new Int32Array(1 << 11);
  private slotOf = new Int32Array(1 << 11);
  private slots = new Int32Array(1 << 12).fill(FREE);
  size = 0;

  /** The id of the name source[start..end], whose hash is given. */
  intern(source: Uint8Array, start: number, end: number, hash: number): number {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let id = slots[slot]; id !== FREE; id = slots[slot]) {
      if (hashes[id] === hash && this.holds(id, source, start, end)) return id;
      slot = (slot + 1) & mask;
    }
    return this.add(source, start, end, hash, slot);
  }

  internText(text: string): number {
    const source = new TextEncoder().encode(text);
    return this.intern(source, 0, source.length, hashOfBytes(source, 0, source.length));
  }

  text(id: number): string {
    return new TextDecoder().decode(this.bytes.subarray(this.starts[id], this.starts[id + 1]));
  }

  /** Forgets all names with ids from `size` on. */
  truncate(size: number): void {
    // Latest first: then no remaining name depends, for its slot, on a removed one.
    while (this.size > size) this.slots[this.slotOf[--this.size]] = FREE;
  }

  private holds(id: number, source: Uint8Array, start: number, end: number): boolean {
    const { bytes, starts } = this;
    let at = starts[id];
    if (starts[id + 1] - at !== end - start) return false;
    for (let k = start; k < end; k++) if (bytes[at++] !== source[k]) return false;
    return true;
  }

  private add(source: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.size++;
    if (id + 2 > this.starts.length) {
      this.starts = grownInt32(this.starts, id + 2);
      this.hashes = grownInt32(this.hashes, id + 2);
      this.slotOf = grownInt32(this.slotOf, id + 2);
    }
    const from = this.starts[id];
    const to = from + end - start;
    if (to > this.bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.bytes.length, to));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(source.subarray(start, end), from);
    this.starts[id + 1] = to;
    this.hashes[id] = hash;
    this.slotOf[id] = slot;
    this.slots[slot] = id;
    if (2 * this.size > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(2 * this.slots.length).fill(FREE);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      const hash = this.hashes[id];
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== FREE) slot = (slot + 1) & mask;
      slots[slot] = id;
      this.slotOf[id] = slot;
    }
    this.slots = slots;
  }
}
