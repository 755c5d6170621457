/** Patches with another position or colour (SPEC-dialect 5.3, 6.6). */
import { exactInteger, integerOf, unpackThree, unpackTwo } from '../../components.js';
import { spendOnCells } from '../../meter.js';
import { shiftedKeys, shiftPatch } from '../../patches/patch.js';
import { subtract } from '../../primitives/numbers.js';
import { copyOfKeys, newKeys } from '../../value/arrays.js';
import { pairOf, setOf, tripleOf, triplesOf } from '../../value/construct.js';
import { isTrue } from '../../value/equality.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { EMPTY_SET, Indices, MIN_COLOR, packsColor, Triples, type Value } from '../../value/value.js';
import { guarded } from '../guard.js';
import { isEmptyTuple } from '../numbers.js';
import { holdsTriples, toindices_o, transposed } from '../patches/locations.js';
import {
  leftmost,
  leftmost_i,
  leftmost_o,
  uppermost,
  uppermost_i,
  uppermost_o,
} from '../patches/measures.js';

export const shift = guarded(EMPTY_SET, (patch: Value, directions: Value): Value => {
  if (!isTrue(patch)) return EMPTY_SET;
  if (isEmptyTuple(directions)) return patch;
  const [down, right] = unpackTwo(directions);
  const di = integerOf(down);
  const dj = integerOf(right);
  if (patch instanceof Indices) return shiftPatch(patch, di, dj);
  if (patch instanceof Triples) {
    if (di === 0 && dj === 0) return patch;
    // In the keys of triples, rows and columns are swapped.
    const keys = shiftedKeys(patch.keys, 8, dj, di);
    if (keys !== null) return triplesOf(keys);
  }
  const cells = holdsTriples(patch);
  spendOnCells(lengthOf(patch));
  return setOf(
    elementsOf(patch).map((member) => {
      const [i, j, color] = cells ? unpackThree(member) : unpackTwo(member);
      const row = exactInteger(integerOf(i) + di);
      const column = exactInteger(integerOf(j) + dj);
      return cells ? tripleOf(row, column, color) : pairOf(row, column);
    }),
  );
});

/** A patch shifted so that these measures become 0. */
function normalized(top: (patch: Value) => Value, left: (patch: Value) => Value) {
  return guarded(EMPTY_SET, (patch: Value): Value => {
    if (lengthOf(patch) === 0) return patch;
    return shift(patch, pairOf(subtract(0, top(patch)), subtract(0, left(patch))));
  });
}

export const normalize = normalized(uppermost, leftmost);
export const normalize_i = normalized(uppermost_i, leftmost_i);
export const normalize_o = normalized(uppermost_o, leftmost_o);

/** The cells of one colour at these positions. */
function recolored(color: Value, locations: Value): Value {
  if (locations instanceof Indices && packsColor(color)) {
    const keys = transposed(locations.keys, 0);
    for (let k = 0; k < keys.length; k++) keys[k] = (keys[k] << 8) | (color - MIN_COLOR);
    return triplesOf(keys);
  }
  spendOnCells(lengthOf(locations));
  return setOf(
    elementsOf(locations).map((location) => {
      const [i, j] = unpackTwo(location);
      return tripleOf(i, j, color);
    }),
  );
}

export const recolor_i = guarded(EMPTY_SET, (color: Value, indices: Value) => recolored(color, indices));

export const recolor_o = guarded(EMPTY_SET, (color: Value, object: Value): Value => {
  if (object instanceof Triples && packsColor(color)) return triplesOf(inOneColor(object.keys, color));
  return recolored(color, toindices_o(object));
});

function inOneColor(keys: Int32Array, color: number): Int32Array {
  const result = newKeys(keys.length);
  const slot = color - MIN_COLOR;
  let count = 0;
  let previous = -1;
  for (let k = 0; k < keys.length; k++) {
    const key = (keys[k] & ~0xff) | slot;
    if (key === previous) continue;
    result[count++] = key;
    previous = key;
  }
  return count === keys.length ? result : copyOfKeys(result, count);
}
