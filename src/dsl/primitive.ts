/** The type of primitives: one row of the language's table. */
import { type Callee, type Charge, FunctionValue, type Run } from './value/value.js';

/** Kinds of parameters and results, with the names of SPEC section 3. Documentation and mutations read them. */
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
  | 'function'
  /** An object, objects or a patch whose cells are triples. */
  | 'triples'
  | 'triples-sets'
  | 'triples-patch';

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
  /** The parameter may be omitted: then the primitive `identity` is used. */
  readonly optional: boolean;
}

/** One row of a language's table. Help, static checks, mutations and the evaluator read it. */
export interface Primitive extends Callee {
  /** The name in canonical programs, keys and fingerprints, which no other language has. */
  readonly qualified: string;
  readonly family: Family;
  readonly signature: string;
  readonly parameters: readonly Parameter[];
  readonly result: Kind;
  /** The primitive as a function value. */
  readonly value: FunctionValue;
}

/**
 * Defines a primitive of the base language. `signature` is written as in SPEC section 3: `'grid: grid, value: any ->
 * indices'`. `more` is for combinators, and for primitives that read the components of pairs.
 */
export function primitive(
  family: Family,
  name: string,
  signature: string,
  charge: Charge,
  run: Run,
  more: Pick<Callee, 'call' | 'compile' | 'component'> = {},
): Primitive {
  return primitiveOf({
    family,
    name,
    qualified: name,
    signature,
    charge,
    run,
    ...more,
  });
}

/** The parts of a primitive; its parameters and result are parsed from the signature. */
export type Definition = Pick<Primitive, 'family' | 'qualified' | 'signature'> &
  Omit<Callee, 'arity' | 'callsFunctions'> & {
    /** What kinds in the signature mean, if the language defines them differently. */
    readonly kinds?: Readonly<Partial<Record<string, Kind>>>;
  };

export function primitiveOf({ family, qualified, signature, kinds = {}, ...rest }: Definition): Primitive {
  const [left, result] = signature.split(' -> ');
  const kindOf = (kind: string) => kinds[kind] ?? (kind as Kind);
  const parameters = left.split(', ').map((parameter) => {
    const [name, kind] = parameter.split(': ');
    const optional = name.endsWith('?');
    return { name: optional ? name.slice(0, -1) : name, kind: kindOf(kind), optional };
  });
  const arity = parameters.length;
  // Some primitives of other dialects call functions of their own; these are not distinguished.
  const callsFunctions =
    qualified !== rest.name ||
    parameters.some(({ name, kind }) => kind === 'function' || name === 'functions');
  const callee: Callee = { ...rest, arity, callsFunctions };
  const value = new FunctionValue(callee, false, [], arity);
  return { ...callee, family, qualified, signature, parameters, result: kindOf(result), value };
}
