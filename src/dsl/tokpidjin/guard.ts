/** Guards (SPEC-dialect 3): a guarded function returns its default value for every error. */
import { callDepth, restoreCallDepth } from '../calls/call.js';
import { EvaluationError } from '../errors.js';
import type { Value } from '../value/value.js';

/** A function that returns `fallback` for every error of its own, and for a wrong number of arguments. */
export type Guarded<A extends readonly unknown[] = [a: Value, b: Value, c: Value, d: Value]> = ((
  ...args: A
) => Value) & { readonly fallback: Value };

/** Calls `body` under a guard. Exceeding a limit (`budget`) is no error of the body, and is not caught. */
export function guarded<A extends readonly unknown[]>(
  fallback: Value,
  body: (...args: A) => Value,
): Guarded<A> {
  const run = body as unknown as (a: Value, b: Value, c: Value, d: Value) => Value;
  const guardedRun = (a: Value, b: Value, c: Value, d: Value): Value => {
    const depth = callDepth();
    try {
      return run(a, b, c, d);
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.errorClass === 'budget') throw error;
      restoreCallDepth(depth);
      return fallback;
    }
  };
  return Object.assign(guardedRun, { fallback }) as unknown as Guarded<A>;
}
