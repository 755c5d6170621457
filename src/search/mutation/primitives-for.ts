/**
 * The primitives that can be called with arguments of given types. Mutations ask for the same types again and again,
 * and a language has more than a hundred primitives of one argument.
 */
import type { Language } from '../../lang/language.js';
import { Calls, type Result } from '../types/call-types.js';
import { Memo } from '../types/memo.js';
import { rules } from '../types/result-rules.js';
import { keyOf, type Type } from '../types/type.js';
import { byArity } from './primitive-lists.js';

interface Results {
  /** In the order of the primitives of that arity. */
  readonly results: readonly Result[];
  /** Number of calls within calls that were inferred; see `Calls`. */
  readonly spent: number;
}

const RESULTS = new Memo<Results>();

/** Ids of the primitives, except for `own`, whose result for these arguments is suitable. */
export function primitivesFor(
  args: readonly Type[],
  language: Language,
  calls: Calls,
  isSuitable: (result: Result) => boolean,
  own: number | null = null,
): number[] {
  const ids = byArity(language)[args.length];
  const { results, spent } = RESULTS.get(`${language.name} ${args.map(keyOf).join(' ')}`, () => {
    const fresh = new Calls(rules);
    return { results: ids.map((id) => fresh.primitive(id, args)), spent: fresh.spent };
  });
  // With less left, some of the results would be unknown.
  if (calls.spend(spent)) return ids.filter((id, k) => id !== own && isSuitable(results[k]));
  return ids.filter((id) => id !== own && isSuitable(calls.primitive(id, args)));
}
