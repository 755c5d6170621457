/** What a primitive is: one row of the language's table. */
import { type Callee, type Charge, type CombinedCall, FunctionValue, type Run } from './value/value.js';

/** Kinds of parameters and results, as SPEC section 3 names them. Documentation and the mutator read them. */
export type Kind =
  | 'any'
  | 'none'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'pair'
  | 'tuple'
  | 'set'
  | 'container'
  | 'grid'
  | 'grids'
  | 'indices'
  | 'object'
  | 'objects'
  | 'patch'
  | 'piece'
  | 'element'
  | 'function';

export type Family =
  | 'numbers'
  | 'booleans'
  | 'containers'
  | 'combinators'
  | 'colors'
  | 'grids'
  | 'patches'
  | 'objects';

export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
}

/** One row of the language's table. Help, static checks, the mutator and the evaluator all read it. */
export interface Primitive extends Callee {
  readonly family: Family;
  readonly parameters: readonly Parameter[];
  readonly result: Kind;
  /** The primitive as a function value. */
  readonly value: FunctionValue;
}

/**
 * Defines a primitive. `signature` reads like SPEC section 3: `'grid: grid, value: any -> indices'`. Only combinators
 * have a `call`.
 */
export function primitive(
  family: Family,
  name: string,
  signature: string,
  charge: Charge,
  run: Run,
  call?: CombinedCall,
): Primitive {
  const [left, result] = signature.split(' -> ');
  const parameters = left.split(', ').map((parameter) => {
    const [parameterName, kind] = parameter.split(': ');
    return { name: parameterName, kind: kind as Kind };
  });
  const arity = parameters.length;
  const callee: Callee = { name, arity, charge, run, ...(call === undefined ? {} : { call }) };
  const value = new FunctionValue(callee, false, [], arity);
  return { ...callee, family, parameters, result: result as Kind, value };
}
