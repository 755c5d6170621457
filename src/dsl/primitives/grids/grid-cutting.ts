/** Parts of grids: crop, halves, splits, compress (SPEC 3.6). */
import { componentOf, integerOf } from '../../components.js';
import { fail } from '../../errors.js';
import {
  columnsOf,
  dimensionsOf,
  emptyRows,
  gridOf,
  isUniform,
  requireTuple,
  reserve,
  rowsOf,
} from '../../grids/grid.js';
import { spendOnCells } from '../../meter.js';
import { boundsOf } from '../../patches/patch.js';
import { copyOfCells, newCells } from '../../value/arrays.js';
import { asGrid, gridOfRows, tupleOf } from '../../value/construct.js';
import { itemOf } from '../../value/equality.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { EMPTY_TUPLE, Grid, isTuple, Pair, type Tuple, type Value } from '../../value/value.js';
import { dmirror } from '../objects/mirrors.js';
import { ulcorner } from '../patches/corners.js';
import { shape } from '../patches/patch-measures.js';
import { rot90, rot270 } from './grid-turning.js';

/** The rectangle of `dims` (height, width) at `start`, by the slicing rules of SPEC 1.6. */
export function crop(grid: Value, start: Value, dims: Value): Tuple {
  const flat = asGrid(grid);
  if (flat !== null && start instanceof Pair && dims instanceof Pair) {
    return cut(flat, start.i, start.i + dims.i, start.j, start.j + dims.j);
  }
  const first = componentOf(start, 0);
  const height = componentOf(dims, 0);
  const top = integerOf(first);
  const rows = rowsBetween(grid, top, top + integerOf(height));
  // The columns are only checked if there are rows.
  if (rows.length === 0) return EMPTY_TUPLE;
  const column = componentOf(start, 1);
  const width = componentOf(dims, 1);
  const left = integerOf(column);
  return columnsBetween(rows, left, left + integerOf(width));
}

/** The bounding box of a patch, cut out of the grid. A tuple is measured like a grid; `index` for the empty patch. */
export function subgrid(patch: Value, grid: Value): Tuple {
  const bounds = boundsOf(patch);
  if (lengthOf(patch) === 0) return fail('index', 'subgrid of an empty patch');
  if (bounds === null) {
    const start = ulcorner(patch);
    return crop(grid, start, shape(patch));
  }
  const { top, left, bottom, right } = bounds;
  if (isTuple(patch)) return part(grid, top, top + patch.length, left, left + lengthOf(itemOf(patch, 0)));
  return part(grid, top, bottom + 1, left, right + 1);
}

/** The grid without its outermost rows and columns. */
export function trim(grid: Value): Tuple {
  return part(grid, 1, -1, 1, -1);
}

/** The first half of the rows, without the middle row; `type` if the value is no tuple. */
export function tophalf(grid: Value): Tuple {
  const { length } = requireTuple(grid);
  return rowsOnly(grid, 0, length >> 1);
}

/** The last half of the rows, without the middle row; `type` if the value is no tuple. */
export function bottomhalf(grid: Value): Tuple {
  const { length } = requireTuple(grid);
  return rowsOnly(grid, (length + 1) >> 1, length);
}

/** The first half of the columns, without the middle column; `()` if nothing remains. */
export function lefthalf(grid: Value): Tuple {
  const flat = asGrid(grid);
  if (flat === null) return rot270(tophalf(rot90(grid)));
  return flat.width === 1 ? EMPTY_TUPLE : cut(flat, 0, flat.height, 0, flat.width >> 1);
}

/** The last half of the columns, without the middle column; `()` if nothing remains. */
export function righthalf(grid: Value): Tuple {
  const flat = asGrid(grid);
  if (flat === null) return rot270(bottomhalf(rot90(grid)));
  return flat.width === 1 ? EMPTY_TUPLE : cut(flat, 0, flat.height, (flat.width + 1) >> 1, flat.width);
}

/**
 * The tuple of `n` equally wide pieces, from left to right, with a separating column between them if `n` does not
 * divide the width.
 */
export function hsplit(grid: Value, n: Value): Tuple {
  const { height, width } = dimensionsOf(grid);
  const count = pieces(n);
  if (count < 0) return EMPTY_TUPLE;
  const size = Math.floor(width / count);
  const step = width % count === 0 ? size : size + 1;
  reserve(count * Math.max(1, size) * height);
  spendOnCells(count);
  const parts: Value[] = [];
  for (let left = 0; parts.length < count; left += step) parts.push(part(grid, 0, height, left, left + size));
  return tupleOf(parts);
}

/**
 * The tuple of `n` equally high pieces, from top to bottom, with a separating row between them if `n` does not divide
 * the height.
 */
