/** Grids as patches: all cells, all positions (SPEC 3.6). */
import { type CellForm, COLOR_FIRST } from '../../cell-form.js';
import { dimensionsOf, packsPositions, reserve } from '../../grids/grid.js';
import { spendOnMembers } from '../../meter.js';
import { newKeys } from '../../value/arrays.js';
import { asGrid, distinctSetOf, indicesOf } from '../../value/construct.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { orderedSetOf } from '../../value/ordered-set.js';
import {
  cellKey,
  EMPTY_SET,
  type Grid,
  Pair,
  positionKey,
  type SetValue,
  type Value,
  weightOf,
} from '../../value/value.js';

/** The set of all cells of a grid in any layout. */
export function asobject(grid: Value): SetValue {
  return allCellsOf(grid, COLOR_FIRST);
}

export function allCellsOf(grid: Value, form: CellForm): SetValue {
  const flat = asGrid(grid);
  if (flat !== null && packsPositions(flat.height, flat.width)) return cellsOfGrid(flat, form);
  spendOnMembers(weightOf(grid));
  const cells: Value[] = [];
  elementsOf(grid).forEach((row, i) => {
    elementsOf(row).forEach((entry, j) => {
      cells.push(form.cellOf(entry, i, j));
    });
  });
  return distinctSetOf(cells);
}

function cellsOfGrid(grid: Grid, form: CellForm): SetValue {
  const { cells } = grid;
  const { count: lines, length, lineStep, cellStep } = form.linesOf(grid);
  const keys = newKeys(cells.length);
  let count = 0;
  for (let line = 0; line < lines; line++) {
    let blank = cellKey(0, 0, line);
    for (let place = 0, k = line * lineStep; place < length; place++, k += cellStep) {
      keys[count++] = blank + cells[k];
      blank += PLACE_STEP;
    }
  }
  return form.setOf(keys);
}

/** The difference between the keys of two neighbouring cells of one colour in a line. */
const PLACE_STEP = cellKey(0, 1, 0) - cellKey(0, 0, 0);

/** The set of all positions within the dimensions of a grid; empty for `()`. */
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
