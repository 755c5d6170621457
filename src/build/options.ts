/** The options and the result of a build. */

import type { Diagnostic } from '../diagnostic.js';
import type { EventListener, Summary } from '../observe/event.js';
import type { Workspace } from '../workspace/workspace.js';

/** Which tasks of the workspace: all or the named ones, and of these `count` from index `start`, sorted by id. */
export interface Selection {
  readonly ids: readonly string[];
  readonly start: number;
  readonly count: number | null;
}

export const ALL_TASKS: Selection = { ids: [], start: 0, count: null };

/** Stop rules; see `StopRule`. */
export interface Stopping {
  /** A program ends at the first demonstration that it fails. */
  readonly earlyStop: boolean;
  /** A task ends when a program matches all of its demonstrations. */
  readonly untilSolved: boolean;
}

export interface BuildOptions {
  readonly workspace: Workspace;
  readonly selection: Selection;
  /** Treat every step as missing. */
  readonly force: boolean;
  /** Find out which steps would run; run and write nothing. */
  readonly dryRun: boolean;
  /** A program ends at the first demonstration that it fails. If absent, all cells run. */
  readonly earlyStop?: boolean;
  /** A task ends when a program matches all of its demonstrations. If absent, all cells run. */
  readonly untilSolved?: boolean;
  readonly emit: EventListener;
  readonly signal: AbortSignal;
}

export interface BuildReport {
  readonly summary: Summary;
  readonly diagnostics: readonly Diagnostic[];
  /** Ids in the selection that the workspace does not have. */
  readonly unknownTasks: readonly { readonly id: string; readonly suggestion: string | null }[];
  /** Usable tasks of the workspace, selected or not. */
  readonly available: number;
  /** The solvers that the summary counts as strays. */
  strays(): readonly StraySolver[];
}

/** A solver that names a task that does not exist. */
export interface StraySolver {
  readonly file: string;
  /** Line of the `def`, from 1. */
  readonly line: number;
  readonly name: string;
}
