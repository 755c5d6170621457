/** The messages between a build and an interpreter. Numbers are little-endian, and have four bytes unless noted. */

/** The kinds of requests; `start` comes first, and once. */
export const Kind = { load: 1, cells: 2, start: 3 } as const;

/** Length of the header of the memory file (make-start.ts), which describes the memory in JSON. */
export const START_HEAD = 4096;

/** The first byte of a cell's result (runtime.py): the kind of the result. */
export const End = {
  /** Followed by height, width and one byte for each entry. */
  grid: 'G',
  /** Followed by height, width and the entries in decimal, separated by commas. */
  rows: 'R',
  /** Followed by a description of the value that is not a grid. */
  noGrid: 'N',
  error: 'E',
  overBudget: 'B',
  /** The interpreter broke; followed by its error. */
  crashed: 'C',
  /** Skipped, because the program failed before. */
  skipped: 'S',
} as const;

/** The length of what precedes the text or the grid: the kind, the number of events (eight bytes), and the statement at which the cell ended, from 1. */
export const END_HEAD = 13;

/** A sequence of byte strings, each preceded by its length. */
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
