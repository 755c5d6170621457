/** What patches have in common, whatever their layout: positions, bounds, shifting. */
import { componentOf, exactInteger, integerOf, unpackTwo } from '../components.js';
import { spendOnCells, spendOnPairs } from '../meter.js';
import { copyOfKeys, newKeys } from '../value/arrays.js';
import { cellsOf, indicesOf, pairOf, setOf } from '../value/construct.js';
import { elementsOf, firstOf, lengthOf } from '../value/order.js';
import {
  type Cells,
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

/** Whether a non-empty patch is an Object: whether component 1 of its first element is a tuple (SPEC 3.7). */
export function holdsCells(patch: Value): boolean {
  if (isSet(patch)) {
    if (patch.layout === Layout.Cells) return true;
    if (patch.layout === Layout.Indices) return false;
  }
  return isTuple(componentOf(firstOf(patch) as Value, 1));
}

/** The positions of a patch (SPEC 3.7, `toindices`): a set, or the patch itself when it holds positions already. */
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

/** The positions of an Object, each once. */
export function positionsOf(object: Cells): Indices {
  const { keys } = object;
  const positions = newKeys(keys.length);
  let count = 0;
  let previous = -1;
  for (let k = 0; k < keys.length; k++) {
    const position = keys[k] >> 8;
    if (position === previous) continue;
    positions[count++] = position;
    previous = position;
  }
  return new Indices(count === keys.length ? positions : copyOfKeys(positions, count));
}

/** The bounding box of a patch: first and last row and column, all inclusive. */
export interface Bounds {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The bounding box of the positions of a patch; null when it has none. Errors: `type` for what is no patch, for
 * elements that are no containers and for coordinates that are no integers; `value` for elements that are no pairs.
 */
export function boundsOf(patch: Value): Bounds | null {
  if (isSet(patch)) {
    if (patch.layout === Layout.Indices) return boundsOfKeys(patch.keys, 0);
    if (patch.layout === Layout.Cells) return boundsOfKeys(patch.keys, 8);
  }
  return boundsOfLocations(elementsOf(locationsOf(patch)));
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

function boundsOfLocations(locations: readonly Value[]): Bounds | null {
  if (locations.length === 0) return null;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const location of locations) {
    const [row, column] = unpackTwo(location);
    const i = integerOf(row);
    const j = integerOf(column);
    if (i < top) top = i;
    if (i > bottom) bottom = i;
    if (j < left) left = j;
    if (j > right) right = j;
  }
  return { top, bottom, left, right };
}

/** A patch moved along a vector (SPEC 3.8, `shift`). The empty patch is returned as it is, whatever the vector. */
export function shiftAlong(patch: Value, directions: Value): Value {
  if (lengthOf(patch) === 0) return patch;
  if (directions instanceof Pair) return shiftPatch(patch, directions.i, directions.j);
  const [down, right] = unpackTwo(directions);
  return shiftPatch(patch, integerOf(down), integerOf(right));
}

/** The set of a patch's cells or positions, moved `di` rows down and `dj` columns to the right (safe integers). */
export function shiftPatch(patch: Value, di: number, dj: number): SetValue {
  if (isSet(patch)) {
    if (di === 0 && dj === 0 && patch.layout !== Layout.Members) return patch;
    if (patch.layout === Layout.Indices) {
      const keys = shiftedKeys(patch.keys, 0, di, dj);
      if (keys !== null) return indicesOf(keys);
    }
    if (patch.layout === Layout.Cells) {
      const keys = shiftedKeys(patch.keys, 8, di, dj);
      if (keys !== null) return cellsOf(keys);
    }
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

/** Keys whose position begins at bit `low`, each moved; null when one leaves the packing range. */
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
  // A row that left 0..0x7ff has set a bit above them, or the sign.
  return (outside & ~0x7ff) === 0 ? shifted : null;
}

export function shiftedPosition(position: Value, di: number, dj: number): Value {
  const [i, j] = unpackTwo(position);
  return new Pair(exactInteger(integerOf(i) + di), exactInteger(integerOf(j) + dj));
}
