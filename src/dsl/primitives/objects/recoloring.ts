/** Patches with another colour or position (SPEC 3.8). */
import { minus } from '../../arithmetic.js';
import { spendOnCells } from '../../meter.js';
import { isFlatPatch, positionBit } from '../../patches/flat-patch.js';
import { boundsOf, locationsOf, shiftPatch } from '../../patches/patch.js';
import { copyOfKeys, newKeys } from '../../value/arrays.js';
import { pairOf, setOf } from '../../value/construct.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { Cells, MIN_COLOR, packsColor, type Value } from '../../value/value.js';
import { leftmost, uppermost } from '../patches/patch-measures.js';

export function recolor(value: Value, patch: Value): Value {
  if (packsColor(value) && isFlatPatch(patch)) {
    return new Cells(recoloredKeys(patch.keys, positionBit(patch), value));
  }
  const positions = elementsOf(locationsOf(patch));
  spendOnCells(positions.length);
  return setOf(positions.map((position) => pairOf(value, position)));
}

/** Cell keys of one colour at the positions of keys; positions begin at bit `low`. */
function recoloredKeys(keys: Int32Array, low: number, color: number): Int32Array {
  const recolored = newKeys(keys.length);
  const slot = color - MIN_COLOR;
  let count = 0;
  let previous = -1;
  for (let k = 0; k < keys.length; k++) {
    const key = ((keys[k] >> low) << 8) | slot;
    if (key === previous) continue;
    recolored[count++] = key;
    previous = key;
  }
  return count === keys.length ? recolored : copyOfKeys(recolored, count);
}

export function normalize(patch: Value): Value {
  const bounds = boundsOf(patch);
  if (bounds !== null) return shiftPatch(patch, 0 - bounds.top, 0 - bounds.left);
  if (lengthOf(patch) === 0) return patch;
  const up = minus(0, uppermost(patch));
  return shiftPatch(patch, up, minus(0, leftmost(patch)));
}
