/** Containers (SPEC 3.3): the table of their primitives, and those primitives that take no function. */
import { constant, endOfFirst, firstTwo, lastTwo, second, first as whole } from '../charges.js';
import { integerOf } from '../components.js';
import {
  differenceOf,
  filtered,
  fitsFlatSet,
  mergeOf,
  selectedRows,
  tupleOfAll,
  unionOf,
  withKeys,
} from '../containers/container.js';
import { productOf } from '../containers/product.js';
import { fail } from '../errors.js';
import { reserve } from '../grids/grid.js';
import { isFlatSet } from '../patches/flat-patch.js';
import { type Primitive, primitive } from '../primitive.js';
import { pairOf, setOf, tupleOf } from '../value/construct.js';
import { DistinctValues } from '../value/distinct.js';
import { equals, hasMember, itemOf, memberOf } from '../value/equality.js';
import { leastFrequent, mostFrequent } from '../value/frequency.js';
import { commonKeys } from '../value/keys.js';
import {
  chargedContainer,
  describe,
  elementsOf,
  firstOf,
  lengthOf,
  listOf,
  membersInOrder,
} from '../value/order.js';
import {
  EMPTY_SET,
  EMPTY_TUPLE,
  Grid,
  isInteger,
  isSet,
  isTuple,
  Members,
  type SetValue,
  type Tuple,
  type Value,
} from '../value/value.js';
import {
  apply,
  argmax,
  argmin,
  extract,
  mapply,
  mfilter,
  mpapply,
  order,
  papply,
  prapply,
  rapply,
  sfilter,
  valmax,
  valmin,
} from './containers-by-function.js';

function identity(x: Value): Value {
  return x;
}

export function size(container: Value): Value {
  return lengthOf(container);
}

export function combine(a: Value, b: Value): Value {
  if (isSet(a)) return unionOf(a, b);
  if (!isTuple(a)) return fail('type', `${describe(a)} is no container`);
  if (lengthOf(b) === 0) return a;
  return a.length === 0 && isTuple(b) ? b : tupleOfAll([a, b]);
}

function intersection(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return commonBits(a, b);
  if (!isSet(a)) return fail('type', `${describe(a)} is no set`);
  if (!isSet(b)) return fail('type', `${describe(b)} is no set`);
  if (isFlatSet(a) && isFlatSet(b) && a.layout === b.layout) {
    return withKeys(a, commonKeys(a.keys, b.keys));
  }
  const [smaller, larger] = a.size <= b.size ? [a, b] : [b, a];
  return filtered(smaller, (element) => hasMember(larger, element), 'in any order');
}

/** The bits that both integers have; a boolean for two booleans. */
function commonBits(a: number | boolean, b: number | boolean): Value {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a && b;
  return Number(BigInt(a) & BigInt(b));
}

export function dedupe(tup: Value): Value {
  if (isSet(tup) && tup.size > 0) return fail('type', `${describe(tup)} is no tuple`);
  const elements = elementsOf(tup);
  const distinct = new DistinctValues(elements.length);
  const firsts: number[] = [];
  for (let k = 0; k < elements.length; k++) {
    if (distinct.add(elements[k]) === firsts.length) firsts.push(k);
  }
  if (firsts.length === elements.length) return isTuple(tup) ? tup : EMPTY_TUPLE;
  return tup instanceof Grid ? selectedRows(tup, firsts) : tupleOf(distinct.values);
}

function repeat(item: Value, num: Value): Value {
  const count = Math.max(0, integerOf(num));
  reserve(count);
  return tupleOf(new Array<Value>(count).fill(item));
}

export function merge(outer: Value): Value {
  return mergeOf(outer);
}

export function mostcommon(container: Value): Value {
  if (!isTuple(container)) return fail('type', `${describe(container)} is no tuple`);
  const value = mostFrequent(elementsOf(container));
  return value === undefined ? fail('empty', 'mostcommon of an empty tuple') : value;
}

export function leastcommon(container: Value): Value {
  if (!isTuple(container)) return fail('type', `${describe(container)} is no tuple`);
  const value = leastFrequent(elementsOf(container));
  return value === undefined ? fail('empty', 'leastcommon of an empty tuple') : value;
}

function initset(value: Value): Value {
  return fitsFlatSet(value) ? setOf([value]) : new Members([value]);
}

export function totuple(container: Value): Value {
  return isTuple(container) ? container : tupleOf(elementsOf(container));
}

function first(container: Value): Value {
  const element = firstOf(container);
  return element === undefined ? fail('stop', 'first of an empty container') : element;
}

export function last(container: Value): Value {
  const length = lengthOf(container);
  if (length === 0) return fail('empty', 'last of an empty container');
  if (isTuple(container)) return itemOf(container, length - 1);
  return container instanceof Members
    ? membersInOrder(container)[length - 1]
    : memberOf(container as SetValue, length - 1);
}

