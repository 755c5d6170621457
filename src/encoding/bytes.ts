/**
 * Compact binary records: little-endian base-128 variable-length integers; strings and bytes preceded by their
 * lengths.
 */

const text = new TextEncoder();
// A byte order mark is a part of the string, like any other character.
const textDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** For longer strings, the platform's encoder is faster. */
const LONG_STRING = 200;

/** Appends to a growing buffer. */
export class ByteWriter {
  private bytes: Uint8Array;
  length = 0;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  private room(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): this {
    this.room(1);
    this.bytes[this.length++] = value;
    return this;
  }

  /** A non-negative safe integer, 1 to 8 bytes. */
  unsigned(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Error(`${value} is not a non-negative safe integer`);
    this.room(8);
    while (value >= 0x80) {
      this.bytes[this.length++] = (value % 0x80) | 0x80;
      value = Math.floor(value / 0x80);
    }
    this.bytes[this.length++] = value;
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  sized(bytes: Uint8Array): this {
    return this.unsigned(bytes.length).raw(bytes);
  }

  /** A string of code units below 256 (a digest, a hexadecimal number), one byte each. */
  latin1(value: string): this {
    const { length } = value;
    this.room(length);
    // Local, because the loop would read and write the fields for each character.
    const { bytes, length: at } = this;
    for (let k = 0; k < length; k++) bytes[at + k] = value.charCodeAt(k);
    this.length = at + length;
    return this;
  }

  /** A string of whole code points; halves of surrogate pairs are replaced by U+FFFD. */
  string(value: string): this {
    // Most strings are short and ASCII: one byte for each code unit, without an encoder.
    const { length } = value;
    if (length > LONG_STRING) return this.sized(text.encode(value));
    const start = this.length;
    this.unsigned(length).room(length);
    const { bytes, length: at } = this;
    for (let k = 0; k < length; k++) {
      const unit = value.charCodeAt(k);
      if (unit > 0x7f) {
        this.length = start;
        return this.sized(text.encode(value));
      }
      bytes[at + k] = unit;
    }
    this.length = at + length;
    return this;
  }

  /** A value that has a JSON form, as JSON text. */
  json(value: unknown): this {
    return this.string(JSON.stringify(value));
  }

  number(value: number): this {
    this.room(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
    return this;
  }

  /** A view of what has been written, valid until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** A copy of what has been written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length) as Uint8Array<ArrayBuffer>;
  }
}

/**
 * Reads what ByteWriter wrote. Throws RangeError, and nothing else, for bytes that ByteWriter cannot have written.
 */
export class ByteReader {
  /** V8 drops all optimized code that knows a class when no object of it is left. */
  static readonly kept = new ByteReader(new Uint8Array(0));
  at = 0;
  /** The same bytes, as what decodes strings. */
  private text: Buffer | null = null;

  constructor(readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  private need(count: number): void {
    if (this.at + count > this.bytes.length) throw new RangeError('a binary record ends early');
  }

  byte(): number {
    this.need(1);
    return this.bytes[this.at++];
  }

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number in a binary record is too large');
      if (byte < 0x80) return value;
      scale *= 0x80;
      if (scale > 2 ** 49) throw new RangeError('a number in a binary record is too long');
    }
  }

  /** A view of the next `count` bytes. */
  raw(count: number): Uint8Array {
    this.need(count);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  sized(): Uint8Array {
    return this.raw(this.unsigned());
  }

  latin1(count: number): string {
    this.need(count);
    const { buffer, byteOffset, byteLength } = this.bytes;
    // One call of the system's own for the whole string: a shard has a key for each of its steps.
    this.text ??= Buffer.from(buffer, byteOffset, byteLength);
    this.at += count;
    return this.text.toString('latin1', this.at - count, this.at);
  }

  string(): string {
    const bytes = this.sized();
    try {
      return textDecoder.decode(bytes);
    } catch {
      // The decoder throws only TypeError, if the bytes are not UTF-8.
      throw new RangeError('a string in a binary record is not UTF-8');
    }
  }

  json(): unknown {
    const written = this.string();
    try {
      return JSON.parse(written);
    } catch {
      // The parser throws only SyntaxError, if the text is not JSON.
      throw new RangeError('a value in a binary record is not JSON');
    }
  }

  number(): number {
    this.need(8);
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(this.at, true);
    this.at += 8;
    return value;
  }
}
