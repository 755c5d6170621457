/** Lists of primitives that choices start from. */
import type { Kind } from '../../dsl/primitive.js';
import { primitives } from '../../dsl/table.js';
import { isAssignable, TYPE_OF_KIND } from '../types/assignability.js';

export function primitiveId(name: string): number {
  const id = primitives.findIndex((primitive) => primitive.name === name);
  if (id < 0) throw new Error(`there is no primitive ${name}`);
  return id;
}

const IDENTITY = primitiveId('identity');

/** By number of arguments (0 to 4): those that do something. */
export const BY_ARITY: readonly (readonly number[])[] = [0, 1, 2, 3, 4].map((arity) =>
  primitives.flatMap(({ parameters }, id) => (parameters.length === arity && id !== IDENTITY ? [id] : [])),
);

/** By primitive: others whose signatures are alike, so that they may do where it is a function value. */
export const ALIKE: readonly (readonly number[])[] = primitives.map((one, id) =>
  BY_ARITY[one.parameters.length].filter((other) => other !== id && areAlike(id, other)),
);

function areAlike(a: number, b: number): boolean {
  const [one, other] = [primitives[a], primitives[b]];
  if (!overlap(one.result, other.result)) return false;
  return one.parameters.every(({ kind }, k) => overlap(kind, other.parameters[k].kind));
}

/** Whether a value can be of both kinds. */
function overlap(a: Kind, b: Kind): boolean {
  return a === b || isAssignable(a, TYPE_OF_KIND[b]) || isAssignable(b, TYPE_OF_KIND[a]);
}
