/** Picks the selected ones of all task ids. */
import { closest } from '../../lang/suggest.js';
import type { Selection } from '../options.js';

export interface SelectedTasks {
  /** Ascending. */
  readonly ids: readonly string[];
  /** Ids that were asked for by name and are not there. */
  readonly unknown: readonly { readonly id: string; readonly suggestion: string | null }[];
}

/** `all` is ascending; `isKnown` tells of tasks that are there but cannot be used, which are no mistakes. */
export function selectTasks(
  all: readonly string[],
  selection: Selection,
  isKnown: (id: string) => boolean,
): SelectedTasks {
  const unknown = selection.ids
    .filter((id) => !isKnown(id))
    .map((id) => ({ id, suggestion: closest(id, all) }));
  const wanted = new Set(selection.ids);
  const named = wanted.size === 0 ? all : all.filter((id) => wanted.has(id));
  const end = selection.count === null ? named.length : selection.start + selection.count;
  return { ids: named.slice(selection.start, end), unknown };
}
