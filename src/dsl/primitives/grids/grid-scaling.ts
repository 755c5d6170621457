/** Scaling grids up and down by a whole factor (SPEC 3.6). */
import { integerOf } from '../../components.js';
import { fail } from '../../errors.js';
import { dimensionsOf, emptyRows, reserve, rowsOf, tupleRowsOf } from '../../grids/grid.js';
import { newCells } from '../../value/arrays.js';
import { asGrid, gridOfRows, tupleOf } from '../../value/construct.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { Grid, isSet, type Tuple, type Value, weightOf } from '../../value/value.js';
import { upscaleObject } from '../objects/object-scaling.js';

/** Every entry repeated `factor` times within its row. */
export function hupscale(grid: Value, factor: Value): Tuple {
  const flat = asGrid(grid);
  const rows = flat === null ? rowsOf(grid) : [];
  const times = timesOf(factor, flat !== null || rows.some((row) => row.length > 0));
  reserve(weightOf(grid) * times);
  if (flat !== null) return scaled(flat, 1, times);
  return gridOfRows(rows.map((row) => stretched(row, times)));
}

/** Every row repeated `factor` times. */
export function vupscale(grid: Value, factor: Value): Tuple {
  const times = timesOf(factor, lengthOf(grid) > 0);
  reserve(weightOf(grid) * times);
  const flat = asGrid(grid);
  if (flat !== null) return scaled(flat, times, 1);
  const tuple = tupleOf(stretched(elementsOf(grid), times));
  return asGrid(tuple) ?? tuple;
}

/** Scales in both directions: a tuple as a grid, a set as an object. */
export function upscale(element: Value, factor: Value): Value {
  if (isSet(element)) return upscaleObject(element, factor);
  const times = timesOf(factor, lengthOf(element) > 0);
  reserve(weightOf(element) * times * times);
  const flat = asGrid(element);
  if (flat !== null) return scaled(flat, times, times);
  const rows = rowsOf(element).map((row) => tupleOf(stretched(row, times)));
  const tuple = tupleOf(stretched(rows, times));
  return asGrid(tuple) ?? tuple;
}

/** The number of repetitions; the factor is only checked if there is something to repeat. */
function timesOf(factor: Value, needed: boolean): number {
  return needed ? Math.max(0, integerOf(factor)) : 0;
}

/** Each value repeated `times` times. */
function stretched(values: readonly Value[], times: number): Value[] {
  const result = new Array<Value>(values.length * times);
  let at = 0;
  for (const value of values) {
    for (let copy = 0; copy < times; copy++) result[at++] = value;
  }
  return result;
}

/** Each entry as a block of `down` rows and `across` columns, either of which may be 0. */
function scaled(grid: Grid, down: number, across: number): Tuple {
  const { height, width, cells } = grid;
  if (down === 0 || across === 0) return emptyRows(height * down);
  const scaledWidth = width * across;
  const result = newCells(height * down * scaledWidth);
  for (let i = 0; i < height; i++) {
    const start = i * down * scaledWidth;
    writeScaledRow(cells, i * width, width, across, result, start);
    for (let copy = 1; copy < down; copy++)
      result.copyWithin(start + copy * scaledWidth, start, start + scaledWidth);
  }
  return new Grid(height * down, scaledWidth, result);
}

/** From this many copies of one entry on, `fill` is faster than a loop. */
const LONG_RUN = 32;

/** Writes a row of `width` cells, each of them `across` times. */
function writeScaledRow(
  cells: Int8Array,
  from: number,
  width: number,
  across: number,
  result: Int8Array,
  start: number,
): void {
  for (let k = from, at = start; k < from + width; k++, at += across) {
    if (across >= LONG_RUN) result.fill(cells[k], at, at + across);
    else for (let copy = 0; copy < across; copy++) result[at + copy] = cells[k];
  }
}

/** The rows and columns whose index is a multiple of `factor`. */
export function downscale(grid: Value, factor: Value): Tuple {
  const { height, width } = dimensionsOf(grid);
  const step = Math.abs(integerOf(factor));
  if (step === 0) return fail('zero', 'downscale by 0');
  const flat = asGrid(grid);
  if (flat !== null) return thinned(flat, step);
  if (width === 0) return emptyRows(Math.ceil(height / step));
  const rows = tupleRowsOf(grid).map((row) => everyNth(row, width, step));
  return gridOfRows(everyNth(rows, height, step));
}

/** Elements 0, step, 2 step ... before `end`; `index` if one of them is missing. */
function everyNth<T>(values: readonly T[], end: number, step: number): T[] {
  const kept: T[] = [];
  for (let k = 0; k < end; k += step) {
    if (k >= values.length) return fail('index', 'the grid has a shorter row');
    kept.push(values[k]);
  }
  return kept;
}

function thinned(grid: Grid, step: number): Grid {
  const { height, width, cells } = grid;
  const thinHeight = Math.ceil(height / step);
  const thinWidth = Math.ceil(width / step);
  const result = newCells(thinHeight * thinWidth);
  let at = 0;
  for (let i = 0; i < height; i += step) {
    for (let j = 0; j < width; j += step) result[at++] = cells[i * width + j];
  }
  return new Grid(thinHeight, thinWidth, result);
}
