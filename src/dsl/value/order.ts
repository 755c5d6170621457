/** The canonical order of values (SPEC 1.4), and reading containers in that order. */

import { fail } from '../errors.js';
import { spend, spendOnCells, spendOnPairs } from '../meter.js';
import { cellOfKey, equals, indexPairOf, itemOf, pairOfKey, tripleOfKey } from './equality.js';
import {
  Cell,
  Float,
  type FunctionValue,
  isFunction,
  isInteger,
  isSet,
  isTuple,
  Layout,
  type Members,
  Pair,
  type SetValue,
  type Tuple,
  type Value,
} from './value.js';

enum Rank {
  None,
  Integer,
  Pair,
  Cell,
  Tuple,
  Set,
  Function,
}

function rankOf(value: Value): Rank {
  if (value === null) return Rank.None;
  if (isInteger(value)) return Rank.Integer;
  if (value instanceof Pair) return Rank.Pair;
  if (value instanceof Cell) return Rank.Cell;
  if (isSet(value)) return Rank.Set;
  if (isFunction(value)) return Rank.Function;
  if (value instanceof Float) return Rank.Integer;
  if (value.length === 2) {
    const head = itemOf(value, 0);
    if (isInteger(head)) {
      const tail = itemOf(value, 1);
      if (isInteger(tail)) return Rank.Pair;
      if (indexPairOf(tail) !== null) return Rank.Cell;
    }
  }
  return Rank.Tuple;
}

/** Negative, 0 or positive if `a` comes before, equals or comes after `b`. Total, and 0 exactly for equal values. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a instanceof Pair && b instanceof Pair) return a.j - b.j || a.i - b.i;
  if (a instanceof Cell && b instanceof Cell) {
    return a.j - b.j || a.i - b.i || a.color - b.color;
  }
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  switch (rank) {
    case Rank.None:
      return 0;
    case Rank.Integer:
      return a instanceof Float || b instanceof Float ? compareFloats(a, b) : Number(a) - Number(b);
    case Rank.Pair:
      return comparePairs(a, b);
    case Rank.Cell:
      return (
        comparePairs(itemOf(a as Tuple, 1), itemOf(b as Tuple, 1)) ||
        Number(itemOf(a as Tuple, 0)) - Number(itemOf(b as Tuple, 0))
      );
    case Rank.Tuple:
      return compareTuples(a as Tuple, b as Tuple);
    case Rank.Set:
      return compareSets(a as SetValue, b as SetValue);
    case Rank.Function:
      return compareFunctions(a as FunctionValue, b as FunctionValue);
  }
}

/** -inf comes before all integers; inf and nan come after them. */
function compareFloats(a: Value, b: Value): number {
  const left = a instanceof Float ? placeOf(a) : 0;
  const right = b instanceof Float ? placeOf(b) : 0;
  return left - right;
}

function placeOf({ number }: Float): number {
  return number < 0 ? -1 : number > 0 ? 1 : 2;
}

function comparePairs(a: Value, b: Value): number {
  const left = indexPairOf(a) as Pair;
  const right = indexPairOf(b) as Pair;
  return left.j - right.j || left.i - right.i;
}

function compareTuples(a: Tuple, b: Tuple): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a.layout === Layout.Triple && b.layout === Layout.Triple)
    return a.i - b.i || a.j - b.j || a.color - b.color;
  if (a.layout === Layout.Grid && b.layout === Layout.Grid) {
    // Rows are tuples, which are ordered by length first: the width. But rows of two are index pairs, ordered by
    // column first.
    if (a.width === b.width && a.width !== 2) {
      for (let k = 0; k < a.cells.length; k++) {
        if (a.cells[k] !== b.cells[k]) return a.cells[k] - b.cells[k];
      }
      return 0;
    }
  }
  for (let k = 0; k < a.length; k++) {
    const order = compare(itemOf(a, k), itemOf(b, k));
    if (order !== 0) return order;
  }
  return 0;
}

function compareSets(a: SetValue, b: SetValue): number {
  if (
    (a.layout === Layout.Indices && b.layout === Layout.Indices) ||
    (a.layout === Layout.Cells && b.layout === Layout.Cells) ||
    (a.layout === Layout.Triples && b.layout === Layout.Triples)
  ) {
    const shorter = Math.min(a.size, b.size);
    for (let k = 0; k < shorter; k++) {
      if (a.keys[k] !== b.keys[k]) return a.keys[k] - b.keys[k];
    }
    return a.size - b.size;
  }
  return compareLists(elementsOfSet(a), elementsOfSet(b));
}

