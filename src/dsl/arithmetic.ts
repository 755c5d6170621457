/**
 * Arithmetic on values of any kind, as in the reference implementation: adding tuples concatenates them, multiplying
 * a tuple by an integer repeats it, and subtracting sets removes members. All other operands except integers are a
 * `type` error. New values are charged for before they are built.
 */
import { exactInteger } from './components.js';
import { differenceOf, tupleOfAll } from './containers/container.js';
import { fail } from './errors.js';
import { reserve } from './grids/grid.js';
import { tupleOf } from './value/construct.js';
import { describe, elementsOf } from './value/order.js';
import { EMPTY_TUPLE, isInteger, isSet, isTuple, type Tuple, type Value } from './value/value.js';

/** The sum of two integers, or the concatenation of two tuples. */
export function plus(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return exactInteger(Number(a) + Number(b));
  if (isTuple(a) && isTuple(b)) return tupleOfAll([a, b]);
  return fail('type', `cannot add ${describe(a)} and ${describe(b)}`);
}

/** The difference of two integers, or of two sets. */
export function minus(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return exactInteger(Number(a) - Number(b));
  if (isSet(a) && isSet(b)) return differenceOf(a, b);
  return fail('type', `cannot subtract ${describe(b)} from ${describe(a)}`);
}

/** The product of two integers, or a repeated tuple. */
export function times(a: Value, b: Value): Value {
  // + 0: there is no negative zero.
  if (isInteger(a) && isInteger(b)) return exactInteger(Number(a) * Number(b)) + 0;
  if (isTuple(a) && isInteger(b)) return repeated(a, Number(b));
  if (isInteger(a) && isTuple(b)) return repeated(b, Number(a));
  return fail('type', `cannot multiply ${describe(a)} by ${describe(b)}`);
}

function repeated(tuple: Tuple, count: number): Tuple {
  if (count <= 0 || tuple.length === 0) return EMPTY_TUPLE;
  if (count === 1) return tuple;
  reserve(tuple.length * count);
  const elements = elementsOf(tuple);
  const copies = new Array<Value>(elements.length * count);
  for (let k = 0; k < copies.length; k++) copies[k] = elements[k % elements.length];
  return tupleOf(copies);
}
