/** Periods of an object (SPEC 3.8): the smallest shift that maps it onto itself. */
import { type CellForm, COLOR_FIRST } from '../../cell-form.js';
import { integerOf, unpackTwo } from '../../components.js';
import { spend } from '../../meter.js';
import { ROW_MASK } from '../../patches/flat-patch.js';
import { type Bounds, boundsOf, shiftPatch } from '../../patches/patch.js';
import { hasMember } from '../../value/equality.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { MIN_COORDINATE, type SetValue, type Value } from '../../value/value.js';
import { normalize } from './recoloring.js';

export function hperiod(object: Value): number {
  return period(object, 0, 1);
}

export function vperiod(object: Value): number {
  return period(object, 1, 0);
}

/** The smallest shift against the direction (di, dj), a unit vector, after which the object is a subset of itself. */
function period(object: Value, di: number, dj: number): number {
  const bounds = boundsOf(object);
  if (bounds === null) return lengthOf(object) === 0 ? 0 : period(normalize(object), di, dj);
  // As a set, even if the object is a tuple.
  return periodOf(shiftPatch(object, 0, 0), bounds, di, dj, COLOR_FIRST);
}

/** The same for a non-empty set of cells with these bounds. */
export function periodOf(set: SetValue, bounds: Bounds, di: number, dj: number, form: CellForm): number {
  const { top, bottom, left, right } = bounds;
  const extent = di * (bottom - top + 1) + dj * (right - left + 1);
  for (let p = 1; p < extent; p++) {
    spend(lengthOf(set));
    if (form.isFlat(set)) {
      const bit = di === 1 ? form.rowBit : form.columnBit;
      const first = (di === 1 ? top : left) - MIN_COORDINATE;
      if (repeats(set.keys, bit, first, p)) return p;
    } else if (repeatsMembers(set, top + di * p, left + dj * p, di * p, dj * p, form)) {
      return p;
    }
  }
  return extent;
}

/**
 * Whether for every key whose coordinate at `bit` is at least `first + p`, the key with that coordinate reduced by
 * `p` exists too. The keys ascend, and so do the keys to be found.
 */
function repeats(keys: Int32Array, bit: number, first: number, p: number): boolean {
  const step = p << bit;
  let at = 0;
  for (let k = 0; k < keys.length; k++) {
    if (((keys[k] >> bit) & ROW_MASK) < first + p) continue;
    const image = keys[k] - step;
    while (keys[at] < image) at++;
    if (keys[at] !== image) return false;
  }
  return true;
}

/**
 * Whether for all cells at or below row `top` and column `left`, the cell `di` rows up and `dj` columns to the left
 * is a member too.
 */
function repeatsMembers(
  set: SetValue,
  top: number,
  left: number,
  di: number,
  dj: number,
  form: CellForm,
): boolean {
  return elementsOf(set).every((cell) => {
    const [color, position] = form.unpack(cell);
    const [row, column] = unpackTwo(position);
    const i = integerOf(row);
    const j = integerOf(column);
    return i < top || j < left || hasMember(set, form.cellOf(color, i - di, j - dj));
  });
}
