/** Booleans and choice (SPEC 3.2). */
import { constant, firstTwo, membership } from '../charges.js';
import { fail } from '../errors.js';
import { type Primitive, primitive } from '../primitive.js';
import { equals, hasMember, isTrue, itemOf } from '../value/equality.js';
import { describe } from '../value/order.js';
import { isSet, isTuple, type Value } from '../value/value.js';

function flip(b: Value): Value {
  return !isTrue(b);
}

function both(a: Value, b: Value): Value {
  return isTrue(a) ? b : a;
}

function either(a: Value, b: Value): Value {
  return isTrue(a) ? a : b;
}

function equality(a: Value, b: Value): Value {
  return equals(a, b);
}

export function branch(condition: Value, a: Value, b: Value): Value {
  return isTrue(condition) ? a : b;
}

function contained(value: Value, container: Value): Value {
  if (isSet(container)) return hasMember(container, value);
  if (!isTuple(container)) return fail('type', `${describe(container)} is no container`);
  for (let k = 0; k < container.length; k++) {
    if (equals(itemOf(container, k), value)) return true;
  }
  return false;
}

export const booleans: readonly Primitive[] = [
  primitive('booleans', 'flip', 'b: any -> boolean', constant, flip),
  primitive('booleans', 'both', 'a: any, b: any -> any', constant, both),
  primitive('booleans', 'either', 'a: any, b: any -> any', constant, either),
  primitive('booleans', 'equality', 'a: any, b: any -> boolean', firstTwo, equality),
  primitive('booleans', 'branch', 'condition: any, a: any, b: any -> any', constant, branch),
  primitive('booleans', 'contained', 'value: any, container: container -> boolean', membership, contained),
];
