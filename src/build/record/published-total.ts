/** Counts published files and links; a text that several tasks publish is one file. */
import { isText } from '../../workspace/output/published-path.js';
import type { PublishedState } from './published-state.js';

export interface PublishedTotal {
  readonly files: number;
  /** Links, and copies that replace links. */
  readonly links: number;
}

export function publishedTotal(states: Iterable<PublishedState>): PublishedTotal {
  const texts = new Set<string>();
  let links = 0;
  for (const state of states) {
    for (const name of state.texts) texts.add(name);
    links += state.count - state.texts.length;
  }
  return { files: texts.size, links };
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
