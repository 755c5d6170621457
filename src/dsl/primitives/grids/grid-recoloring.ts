/** Grids of the same shape with other entries: replace, switch, cellwise (SPEC 3.6). */
import { componentOf } from '../../components.js';
import { fail } from '../../errors.js';
import { dimensionsOf, rowsOf } from '../../grids/grid.js';
import { copyOfCells, newCells } from '../../value/arrays.js';
import { asGrid, gridOfRows } from '../../value/construct.js';
import { equals } from '../../value/equality.js';
import { Grid, isInteger, packsColor, type Tuple, type Value } from '../../value/value.js';

/** Replaces every entry equal to `replacee` by `replacer`. */
export function replace(grid: Value, replacee: Value, replacer: Value): Tuple {
  const flat = asGrid(grid);
  if (flat !== null && packsColor(replacer)) {
    return isInteger(replacee) ? replaced(flat, Number(replacee), replacer) : flat;
  }
  return gridOfRows(
    rowsOf(grid).map((row) => row.map((entry) => (equals(entry, replacee) ? replacer : entry))),
  );
}

function replaced(grid: Grid, replacee: number, replacer: number): Grid {
  const cells = copyOfCells(grid.cells);
  for (let k = 0; k < cells.length; k++) {
    if (cells[k] === replacee) cells[k] = replacer;
  }
  return new Grid(grid.height, grid.width, cells);
}

/** Swaps entries equal to `a` and entries equal to `b`. */
export function switchColors(grid: Value, a: Value, b: Value): Tuple {
  const flat = asGrid(grid);
  if (flat !== null && packsColor(a) && packsColor(b)) return switched(flat, a, b);
  return gridOfRows(
    rowsOf(grid).map((row) => row.map((entry) => (equals(entry, a) ? b : equals(entry, b) ? a : entry))),
  );
}

function switched(grid: Grid, a: number, b: number): Grid {
  const cells = copyOfCells(grid.cells);
  for (let k = 0; k < cells.length; k++) {
    const color = cells[k];
    if (color === a) cells[k] = b;
    else if (color === b) cells[k] = a;
  }
  return new Grid(grid.height, grid.width, cells);
}

/**
 * The entries in which two grids agree, over the dimensions of `a`, and `fallback` elsewhere; `index` if `b` is
 * smaller.
 */
export function cellwise(a: Value, b: Value, fallback: Value): Tuple {
  const left = asGrid(a);
  const right = asGrid(b);
  if (left !== null && right !== null && packsColor(fallback)) return agreement(left, right, fallback);
  const { height, width } = dimensionsOf(a);
  return gridOfRows(
    Array.from({ length: height }, (_, i) => (width === 0 ? [] : agreementInRow(a, b, i, width, fallback))),
  );
}

function agreementInRow(a: Value, b: Value, i: number, width: number, fallback: Value): Value[] {
  const left = componentOf(a, i);
  let right: Value = null;
  return Array.from({ length: width }, (_, j) => {
    const entry = componentOf(left, j);
    if (j === 0) right = componentOf(b, i);
    return equals(entry, componentOf(right, j)) ? entry : fallback;
  });
}

function agreement(a: Grid, b: Grid, fallback: number): Grid {
  if (b.height < a.height || b.width < a.width)
    return fail('index', 'the second grid is smaller than the first');
  const { cells: left, width } = a;
  const { cells: right } = b;
  const cells = newCells(left.length);
  for (let k = 0, start = 0; k < left.length; start += b.width) {
    for (let j = start; j < start + width; j++, k++) {
      const color = left[k];
      const difference = color ^ right[j];
      // All ones if the colours differ. An unpredictable branch would cost five times as much.
      const differs = (difference | -difference) >> 31;
      cells[k] = color ^ ((color ^ fallback) & differs);
    }
  }
  return new Grid(a.height, a.width, cells);
}
