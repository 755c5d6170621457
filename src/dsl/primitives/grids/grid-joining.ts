/** Making grids from a colour or from other grids: canvas, hconcat, vconcat (SPEC 3.6). */
import { plus } from '../../arithmetic.js';
import { componentOf, integerOf } from '../../components.js';
import { emptyRows, reserve } from '../../grids/grid.js';
import { spendOnCells } from '../../meter.js';
import { newCells } from '../../value/arrays.js';
import { asGrid, tupleOf } from '../../value/construct.js';
import { elementsOf } from '../../value/order.js';
import { Grid, isTuple, packsColor, type Tuple, type Value, weightOf } from '../../value/value.js';

/** `dimensions` (height, width) copies of a value; a number that is not positive counts as 0. */
export function canvas(value: Value, dimensions: Value): Tuple {
  const height = Math.max(0, integerOf(componentOf(dimensions, 0)));
  if (height === 0) return emptyRows(0);
  const width = Math.max(0, integerOf(componentOf(dimensions, 1)));
  reserve(height * Math.max(1, width));
  if (width === 0) return emptyRows(height);
  if (packsColor(value)) return new Grid(height, width, newCells(height * width).fill(value));
  const row = tupleOf(new Array<Value>(width).fill(value));
  return tupleOf(new Array<Value>(height).fill(row));
}

/** Each row of `a` followed by the corresponding row of `b`, up to the smaller number of rows. */
export function hconcat(a: Value, b: Value): Tuple {
  reserve(weightOf(a) + weightOf(b));
  const left = asGrid(a);
  const right = asGrid(b);
  if (left !== null && right !== null) return sideBySide(left, right);
  const others = elementsOf(b);
  const rows = elementsOf(a).slice(0, others.length);
  spendOnCells(rows.length);
  const tuple = tupleOf(rows.map((row, i) => joined(row, others[i])));
  return asGrid(tuple) ?? tuple;
}

/** One row followed by the other; the caller has charged for both. If they are no rows, their sum. */
function joined(row: Value, other: Value): Value {
  if (!isTuple(row) || !isTuple(other)) return plus(row, other);
  return tupleOf([...elementsOf(row), ...elementsOf(other)]);
}

function sideBySide(a: Grid, b: Grid): Grid {
  const height = Math.min(a.height, b.height);
  const width = a.width + b.width;
  const cells = newCells(height * width);
  copyRows(a, cells, width, height, 0);
  copyRows(b, cells, width, height, a.width);
  return new Grid(height, width, cells);
}

/** Copies the first `height` rows of a grid into rows of `width` cells, from column `left` on. */
function copyRows(grid: Grid, cells: Int8Array, width: number, height: number, left: number): void {
  const source = grid.cells;
  let from = 0;
  for (let i = 0; i < height; i++) {
    let to = i * width + left;
    for (const end = from + grid.width; from < end; from++) cells[to++] = source[from];
  }
}

/** The rows of `a`, then the rows of `b`, whatever they contain; the sum of two integers. */
export function vconcat(a: Value, b: Value): Value {
  reserve(weightOf(a) + weightOf(b));
  const upper = asGrid(a);
  const lower = asGrid(b);
  if (upper !== null && lower !== null && upper.width === lower.width) return stacked(upper, lower);
  const tuple = joined(a, b);
  return asGrid(tuple) ?? tuple;
}

function stacked(a: Grid, b: Grid): Grid {
  const cells = newCells(a.cells.length + b.cells.length);
  cells.set(a.cells);
  cells.set(b.cells, a.cells.length);
  return new Grid(a.height + b.height, a.width, cells);
}
