/**
 * Function combinators in the dialect: if a function cannot be built, the result is the constant function
 * (SPEC-dialect 3).
 */
import type { Primitive } from '../primitive.js';
import { CONSTANT_FUNCTION } from './constant-function.js';
import { adopt } from './define.js';

export const combinators: readonly Primitive[] = [
  adopt('compose', CONSTANT_FUNCTION),
  adopt('chain', CONSTANT_FUNCTION),
  adopt('matcher', CONSTANT_FUNCTION),
  adopt('fork', CONSTANT_FUNCTION),
  adopt('power', CONSTANT_FUNCTION),
  adopt('rbind', CONSTANT_FUNCTION),
  adopt('lbind', CONSTANT_FUNCTION),
];
