/**
 * Function values made ready for many calls: closures that are composed once, when a function is first called, instead of
 * looking at its parts call by call. What a call returns, raises and charges is what `call` does.
 *
 * Calls nested too deep are over budget. Codes know how deep the calls in them nest, so that this is asked once, before the
 * outermost runs; where it might be too deep, `call` finds the place.
 */
import { CALL_CHARGE, call, enterCall, leaveCall, mayNest } from './call.js';
import { spend } from './meter.js';
import { type Callee, type Code, type FunctionValue, isFunction, type Value } from './value/value.js';

/** A function that has been looked at for being called with one argument, or two (the second is ignored else). */
type Ready = (x: Value, y: Value) => Value;

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

/** `call1` for many calls in a row, none of them within another. */
export function ready1(f: Value): Ready {
  const code = codeOfOne(f);
  return mayNest(code.height) ? code.run : (x) => call(f, 1, x, null, null, null);
}

/** `call2` for many calls in a row, none of them within another. */
export function ready2(f: Value): Ready {
  const code = codeOfTwo(f);
  return mayNest(code.height) ? code.run : (x, y) => call(f, 2, x, y, null, null);
}

/** The code of what is called with one argument, whatever it is. */
export function codeOfOne(f: Value): Code {
  return isFunction(f) && f.arity === 1 ? codeOf(f) : calling(f, 1);
}

/** The code of what is called with two arguments, whatever it is. */
export function codeOfTwo(f: Value): Code {
  return isFunction(f) && f.arity === 2 ? codeOf(f) : calling(f, 2);
}

/** The code of a call of `parts`: `run` charges for the call itself. */
export function combinedCode(parts: readonly Code[], run: Ready): Code {
  let height = 0;
  let deep = false;
  for (const part of parts) {
    if (part.height > height) height = part.height;
    if (part.deep) deep = true;
  }
  return { run: deep ? counted(run) : run, height: height + 1, deep, leaf: null };
}

/** The code of a call of a primitive with some of its arguments fixed; `charge` and `run` are the primitive's with these. */
export function boundCode(primitive: Callee, charge: Charged, run: Ready): Code {
  const bound: Ready = (x, y) => {
    spend(2 * CALL_CHARGE + 1 + charge(x, y));
    return run(x, y);
  };
  const deep = primitive.callsFunctions;
  return { run: deep ? counted(counted(bound)) : bound, height: 2, deep, leaf: null };
}

type Charged = (x: Value, y: Value) => number;

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

/** Calls that `call` makes, and counts. */
function calling(f: Value, count: number): Code {
  const run: Ready =
    count === 1 ? (x) => call(f, 1, x, null, null, null) : (x, y) => call(f, 2, x, y, null, null);
  return { run, height: 0, deep: true, leaf: null };
}

/** An error leaves the count as it is; who goes on after one sets it back. */
function counted(run: Ready): Ready {
  return (x, y) => {
    enterCall();
    const result = run(x, y);
    leaveCall();
    return result;
  };
}
