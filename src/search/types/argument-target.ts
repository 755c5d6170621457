/** Which parameter of which primitive gets an argument of a function value first. */
import { everyPrimitive } from '../../dsl/dialects.js';
import type { Type } from './type.js';

export interface ArgumentTarget {
  /** Ids of the primitive and, from 0, of its parameter. */
  readonly primitive: number;
  readonly parameter: number;
}

/** The receiver of the `index`-th argument, counted from the last (-1) when negative; null when it is not known. */
export function argumentTarget(callee: Type, index: number): ArgumentTarget | null {
  if (callee.form !== 'function' || callee.callables.length === 0) return null;
  const { primitive, fixed } = callee.callables[0];
  const parameter = index < 0 ? callee.arity + index : index;
  if (fixed === null) return { primitive, parameter };
  switch (everyPrimitive[primitive].name) {
    case 'compose':
    case 'chain':
      return argumentTarget(fixed[fixed.length - 1], parameter);
    case 'lbind':
      return argumentTarget(fixed[0], parameter + 1);
    case 'fork':
      return argumentTarget(fixed[1], parameter);
    default:
      return argumentTarget(fixed[0], parameter);
  }
}
