/** Selects tasks from all ids. */
import { closest } from '../../lang/suggest.js';
import type { Selection } from '../options.js';

export interface SelectedTasks {
  /** Ascending. */
  readonly ids: readonly string[];
  /** Ids that were named but do not exist. */
  readonly unknown: readonly { readonly id: string; readonly suggestion: string | null }[];
}

/** `all` is ascending. `isKnown` returns true for tasks that exist but cannot be used; naming one is no mistake. */
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
