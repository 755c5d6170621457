/** Hints for Python's built-in functions, which the language does not have. */
import type { Language } from '../language.js';

/** By name of the function: a primitive with a similar effect, with its arguments. */
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

/** The text of a hint; null for any other name, and if the language does not have the primitive. */
export function builtinHint(name: string, language: Language): string | null {
  if (name === 'print') return 'a solver prints nothing: remove it';
  const instead = INSTEAD.get(name);
  const primitive = instead === undefined ? undefined : /^\w+/.exec(instead)?.[0];
  return primitive === undefined || language.idOf(primitive) === undefined ? null : `use ${instead}`;
}
