/** Where an object occurs in a grid (SPEC 3.8, `occurrences`). */

import { bitRowsOf } from '../bit-rows.js';
import { componentOf, integerOf, unpackTwo } from '../components.js';
import { positionBit, ROW_BITS, ROW_MASK } from '../flat-patch.js';
import { dimensionsOf, requireTuple, reserve } from '../grid.js';
import { spend } from '../meter.js';
import { type Bounds, boundsOf } from '../patch.js';
import { filledRectangle } from '../rectangles.js';
import { asGrid, indicesOf, setOf } from '../value/build.js';
import { equals, itemOf } from '../value/equality.js';
import { elementsOf } from '../value/order.js';
import {
  Cells,
  EMPTY_SET,
  type Grid,
  MAX_COORDINATE,
  MIN_COORDINATE,
  Pair,
  positionKey,
  type SetValue,
  type Value,
} from '../value/value.js';
import { shape } from './patch-measures.js';

export function occurrences(grid: Value, object: Value): Value {
  const { height, width } = dimensionsOf(grid);
  const bounds = boundsOf(object);
  if (bounds === null) return filledRectangle({ top: 0, bottom: height, left: 0, right: width });
  const flat = asGrid(grid);
  if (flat !== null && height <= MAX_COORDINATE && width <= MAX_COORDINATE && object instanceof Cells) {
    return flatOccurrences(flat, object, bounds);
  }
  return looseOccurrences(grid, object, bounds);
}

/** Decides 32 neighbouring columns at once: the object occurs where the bits of all its cells' colours meet. */
function flatOccurrences(grid: Grid, object: Cells, bounds: Bounds): SetValue {
  const rows = grid.height - (bounds.bottom - bounds.top);
  const columns = grid.width - (bounds.right - bounds.left);
  if (rows <= 0 || columns <= 0) return EMPTY_SET;
  const groups = (columns + 31) >> 5;
  spend(rows * columns + rows * groups * object.size);
  const { slotOf, stride, words } = bitRowsOf(grid, object);
  const { keys } = object;
  const low = positionBit(object);
  const wordOf = new Int32Array(keys.length);
  const bitOf = new Int32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const i = ((keys[k] >> low) & ROW_MASK) + MIN_COORDINATE - bounds.top;
    const j = (keys[k] >> (low + ROW_BITS)) + MIN_COORDINATE - bounds.left;
    wordOf[k] = ((slotOf[keys[k] & 0xff] - 1) * grid.height + i) * stride + (j >> 5);
    bitOf[k] = j & 31;
  }
  const found = new Int32Array(rows * groups);
  let any = 0;
  for (let i = 0; i < rows; i++) {
    for (let group = 0; group < groups; group++) {
      const rest = columns - 32 * group;
      let bits = rest >= 32 ? -1 : (1 << rest) - 1;
      const start = i * stride + group;
      for (let k = 0; k < keys.length && bits !== 0; k++) {
        const word = start + wordOf[k];
        const bit = bitOf[k];
        // Shifting in two steps, because a shift by 32 is one by 0.
        bits &= (words[word] >>> bit) | ((words[word + 1] << 1) << (31 - bit));
      }
      found[i * groups + group] = bits;
      any |= bits;
    }
  }
  return any === 0 ? EMPTY_SET : positionsOfBits(found, rows, columns, groups);
}

/** The positions of the bits that are set, of `groups` words in each row. */
function positionsOfBits(words: Int32Array, rows: number, columns: number, groups: number): SetValue {
  const keys = new Int32Array(rows * columns);
  let count = 0;
  for (let j = 0; j < columns; j++) {
    const first = positionKey(0, j);
    for (let i = 0; i < rows; i++) {
      if (((words[i * groups + (j >> 5)] >>> (j & 31)) & 1) === 1) keys[count++] = first + i;
    }
  }
  return indicesOf(keys.slice(0, count));
}

/** The same for grids and objects that do not fit the flat layouts. */
function looseOccurrences(grid: Value, object: Value, { top, left }: Bounds): SetValue {
  const { height, width } = dimensionsOf(grid);
  const extent = shape(object);
  const rows = height - extent.i + 1;
  const columns = width - extent.j + 1;
  if (rows <= 0 || columns <= 0) return EMPTY_SET;
  reserve(rows * columns);
  const cells = elementsOf(object);
  const positions: Pair[] = [];
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) {
      if (occursAt(grid, cells, i - top, j - left)) positions.push(new Pair(i, j));
    }
  }
  return setOf(positions);
}

/** Whether cells, moved `di` rows down and `dj` columns to the right, all agree with a grid. */
function occursAt(grid: Value, cells: readonly Value[], di: number, dj: number): boolean {
  const { height, width } = dimensionsOf(grid);
  for (const cell of cells) {
    spend(1);
    const [color, position] = unpackTwo(cell);
    const [row, column] = unpackTwo(position);
    const i = integerOf(row) + di;
    const j = integerOf(column) + dj;
    if (i < 0 || i >= height || j < 0 || j >= width) return false;
    if (!equals(componentOf(itemOf(requireTuple(grid), i), j), color)) return false;
  }
  return true;
}
