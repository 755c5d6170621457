/** Positions around a position, and lines of positions, in the dialect: empty for `()` (SPEC-dialect 5.3). */
import {
  vfrontier as column,
  ineighbors as diagonal,
  dneighbors as direct,
  connect as lineBetween,
  hfrontier as row,
  shoot as shot,
  neighbors as surrounding,
} from '../../primitives/patches/lines.js';
import { EMPTY_SET, isTuple, type Value } from '../../value/value.js';
import { guarded } from '../guard.js';
import { isEmptyTuple } from '../numbers.js';
import { lengthIn } from './locations.js';

function around(neighbours: (loc: Value) => Value) {
  return guarded(EMPTY_SET, (loc: Value) => {
    return isTuple(loc) && loc.length > 0 ? neighbours(loc) : EMPTY_SET;
  });
}

export const dneighbors = around(direct);
export const ineighbors = around(diagonal);
export const neighbors = around(surrounding);

export const connect = guarded(EMPTY_SET, (a: Value, b: Value): Value => {
  return isEmptyTuple(a) || isEmptyTuple(b) ? EMPTY_SET : lineBetween(a, b);
});

export const shoot = guarded(EMPTY_SET, (start: Value, direction: Value): Value => {
  return lengthIn(start) === 0 || lengthIn(direction) === 0 ? EMPTY_SET : shot(start, direction);
});

export const vfrontier = guarded(EMPTY_SET, column);
export const hfrontier = guarded(EMPTY_SET, row);
