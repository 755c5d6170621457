/** The events of a watch: those of its builds, and around each build its causes and its effects on the results. */

import type { TaskChange } from '../build/compare/standing.js';
import type { BuildReport } from '../build/options.js';
import type { Diagnostic } from '../diagnostic.js';
import type { BuildEvent } from '../observe/event.js';
import type { BrokenSample } from './broken-sample.js';

/** One difference from the state that the last build saw. */
export interface Change {
  /** `store` and `output` are files that battbuild wrote itself. */
  readonly what: 'input' | 'config' | 'store' | 'output';
  /** As shown to the user. */
  readonly file: string;
  readonly change: 'added' | 'edited' | 'removed';
  /** For a file that was added with the content of a removed one: its former name. */
  readonly from?: string;
}

export type WatchEvent =
  | BuildEvent
  /** The report is served at this address. */
  | { readonly type: 'serving'; readonly url: string }
  /** A build begins because of these changes; the first build needs none. */
  | { readonly type: 'changed'; readonly changes: readonly Change[] }
  /** A build has finished; a build that was stopped has not. */
  | Results
  /** The selection names unknown tasks: nothing was built. */
  | { readonly type: 'unknown-tasks'; readonly tasks: BuildReport['unknownTasks'] }
  /** The problems of the config; the last correct one stays in force. Empty when the config is correct again. */
  | { readonly type: 'config'; readonly diagnostics: readonly Diagnostic[] }
  /** Changes may be missed, for this reason: from now on all inputs are scanned every second. Null: no longer. */
  | { readonly type: 'unseen'; readonly reason: string | null }
  /** Everything is up to date. */
  | { readonly type: 'waiting' };

export interface Results {
  readonly type: 'results';
  /** False if there is nothing to compare with: the first build, another selection of inputs, or a new store. */
  readonly compared: boolean;
  /** Tasks that are newly solved, and tasks that are no longer solved. */
  readonly solved: readonly string[];
  readonly lost: readonly string[];
  /** Of the others: tasks whose best candidate scores more, or less, than the best one before. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Tasks with any difference, sorted by id. */
  readonly tasks: readonly TaskChange[];
  /** For the first few tasks that got worse: the first sample that matched before and no longer does. */
  readonly broken: readonly BrokenSample[];
  /** Milliseconds from the last change of an input file to this event; null if the time of the change is unknown. */
  readonly sinceSaveMs: number | null;
}

export type WatchListener = (event: WatchEvent) => void;
