/** Grids as text: short, and readable in the JSON of a report. */
import type { PackedGrid } from '../data.js';

/** Rows of any lengths, with any entries. */
export function packGrid(rows: readonly (readonly number[])[]): PackedGrid {
  const width = rows[0]?.length ?? 0;
  const isPlain = (row: readonly number[]) =>
    row.length === width && row.every((entry) => Number.isInteger(entry) && entry >= 0 && entry <= 9);
  return width > 0 && rows.every(isPlain) ? rows.map((row) => row.join('')).join('/') : rows;
}

export function unpackGrid(packed: PackedGrid): readonly (readonly number[])[] {
  return typeof packed === 'string' ? packed.split('/').map((row) => Array.from(row, Number)) : packed;
}