export function vsplit(grid: Value, n: Value): Tuple {
  lengthOf(grid);
  const count = pieces(n);
  const { height, width } = dimensionsOf(grid);
  if (count < 0) return EMPTY_TUPLE;
  const size = Math.floor(height / count);
  const step = height % count === 0 ? size : size + 1;
  reserve(count * Math.max(1, size * width));
  spendOnCells(count);
  const parts: Value[] = [];
  for (let top = 0; parts.length < count; top += step) parts.push(part(grid, top, top + size, 0, width));
  return tupleOf(parts);
}

/** A number of pieces, which may be negative; `zero` for 0. */
function pieces(n: Value): number {
  const count = integerOf(n);
  if (count === 0) return fail('zero', 'a grid cannot be split into 0 pieces');
  return count;
}

/** The slice of rows and columns (SPEC 1.6) of a grid in any layout. */
function part(grid: Value, top: number, bottom: number, left: number, right: number): Tuple {
  const flat = asGrid(grid);
  if (flat !== null) return cut(flat, top, bottom, left, right);
  return columnsBetween(rowsBetween(grid, top, bottom), left, right);
}

function cut(grid: Grid, top: number, bottom: number, left: number, right: number): Tuple {
  const { width, cells } = grid;
  const firstRow = clamped(top, grid.height);
  const firstColumn = clamped(left, width);
  const height = Math.max(0, clamped(bottom, grid.height) - firstRow);
  const cutWidth = Math.max(0, clamped(right, width) - firstColumn);
  if (height === 0 || cutWidth === 0) return emptyRows(height);
  const start = firstRow * width + firstColumn;
  if (cutWidth === width) return new Grid(height, width, copyOfCells(cells, start, start + height * width));
  const result = newCells(height * cutWidth);
  let at = 0;
  for (let from = start; at < result.length; from += width) {
    for (let k = from; k < from + cutWidth; k++) result[at++] = cells[k];
  }
  return new Grid(height, cutWidth, result);
}

/** A bound of a slice: counted from the end if negative, then limited to 0..length. */
function clamped(bound: number, length: number): number {
  return Math.min(Math.max(bound < 0 ? bound + length : bound, 0), length);
}

function rowsBetween(grid: Value, top: number, bottom: number): readonly Value[] {
  return elementsOf(requireTuple(grid)).slice(top, bottom);
}

function columnsBetween(rows: readonly Value[], left: number, right: number): Tuple {
  return gridOfRows(rows.map((row) => elementsOf(requireTuple(row)).slice(left, right)));
}

/** The rows from `top` to before `bottom`, both within bounds, whatever the rows contain. */
function rowsOnly(grid: Value, top: number, bottom: number): Tuple {
  const flat = asGrid(grid);
  if (flat !== null) return cut(flat, top, bottom, 0, flat.width);
  const tuple = tupleOf(rowsBetween(grid, top, bottom));
  return asGrid(tuple) ?? tuple;
}

/** The grid without the rows and columns in which all values are equal. */
export function compress(grid: Value): Tuple {
  const flat = asGrid(grid);
  if (flat !== null) return compressed(flat);
  const rows = rowsOf(grid);
  const dropped = new Set<number>();
  // A value that is no tuple is mirrored as a patch, and then read row by row.
  const columns = isTuple(grid) ? columnsOf(rows) : rowsOf(dmirror(grid));
  columns.forEach((column, j) => {
    if (isUniform(column)) dropped.add(j);
  });
  const kept = rows.filter((row) => !isUniform(row));
  return gridOfRows(kept.map((row) => row.filter((_, j) => !dropped.has(j))));
}

function compressed(grid: Grid): Tuple {
  const { height, width, cells } = grid;
  // Columns are compared with the first row, rows with their first entry.
  const columnVaries = new Uint8Array(width);
  const rows: number[] = [];
  for (let i = 0, k = 0; i < height; i++) {
    const head = cells[k];
    let rowVaries = 0;
    for (let j = 0; j < width; j++, k++) {
      // Differing bits are collected without branches, which would be unpredictable.
      rowVaries |= cells[k] ^ head;
      columnVaries[j] |= cells[k] ^ cells[j];
    }
    if (rowVaries !== 0) rows.push(i);
  }
  const columns: number[] = [];
  for (let j = 0; j < width; j++) {
    if (columnVaries[j] !== 0) columns.push(j);
  }
  if (rows.length === height && columns.length === width) return grid;
  const kept = newCells(rows.length * columns.length);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i] * width;
    for (let k = 0; k < columns.length; k++) kept[at++] = cells[start + columns[k]];
  }
  return gridOf(rows.length, columns.length, kept);
}
