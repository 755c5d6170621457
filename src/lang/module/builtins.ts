/** What to write instead of the functions that every Python has and the language has not. */
import type { Language } from '../language.js';

/** By name of the function: a primitive that does the like, with its arguments. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['len', 'size(container)'],
  ['max', 'maximum(container), valmax or argmax'],
  ['min', 'minimum(container), valmin or argmin'],
  ['sorted', 'order(container, compfunc)'],
  ['range', 'interval(start, stop, step)'],
  ['zip', 'pair(a, b)'],
  ['map', 'apply(function, container)'],
  ['filter', 'sfilter(container, condition)'],
  ['tuple', 'totuple(container), or write (a, b)'],
  ['list', 'totuple(container), or write (a, b)'],
  ['set', 'initset(value) and insert(value, container)'],
  ['frozenset', 'initset(value) and insert(value, container)'],
  ['next', 'extract(container, condition)'],
  ['any', 'extract, or size(sfilter(container, condition))'],
  ['all', 'equality(sfilter(container, condition), container)'],
  ['reversed', 'hmirror(piece) or vmirror(piece)'],
]);

/** The words for a hint; null for any other name, and where the language has no such primitive. */
export function builtinHint(name: string, language: Language): string | null {
  if (name === 'print') return 'a solver prints nothing: remove it';
  const instead = INSTEAD.get(name);
  const primitive = instead === undefined ? undefined : /^\w+/.exec(instead)?.[0];
  return primitive === undefined || language.idOf(primitive) === undefined ? null : `use ${instead}`;
}
