/**
 * Lists of a task's samples and cells. There may be hundreds of thousands of cells, of which few are shown. So
 * recorded cells stay encoded, and an item is decoded at each access.
 */
import { ByteReader } from '../../encoding/bytes.js';

/** Arrays are sequences, too. */
export interface Sequence<Item> extends Iterable<Item> {
  readonly length: number;
  /** Undefined beyond the last item. `index` is not negative. */
  at(index: number): Item | undefined;
}

/** The encoding of a list's items, which are stored one after another. */
export interface ItemCodec<Item> {
  /** Skips an item. Throws RangeError if it is malformed, so that `read` could not read it. */
  pass(reader: ByteReader): void;
  read(reader: ByteReader, index: number): Item;
}

/** The positions of items at this distance are stored. */
const STRIDE = 64;

/** Items of any length. Reading them in ascending order skips each only once. */
export class EncodedSequence<Item> implements Sequence<Item> {
  private readonly reader: ByteReader;
  /** The index of the item at the reader's position. */
  private next = 0;

  private constructor(
    bytes: Uint8Array,
    readonly length: number,
    private readonly starts: Float64Array,
    private readonly codec: ItemCodec<Item>,
  ) {
    this.reader = new ByteReader(bytes);
    this.reader.at = starts[0] ?? 0;
  }

  /** Skips all items once with `pass`, which may also count them. Throws RangeError if one is malformed. */
  static read<Item>(
    reader: ByteReader,
    length: number,
    codec: ItemCodec<Item>,
    pass: (index: number) => void = () => codec.pass(reader),
  ): EncodedSequence<Item> {
    // Each item has at least one byte, so a malformed length cannot cause a large allocation.
    if (length > reader.bytes.length) throw new RangeError('a list is longer than its bytes');
    const starts = new Float64Array(Math.ceil(length / STRIDE));
    for (let k = 0; k < length; k++) {
      if (k % STRIDE === 0) starts[k / STRIDE] = reader.at;
      pass(k);
    }
    return new EncodedSequence(reader.bytes, length, starts, codec);
  }

  at(index: number): Item | undefined {
    if (index >= this.length) return undefined;
    const { reader, codec } = this;
    const block = Math.floor(index / STRIDE);
    if (index < this.next || block > Math.floor(this.next / STRIDE)) {
      reader.at = this.starts[block];
      this.next = block * STRIDE;
    }
    for (; this.next < index; this.next++) codec.pass(reader);
    this.next++;
    return codec.read(reader, index);
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let k = 0; k < this.length; k++) yield this.at(k) as Item;
  }
}

/** Items of one byte each; a table has their values. */
export class ByteSequence<Item> implements Sequence<Item> {
  private constructor(
    private readonly bytes: Uint8Array,
    private readonly values: readonly Item[],
  ) {}

  /** Throws RangeError if a byte has no value. */
  static read<Item>(reader: ByteReader, length: number, values: readonly Item[]): ByteSequence<Item> {
    const bytes = reader.raw(length);
    for (let k = 0; k < length; k++) {
      if (bytes[k] >= values.length) throw new RangeError('a list has an unknown value');
    }
    return new ByteSequence(bytes, values);
  }

  get length(): number {
    return this.bytes.length;
  }

  at(index: number): Item | undefined {
    return index < this.bytes.length ? this.values[this.bytes[index]] : undefined;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (const byte of this.bytes) yield this.values[byte];
  }
}
