/** The minimum distance, rows plus columns, between the positions of two patches (SPEC 3.7, `manhattan`). */
import { minus } from '../arithmetic.js';
import { exactInteger, integerOf, unpackTwo } from '../components.js';
import { fail } from '../errors.js';
import { spend } from '../meter.js';
import { elementsOf } from '../value/order.js';
import { columnOfPosition, MIN_COORDINATE, Pair, rowOfPosition, type Value } from '../value/value.js';
import { type FlatPatch, isFlatPatch, positionBit, ROW_BITS, ROW_MASK } from './flat-patch.js';
import { type Bounds, boundsOf, flatPatchOf, locationsOf } from './patch.js';

/** The positions of a patch: in a flat layout if possible, else one by one. */
export type Positions = FlatPatch | readonly Pair[];

/** The positions of a patch; null if they are not all pairs of integers. Errors as for `locationsOf`. */
export function positionsIn(patch: Value): Positions | null {
  const flat = flatPatchOf(patch);
  if (flat !== null) return flat;
  const locations = elementsOf(locationsOf(patch));
  return locations.every((location) => location instanceof Pair) ? locations : null;
}

/** The minimum distance between positions of any kind, each unpacked when it is reached (SPEC 3.7, `manhattan`). */
export function leastMixedDistance(a: Value, b: Value): number {
  let least = Number.POSITIVE_INFINITY;
  for (const from of elementsOf(locationsOf(a))) {
    const [ai, aj] = unpackTwo(from);
    for (const to of elementsOf(locationsOf(b))) {
      spend(1);
      const [bi, bj] = unpackTwo(to);
      const down = Math.abs(integerOf(minus(ai, bi)));
      least = Math.min(least, exactInteger(down + Math.abs(integerOf(minus(aj, bj)))));
    }
  }
  return least === Number.POSITIVE_INFINITY ? fail('empty', 'a patch is empty') : least;
}

/** Larger than the distance of any two positions with keys, moved or not. */
export const FAR = 1 << 20;

/**
 * The minimum distance between `a`, moved `di` rows down and `dj` columns to the right, and `b`; neither is empty.
 * Distances of `limit` or more are not distinguished: the result is then at least `limit`.
 */
export function leastDistance(a: Positions, b: Positions, di: number, dj: number, limit: number): number {
  if (isFlat(a) && isFlat(b)) return leastFlatDistance(a, b, di, dj, limit);
  return leastLooseDistance(pairsOf(a), pairsOf(b), di, dj);
}

function isFlat(positions: Positions): positions is FlatPatch {
  return isFlatPatch(positions as FlatPatch);
}

function pairsOf(positions: Positions): readonly Pair[] {
  if (!isFlat(positions)) return positions;
  const low = positionBit(positions);
  return Array.from(
    positions.keys,
    (key) => new Pair(rowOfPosition(key >> low), columnOfPosition(key >> low)),
  );
}

function leastLooseDistance(a: readonly Pair[], b: readonly Pair[], di: number, dj: number): number {
  spend(a.length * b.length);
  let least = Number.POSITIVE_INFINITY;
  for (const from of a) {
    for (const to of b) {
      const distance = Math.abs(to.i - from.i - di) + Math.abs(to.j - from.j - dj);
      if (distance < least) least = distance;
    }
  }
  return exactInteger(least);
}

/** Up to this many pairs are compared one by one, without computing bounding boxes. */
const FEW_PAIRS = 2048;

/**
 * The cost of comparing a pair, relative to that of a position of the common bounding box in a distance transform.
 */
const PAIRS_FOR_ONE_POSITION = 8;

function leastFlatDistance(a: FlatPatch, b: FlatPatch, di: number, dj: number, limit: number): number {
  const pairs = a.size * b.size;
  if (pairs > FEW_PAIRS) {
    const common = commonBounds(boundsOf(a) as Bounds, boundsOf(b) as Bounds, di, dj);
    const area = (common.bottom - common.top + 1) * (common.right - common.left + 1);
    if (pairs > area * PAIRS_FOR_ONE_POSITION) return distanceInWaves(a, b, di, dj, common);
  }
  return distanceByPairs(a, b, di, dj, limit);
}

/** The common bounding box of a moved patch and another patch. */
function commonBounds(a: Bounds, b: Bounds, di: number, dj: number): Bounds {
  return {
    top: Math.min(a.top + di, b.top),
    bottom: Math.max(a.bottom + di, b.bottom),
    left: Math.min(a.left + dj, b.left),
    right: Math.max(a.right + dj, b.right),
  };
}

/**
 * Compares the pairs whose columns are closer than the minimum found so far. Keys ascend by column, so for each key
 * of `a` these are a window of `b`, which moves along with `a`.
 */
function distanceByPairs(a: FlatPatch, b: FlatPatch, di: number, dj: number, limit: number): number {
  const keys = b.keys;
  const low = positionBit(b);
  const columnBit = low + ROW_BITS;
  const lowA = positionBit(a);
  let least = limit;
  let start = 0;
  let compared = 0;
  for (let k = 0; k < a.keys.length && least > 0; k++) {
    const i = ((a.keys[k] >> lowA) & ROW_MASK) + di;
    const j = (a.keys[k] >> (lowA + ROW_BITS)) + dj;
    while (start < keys.length && j - (keys[start] >> columnBit) >= least) start++;
    let m = start;
    for (; m < keys.length; m++) {
      const across = (keys[m] >> columnBit) - j;
      if (across >= least) break;
      const distance = Math.abs(across) + Math.abs(((keys[m] >> low) & ROW_MASK) - i);
      if (distance < least) least = distance;
    }
    compared += m - start;
  }
  spend(compared);
  return least;
}

/** Propagates the distance to `b` over the common bounding box: down and right, then up and left. */
function distanceInWaves(a: FlatPatch, b: FlatPatch, di: number, dj: number, common: Bounds): number {
  const height = common.bottom - common.top + 1;
  const width = common.right - common.left + 1;
  spend(4 * height * width);
  // Column by column, with a margin all around whose distances stay FAR.
  const stride = height + 2;
  const distances = new Int32Array(stride * (width + 2)).fill(FAR);
  const origin = stride * (1 - common.left + MIN_COORDINATE) + 1 - common.top + MIN_COORDINATE;
  const lowB = positionBit(b);
  for (let k = 0; k < b.keys.length; k++) {
    const position = b.keys[k] >> lowB;
    distances[origin + (position >> ROW_BITS) * stride + (position & ROW_MASK)] = 0;
  }
  for (let column = 1; column <= width; column++) {
    const last = column * stride + height;
    for (let at = last - height + 1; at <= last; at++) {
      distances[at] = Math.min(distances[at], distances[at - 1] + 1, distances[at - stride] + 1);
    }
  }
  for (let column = width; column >= 1; column--) {
    const first = column * stride + 1;
    for (let at = first + height - 1; at >= first; at--) {
      distances[at] = Math.min(distances[at], distances[at + 1] + 1, distances[at + stride] + 1);
    }
  }
  const lowA = positionBit(a);
  const originA = origin + dj * stride + di;
  let least = FAR;
  for (let k = 0; k < a.keys.length; k++) {
    const position = a.keys[k] >> lowA;
    const distance = distances[originA + (position >> ROW_BITS) * stride + (position & ROW_MASK)];
    if (distance < least) least = distance;
  }
  return least;
}
