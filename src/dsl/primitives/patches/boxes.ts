/** Rectangles around a patch: its bounding box, the rest of the box, and outlines (SPEC 3.7, 3.8). */
import { minus } from '../../arithmetic.js';
import { exactInteger, integerOf, unpackTwo } from '../../components.js';
import { fail } from '../../errors.js';
import { reserve } from '../../grids/grid.js';
import { spend, spendOnMembers } from '../../meter.js';
import { type Bounds, boundsOf, boundsOfLocations, locationsOf } from '../../patches/patch.js';
import { filledRectangle, outlinedRectangle } from '../../patches/rectangles.js';
import { newKeys } from '../../value/arrays.js';
import { distinctSetOf, indicesOf } from '../../value/construct.js';
import { hasMember } from '../../value/equality.js';
import { describe, lengthOf } from '../../value/order.js';
import {
  EMPTY_SET,
  Indices,
  isSet,
  Pair,
  positionKey,
  type SetValue,
  type Value,
} from '../../value/value.js';
import { lrcorner, ulcorner } from './corners.js';
import { leftmost, lowermost, rightmost, uppermost } from './patch-measures.js';

export function backdrop(patch: Value): Value {
  const bounds = boundsOf(patch);
  if (bounds !== null) return filledRectangle(bounds);
  if (lengthOf(patch) === 0) return EMPTY_SET;
  const box = boxBetween(ulcorner(locationsOf(patch)), lrcorner(patch));
  return box.top > box.bottom || box.left > box.right ? EMPTY_SET : filledRectangle(box);
}

/** The rectangle from the upper left to the lower right corner; `value` if one has not exactly two components. */
function boxBetween(upper: Value, lower: Value): Bounds {
  const [top, left] = unpackTwo(upper);
  const [bottom, right] = unpackTwo(lower);
  return { top: integerOf(top), bottom: integerOf(bottom), left: integerOf(left), right: integerOf(right) };
}

export function delta(patch: Value): Value {
  const locations = locationsOf(patch);
  const bounds = boundsOfLocations(locations);
  if (bounds === null) return lengthOf(patch) === 0 ? EMPTY_SET : minus(backdrop(patch), locations);
  if (locations instanceof Indices) return missingFrom(locations.keys, bounds);
  if (!isSet(locations)) return fail('type', `cannot take ${describe(locations)} from a set`);
  return missingMembers(locations, bounds);
}

/** The positions of the bounding box of `keys` that are not among `keys`. */
function missingFrom(keys: Int32Array, { top, bottom, left, right }: Bounds): SetValue {
  const area = (bottom - top + 1) * (right - left + 1);
  spend(area);
  reserve(area - keys.length);
  const missing = newKeys(area - keys.length);
  let count = 0;
  let at = 0;
  for (let j = left; j <= right; j++) {
    const last = positionKey(bottom, j);
    for (let key = positionKey(top, j); key <= last; key++) {
      if (keys[at] === key) at++;
      else missing[count++] = key;
    }
  }
  return indicesOf(missing);
}

function missingMembers(locations: SetValue, { top, bottom, left, right }: Bounds): SetValue {
  const area = (bottom - top + 1) * (right - left + 1);
  reserve(area);
  spendOnMembers(area);
  const missing: Pair[] = [];
  for (let j = left; j <= right; j++) {
    for (let i = top; i <= bottom; i++) {
      const position = new Pair(i, j);
      if (!hasMember(locations, position)) missing.push(position);
    }
  }
  return distinctSetOf(missing);
}

export function box(patch: Value): Value {
  const bounds = boundsOf(patch);
  if (bounds !== null) return outlinedRectangle(bounds);
  return lengthOf(patch) === 0 ? patch : outlinedRectangle(boxBetween(ulcorner(patch), lrcorner(patch)));
}

export function inbox(patch: Value): Value {
  return outlineMoved(patch, 1);
}

export function outbox(patch: Value): Value {
  return outlineMoved(patch, -1);
}

/** The bounding box of a patch, each side computed separately; `empty` if it has none. */
function looseBounds(patch: Value): Bounds {
  const top = integerOf(uppermost(patch));
  const left = integerOf(leftmost(patch));
  const bottom = integerOf(lowermost(patch));
  return { top, bottom, left, right: integerOf(rightmost(patch)) };
}

/** The outline of the bounding box with each side moved `inward`; a box that turns inside out grows again. */
function outlineMoved(patch: Value, inward: number): SetValue {
  return outlineInside(boundsOf(patch) ?? looseBounds(patch), inward);
}

/** The outline of a rectangle with each side moved `inward`. */
export function outlineInside(bounds: Bounds, inward: number): SetValue {
  const top = exactInteger(bounds.top + inward);
  const left = exactInteger(bounds.left + inward);
  const bottom = exactInteger(bounds.bottom - inward);
  const right = exactInteger(bounds.right - inward);
  return outlinedRectangle({
    top: Math.min(top, bottom),
    bottom: Math.max(top, bottom),
    left: Math.min(left, right),
    right: Math.max(left, right),
  });
}
