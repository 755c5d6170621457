/** Guards (SPEC-dialect 3): a function that returns its default value, whatever goes wrong in it. */
import { callDepth, restoreCallDepth } from '../call.js';
import { EvaluationError } from '../errors.js';
import type { Value } from '../value/value.js';

/** A function that gives `fallback` for every error of its own, and for a wrong number of arguments. */
export type Guarded<A extends readonly unknown[] = [a: Value, b: Value, c: Value, d: Value]> = ((
  ...args: A
) => Value) & { readonly fallback: Value };

/** `body` under guard. Limits of the tool (`budget`) are no errors of the body, and pass. */
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
