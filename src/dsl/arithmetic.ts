/**
 * Arithmetic on values of any kind, as the reference does it: adding tuples concatenates them, multiplying one by an
 * integer repeats it, subtracting sets takes members away. Anything else but integers is a `type` error. What is built is
 * charged for before it is built.
 */
import { exactInteger } from './components.js';
import { differenceOf, tupleOfAll } from './containers/container.js';
import { fail } from './errors.js';
import { reserve } from './grids/grid.js';
import { tupleOf } from './value/construct.js';
import { describe, elementsOf } from './value/order.js';
import { EMPTY_TUPLE, isInteger, isSet, isTuple, type Tuple, type Value } from './value/value.js';

/** The sum of integers, or two tuples one after the other. */
export function plus(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return exactInteger(Number(a) + Number(b));
  if (isTuple(a) && isTuple(b)) return tupleOfAll([a, b]);
  return fail('type', `cannot add ${describe(a)} and ${describe(b)}`);
}

/** The difference of integers, or the members of one set that are not in the other. */
export function minus(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return exactInteger(Number(a) - Number(b));
  if (isSet(a) && isSet(b)) return differenceOf(a, b);
  return fail('type', `cannot subtract ${describe(b)} from ${describe(a)}`);
}

/** The product of integers, or a tuple so many times in a row. */
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
