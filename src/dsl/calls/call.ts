/** Calls primitives and function values, one call at a time; code.ts is for many calls. */
import { fail } from '../errors.js';
import { spend } from '../meter.js';
import { describe } from '../value/order.js';
import { type Callee, type FunctionValue, isFunction, type Value } from '../value/value.js';

/**
 * Calls nested deeper than this exceed the budget. A function can be applied to itself (`fork(rapply, initset,
 * identity)` does), so the depth of a value does not bound the depth of calls. This limit prevents a stack overflow.
 */
export const CALL_DEPTH_LIMIT = 250;

let depth = 0;

/** Whether this many further calls may be nested. */
export function mayNest(calls: number): boolean {
  return depth + calls <= CALL_DEPTH_LIMIT;
}

export function enterCall(): void {
  depth++;
}

export function leaveCall(): void {
  depth--;
}

/** The cost of calling a function value, besides the work of the call: about ten touched elements, as measured. */
export const CALL_CHARGE = 10;

/** Resets the depth of calls after an error. The evaluator calls it before each node. */
export function resetCallDepth(): void {
  depth = 0;
}

/** The current depth of calls, and restoring it, for code that continues after an error. */
export function callDepth(): number {
  return depth;
}

export function restoreCallDepth(earlier: number): void {
  depth = earlier;
}

/** Runs a primitive with exactly its number of arguments (the rest null), and charges for it. */
export function invoke(primitive: Callee, a: Value, b: Value, c: Value, d: Value): Value {
  spend(1 + primitive.charge(a, b, c, d));
  return primitive.run(a, b, c, d);
}

/**
 * Calls a function value with `count` arguments (the rest null); `type` if the value is no function of that arity.
 */
export function call(f: Value, count: number, a: Value, b: Value, c: Value, d: Value): Value {
  if (!isFunction(f)) return fail('type', `cannot call ${describe(f)}`);
  if (f.arity !== count) return misfit(f, count, a, b, c, d);
  if (++depth > CALL_DEPTH_LIMIT)
    fail('budget', `calls are nested more than ${CALL_DEPTH_LIMIT} levels deep`);
  let result: Value;
  spend(CALL_CHARGE);
  if (f.combined) {
    result = (f.primitive.call as NonNullable<Callee['call']>)(f.fixed, a, b, c);
  } else {
    result = invoke(f.primitive, a, b, c, d);
  }
  depth--;
  return result;
}

/** Calls a function value with a number of arguments other than its arity. */
function misfit(f: FunctionValue, count: number, a: Value, b: Value, c: Value, d: Value): Value {
  if (!f.combined && f.primitive.misfit !== undefined) return f.primitive.misfit(count, a, b, c, d);
  return fail('type', `${describe(f)} takes ${f.arity} argument${f.arity === 1 ? '' : 's'}, got ${count}`);
}
