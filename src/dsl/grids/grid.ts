/** What primitives on grids share: dimensions, rows, and the allocation of results. */
import { fail } from '../errors.js';
import { allocate, OVER_BUDGET } from '../meter.js';
import { tupleOf } from '../value/construct.js';
import { equals, itemOf } from '../value/equality.js';
import { describe, elementsOf, lengthOf } from '../value/order.js';
import { EMPTY_TUPLE, Grid, isTuple, MAX_COORDINATE, type Tuple, type Value } from '../value/value.js';

/** No value with more elements is built, however large the budget: it would not fit into memory. */
export const ELEMENT_LIMIT = 2 ** 26;

/** Charges for `elements` before they are allocated: any non-negative number, including Infinity. */
export function reserve(elements: number): void {
  allocate(elements);
  if (elements > ELEMENT_LIMIT) fail('budget', OVER_BUDGET);
}

/** The number of rows, and the length of the first row. */
export interface Dimensions {
  readonly height: number;
  readonly width: number;
}

/** The dimensions of a grid (SPEC 1.6, "dims"); `type` if the value is no tuple, `index` if it has no rows. */
export function dimensionsOf(grid: Value): Dimensions {
  if (grid instanceof Grid) return grid;
  const tuple = requireTuple(grid);
  if (tuple.length === 0) return fail('index', 'the grid has no rows');
  return { height: tuple.length, width: lengthOf(itemOf(tuple, 0)) };
}

/** Whether all positions of a grid with these dimensions fit into keys. */
export function packsPositions(height: number, width: number): boolean {
  return height <= MAX_COORDINATE + 1 && width <= MAX_COORDINATE + 1;
}

/** The rows of a grid in any layout, each as its elements in iteration order. Never write to them. */
export function rowsOf(grid: Value): readonly (readonly Value[])[] {
  const lines = elementsOf(grid);
  // V8 has six kinds of arrays, and optimized code knows those that it has met. All lists of rows are of one kind.
  const rows = new Array<readonly Value[]>(lines.length);
  for (let i = 0; i < lines.length; i++) rows[i] = elementsOf(lines[i]);
  return rows;
}

/** The rows of a grid for slicing; `type` unless it is a tuple of tuples. Never write to them. */
export function tupleRowsOf(grid: Value): readonly (readonly Value[])[] {
  const lines = elementsOf(requireTuple(grid));
  const rows = new Array<readonly Value[]>(lines.length);
  for (let i = 0; i < lines.length; i++) rows[i] = elementsOf(requireTuple(lines[i]));
  return rows;
}

/** The rows, each from its end to its start. */
export function reversedRows(rows: readonly (readonly Value[])[]): (readonly Value[])[] {
  const reversed = new Array<readonly Value[]>(rows.length);
  for (let i = 0; i < rows.length; i++) reversed[i] = rows[i].toReversed();
  return reversed;
}

/** The value as a tuple; `type` if it is none. */
export function requireTuple(value: Value): Tuple {
  if (!isTuple(value)) return fail('type', `${describe(value)} is no grid and no row of one`);
  return value;
}

/** The length of the shortest row; 0 if there are no rows. */
export function shortestRow(rows: readonly (readonly Value[])[]): number {
  return rows.reduce((least, row) => Math.min(least, row.length), rows.length === 0 ? 0 : rows[0].length);
}

/** Whether there are values and all are equal. */
export function isUniform(values: readonly Value[]): boolean {
  return values.length > 0 && values.every((value) => equals(value, values[0]));
}

/** The columns of these rows, up to the length of the shortest row. */
export function columnsOf(rows: readonly (readonly Value[])[]): Value[][] {
  return Array.from({ length: shortestRow(rows) }, (_, j) => rows.map((row) => row[j]));
}

/** The tuple of `count` empty rows. */
export function emptyRows(count: number): Tuple {
  return tupleOf(new Array<Value>(count).fill(EMPTY_TUPLE));
}

/** The grid with these cells, row by row. Takes ownership of the array. Either dimension may be 0. */
export function gridOf(height: number, width: number, cells: Int8Array): Tuple {
  return height === 0 || width === 0 ? emptyRows(height) : new Grid(height, width, cells);
}
