/** Relations between two patches in the dialect (SPEC-dialect 5.3). */
import { integerOf, unpackTwo } from '../../components.js';
import {
  manhattan as distance,
  fall,
  MAX_FALL,
  vmatching as shareColumn,
  hmatching as shareRow,
} from '../../primitives/patches/patch-relations.js';
import { pairOf, setOf } from '../../value/construct.js';
import { equals, isTrue } from '../../value/equality.js';
import { elementsOf, isLess } from '../../value/order.js';
import { EMPTY_TUPLE, INFINITE, Indices, Pair, type Value } from '../../value/value.js';
import { guarded } from '../guard.js';
import { lengthIn, toindices } from './locations.js';
import { center } from './measures.js';

/** The positions as a set of pairs of integers; `type` and `value` if they are no such pairs. */
function positionsIn(locations: Value): Value {
  if (locations instanceof Indices) return locations;
  return setOf(
    elementsOf(locations).map((location) => {
      const [i, j] = unpackTwo(location);
      return new Pair(integerOf(i), integerOf(j));
    }),
  );
}

/** Whether a component of some position of one patch equals one of the other. */
function shareComponent(a: Value, b: Value, component: 0 | 1): boolean {
  const values = elementsOf(a).map((location) => unpackTwo(location)[component]);
  const others = elementsOf(b).map((location) => unpackTwo(location)[component]);
  return values.some((value) => others.some((other) => equals(value, other)));
}

export const hmatching = guarded(false, (a: Value, b: Value): Value => {
  const [from, to] = [toindices(a), toindices(b)];
  return from instanceof Indices && to instanceof Indices ? shareRow(from, to) : shareComponent(from, to, 0);
});

export const vmatching = guarded(false, (a: Value, b: Value): Value => {
  const [from, to] = [toindices(a), toindices(b)];
  if (from instanceof Indices && to instanceof Indices) return shareColumn(from, to);
  return shareComponent(from, to, 1);
});

export const manhattan = guarded(0, (a: Value, b: Value): Value => {
  if ((lengthIn(a) ?? 0) === 0 || (lengthIn(b) ?? 0) === 0) return INFINITE;
  return distance(positionsIn(toindices(a)), positionsIn(toindices(b)));
});

export const adjacent = guarded(false, (a: Value, b: Value) => equals(manhattan(a, b), 1));

/** Down or up, right or left: towards increasing coordinates. */
function towards(from: Value, to: Value): 1 | -1 {
  return isLess(from, to) ? 1 : -1;
}

export const position = guarded(EMPTY_TUPLE, (a: Value, b: Value): Value => {
  const [ai, aj] = unpackTwo(center(toindices(a)));
  const [bi, bj] = unpackTwo(center(toindices(b)));
  if (equals(ai, bi)) return new Pair(0, towards(aj, bj));
  if (equals(aj, bj)) return new Pair(towards(ai, bi), 0);
  return new Pair(towards(ai, bi), towards(aj, bj));
});

/** The positions for falling; null for a patch without positions, which is adjacent to nothing. */
const fallable = guarded(null, (patch: Value): Value => {
  const positions = positionsIn(toindices(patch));
  return lengthIn(positions) === 0 ? null : positions;
});

export const gravitate = guarded(EMPTY_TUPLE, (source: Value, destination: Value): Value => {
  if (!isTrue(destination)) return source;
  const [fromRow, fromColumn] = unpackTwo(center(source));
  const [toRow, toColumn] = unpackTwo(center(destination));
  const vertical = isVertical(source, destination);
  const di = vertical ? towards(fromRow, toRow) : 0;
  const dj = vertical ? 0 : towards(fromColumn, toColumn);
  const [a, b] = [fallable(source), fallable(destination)];
  const steps = a === null || b === null ? MAX_FALL * (di + dj) : fall(a, b, di, dj);
  return vertical ? pairOf(steps, 0) : pairOf(0, steps);
});

function isVertical(source: Value, destination: Value): boolean {
  return isTrue(vmatching(source, destination));
}
