/**
 * The result of a combinator that could not be built (SPEC-dialect 3): a function of any number of arguments that
 * returns `()`.
 */
import { constant } from '../charges.js';
import { type Callee, EMPTY_TUPLE, FunctionValue } from '../value/value.js';

const callee: Callee = {
  callsFunctions: false,
  name: 'constant',
  arity: 0,
  charge: constant,
  run: () => EMPTY_TUPLE,
  misfit: () => EMPTY_TUPLE,
};

export const CONSTANT_FUNCTION = new FunctionValue(callee, false, [], 0);
