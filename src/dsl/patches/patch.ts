/** What patches share in any layout: positions, bounds, shifting. */
import { plus } from '../arithmetic.js';
import { componentOf, unpackTwo } from '../components.js';
import { fail } from '../errors.js';
import { spendOnCells, spendOnPairs } from '../meter.js';
import { copyOfKeys, newKeys } from '../value/arrays.js';
import { cellsOf, indicesOf, pairOf, setOf } from '../value/construct.js';
import { type Comparison, elementsOf, firstOf, lengthOf } from '../value/order.js';
import {
  Cells,
  columnOfPosition,
  EMPTY_SET,
  Indices,
  isSet,
  isTuple,
  Layout,
  MAX_COORDINATE,
  MIN_COORDINATE,
  Pair,
  type SetValue,
  type Value,
} from '../value/value.js';
import { type FlatPatch, isFlatPatch, positionBit } from './flat-patch.js';

/** Whether a non-empty patch is an Object: whether component 1 of its first element is a tuple (SPEC 3.7). */
export function holdsCells(patch: Value): boolean {
  if (isSet(patch)) {
    if (patch.layout === Layout.Cells) return true;
    if (patch.layout === Layout.Indices) return false;
  }
  return isTuple(componentOf(firstOf(patch) as Value, 1));
}

/** The positions of a patch (SPEC 3.7, `toindices`): a set, or the patch itself if it already contains positions. */
export function locationsOf(patch: Value): Value {
  if (isSet(patch)) {
    if (patch.layout === Layout.Indices) return patch;
    if (patch.layout === Layout.Cells) return positionsOf(patch);
  }
  if (lengthOf(patch) === 0) return EMPTY_SET;
  if (!holdsCells(patch)) return patch;
  spendOnPairs(lengthOf(patch));
  return setOf(elementsOf(patch).map((cell) => unpackTwo(cell)[1]));
}

/** A patch in a flat layout with the positions of `patch`; null if there is none (also for the empty patch). */
export function flatPatchOf(patch: Value): FlatPatch | null {
  if (isFlatPatch(patch)) return patch;
  const locations = locationsOf(patch);
  return isFlatPatch(locations) ? locations : null;
}

/** The positions of an Object, each once. */
export function positionsOf({ keys }: Cells): Indices {
  return new Indices(positionKeysOf(keys));
}

/** The position keys of the keys of cells, each once, in the same order; equal positions are adjacent. */
export function positionKeysOf(keys: Int32Array): Int32Array {
  const positions = newKeys(keys.length);
  let count = 0;
  let previous = -1;
  for (let k = 0; k < keys.length; k++) {
    const position = keys[k] >> 8;
    if (position === previous) continue;
    positions[count++] = position;
    previous = position;
  }
  return count === keys.length ? positions : copyOfKeys(positions, count);
}

/** The bounding box of a patch: first and last row and column, all inclusive. */
export interface Bounds {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The bounding box of a patch. Null if it has none, or if its elements are not all pairs of integers; then each bound
 * is computed separately by `extremeOf`. Errors as for `locationsOf`.
 */
export function boundsOf(patch: Value): Bounds | null {
  if (isSet(patch)) {
    if (patch.layout === Layout.Indices) return boundsOfKeys(patch.keys, 0);
    if (patch.layout === Layout.Cells) return boundsOfKeys(patch.keys, 8);
  }
  return boundsOfLocations(locationsOf(patch));
}

/**
 * The extreme of SPEC 1.3 among the rows (0) or columns (1) of a patch, of any kind. Errors: `empty` for an empty
 * patch, `type` and `value` if an element cannot be unpacked into two, `type` if elements cannot be compared.
 */
export function extremeOf(patch: Value, component: 0 | 1, beats: Comparison): Value {
  const locations = elementsOf(locationsOf(patch));
  if (locations.length === 0) return fail('empty', 'the patch is empty');
  let best = unpackTwo(locations[0])[component];
  for (let k = 1; k < locations.length; k++) {
    const candidate = unpackTwo(locations[k])[component];
    if (beats(candidate, best)) best = candidate;
  }
  return best;
}

/** The bounding box of keys whose position begins at bit `low`. */
export function boundsOfKeys(keys: Int32Array, low: number): Bounds {
  let top = 0x7ff;
  let bottom = 0;
  for (let k = 0; k < keys.length; k++) {
    const row = (keys[k] >> low) & 0x7ff;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
  }
  return {
    top: top + MIN_COORDINATE,
    bottom: bottom + MIN_COORDINATE,
    left: columnOfPosition(keys[0] >> low),
    right: columnOfPosition(keys[keys.length - 1] >> low),
  };
}

/** The same for the positions of a patch that have already been computed. */
export function boundsOfLocations(locations: Value): Bounds | null {
  if (locations instanceof Indices) return boundsOfKeys(locations.keys, 0);
  const elements = elementsOf(locations);
  if (elements.length === 0) return null;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const location of elements) {
    if (!(location instanceof Pair)) return null;
    const { i, j } = location;
    if (i < top) top = i;
    if (i > bottom) bottom = i;
    if (j < left) left = j;
    if (j > right) right = j;
  }
  return { top, bottom, left, right };
}

/** A patch moved along a vector (SPEC 3.8, `shift`). The empty patch is returned unchanged for any vector. */
export function shiftAlong(patch: Value, directions: Value): Value {
  if (lengthOf(patch) === 0) return patch;
  if (directions instanceof Pair) return shiftPatch(patch, directions.i, directions.j);
  const [down, right] = unpackTwo(directions);
  return shiftPatch(patch, down, right);
}

/** The set of a patch's cells or positions, moved `di` rows down and `dj` columns to the right. */
export function shiftPatch(patch: Value, di: Value, dj: Value): SetValue {
  if (isFlatPatch(patch) && typeof di === 'number' && typeof dj === 'number') {
    if (di === 0 && dj === 0) return patch;
    const keys = shiftedKeys(patch.keys, positionBit(patch), di, dj);
    if (keys !== null) return patch instanceof Cells ? cellsOf(keys) : indicesOf(keys);
  }
  if (lengthOf(patch) === 0) return EMPTY_SET;
  const moveCells = holdsCells(patch);
  spendOnCells(lengthOf(patch));
  return setOf(
    elementsOf(patch).map((element) => {
      if (!moveCells) return shiftedPosition(element, di, dj);
      const [color, position] = unpackTwo(element);
      return pairOf(color, shiftedPosition(position, di, dj));
    }),
  );
}

/** The moved keys, whose positions begin at bit `low`; null if one leaves the range of keys. */
export function shiftedKeys(keys: Int32Array, low: number, di: number, dj: number): Int32Array | null {
  const left = columnOfPosition(keys[0] >> low) + dj;
  const right = columnOfPosition(keys[keys.length - 1] >> low) + dj;
  if (left < MIN_COORDINATE || right > MAX_COORDINATE) return null;
  const rows = MAX_COORDINATE - MIN_COORDINATE;
  if (di < -rows || di > rows) return null;
  const step = (dj * 0x800 + di) << low;
  const shifted = newKeys(keys.length);
  let outside = 0;
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k];
    outside |= ((key >> low) & 0x7ff) + di;
    shifted[k] = key + step;
  }
  // A row outside 0..0x7ff has set a higher bit, or the sign.
  return (outside & ~0x7ff) === 0 ? shifted : null;
}

export function shiftedPosition(position: Value, di: Value, dj: Value): Value {
  const [i, j] = unpackTwo(position);
  const row = plus(i, di);
  return pairOf(row, plus(j, dj));
}
