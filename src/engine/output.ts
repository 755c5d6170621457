/** A program's output as bytes, which are stored, compared and shown instead of the value. */
import { asGrid } from '../dsl/value/construct.js';
import { describe, elementsOf } from '../dsl/value/order.js';
import { Grid, isInteger, isTuple, packsColor, type Value } from '../dsl/value/value.js';
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { sha256Binary } from '../encoding/digest.js';

/** The first 16 bytes of the SHA-256 of an encoded output, as 16 characters. Equal exactly for equal outputs. */
export type OutputDigest = string & { readonly kind: 'OutputDigest' };

/** Of a grid with more cells only digest and dimensions are stored: no task has a larger one. */
const LARGEST_KEPT = 65_536;

/** The same for entries that do not fit into a byte: their encoding is long, and no task has such grids. */
const MOST_ENTRIES = 10_000;

const FLAT = 1;
const ROWS = 2;
const OMITTED = 3;

/** Encodings are written here and then copied: a buffer with unused capacity would cost twice. */
const scratch = new ByteWriter(LARGEST_KEPT + 16);

export interface Output {
  readonly bytes: Uint8Array;
  /** The larger of its height and width; 0 if no task can have such a grid, because an entry is not 0..9. */
  readonly side: number;
}

/**
 * Encodes a grid: one or more rows of the same length, which is not 0, of integers (booleans count as 0 and 1). Null
 * for any other value.
 */
export function encodeOutput(value: Value): Output | null {
  const grid = asGrid(value);
  if (grid !== null) return encodeGrid(grid);
  const rows = rowsOf(value);
  return rows === null ? null : encodeRowsOutput(rows);
}

/** The same for rows of safe integers. */
export function encodeRowsOutput(rows: readonly number[][]): Output | null {
  if (!isRectangular(rows)) return null;
  // A grid with booleans does not have the flat layout, but is equal to one that has.
  const flat = flatGrid(rows);
  return flat === null ? encodeRows(rows) : encodeGrid(flat);
}

/** A description of a value that is no grid, without its contents. */
export function describeNoGrid(value: Value): string {
  const rows = rowsOf(value);
  if (rows === null) return describe(value);
  if (rows.length === 0) return 'an empty tuple';
  return rows.every((row) => row.length === 0) ? 'a tuple of empty rows' : 'rows of different lengths';
}

function isRectangular(rows: readonly number[][]): boolean {
  const width = rows[0]?.length ?? 0;
  return width > 0 && rows.every((row) => row.length === width);
}

/** The grid with these rows; null if they do not fit the flat layout. */
function flatGrid(rows: readonly number[][]): Grid | null {
  const fits = rows.every((row) => row.every(packsColor));
  return fits ? new Grid(rows.length, rows[0].length, Int8Array.from(rows.flat())) : null;
}

function rowsOf(value: Value): number[][] | null {
  if (!isTuple(value)) return null;
  const rows: number[][] = [];
  for (const row of elementsOf(value)) {
    if (!isTuple(row)) return null;
    const entries: number[] = [];
    for (const entry of elementsOf(row)) {
      if (!isInteger(entry)) return null;
      entries.push(Number(entry));
    }
    rows.push(entries);
  }
  return rows;
}

function encodeGrid(grid: Grid): Output {
  const { height, width, cells } = grid;
  const bytes = new Uint8Array(cells.buffer, cells.byteOffset, cells.length);
  if (cells.length > LARGEST_KEPT) return omitted(height, width, bytes);
  scratch.length = 0;
  scratch.byte(FLAT).unsigned(height).unsigned(width).raw(bytes);
  return { bytes: scratch.finish(), side: isDigits(bytes) ? Math.max(height, width) : 0 };
}

function isDigits(bytes: Uint8Array): boolean {
  for (let k = 0; k < bytes.length; k++) {
    if (bytes[k] > 9) return false;
  }
  return true;
}

/** Encodes grids with entries that do not fit into a byte. */
function encodeRows(rows: readonly number[][]): Output {
  const [height, width] = [rows.length, rows[0].length];
  const bytes = new TextEncoder().encode(JSON.stringify(rows));
  if (height * width > MOST_ENTRIES) return omitted(height, width, bytes);
  const writer = new ByteWriter(bytes.length + 8).byte(ROWS).unsigned(height).unsigned(width);
  return { bytes: writer.raw(bytes).finish(), side: 0 };
}

function omitted(height: number, width: number, content: Uint8Array): Output {
  // Not as a Buffer: with the first one that Node makes, V8 drops all code that asks typed arrays for their length.
  const digest = sha256Binary(content);
  const writer = new ByteWriter(64).byte(OMITTED).unsigned(height).unsigned(width).latin1(digest);
  return { bytes: writer.finish(), side: 0 };
}

export function digestOutput(bytes: Uint8Array): OutputDigest {
  return sha256Binary(bytes).slice(0, 16) as OutputDigest;
}

/** The rows of an encoded output; null if there were too many cells to store. */
export function rowsOfOutput(bytes: Uint8Array): number[][] | null {
  const reader = new ByteReader(bytes);
  const form = reader.byte();
  const height = reader.unsigned();
  const width = reader.unsigned();
  if (form === OMITTED) return null;
  if (form === ROWS) return JSON.parse(new TextDecoder().decode(bytes.subarray(reader.at))) as number[][];
  const cells = reader.raw(height * width);
  const rows: number[][] = [];
  for (let i = 0, at = 0; i < height; i++) {
    const row: number[] = [];
    for (let j = 0; j < width; j++) row.push((cells[at++] << 24) >> 24);
    rows.push(row);
  }
  return rows;
}

/** An encoded output as a grid; null if an entry does not fit into a byte, or if it was too large to store. */
export function gridOfOutput(bytes: Uint8Array): Grid | null {
  const reader = new ByteReader(bytes);
  if (reader.byte() !== FLAT) return null;
  const height = reader.unsigned();
  const width = reader.unsigned();
  return new Grid(height, width, new Int8Array(reader.raw(height * width)));
}
