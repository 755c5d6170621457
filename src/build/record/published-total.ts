/** Counts published files and links; a text that several tasks publish is one file. */
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
    const names = state.checkedPaths.filter(isText);
    for (const name of names) texts.add(name);
    links += state.count - names.length;
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

/** Whether a path in the output folder is that of a text; all others are links, or copies that replace links. */
export function isText(path: string): boolean {
  return path.startsWith('solver_md5/') || path.startsWith('differ_md5/');
}
