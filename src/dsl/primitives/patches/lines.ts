/** Positions around a position, and straight lines of positions (SPEC 3.7). */
import { plus, times } from '../../arithmetic.js';
import { componentOf, exactInteger, integerOf, unpackTwo } from '../../components.js';
import { reserve } from '../../grids/grid.js';
import { spendOnMembers } from '../../meter.js';
import { newKeys } from '../../value/arrays.js';
import { pairOf, setOf } from '../../value/construct.js';
import { orderedSetOf } from '../../value/ordered-set.js';
import {
  EMPTY_SET,
  Indices,
  MAX_COORDINATE,
  MIN_COORDINATE,
  Pair,
  packsCoordinate,
  positionKey,
  type SetValue,
  type Value,
} from '../../value/value.js';

/** A step of `i` rows and `j` columns, and the difference that it makes to a position key. */
interface Step {
  readonly i: number;
  readonly j: number;
  readonly key: number;
}

/** The steps from (0, 0) to these positions, in canonical order. */
function steps(...positions: readonly (readonly [number, number])[]): readonly Step[] {
  return positions.map(([i, j]) => ({ i, j, key: positionKey(i, j) - positionKey(0, 0) }));
}

const directSteps = steps([0, -1], [-1, 0], [1, 0], [0, 1]);
const diagonalSteps = steps([-1, -1], [1, -1], [-1, 1], [1, 1]);
const allSteps = steps([-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1]);

export function dneighbors(loc: Value): Value {
  return positionsAround(loc, directSteps);
}

export function ineighbors(loc: Value): Value {
  return positionsAround(loc, diagonalSteps);
}

export function neighbors(loc: Value): Value {
  return positionsAround(loc, allSteps);
}

function positionsAround(loc: Value, around: readonly Step[]): SetValue {
  const { i, j } = loc instanceof Pair ? loc : firstTwoComponents(loc);
  reserve(around.length);
  if (i <= MIN_COORDINATE || i >= MAX_COORDINATE || j <= MIN_COORDINATE || j >= MAX_COORDINATE) {
    return setOf(around.map((step) => new Pair(exactInteger(i + step.i), exactInteger(j + step.j))));
  }
  const keys = newKeys(around.length);
  const center = positionKey(i, j);
  for (let k = 0; k < around.length; k++) keys[k] = center + around[k].key;
  return new Indices(keys);
}

function firstTwoComponents(value: Value): Pair {
  const i = integerOf(componentOf(value, 0));
  return new Pair(i, integerOf(componentOf(value, 1)));
}

export function connect(a: Value, b: Value): Value {
  if (a instanceof Pair && b instanceof Pair) return lineBetween(a.i, a.j, b.i, b.j);
  const [ai, aj] = unpackTwo(a);
  const [bi, bj] = unpackTwo(b);
  return lineBetween(integerOf(ai), integerOf(aj), integerOf(bi), integerOf(bj));
}

/** Number of steps of `shoot`. */
const REACH = 42;

export function shoot(start: Value, direction: Value): Value {
  if (start instanceof Pair && direction instanceof Pair) {
    return shot(start.i, start.j, direction.i, direction.j);
  }
  const row = plus(componentOf(start, 0), times(REACH, componentOf(direction, 0)));
  return connect(start, pairOf(row, plus(componentOf(start, 1), times(REACH, componentOf(direction, 1)))));
}

function shot(i: number, j: number, di: number, dj: number): SetValue {
  return lineBetween(i, j, exactInteger(i + REACH * di), exactInteger(j + REACH * dj));
}

/** The positions from one to another, both inclusive, along a row, a column or a diagonal; otherwise none. */
function lineBetween(ai: number, aj: number, bi: number, bj: number): SetValue {
  const down = Math.abs(bi - ai);
  const across = Math.abs(bj - aj);
  if (down !== 0 && across !== 0 && down !== across) return EMPTY_SET;
  const count = Math.max(down, across) + 1;
  const di = Math.sign(bi - ai);
  const dj = Math.sign(bj - aj);
  if (dj > 0 || (dj === 0 && di >= 0)) return lineFrom(ai, aj, di, dj, count);
  return lineFrom(bi, bj, -di, -dj, count);
}

/** `count` positions from (i, j) on, in steps that ascend in canonical order: rightward, or down if `dj` is 0. */
function lineFrom(i: number, j: number, di: number, dj: number, count: number): SetValue {
  reserve(count);
  const lastRow = i + di * (count - 1);
  const lastColumn = j + dj * (count - 1);
  if (packsCoordinate(i) && packsCoordinate(j) && packsCoordinate(lastRow) && packsCoordinate(lastColumn)) {
    const keys = newKeys(count);
    const step = dj * 0x800 + di;
    let key = positionKey(i, j);
    for (let k = 0; k < count; k++) {
      keys[k] = key;
      key += step;
    }
    return new Indices(keys);
  }
  spendOnMembers(count);
  const positions = new Array<Value>(count);
  for (let k = 0; k < count; k++) positions[k] = new Pair(i + di * k, j + dj * k);
  return orderedSetOf(positions);
}

/** Length of a frontier, independent of any grid. */
const FRONTIER = 30;

export function vfrontier(location: Value): Value {
  const column = componentOf(location, 1);
  if (typeof column === 'number') return lineFrom(0, column, 1, 0, FRONTIER);
  reserve(FRONTIER);
  return setOf(Array.from({ length: FRONTIER }, (_, i) => pairOf(i, column)));
}

export function hfrontier(location: Value): Value {
  const row = componentOf(location, 0);
  if (typeof row === 'number') return lineFrom(row, 0, 0, 1, FRONTIER);
  reserve(FRONTIER);
  return setOf(Array.from({ length: FRONTIER }, (_, j) => pairOf(row, j)));
}
