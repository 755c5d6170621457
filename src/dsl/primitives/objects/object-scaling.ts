/** `upscale` of an Object: every cell becomes a block; the upper left corner keeps its position (SPEC 3.8). */
import { type CellForm, COLOR_FIRST } from '../../cell-form.js';
import { exactInteger, integerOf, unpackTwo } from '../../components.js';
import { reserve } from '../../grids/grid.js';
import { spendOnMembers } from '../../meter.js';
import { type Bounds, boundsOf, shiftPatch } from '../../patches/patch.js';
import { newKeys } from '../../value/arrays.js';
import { distinctSetOf } from '../../value/construct.js';
import { elementsOf } from '../../value/order.js';
import {
  cellKey,
  columnOfCell,
  EMPTY_SET,
  MIN_COLOR,
  packsCoordinate,
  positionOfCell,
  rowOfCell,
  type SetValue,
  type Value,
} from '../../value/value.js';
import { ulcorner } from '../patches/corners.js';

/** The scaled Object; the empty set if the factor is not positive; `type` for plain positions. */
export function upscaleObject(object: SetValue, factor: Value): SetValue {
  if (object.size === 0) return EMPTY_SET;
  const bounds = boundsOf(object);
  if (bounds !== null) return upscaleCells(object, bounds, factor, COLOR_FIRST);
  const [top, left] = unpackTwo(ulcorner(object));
  const corner = { top: integerOf(top), left: integerOf(left) };
  // For its errors: the reference moves cells to the origin, scales them and moves them back.
  shiftPatch(object, 0 - corner.top, 0 - corner.left);
  return scaledMembers(object, corner, factor, COLOR_FIRST);
}

/** A non-empty set of cells with these bounds, scaled. */
export function upscaleCells(object: SetValue, bounds: Bounds, factor: Value, form: CellForm): SetValue {
  if (form.isFlat(object)) {
    const times = integerOf(factor);
    if (staysPacked(bounds, times)) {
      if (times <= 0) return EMPTY_SET;
      if (times === 1) return object;
      reserve(object.size * times * times);
      return form.setOf(scaledKeys(object.keys, form.inKeys(bounds), times));
    }
  }
  return scaledMembers(object, bounds, factor, form);
}

function staysPacked({ top, bottom, left, right }: Bounds, times: number): boolean {
  return (
    packsCoordinate(top + (bottom - top + 1) * times - 1) &&
    packsCoordinate(left + (right - left + 1) * times - 1)
  );
}

/**
 * The keys of scaled cells. In both forms one coordinate is in the higher bits; it is called the column here.
 * Invariant: keys ascend, so the blocks of one column are written before those of the next.
 */
function scaledKeys(keys: Int32Array, { top, left }: Bounds, times: number): Int32Array {
  const scaled = newKeys(keys.length * times * times);
  let at = 0;
  for (let start = 0; start < keys.length; ) {
    const j = columnOfCell(keys[start]);
    const columnStart = at;
    let next = start;
    // Writes the first of the columns that this one becomes: cell by cell, with cells of one position together.
    while (next < keys.length && columnOfCell(keys[next]) === j) {
      const first = next;
      const position = positionOfCell(keys[first]);
      while (next < keys.length && positionOfCell(keys[next]) === position) next++;
      const i = rowOfCell(keys[first]);
      for (let a = 0; a < times; a++) {
        const base = cellKey(MIN_COLOR, top + (i - top) * times + a, left + (j - left) * times);
        for (let k = first; k < next; k++) scaled[at++] = base + (keys[k] & 0xff);
      }
    }
    const columnSize = at - columnStart;
    const end = columnStart + columnSize * times;
    for (; at < end; at++) scaled[at] = scaled[at - columnSize] + COLUMN_STEP;
    start = next;
  }
  return scaled;
}

/** The difference between the keys of two cells of one colour next to each other. */
const COLUMN_STEP = cellKey(0, 0, 1) - cellKey(0, 0, 0);

type Corner = Pick<Bounds, 'top' | 'left'>;

function scaledMembers(object: SetValue, { top, left }: Corner, factor: Value, form: CellForm): SetValue {
  const places = elementsOf(object).map((cell) => {
    const [color, position] = form.unpack(cell);
    const [i, j] = unpackTwo(position);
    return { color, down: integerOf(i) - top, across: integerOf(j) - left };
  });
  const times = integerOf(factor);
  if (times <= 0) return EMPTY_SET;
  reserve(object.size * times * times);
  spendOnMembers(object.size * times * times);
  const cells: Value[] = [];
  for (const { color, down, across } of places) {
    const [i, j] = [top + down * times, left + across * times];
    for (let a = 0; a < times; a++) {
      for (let b = 0; b < times; b++)
        cells.push(form.cellOf(color, exactInteger(i + a), exactInteger(j + b)));
    }
  }
  return distinctSetOf(cells);
}
