/**
 * Codes: function values prepared for many calls. A code is a closure that is composed once, when a function is first
 * called, instead of examining the function's parts at each call. A call returns, raises and charges the same as
 * `call`.
 *
 * Calls nested too deeply exceed the budget. A code knows the depth of its calls, so this is checked once, before the
 * outermost call runs. If they might be too deep, `call` runs them and finds the place.
 */

import { spend } from '../meter.js';
import { type Callee, type Code, type FunctionValue, isFunction, type Value } from '../value/value.js';
import { CALL_CHARGE, call, enterCall, leaveCall, mayNest } from './call.js';

/** A function with its codes for calls with one argument and with two (the second one is otherwise ignored). */
export type Ready = (x: Value, y: Value) => Value;

export function call1(f: Value, a: Value): Value {
  if (!isFunction(f) || f.arity !== 1) return call(f, 1, a, null, null, null);
  const code = codeOf(f);
  return mayNest(code.height) ? code.run(a, null) : call(f, 1, a, null, null, null);
}

export function call2(f: Value, a: Value, b: Value): Value {
  if (!isFunction(f) || f.arity !== 2) return call(f, 2, a, b, null, null);
  const code = codeOf(f);
  return mayNest(code.height) ? code.run(a, b) : call(f, 2, a, b, null, null);
}

/** `call1` for many successive calls, none of them within another. */
export function ready1(f: Value): Ready {
  const code = codeOfOne(f);
  return mayNest(code.height) ? code.run : (x) => call(f, 1, x, null, null, null);
}

/** `call2` for many successive calls, none of them within another. */
export function ready2(f: Value): Ready {
  const code = codeOfTwo(f);
  return mayNest(code.height) ? code.run : (x, y) => call(f, 2, x, y, null, null);
}

/** The code of any value for calls with one argument. */
export function codeOfOne(f: Value): Code {
  return isFunction(f) && f.arity === 1 ? codeOf(f) : calling(f, 1);
}

/** The code of any value for calls with two arguments. */
export function codeOfTwo(f: Value): Code {
  return isFunction(f) && f.arity === 2 ? codeOf(f) : calling(f, 2);
}

/** The code of a call of `parts`; `run` charges for the call itself. */
export function combinedCode(parts: readonly Code[], run: Ready): Code {
  let height = 0;
  let deep = false;
  for (const part of parts) {
    if (part.height > height) height = part.height;
    if (part.deep) deep = true;
  }
  return { run: deep ? counted(run) : run, height: height + 1, deep, leaf: null };
}

/** What a call of a primitive with some arguments fixed costs besides the primitive's charge. */
export const BOUND_CHARGE = 2 * CALL_CHARGE + 1;

/** The code of a primitive with some arguments fixed; `bound` charges for the call and runs the primitive. */
export function boundCode(primitive: Callee, bound: Ready): Code {
  const deep = primitive.callsFunctions;
  return { run: deep ? counted(counted(bound)) : bound, height: 2, deep, leaf: null };
}

function codeOf(f: FunctionValue): Code {
  f.code ??= f.combined ? codeOfCombined(f) : codeOfPrimitive(f.primitive);
  return f.code;
}

function codeOfCombined(f: FunctionValue): Code {
  return f.primitive.compile?.(f.fixed, codeOfOne) ?? calling(f, f.arity);
}

function codeOfPrimitive(primitive: Callee): Code {
  const { charge, run, callsFunctions: deep } = primitive;
  const invoked: Ready =
    primitive.arity === 1
      ? (x) => {
          spend(CALL_CHARGE + 1 + charge(x, null, null, null));
          return run(x, null, null, null);
        }
      : (x, y) => {
          spend(CALL_CHARGE + 1 + charge(x, y, null, null));
          return run(x, y, null, null);
        };
  return { run: deep ? counted(invoked) : invoked, height: 1, deep, leaf: deep ? null : primitive };
}

/** The code of calls that `call` makes and counts. */
function calling(f: Value, count: number): Code {
  const run: Ready =
    count === 1 ? (x) => call(f, 1, x, null, null, null) : (x, y) => call(f, 2, x, y, null, null);
  return { run, height: 0, deep: true, leaf: null };
}

/** An error leaves the depth unchanged; code that continues after an error restores it. */
function counted(run: Ready): Ready {
  return (x, y) => {
    enterCall();
    const result = run(x, y);
    leaveCall();
    return result;
  };
}
