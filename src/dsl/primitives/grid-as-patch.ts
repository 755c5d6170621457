/** Grids as patches: all cells, all positions (SPEC 3.6). */
import { dimensionsOf, packsPositions, reserve } from '../grid.js';
import { spendOnMembers } from '../meter.js';
import { orderedSetOf } from '../ordered-set.js';
import { newKeys } from '../value/arrays.js';
import { asGrid, distinctSetOf, indicesOf, pairOf } from '../value/build.js';
import { elementsOf, lengthOf } from '../value/order.js';
import {
  Cells,
  cellKey,
  EMPTY_SET,
  type Grid,
  Pair,
  positionKey,
  type SetValue,
  type Value,
  weightOf,
} from '../value/value.js';

/** The set of all cells of a grid of any layout. */
export function asobject(grid: Value): SetValue {
  const flat = asGrid(grid);
  if (flat !== null && packsPositions(flat.height, flat.width)) return cellsOfGrid(flat);
  spendOnMembers(weightOf(grid));
  const cells: Value[] = [];
  elementsOf(grid).forEach((row, i) => {
    elementsOf(row).forEach((entry, j) => {
      cells.push(pairOf(entry, new Pair(i, j)));
    });
  });
  return distinctSetOf(cells);
}

function cellsOfGrid(grid: Grid): Cells {
  const { width, cells } = grid;
  const keys = newKeys(cells.length);
  let count = 0;
  for (let j = 0; j < width; j++) {
    let blank = cellKey(0, 0, j);
    for (let k = j; k < cells.length; k += width) {
      keys[count++] = blank + cells[k];
      blank += ROW_STEP;
    }
  }
  return new Cells(keys);
}

/** How far apart the keys of two cells of one colour are, one below the other. */
const ROW_STEP = cellKey(0, 1, 0) - cellKey(0, 0, 0);

/** The set of all positions within the dimensions of a grid; `()` has none. */
export function asindices(grid: Value): SetValue {
  if (lengthOf(grid) === 0) return EMPTY_SET;
  const { height, width } = dimensionsOf(grid);
  reserve(height * width);
  if (packsPositions(height, width)) return rectangle(height, width);
  spendOnMembers(height * width);
  const positions: Value[] = [];
  for (let j = 0; j < width; j++) {
    for (let i = 0; i < height; i++) positions.push(new Pair(i, j));
  }
  return orderedSetOf(positions);
}

function rectangle(height: number, width: number): SetValue {
  const keys = newKeys(height * width);
  let count = 0;
  for (let j = 0; j < width; j++) {
    const top = positionKey(0, j);
    for (let key = top; key < top + height; key++) keys[count++] = key;
  }
  return indicesOf(keys);
}
