/** Function combinators (SPEC 3.4): functions made from functions, and how these are called. */
import { CALL_CHARGE, call } from '../calls/call.js';
import { BOUND_CHARGE, boundCode, call1, call2, codeOfOne, codeOfTwo, combinedCode } from '../calls/code.js';
import { constant } from '../charges.js';
import { integerOf } from '../components.js';
import { fail } from '../errors.js';
import { OVER_BUDGET, spend } from '../meter.js';
import { type Primitive, primitive } from '../primitive.js';
import { equalsDirectly } from '../value/equality.js';
import { describe } from '../value/order.js';
import {
  type Callee,
  type Code,
  type CodeOfPart,
  FunctionValue,
  isFunction,
  type Value,
  weightOf,
} from '../value/value.js';

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

function compileComposed(fixed: readonly Value[], onArgument: CodeOfPart): Code | null {
  const inner = onArgument(fixed[1]);
  if (inner === null) return null;
  const outer = codeOfOne(fixed[0]);
  return combinedCode([outer, inner], (x, y) => {
    spend(CALL_CHARGE);
    return outer.run(inner.run(x, y), null);
  });
}

export function chain(h: Value, g: Value, f: Value): Value {
  return combined(chainPrimitive, [h, g, f], 1);
}

function callChained(fixed: readonly Value[], x: Value): Value {
  return call1(fixed[0], call1(fixed[1], call1(fixed[2], x)));
}

function compileChained(fixed: readonly Value[], onArgument: CodeOfPart): Code | null {
  const f = onArgument(fixed[2]);
  if (f === null) return null;
  const h = codeOfOne(fixed[0]);
  const g = codeOfOne(fixed[1]);
  return combinedCode([h, g, f], (x, y) => {
    spend(CALL_CHARGE);
    return h.run(g.run(f.run(x, y), null), null);
  });
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

function compileMatcher(fixed: readonly Value[], onArgument: CodeOfPart): Code | null {
  const f = onArgument(fixed[0]);
  if (f === null) return null;
  const target = fixed[1];
  const weight = weightOf(target);
  return combinedCode([f], (x, y) => {
    spend(CALL_CHARGE);
    const result = f.run(x, y);
    spend(Math.min(weightOf(result), weight));
    return equalsDirectly(result, target);
  });
}

export function fork(outer: Value, a: Value, b: Value): Value {
  return combined(forkPrimitive, [outer, a, b], 1);
}

function callForked(fixed: readonly Value[], x: Value): Value {
  const left = call1(fixed[1], x);
  return call2(fixed[0], left, call1(fixed[2], x));
}

function compileForked(fixed: readonly Value[], onArgument: CodeOfPart): Code | null {
  const a = onArgument(fixed[1]);
  if (a === null) return null;
  const b = onArgument(fixed[2]);
  if (b === null) return null;
  const outer = codeOfTwo(fixed[0]);
  return combinedCode([outer, a, b], (x, y) => {
    spend(CALL_CHARGE);
    const left = a.run(x, y);
    return outer.run(left, b.run(x, y));
  });
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

function compilePowered(fixed: readonly Value[], onArgument: CodeOfPart): Code | null {
  const first = onArgument(fixed[0]);
  if (first === null) return null;
  const f = codeOfOne(fixed[0]);
  const times = fixed[1] as number;
  return combinedCode([first, f], (x, y) => {
    spend(CALL_CHARGE);
    let result = first.run(x, y);
    for (let left = times - 1; left > 0; left--) result = f.run(result, null);
    return result;
  });
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

function compileRightBound(fixed: readonly Value[], onArgument: CodeOfPart): Code | null {
  const f = fixed[0] as FunctionValue;
  const last = fixed[1];
  if (onArgument !== codeOfOne) return null;
  if (f.arity === 2) {
    const primitive = primitiveIn(f);
    if (primitive !== null) {
      const { charge, run } = primitive;
      return boundCode(primitive, (x) => {
        spend(BOUND_CHARGE + charge(x, last, null, null));
        return run(x, last, null, null);
      });
    }
    const code = codeOfTwo(f);
    return combinedCode([code], (x) => {
      spend(CALL_CHARGE);
      return code.run(x, last);
    });
  }
  const primitive = f.arity === 3 ? primitiveIn(f) : null;
  if (primitive === null) return null;
  const { charge, run } = primitive;
  return boundCode(primitive, (x, y) => {
    spend(BOUND_CHARGE + charge(x, y, last, null));
    return run(x, y, last, null);
  });
}

/** The primitive of a function value, if it is one. */
function primitiveIn({ primitive, combined }: FunctionValue): Callee | null {
  return combined ? null : primitive;
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

function compileLeftBound(fixed: readonly Value[], onArgument: CodeOfPart): Code | null {
  const f = fixed[0] as FunctionValue;
  const first = fixed[1];
  if (onArgument !== codeOfOne) return null;
  if (f.arity === 2) {
    const primitive = primitiveIn(f);
    if (primitive !== null) {
      const { charge, run } = primitive;
      return boundCode(primitive, (x) => {
        spend(BOUND_CHARGE + charge(first, x, null, null));
        return run(first, x, null, null);
      });
    }
    const code = codeOfTwo(f);
    return combinedCode([code], (x) => {
      spend(CALL_CHARGE);
      return code.run(first, x);
    });
  }
  const primitive = f.arity === 3 ? primitiveIn(f) : null;
  if (primitive === null) return null;
  const { charge, run } = primitive;
  return boundCode(primitive, (x, y) => {
    spend(BOUND_CHARGE + charge(first, x, y, null));
    return run(first, x, y, null);
  });
}

const composePrimitive = primitive(
  'combinators',
  'compose',
  'outer: function, inner: function -> function',
  constant,
  compose,
  { call: callComposed, compile: compileComposed },
);

const chainPrimitive = primitive(
  'combinators',
  'chain',
  'h: function, g: function, f: function -> function',
  constant,
  chain,
  { call: callChained, compile: compileChained },
);

const matcherPrimitive = primitive(
  'combinators',
  'matcher',
  'function: function, target: any -> function',
  constant,
  matcher,
  { call: callMatcher, compile: compileMatcher },
);

const forkPrimitive = primitive(
  'combinators',
  'fork',
  'outer: function, a: function, b: function -> function',
  constant,
  fork,
  { call: callForked, compile: compileForked },
);

const powerPrimitive = primitive(
  'combinators',
  'power',
  'function: function, n: integer -> function',
  constant,
  power,
  { call: callPowered, compile: compilePowered },
);

const rbindPrimitive = primitive(
  'combinators',
  'rbind',
  'function: function, fixed: any -> function',
  constant,
  rbind,
  { call: callRightBound, compile: compileRightBound },
);

const lbindPrimitive = primitive(
  'combinators',
  'lbind',
  'function: function, fixed: any -> function',
  constant,
  lbind,
  { call: callLeftBound, compile: compileLeftBound },
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
