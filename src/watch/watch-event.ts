/** What a watch tells: the events of its builds, and around each build what caused it and what came of it. */

import type { TaskChange } from '../build/compare/standing.js';
import type { BuildReport } from '../build/options.js';
import type { Diagnostic } from '../diagnostic.js';
import type { BuildEvent } from '../observe/event.js';
import type { BrokenSample } from './broken-sample.js';

/** One thing that is not as the last build saw it. */
export interface Change {
  /** `store` and `output` are what battbuild wrote itself. */
  readonly what: 'input' | 'config' | 'store' | 'output';
  /** As shown to the user. */
  readonly file: string;
  readonly change: 'added' | 'edited' | 'removed';
  /** Of a file that was added with the content of one that was removed: its name before. */
  readonly from?: string;
}

export type WatchEvent =
  | BuildEvent
  /** Browsers find the report there. */
  | { readonly type: 'serving'; readonly url: string }
  /** A build begins because of these changes; the first one needs none. */
  | { readonly type: 'changed'; readonly changes: readonly Change[] }
  /** A build is finished (none that was told to stop is). */
  | Results
  /** The selection names tasks that are not there: nothing was built. */
  | { readonly type: 'unknown-tasks'; readonly tasks: BuildReport['unknownTasks'] }
  /** What is wrong with the config, so that the last good one stays in force; nothing any more when it is mended. */
  | { readonly type: 'config'; readonly diagnostics: readonly Diagnostic[] }
  /** Changes may be missed, for this reason: from now on there is a look at all inputs every second. Null: no more. */
  | { readonly type: 'unseen'; readonly reason: string | null }
  /** All is up to date. */
  | { readonly type: 'waiting' };

export interface Results {
  readonly type: 'results';
  /** False where there is nothing to compare with: the first build, another selection of inputs, a new store. */
  readonly compared: boolean;
  /** Tasks that are solved and were not before; that were solved and are not any more. */
  readonly solved: readonly string[];
  readonly lost: readonly string[];
  /** Of the others: tasks whose best candidate scores more, or less, than the best did. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Tasks with any difference, in the order of ids. */
  readonly tasks: readonly TaskChange[];
  /** Of tasks that got worse, the first few: the first sample that was right and is not any more. */
  readonly broken: readonly BrokenSample[];
  /** Milliseconds from the last change of an input file to this event; null where no file says when that was. */
  readonly sinceSaveMs: number | null;
}

export type WatchListener = (event: WatchEvent) => void;
