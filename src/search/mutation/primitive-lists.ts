/** Lists of a language's primitives, from which mutations choose. */
import { everyPrimitive } from '../../dsl/dialects.js';
import type { Kind } from '../../dsl/primitive.js';
import type { Language } from '../../lang/language.js';
import { isAssignable, TYPE_OF_KIND } from '../types/assignability.js';

export function primitiveId(name: string, language: Language): number {
  const id = language.idOf(name);
  if (id === undefined) throw new Error(`${language.name} has no primitive ${name}`);
  return id;
}

interface Lists {
  readonly byArity: readonly (readonly number[])[];
  /** By primitive, computed on demand. */
  readonly alike: Map<number, readonly number[]>;
}

const lists = new Map<Language, Lists>();

function listsOf(language: Language): Lists {
  let found = lists.get(language);
  if (found === undefined) {
    const identity = primitiveId('identity', language);
    const { firstId, primitives } = language;
    const ids = primitives.map((_, k) => firstId + k).filter((id) => id !== identity);
    const byArity = [0, 1, 2, 3, 4].map((arity) => ids.filter((id) => language.arity(id) === arity));
    found = { byArity, alike: new Map() };
    lists.set(language, found);
  }
  return found;
}

/** By number of arguments (0 to 4), without primitives that have no effect. */
export function byArity(language: Language): readonly (readonly number[])[] {
  return listsOf(language).byArity;
}

/** Primitives with a similar signature, which may replace it as a function value. */
export function alike(id: number, language: Language): readonly number[] {
  const found = listsOf(language);
  let others = found.alike.get(id);
  if (others === undefined) {
    const candidates = found.byArity[language.arity(id)];
    others = candidates.filter((other) => other !== id && areAlike(id, other));
    found.alike.set(id, others);
  }
  return others;
}

function areAlike(a: number, b: number): boolean {
  const [one, other] = [everyPrimitive[a], everyPrimitive[b]];
  if (!overlap(one.result, other.result)) return false;
  return one.parameters.every(({ kind }, k) => overlap(kind, other.parameters[k].kind));
}

/** Whether a value can be of both kinds. */
function overlap(a: Kind, b: Kind): boolean {
  return a === b || isAssignable(a, TYPE_OF_KIND[b]) || isAssignable(b, TYPE_OF_KIND[a]);
}
