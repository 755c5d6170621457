/**
 * The set of all pairs from two lists (SPEC 3.3, `product`), built so that it is distinct and in canonical order
 * without sorting.
 */
import { hasRoomFor, spendOnMembers } from '../meter.js';
import { newKeys } from '../value/arrays.js';
import { cellsOf, indicesOf, pairOf } from '../value/construct.js';
import { indexPairOf } from '../value/equality.js';
import { orderedSetOf } from '../value/ordered-set.js';
import {
  cellKey,
  depthOf,
  isInteger,
  Members,
  Pair,
  type PairsOf,
  packsColor,
  packsCoordinate,
  packsPair,
  positionKey,
  type SetValue,
  type Value,
  weightOf,
} from '../value/value.js';

/**
 * The set of all tuples (x, y) with x from `firsts` and y from `seconds`; both lists are distinct and in canonical
 * order.
 */
export function productOf(firsts: readonly Value[], seconds: readonly Value[]): SetValue {
  if (firsts.every(isCoordinate) && seconds.every(isCoordinate)) return productOfCoordinates(firsts, seconds);
  if (firsts.every(packsColor) && seconds.every(isPackedPair)) return productOfColors(firsts, seconds);
  spendOnMembers(firsts.length * seconds.length);
  const unmade = firsts.some(isInteger) ? null : pairsOf(firsts, seconds);
  if (unmade !== null) return new Members(null, unmade);
  const pairs: Value[] = [];
  // Index pairs come first, then cells, both ordered by their second component; then all others, ordered by the
  // first.
  const integers = firsts.filter(isInteger);
  const pairWith = (y: Value) => {
    for (const x of integers) pairs.push(pairOf(x, y));
  };
  const integerSeconds = seconds.filter(isInteger);
  integerSeconds.forEach(pairWith);
  const indexPairs = seconds.filter(isIndexPair);
  indexPairs.forEach(pairWith);
  const others =
    integerSeconds.length + indexPairs.length === 0
      ? seconds
      : seconds.filter((y) => !isInteger(y) && !isIndexPair(y));
  for (const x of firsts) {
    for (const y of isInteger(x) ? others : seconds) pairs.push(pairOf(x, y));
  }
  return orderedSetOf(pairs);
}

/**
 * The pairs before they are made, if no x is an integer: then they are generic tuples. Null if a pair, or the set,
 * would exceed a limit.
 */
function pairsOf(firsts: readonly Value[], seconds: readonly Value[]): PairsOf | null {
  const [ofFirsts, ofSeconds] = [extentOf(firsts), extentOf(seconds)];
  const weight =
    1 + firsts.length * seconds.length + seconds.length * ofFirsts.weight + firsts.length * ofSeconds.weight;
  const depth = 2 + Math.max(ofFirsts.depth, ofSeconds.depth);
  return hasRoomFor(weight, depth) ? { firsts, seconds, places: null, weight, depth } : null;
}

/** The sum of the weights, and the maximum depth. */
function extentOf(values: readonly Value[]): { readonly weight: number; readonly depth: number } {
  let weight = 0;
  let depth = 0;
  for (const value of values) {
    weight += weightOf(value);
    depth = Math.max(depth, depthOf(value));
  }
  return { weight, depth };
}

function isIndexPair(value: Value): boolean {
  return indexPairOf(value) !== null;
}

function isCoordinate(value: Value): value is number {
  return typeof value === 'number' && packsCoordinate(value);
}

function productOfCoordinates(rows: readonly number[], columns: readonly number[]): SetValue {
  const keys = newKeys(rows.length * columns.length);
  let count = 0;
  for (const j of columns) {
    for (const i of rows) keys[count++] = positionKey(i, j);
  }
  return indicesOf(keys);
}

function isPackedPair(value: Value): value is Pair {
  return value instanceof Pair && packsPair(value);
}

function productOfColors(colors: readonly number[], positions: readonly Pair[]): SetValue {
  const keys = newKeys(colors.length * positions.length);
  let count = 0;
  for (const { i, j } of positions) {
    for (const color of colors) keys[count++] = cellKey(color, i, j);
  }
  return cellsOf(keys);
}
