/** Function combinators (SPEC 3.4): functions made from functions, and how these are called. */
import { call, call1, call2 } from '../call.js';
import { constant } from '../charges.js';
import { integerOf } from '../components.js';
import { fail } from '../errors.js';
import { OVER_BUDGET, spend } from '../meter.js';
import { type Primitive, primitive } from '../primitive.js';
import { equalsDirectly } from '../value/equality.js';
import { describe } from '../value/order.js';
import { FunctionValue, isFunction, type Value, weightOf } from '../value/value.js';

/** The function that a combinator makes from its arguments. */
function combined(combinator: Primitive, fixed: readonly Value[], arity: number): FunctionValue {
  return new FunctionValue(combinator.value.primitive, true, fixed, arity);
}

export function compose(outer: Value, inner: Value): Value {
  return combined(composePrimitive, [outer, inner], 1);
}

function callComposed(fixed: readonly Value[], x: Value): Value {
  return call1(fixed[0], call1(fixed[1], x));
}

export function chain(h: Value, g: Value, f: Value): Value {
  return combined(chainPrimitive, [h, g, f], 1);
}

function callChained(fixed: readonly Value[], x: Value): Value {
  return call1(fixed[0], call1(fixed[1], call1(fixed[2], x)));
}

export function matcher(f: Value, target: Value): Value {
  return combined(matcherPrimitive, [f, target], 1);
}

function callMatcher(fixed: readonly Value[], x: Value): Value {
  const result = call1(fixed[0], x);
  const target = fixed[1];
  spend(Math.min(weightOf(result), weightOf(target)));
  return equalsDirectly(result, target);
}

export function fork(outer: Value, a: Value, b: Value): Value {
  return combined(forkPrimitive, [outer, a, b], 1);
}

function callForked(fixed: readonly Value[], x: Value): Value {
  const left = call1(fixed[1], x);
  return call2(fixed[0], left, call1(fixed[2], x));
}

export function power(f: Value, n: Value): Value {
  const times = integerOf(n);
  // The reference implementation recurses endlessly here.
  if (times <= 0) return fail('budget', OVER_BUDGET);
  return times === 1 ? f : combined(powerPrimitive, [f, times], 1);
}

function callPowered(fixed: readonly Value[], x: Value): Value {
  let result = x;
  for (let left = fixed[1] as number; left > 0; left--) result = call1(fixed[0], result);
  return result;
}

/** The arity of a function with one argument fixed; a function that takes neither 2 nor 3 counts as taking 4. */
function arityWhenBound(f: Value): number {
  if (!isFunction(f)) return fail('type', `${describe(f)} is no function`);
  return f.arity === 2 ? 1 : f.arity === 3 ? 2 : 3;
}

export function rbind(f: Value, fixed: Value): Value {
  return combined(rbindPrimitive, [f, fixed], arityWhenBound(f));
}

function callRightBound(fixed: readonly Value[], x: Value, y: Value, z: Value): Value {
  const f = fixed[0] as FunctionValue;
  const last = fixed[1];
  if (f.arity === 2) return call2(f, x, last);
  return f.arity === 3 ? call(f, 3, x, y, last, null) : call(f, 4, x, y, z, last);
}

export function lbind(f: Value, fixed: Value): Value {
  return combined(lbindPrimitive, [f, fixed], arityWhenBound(f));
}

function callLeftBound(fixed: readonly Value[], x: Value, y: Value, z: Value): Value {
  const f = fixed[0] as FunctionValue;
  const first = fixed[1];
  if (f.arity === 2) return call2(f, first, x);
  return f.arity === 3 ? call(f, 3, first, x, y, null) : call(f, 4, first, x, y, z);
}

const composePrimitive = primitive(
  'combinators',
  'compose',
  'outer: function, inner: function -> function',
  constant,
  compose,
  callComposed,
);

const chainPrimitive = primitive(
  'combinators',
  'chain',
  'h: function, g: function, f: function -> function',
  constant,
  chain,
  callChained,
);

const matcherPrimitive = primitive(
  'combinators',
  'matcher',
  'function: function, target: any -> function',
  constant,
  matcher,
  callMatcher,
);

const forkPrimitive = primitive(
  'combinators',
  'fork',
  'outer: function, a: function, b: function -> function',
  constant,
  fork,
  callForked,
);

const powerPrimitive = primitive(
  'combinators',
  'power',
  'function: function, n: integer -> function',
  constant,
  power,
  callPowered,
);

const rbindPrimitive = primitive(
  'combinators',
  'rbind',
  'function: function, fixed: any -> function',
  constant,
  rbind,
  callRightBound,
);

const lbindPrimitive = primitive(
  'combinators',
  'lbind',
  'function: function, fixed: any -> function',
  constant,
  lbind,
  callLeftBound,
);

export const combinators: readonly Primitive[] = [
  composePrimitive,
  chainPrimitive,
  matcherPrimitive,
  forkPrimitive,
  powerPrimitive,
  rbindPrimitive,
  lbindPrimitive,
];
