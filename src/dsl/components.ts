/** Taking values apart by the shared rules of SPEC 1.6: components, unpacking, integers. */
import { fail } from './errors.js';
import { itemOf } from './value/equality.js';
import { describe, elementsOf } from './value/order.js';
import { Cell, isInteger, isSet, isTuple, Pair, Triple, type Value } from './value/value.js';

/** Component `k` of a tuple: `type` for what is no tuple, `index` for one that is too short. */
export function componentOf(value: Value, k: number): Value {
  if (!isTuple(value)) return fail('type', `${describe(value)} has no components`);
  if (k >= value.length) return fail('index', `${describe(value)} has no component ${k}`);
  return itemOf(value, k);
}

/** The two elements of a container: `type` for what is no container, `value` for another number of elements. */
export function unpackTwo(value: Value): readonly Value[] {
  if (value instanceof Pair) return [value.i, value.j];
  if (value instanceof Cell) return [value.color, value.position];
  if (!isTuple(value) && !isSet(value)) return fail('type', `cannot unpack ${describe(value)}`);
  const count = isTuple(value) ? value.length : value.size;
  if (count !== 2) return fail('value', `cannot unpack ${describe(value)} into two`);
  return elementsOf(value);
}

/** The three elements of a container: `type` for what is no container, `value` for another number of elements. */
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

/** Whether an integer or boolean lies in 0..end-1; `type` for anything else. */
export function isBetween(value: Value, end: number): value is number | boolean {
  const number = integerOf(value);
  return number >= 0 && number < end;
}

/** The result of integer arithmetic, checked: `budget` outside the range in which it is exact. */
export function exactInteger(result: number): number {
  if (!Number.isSafeInteger(result)) return fail('budget', 'an integer is larger than 53 bits');
  return result;
}