function compareFunctions(a: FunctionValue, b: FunctionValue): number {
  const left = a.primitive.name;
  const right = b.primitive.name;
  if (left !== right) return left < right ? -1 : 1;
  if (a.combined !== b.combined) return a.combined ? 1 : -1;
  return compareLists(a.fixed, b.fixed);
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let k = 0; k < shorter; k++) {
    const order = compare(a[k], b[k]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** The members in canonical order; computed once for each set. */
export function membersInOrder(set: Members): readonly Value[] {
  if (set.ordered !== null) return set.ordered;
  const { members } = set;
  // Pairs are made in order.
  set.ordered ??= [...members].sort(compare);
  return set.ordered;
}

function elementsOfSet(set: SetValue): readonly Value[] {
  switch (set.layout) {
    case Layout.Members:
      return membersInOrder(set);
    case Layout.Indices:
      return elementsOfKeys(set.keys, pairOfKey);
    case Layout.Cells:
      return elementsOfKeys(set.keys, cellOfKey);
    case Layout.Triples:
      return elementsOfKeys(set.keys, tripleOfKey);
  }
}

/** A plain loop is several times faster than Array.from with a function. */
function elementsOfKeys(keys: Int32Array, elementOf: (key: number) => Value): readonly Value[] {
  const elements = new Array<Value>(keys.length);
  for (let k = 0; k < keys.length; k++) elements[k] = elementOf(keys[k]);
  return elements;
}

/** Number of elements of a container (SPEC 1.6, "len"); `type` for anything else. */
export function lengthOf(value: Value): number {
  if (isTuple(value)) return value.length;
  if (isSet(value)) return value.size;
  return fail('type', `${describe(value)} has no length`);
}

/**
 * The elements in iteration order (SPEC 1.6, "iterate"); `type` if the value is no container. Never write to the
 * array.
 */
export function elementsOf(value: Value): readonly Value[] {
  return listOf(chargedContainer(value));
}

/** Charges for reading the elements of a container, and returns it; `type` if it is none. */
export function chargedContainer(value: Value): Tuple | SetValue {
  if (typeof value === 'object' && value !== null) {
    switch (value.layout) {
      case Layout.Items:
        return value;
      case Layout.Pair:
      case Layout.Cell:
      case Layout.Triple:
        spend(value.length);
        return value;
      case Layout.Grid:
        spend(value.cells.length);
        spendOnCells(value.height);
        return value;
      case Layout.Members:
        spend(value.size);
        return value;
      case Layout.Indices:
        spendOnPairs(value.size);
        return value;
      case Layout.Cells:
      case Layout.Triples:
        spendOnCells(value.size);
        return value;
    }
  }
  return fail('type', `cannot iterate over ${describe(value)}`);
}

/** The elements in iteration order, for which the caller has charged. Never write to the array. */
export function listOf(container: Tuple | SetValue): readonly Value[] {
  if (isSet(container)) return elementsOfSet(container);
  if (container.layout === Layout.Items) return container.items;
  const elements = new Array<Value>(container.length);
  for (let k = 0; k < elements.length; k++) elements[k] = itemOf(container, k);
  return elements;
}

/** The first element in iteration order; undefined for an empty container; `type` for anything else. */
export function firstOf(value: Value): Value | undefined {
  if (isTuple(value)) return value.length === 0 ? undefined : itemOf(value, 0);
  if (isSet(value)) {
    if (value.layout === Layout.Indices) return pairOfKey(value.keys[0]);
    if (value.layout === Layout.Cells) return cellOfKey(value.keys[0]);
    if (value.layout === Layout.Triples) return tripleOfKey(value.keys[0]);
    return value.size === 0 ? undefined : membersInOrder(value)[0];
  }
  return fail('type', `cannot iterate over ${describe(value)}`);
}

/** One of the two comparisons below. */
export type Comparison = (a: Value, b: Value) => boolean;

/** The extreme of SPEC 1.3 among one or more values: the first value that no later one beats. */
export function extremeAmong(values: readonly Value[], beats: Comparison): Value {
  let best = values[0];
  for (let k = 1; k < values.length; k++) {
    if (beats(values[k], best)) best = values[k];
  }
  return best;
}

/** `a < b` of SPEC 1.3; `type` if the values cannot be compared. */
export function isLess(a: Value, b: Value): boolean {
  return isGreater(b, a);
}

/** `a > b` of SPEC 1.3; `type` if the values cannot be compared. */
export function isGreater(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b;
  if (isInteger(a) && isInteger(b)) return Number(a) > Number(b);
  if (isTuple(a) && isTuple(b)) {
    const shorter = Math.min(a.length, b.length);
    for (let k = 0; k < shorter; k++) {
      const left = itemOf(a, k);
      const right = itemOf(b, k);
      if (!equals(left, right)) return isGreater(left, right);
    }
    return a.length > b.length;
  }
  if (isSet(a) && isSet(b)) return isProperSuperset(a, b);
  if ((a instanceof Float || b instanceof Float) && isNumber(a) && isNumber(b))
    return numberOf(a) > numberOf(b);
  return fail('type', `cannot compare ${describe(a)} with ${describe(b)}`);
}

function isNumber(value: Value): value is number | boolean | Float {
  return isInteger(value) || value instanceof Float;
}

function numberOf(value: number | boolean | Float): number {
  return value instanceof Float ? value.number : Number(value);
}

function isProperSuperset(a: SetValue, b: SetValue): boolean {
  if (a.size <= b.size) return false;
  if (
    (a.layout === Layout.Indices && b.layout === Layout.Indices) ||
    (a.layout === Layout.Cells && b.layout === Layout.Cells) ||
    (a.layout === Layout.Triples && b.layout === Layout.Triples)
  ) {
    return holdsKeys(a.keys, b.keys);
  }
  const larger = elementsOfSet(a);
  let at = 0;
  for (const member of elementsOfSet(b)) {
    while (at < larger.length && compare(larger[at], member) < 0) at++;
    if (at === larger.length || compare(larger[at], member) !== 0) return false;
  }
  return true;
}

/** Whether all of `wanted` are among `keys`, both ascending. */
function holdsKeys(keys: Int32Array, wanted: Int32Array): boolean {
  let at = 0;
  for (let k = 0; k < wanted.length; k++) {
    while (at < keys.length && keys[at] < wanted[k]) at++;
    if (at === keys.length || keys[at] !== wanted[k]) return false;
  }
  return true;
}

/** A description of a value for error messages, such as `"an integer"` or `"a set of 3"`; never its contents. */
export function describe(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return 'a boolean';
  if (typeof value === 'number') return 'an integer';
  if (isTuple(value)) return `a tuple of ${value.length}`;
  if (isSet(value)) return `a set of ${value.size}`;
  if (value instanceof Float) return `the number ${numberOf(value)}`;
  return `the function ${value.primitive.name}`;
}
