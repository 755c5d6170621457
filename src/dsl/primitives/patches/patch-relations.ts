/** Relations between two patches (SPEC 3.7). */
import { unpackTwo } from '../../components.js';
import { fail } from '../../errors.js';
import {
  FAR,
  leastDistance,
  leastMixedDistance,
  type Positions,
  positionsIn,
} from '../../patches/distance.js';
import { type FlatPatch, isFlatPatch, positionBit, ROW_BITS, ROW_MASK } from '../../patches/flat-patch.js';
import { locationsOf, shiftPatch } from '../../patches/patch.js';
import { DistinctValues } from '../../value/distinct.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { Pair, type Value } from '../../value/value.js';
import { center } from './patch-measures.js';

export function hmatching(a: Value, b: Value): boolean {
  return isFlatPatch(a) && isFlatPatch(b) ? shareRow(a, b) : shareComponent(a, b, 0);
}

export function vmatching(a: Value, b: Value): boolean {
  return isFlatPatch(a) && isFlatPatch(b) ? shareColumn(a, b) : shareComponent(a, b, 1);
}

function shareRow(a: FlatPatch, b: FlatPatch): boolean {
  // One bit for each row.
  const rows = new Int32Array((ROW_MASK + 1) >> 5);
  const lowA = positionBit(a);
  for (let k = 0; k < a.keys.length; k++) {
    const row = (a.keys[k] >> lowA) & ROW_MASK;
    rows[row >> 5] |= 1 << (row & 31);
  }
  const lowB = positionBit(b);
  for (let k = 0; k < b.keys.length; k++) {
    const row = (b.keys[k] >> lowB) & ROW_MASK;
    if (((rows[row >> 5] >> (row & 31)) & 1) === 1) return true;
  }
  return false;
}

function shareColumn(a: FlatPatch, b: FlatPatch): boolean {
  const bitA = positionBit(a) + ROW_BITS;
  const bitB = positionBit(b) + ROW_BITS;
  let m = 0;
  for (let k = 0; k < a.keys.length; k++) {
    const column = a.keys[k] >> bitA;
    while (m < b.keys.length && b.keys[m] >> bitB < column) m++;
    if (m === b.keys.length) return false;
    if (b.keys[m] >> bitB === column) return true;
  }
  return false;
}

function shareComponent(a: Value, b: Value, component: number): boolean {
  const distinct = new DistinctValues(lengthOf(a));
  for (const location of elementsOf(locationsOf(a))) distinct.add(unpackTwo(location)[component]);
  let shared = false;
  for (const location of elementsOf(locationsOf(b))) {
    if (distinct.has(unpackTwo(location)[component])) shared = true;
  }
  return shared;
}

export function manhattan(a: Value, b: Value): number {
  return distanceBetween(a, b, FAR);
}

export function adjacent(a: Value, b: Value): boolean {
  return distanceBetween(a, b, 2) === 1;
}

/** The minimum distance; distances of `limit` or more need not be distinguished. `empty` if a patch is empty. */
function distanceBetween(a: Value, b: Value, limit: number): number {
  const from = occupied(a);
  const to = from === null ? null : occupied(b);
  return from === null || to === null ? leastMixedDistance(a, b) : leastDistance(from, to, 0, 0, limit);
}

/** The positions of a non-empty patch; null if they are not all pairs of integers. */
function occupied(patch: Value): Positions | null {
  const positions = positionsIn(patch);
  if (Array.isArray(positions) && positions.length === 0) return fail('empty', 'the patch is empty');
  return positions;
}

export function position(a: Value, b: Value): Pair {
  const from = center(isFlatPatch(a) ? a : locationsOf(a));
  const to = center(isFlatPatch(b) ? b : locationsOf(b));
  if (from.i === to.i) return new Pair(0, from.j < to.j ? 1 : -1);
  const down = from.i < to.i ? 1 : -1;
  if (from.j === to.j) return new Pair(down, 0);
  return new Pair(down, from.j < to.j ? 1 : -1);
}

/** Maximum number of steps that a patch falls. */
export const MAX_FALL = 42;

export function gravitate(source: Value, destination: Value): Pair {
  const from = center(source);
  const to = center(destination);
  if (vmatching(source, destination)) {
    return new Pair(fall(source, destination, from.i < to.i ? 1 : -1, 0), 0);
  }
  return new Pair(0, fall(source, destination, 0, from.j < to.j ? 1 : -1));
}

/**
 * The distance that `source` moves in unit steps, `di` rows or `dj` columns each, until it is adjacent to
 * `destination`.
 */
export function fall(source: Value, destination: Value, di: number, dj: number): number {
  const a = occupied(source);
  const b = a === null ? null : occupied(destination);
  if (a === null || b === null) return mixedFall(source, destination, di, dj);
  let moved = 0;
  while (moved < MAX_FALL) {
    const distance = leastDistance(a, b, di * moved, dj * moved, FAR);
    if (distance === 1) break;
    // A step reduces the distance by at most one.
    moved += Math.max(1, distance - 1);
  }
  return (di + dj) * Math.min(moved, MAX_FALL) + 0;
}

/** The same for positions that are not all pairs of integers, step by step. */
function mixedFall(source: Value, destination: Value, di: number, dj: number): number {
  let patch = source;
  let moved = 0;
  while (moved < MAX_FALL && !adjacent(patch, destination)) {
    patch = shiftPatch(patch, di, dj);
    moved++;
  }
  return (di + dj) * moved + 0;
}
