/** Defines rows of the dialect's table: its own primitives, and guarded primitives of the base language. */
import { type Family, type Primitive, primitiveOf } from '../primitive.js';
import { primitiveNamed } from '../table.js';
import type { Charge, Value } from '../value/value.js';
import { type Guarded, guarded } from './guard.js';

/** The prefix of the dialect's names in canonical programs, keys and fingerprints. */
export const PREFIX = 'tokpidjin.';

/** Kinds whose cells are triples in the dialect. */
const KINDS = {
  object: 'triples',
  objects: 'triples-sets',
  patch: 'triples-patch',
} as const;

/**
 * Defines a primitive of the dialect; the arguments are those of `primitive`. If the last of three parameters is
 * optional (it has a `?`), `optional` implements the call without it.
 */
export function define<A extends readonly Value[]>(
  family: Family,
  name: string,
  signature: string,
  charge: Charge,
  run: Guarded<A>,
  optional?: Value,
): Primitive {
  const full = run as unknown as Guarded;
  const misfit = (count: number, a: Value, b: Value) =>
    optional !== undefined && count === 2 ? full(a, b, optional, null) : run.fallback;
  const qualified = PREFIX + name;
  return primitiveOf({ family, name, qualified, signature, kinds: KINDS, charge, run: full, misfit });
}

/** A guarded primitive of the base language, with other names of its parameters if a signature is given. */
export function adopt(name: string, fallback: Value, signature?: string): Primitive {
  const base = primitiveNamed(name);
  if (base === undefined) throw new Error(`the base has no primitive ${name}`);
  const { family, charge, call, compile } = base;
  const run = guarded(fallback, base.run);
  return primitiveOf({
    family,
    name,
    qualified: PREFIX + name,
    signature: signature ?? base.signature,
    kinds: KINDS,
    charge,
    run,
    misfit: () => fallback,
    ...(call === undefined || compile === undefined ? {} : { call, compile }),
  });
}