function insert(value: Value, container: Value): Value {
  if (!isSet(container)) return fail('type', `${describe(container)} is no set`);
  return hasMember(container, value) ? container : unionOf(container, initset(value));
}

export function remove(value: Value, container: Value): Value {
  if (isSet(container)) return differenceOf(container, initset(value));
  return filtered(container, (element) => !equals(element, value), 'in any order');
}

function other(container: Value, value: Value): Value {
  for (const element of elementsOf(container)) {
    if (!equals(element, value)) return element;
  }
  return fail('stop', 'every element of the container equals the value');
}

function product(a: Value, b: Value): Value {
  const seconds = chargedContainer(b);
  if (lengthOf(seconds) === 0) return EMPTY_SET;
  const firsts = chargedContainer(a);
  reserve(lengthOf(firsts) * lengthOf(seconds));
  if (lengthOf(firsts) === 0) return EMPTY_SET;
  const distinctFirsts = distinctInOrder(firsts);
  return productOf(distinctFirsts, distinctInOrder(seconds));
}

/** The distinct elements of a container that has been charged for, in canonical order. */
function distinctInOrder(container: Tuple | SetValue): readonly Value[] {
  return isSet(container) ? listOf(container) : elementsOf(setOf(listOf(container)));
}

export function pair(a: Value, b: Value): Value {
  const firsts = elementsOf(a);
  const seconds = elementsOf(b);
  const pairs = new Array<Value>(Math.min(firsts.length, seconds.length));
  for (let k = 0; k < pairs.length; k++) pairs[k] = pairOf(firsts[k], seconds[k]);
  return tupleOf(pairs);
}

export const containers: readonly Primitive[] = [
  primitive('containers', 'identity', 'x: any -> any', constant, identity),
  primitive('containers', 'size', 'container: container -> integer', constant, size),
  primitive('containers', 'combine', 'a: container, b: container -> container', firstTwo, combine),
  primitive('containers', 'intersection', 'a: set, b: set -> set', firstTwo, intersection),
  primitive('containers', 'difference', 'a: container, b: container -> container', firstTwo, differenceOf),
  primitive('containers', 'dedupe', 'tup: tuple -> tuple', whole, dedupe),
  primitive('containers', 'order', 'container: container, compfunc: function -> tuple', whole, order),
  primitive('containers', 'repeat', 'item: any, num: integer -> tuple', constant, repeat),
  primitive('containers', 'merge', 'containers: container -> container', whole, merge),
  primitive('containers', 'valmax', 'container: container, compfunc: function -> any', whole, valmax),
  primitive('containers', 'valmin', 'container: container, compfunc: function -> any', whole, valmin),
  primitive('containers', 'argmax', 'container: container, compfunc: function -> any', whole, argmax),
  primitive('containers', 'argmin', 'container: container, compfunc: function -> any', whole, argmin),
  primitive('containers', 'mostcommon', 'container: tuple -> any', whole, mostcommon),
  primitive('containers', 'leastcommon', 'container: tuple -> any', whole, leastcommon),
  primitive('containers', 'initset', 'value: any -> set', constant, initset),
  primitive(
    'containers',
    'sfilter',
    'container: container, condition: function -> container',
    whole,
    sfilter,
  ),
  primitive('containers', 'mfilter', 'container: container, function: function -> container', whole, mfilter),
  primitive('containers', 'extract', 'container: container, condition: function -> any', whole, extract),
  primitive('containers', 'totuple', 'container: container -> tuple', whole, totuple),
  primitive('containers', 'first', 'container: container -> any', endOfFirst, first, {
    component: 'first',
  }),
  primitive('containers', 'last', 'container: container -> any', endOfFirst, last, {
    component: 'second',
  }),
  primitive('containers', 'insert', 'value: any, container: set -> set', firstTwo, insert),
  primitive('containers', 'remove', 'value: any, container: container -> container', firstTwo, remove),
  primitive('containers', 'other', 'container: container, value: any -> any', firstTwo, other),
  primitive('containers', 'product', 'a: container, b: container -> set', firstTwo, product),
  primitive('containers', 'pair', 'a: container, b: container -> tuple', firstTwo, pair),
  primitive('containers', 'apply', 'function: function, container: container -> container', second, apply),
  primitive('containers', 'rapply', 'functions: container, value: any -> container', whole, rapply),
  primitive('containers', 'mapply', 'function: function, container: container -> container', second, mapply),
  primitive(
    'containers',
    'papply',
    'function: function, a: container, b: container -> tuple',
    lastTwo,
    papply,
  ),
  primitive(
    'containers',
    'mpapply',
    'function: function, a: container, b: container -> tuple',
    lastTwo,
    mpapply,
  ),
  primitive(
    'containers',
    'prapply',
    'function: function, a: container, b: container -> set',
    lastTwo,
    prapply,
  ),
];
