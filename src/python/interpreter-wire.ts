/** What crosses between a build and an interpreter: numbers are little-endian, of four bytes where nothing is said. */

/** What is asked; `start` once and first. */
export const Kind = { load: 1, cells: 2, start: 3 } as const;

/** Bytes before the memory in the file of the start (make-start.ts): what is to be known of it, in JSON. */
export const START_HEAD = 4096;

/** How the bytes of a cell's end begin (runtime.py): what it came to. */
export const End = {
  /** Height, width, one byte an entry. */
  grid: 'G',
  /** Height, width, the entries in decimal, separated by commas. */
  rows: 'R',
  /** What it was instead of a grid. */
  noGrid: 'N',
  error: 'E',
  overBudget: 'B',
  /** The instance broke under it: what the machine said. */
  crashed: 'C',
  /** Its program had failed before. */
  skipped: 'S',
} as const;

/** Before the text or the grid: the kind, the events counted (eight bytes), the statement at which it ended, from 1. */
export const END_HEAD = 13;

/** Bytes behind each other, each with its length before it. */
export class WireWriter {
  private readonly parts: Uint8Array[] = [];

  number(value: number): this {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeUInt32LE(value, 0);
    this.parts.push(bytes);
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.number(bytes.length);
    this.parts.push(bytes);
    return this;
  }

  text(text: string): this {
    return this.bytes(Buffer.from(text));
  }

  finish(): Buffer {
    return Buffer.concat(this.parts);
  }
}

export class WireReader {
  at = 0;

  constructor(private readonly source: Uint8Array) {}

  number(): number {
    const { buffer, byteOffset, byteLength } = this.source;
    const value = new DataView(buffer, byteOffset, byteLength).getUint32(this.at, true);
    this.at += 4;
    return value;
  }

  bytes(): Uint8Array {
    const length = this.number();
    if (this.at + length > this.source.length) throw new RangeError('a message ends too early');
    this.at += length;
    return this.source.subarray(this.at - length, this.at);
  }

  text(): string {
    return Buffer.from(this.bytes()).toString('utf8');
  }
}
