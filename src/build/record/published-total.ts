/** Counts published files and links; a text that several tasks publish is one file. */
import { isText } from '../../workspace/output/published-path.js';
import type { PublishedState } from './published-state.js';

export interface PublishedTotal {
  readonly files: number;
  /** Links, and copies that replace links. */
  readonly links: number;
}

/** The states of all tasks of a build, and their total. */
export interface CountedStates {
  readonly states: readonly PublishedState[];
  readonly total: PublishedTotal;
}

/** More texts than this are not looked up one by one. */
const FEW = 8;

/** The total of all tasks' states. If it differs from `before` by a few texts, only those are counted. */
export function publishedTotal(
  states: readonly PublishedState[],
  before: CountedStates | null = null,
): PublishedTotal {
  return (before === null ? null : changedTotal(states, before)) ?? wholeTotal(states);
}

function wholeTotal(states: readonly PublishedState[]): PublishedTotal {
  const texts = new Set<string>();
  let links = 0;
  for (const state of states) {
    for (const name of state.texts) texts.add(name);
    links += linksOf(state);
  }
  return { files: texts.size, links };
}

/** Null if too much has changed. */
function changedTotal(
  states: readonly PublishedState[],
  { states: former, total }: CountedStates,
): PublishedTotal | null {
  const added = without(states, former);
  const removed = without(former, states);
  if (added.length + removed.length > FEW) return null;
  const textsOf = (some: readonly PublishedState[]) => some.flatMap(({ texts }) => texts);
  const [fresh, old] = [textsOf(added), textsOf(removed)];
  const differing = new Set([...without(fresh, old), ...without(old, fresh)]);
  if (differing.size > FEW) return null;
  let { files, links } = total;
  for (const state of added) links += linksOf(state);
  for (const state of removed) links -= linksOf(state);
  const common = without(states, added);
  const isIn = (text: string, some: readonly PublishedState[]) => some.some((state) => state.hasText(text));
  for (const text of differing)
    if (!isIn(text, common)) files += Number(isIn(text, added)) - Number(isIn(text, removed));
  return { files, links };
}

function linksOf({ count, texts }: PublishedState): number {
  return count - texts.length;
}

function without<Item>(all: readonly Item[], others: readonly Item[]): Item[] {
  const excluded = new Set(others);
  return all.filter((item) => !excluded.has(item));
}

/** The same, given the paths in the output folder, each once. */
export function totalOfPaths(paths: Iterable<string>): PublishedTotal {
  let files = 0;
  let links = 0;
  for (const path of paths) {
    if (isText(path)) files++;
    else links++;
  }
  return { files, links };
}
