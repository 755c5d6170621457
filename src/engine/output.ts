/** A program's output as bytes: what is stored, compared and shown instead of the value. */
import { createHash } from 'node:crypto';
import { asGrid } from '../dsl/value/build.js';
import { elementsOf } from '../dsl/value/order.js';
import { Grid, isInteger, isTuple, type Value } from '../dsl/value/value.js';
import { ByteReader, ByteWriter } from '../encoding/bytes.js';

/** The first 16 bytes of the SHA-256 of an encoded output, as 16 characters. Equal exactly for equal outputs. */
export type OutputDigest = string & { readonly kind: 'OutputDigest' };

/** Rows and columns of a valid ARC grid. */
const LARGEST_SIDE = 30;

/** An output with more entries is kept as its digest and dimensions only. */
const LARGEST_KEPT = 10_000;

const FLAT = 1;
const ROWS = 2;
const OMITTED = 3;

export interface Output {
  readonly bytes: Uint8Array;
  /** 1..30 rows and columns, every entry 0..9. */
  readonly valid: boolean;
}

/** Encodes a grid: a tuple of tuples of integers (booleans count as 0 and 1). Null for any other value. */
export function encodeOutput(value: Value): Output | null {
  const grid = asGrid(value);
  return grid === null ? encodeRows(value) : encodeGrid(grid);
}

function encodeGrid(grid: Grid): Output {
  const { height, width, cells } = grid;
  if (cells.length > LARGEST_KEPT) {
    const digest = createHash('sha256').update(cells).digest();
    const writer = new ByteWriter(64).byte(OMITTED).unsigned(height).unsigned(width).raw(digest);
    return { bytes: writer.finish(), valid: false };
  }
  let valid = height <= LARGEST_SIDE && width <= LARGEST_SIDE;
  for (let k = 0; k < cells.length; k++) {
    if (cells[k] < 0 || cells[k] > 9) valid = false;
  }
  const writer = new ByteWriter(cells.length + 8).byte(FLAT).unsigned(height).unsigned(width);
  writer.raw(new Uint8Array(cells.buffer, cells.byteOffset, cells.length));
  return { bytes: writer.finish(), valid };
}

/** Ragged or empty grids, and entries that are booleans or large: never valid, except that booleans are integers. */
function encodeRows(value: Value): Output | null {
  if (!isTuple(value)) return null;
  const rows: number[][] = [];
  let total = 0;
  for (const row of elementsOf(value)) {
    if (!isTuple(row)) return null;
    const entries: number[] = [];
    for (const entry of elementsOf(row)) {
      if (!isInteger(entry)) return null;
      entries.push(Number(entry));
    }
    rows.push(entries);
    total += entries.length;
  }
  const width = rows.length === 0 ? 0 : rows[0].length;
  const small = rows.every((row) => row.length === width && row.every((entry) => entry >= 0 && entry <= 9));
  if (small && width > 0 && rows.length <= LARGEST_SIDE && width <= LARGEST_SIDE) {
    const writer = new ByteWriter(total + 8).byte(FLAT).unsigned(rows.length).unsigned(width);
    return { bytes: writer.raw(Uint8Array.from(rows.flat())).finish(), valid: true };
  }
  const encoded = new TextEncoder().encode(JSON.stringify(rows));
  const writer = new ByteWriter(64)
    .byte(total > LARGEST_KEPT ? OMITTED : ROWS)
    .unsigned(rows.length)
    .unsigned(width);
  writer.raw(total > LARGEST_KEPT ? createHash('sha256').update(encoded).digest() : encoded);
  return { bytes: writer.finish(), valid: false };
}

export function digestOutput(bytes: Uint8Array): OutputDigest {
  return createHash('sha256').update(bytes).digest('binary').slice(0, 16) as OutputDigest;
}

/** The rows of an encoded output; null when they were too many to keep. */
export function rowsOfOutput(bytes: Uint8Array): number[][] | null {
  const reader = new ByteReader(bytes);
  const form = reader.byte();
  const height = reader.unsigned();
  const width = reader.unsigned();
  if (form === OMITTED) return null;
  if (form === ROWS) return JSON.parse(new TextDecoder().decode(bytes.subarray(reader.at))) as number[][];
  const cells = reader.raw(height * width);
  const rows: number[][] = [];
  for (let i = 0; i < height; i++) {
    rows.push(Array.from(cells.subarray(i * width, (i + 1) * width), (entry) => (entry << 24) >> 24));
  }
  return rows;
}

/** An encoded output as a grid; null where it is ragged, empty, or too large to be kept. */
export function gridOfOutput(bytes: Uint8Array): Grid | null {
  const reader = new ByteReader(bytes);
  if (reader.byte() !== FLAT) return null;
  const height = reader.unsigned();
  const width = reader.unsigned();
  return new Grid(height, width, new Int8Array(reader.raw(height * width)));
}
