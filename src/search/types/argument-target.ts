/** Which parameter of which primitive receives an argument of a function value first. */
import { everyPrimitive } from '../../dsl/dialects.js';
import type { Type } from './type.js';

export interface ArgumentTarget {
  /** Ids of the primitive and of its parameter, from 0. */
  readonly primitive: number;
  readonly parameter: number;
}

/** The target of the argument with this index, counted from the last (-1) if negative; null if unknown. */
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
