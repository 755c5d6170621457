/**
 * Lists of a task's samples and cells. There may be hundreds of thousands of cells, of which few are shown: recorded
 * ones stay encoded, and an item is decoded each time it is asked for.
 */
import { ByteReader } from '../../encoding/bytes.js';

/** An array is one, too. */
export interface Sequence<Item> extends Iterable<Item> {
  readonly length: number;
  /** Undefined if there are not so many items. `index` is not negative. */
  at(index: number): Item | undefined;
}

/** How the items of a list are encoded, one after another. */
export interface ItemCodec<Item> {
  /** Passes over an item. Throws RangeError if it is malformed: then `read` could not read it. */
  pass(reader: ByteReader): void;
  read(reader: ByteReader, index: number): Item;
}

/** The position of every so-manieth item is remembered. */
const STRIDE = 64;

/** Items of any length. Reading them in ascending order passes over each once. */
export class EncodedSequence<Item> implements Sequence<Item> {
  private readonly reader: ByteReader;
  /** Index of the item at which the reader is. */
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

  /**
   * Passes over the items for the first time: by `pass`, which may count them. All are checked. Throws RangeError if
   * one is malformed.
   */
  static read<Item>(
    reader: ByteReader,
    length: number,
    codec: ItemCodec<Item>,
    pass: (index: number) => void = () => codec.pass(reader),
  ): EncodedSequence<Item> {
    // Each item takes a byte at least: a malformed length must not allocate.
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

/** Items of one byte each, by their values. */
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
