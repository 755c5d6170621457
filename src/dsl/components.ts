/** Taking values apart by the common rules of SPEC 1.6: components, unpacking, integers. */
import { fail } from './errors.js';
import { itemOf } from './value/equality.js';
import { describe, elementsOf } from './value/order.js';
import { Cell, isInteger, isSet, isTuple, Pair, Triple, type Value } from './value/value.js';

/** Component `k` of a tuple; `type` if the value is no tuple, `index` if it is too short. */
export function componentOf(value: Value, k: number): Value {
  if (!isTuple(value)) return fail('type', `${describe(value)} has no components`);
  if (k >= value.length) return fail('index', `${describe(value)} has no component ${k}`);
  return itemOf(value, k);
}

/**
 * The two elements of a container; `type` if the value is no container, `value` if it has another number of elements.
 */
export function unpackTwo(value: Value): readonly Value[] {
  if (value instanceof Pair) return [value.i, value.j];
  if (value instanceof Cell) return [value.color, value.position];
  if (!isTuple(value) && !isSet(value)) return fail('type', `cannot unpack ${describe(value)}`);
  const count = isTuple(value) ? value.length : value.size;
  if (count !== 2) return fail('value', `cannot unpack ${describe(value)} into two`);
  return elementsOf(value);
}

/**
 * The three elements of a container; `type` if the value is no container, `value` if it has another number of
 * elements.
 */
export function unpackThree(value: Value): readonly Value[] {
  if (value instanceof Triple) return [value.i, value.j, value.color];
  if (!isTuple(value) && !isSet(value)) return fail('type', `cannot unpack ${describe(value)}`);
  const count = isTuple(value) ? value.length : value.size;
  if (count !== 3) return fail('value', `cannot unpack ${describe(value)} into three`);
  return elementsOf(value);
}

/** An integer or boolean as a number; `type` for anything else. */
export function integerOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (isInteger(value)) return Number(value);
  return fail('type', `expected an integer, got ${describe(value)}`);
}

/** Whether an integer or boolean is in 0..end-1; `type` for anything else. */
export function isBetween(value: Value, end: number): value is number | boolean {
  const number = integerOf(value);
  return number >= 0 && number < end;
}

/** The checked result of integer arithmetic; `budget` if it is outside the range of exact integers. */
export function exactInteger(result: number): number {
  if (!Number.isSafeInteger(result)) return fail('budget', 'an integer is larger than 53 bits');
  return result;
}
