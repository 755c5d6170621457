/** Finds the positions at which an object occurs in a grid (SPEC 3.8, `occurrences`). */

import { type CellForm, COLOR_FIRST } from '../../cell-form.js';
import { integerOf, unpackTwo } from '../../components.js';
import { bitRowsOf } from '../../grids/bit-rows.js';
import { dimensionsOf, packsPositions, reserve } from '../../grids/grid.js';
import { entryOf } from '../../grids/grid-entry.js';
import { spend, spendOnMembers } from '../../meter.js';
import { ROW_MASK } from '../../patches/flat-patch.js';
import { type Bounds, boundsOf } from '../../patches/patch.js';
import { filledRectangle } from '../../patches/rectangles.js';
import { copyOfKeys, newKeys } from '../../value/arrays.js';
import { asGrid, distinctSetOf, indicesOf } from '../../value/construct.js';
import { equals } from '../../value/equality.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import {
  Cells,
  EMPTY_SET,
  type Grid,
  MIN_COORDINATE,
  Pair,
  positionKey,
  type SetValue,
  type Triples,
  type Value,
} from '../../value/value.js';
import { shape } from '../patches/patch-measures.js';
import { normalize } from './recoloring.js';

export function occurrences(grid: Value, object: Value): Value {
  const flat = asGrid(grid);
  if (flat !== null && packsPositions(flat.height, flat.width) && object instanceof Cells) {
    return flatOccurrences(flat, object, boundsOf(object) as Bounds, COLOR_FIRST);
  }
  const normalized = normalize(object);
  const { height, width } = dimensionsOf(grid);
  if (lengthOf(object) === 0) return filledRectangle({ top: 0, bottom: height, left: 0, right: width });
  return looseOccurrences(grid, normalized, shape(object), COLOR_FIRST);
}

/** Tests 32 neighbouring columns at once: the object occurs where the bits of all of its cells are set. */
export function flatOccurrences(
  grid: Grid,
  object: Cells | Triples,
  bounds: Bounds,
  { rowBit, columnBit }: CellForm,
): SetValue {
  const rows = grid.height - (bounds.bottom - bounds.top);
  const columns = grid.width - (bounds.right - bounds.left);
  if (rows <= 0 || columns <= 0) return EMPTY_SET;
  const groups = (columns + 31) >> 5;
  spend(rows * columns + rows * groups * object.size);
  const { slotOf, stride, words } = bitRowsOf(grid, object);
  const { keys } = object;
  // The bit of the grid that tells whether the cell agrees if the object's corner is at (0, 0).
  const bitOf = new Int32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const i = ((keys[k] >> rowBit) & ROW_MASK) + MIN_COORDINATE - bounds.top;
    const j = ((keys[k] >> columnBit) & ROW_MASK) + MIN_COORDINATE - bounds.left;
    bitOf[k] = (slotOf[keys[k] & 0xff] * grid.height + i) * stride * 32 + j;
  }
  const found = new Int32Array(rows * groups);
  let any = 0;
  for (let i = 0; i < rows; i++) {
    for (let group = 0; group < groups; group++) {
      const rest = columns - 32 * group;
      const start = i * stride + group;
      let corners = rest >= 32 ? -1 : (1 << rest) - 1;
      for (let k = 0; k < keys.length && corners !== 0; k++) {
        const bit = bitOf[k];
        const word = start + (bit >> 5);
        // Shifts use only the lowest five bits: ~bit means 31 - bit here.
        corners &= (words[word] >>> bit) | ((words[word + 1] << 1) << ~bit);
      }
      found[i * groups + group] = corners;
      any |= corners;
    }
  }
  return any === 0 ? EMPTY_SET : positionsOfBits(found, rows, columns, groups);
}

/** The positions of the bits that are set, with `groups` words in each row. */
function positionsOfBits(words: Int32Array, rows: number, columns: number, groups: number): SetValue {
  const keys = newKeys(rows * columns);
  let count = 0;
  for (let j = 0; j < columns; j++) {
    const first = positionKey(0, j);
    for (let i = 0; i < rows; i++) {
      if (((words[i * groups + (j >> 5)] >>> (j & 31)) & 1) === 1) keys[count++] = first + i;
    }
  }
  return indicesOf(count === keys.length ? keys : copyOfKeys(keys, count));
}

/** The same for a normalized object, for grids and objects that do not fit the flat layouts. */
export function looseOccurrences(grid: Value, normalized: Value, extent: Pair, form: CellForm): SetValue {
  const { height, width } = dimensionsOf(grid);
  const rows = height - extent.i + 1;
  const columns = width - extent.j + 1;
  if (rows <= 0 || columns <= 0) return EMPTY_SET;
  reserve(rows * columns);
  const cells = elementsOf(normalized);
  const positions: Pair[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (occursAt(grid, cells, i, j, form)) positions.push(new Pair(i, j));
    }
  }
  spendOnMembers(positions.length);
  return distinctSetOf(positions);
}

/** Whether the cells of a normalized object agree with a grid after it is moved to (top, left). */
function occursAt(grid: Value, cells: readonly Value[], top: number, left: number, form: CellForm): boolean {
  const { height, width } = dimensionsOf(grid);
  for (const cell of cells) {
    spend(1);
    const [color, position] = form.unpack(cell);
    const [row, column] = unpackTwo(position);
    const i = integerOf(row) + top;
    const j = integerOf(column) + left;
    if (i >= height || j >= width || !equals(entryOf(grid, i, j), color)) return false;
  }
  return true;
}
