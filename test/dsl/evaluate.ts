/** Helpers that call primitives in tests, with a budget that no ordinary test exceeds. */
import { call, resetCallDepth } from '../../src/dsl/calls/call.js';
import { encodeValue } from '../../src/dsl/conformance.js';
import { EvaluationError } from '../../src/dsl/errors.js';
import { resetMeter } from '../../src/dsl/meter.js';
import { primitiveNamed } from '../../src/dsl/table.js';
import { setOf, tupleOf } from '../../src/dsl/value/construct.js';
import type { SetValue, Tuple, Value } from '../../src/dsl/value/value.js';

export const COST_LIMIT = 10_000_000;
export const CELL_LIMIT = 1_000_000;

/** The primitive as a function value. */
export function fn(name: string): Value {
  const primitive = primitiveNamed(name);
  if (primitive === undefined) throw new Error(`there is no primitive ${name}`);
  return primitive.value;
}

export function tuple(...items: readonly Value[]): Tuple {
  return tupleOf([...items]);
}

export function set(...members: readonly Value[]): SetValue {
  return setOf([...members]);
}

/** Starts a new budget and calls the primitive. */
export function run(name: string, ...args: readonly Value[]): Value {
  resetMeter(COST_LIMIT, CELL_LIMIT);
  resetCallDepth();
  return applied(fn(name), ...args);
}

/** Calls a function value with the current budget. */
export function applied(f: Value, ...args: readonly Value[]): Value {
  const [a = null, b = null, c = null, d = null] = args;
  return call(f, args.length, a, b, c, d);
}

/** The result of a computation: the encoded value, or the class of the error. */
export function outcome(compute: () => Value): unknown {
  try {
    return encodeValue(compute());
  } catch (error) {
    if (error instanceof EvaluationError) return `error: ${error.errorClass}`;
    throw error;
  }
}
