/** What a build is asked to do. */

import type { Diagnostic } from '../diagnostic.js';
import type { EventListener, Summary } from '../observe/event.js';
import type { Workspace } from '../workspace/workspace.js';

/** Which tasks of the workspace: all, or those named, and of these `count` from `start` (in the order of ids). */
export interface Selection {
  readonly ids: readonly string[];
  readonly start: number;
  readonly count: number | null;
}

export const ALL_TASKS: Selection = { ids: [], start: 0, count: null };

/** How a build may end early; see `StopRule`. */
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
  /** Find out what would run; run and write nothing. */
  readonly dryRun: boolean;
  /** A program ends at the first demonstration that it fails. Absent: all cells run. */
  readonly earlyStop?: boolean;
  /** A task ends when a program matches all of its demonstrations. Absent: all cells run. */
  readonly untilSolved?: boolean;
  readonly emit: EventListener;
  readonly signal: AbortSignal;
}

export interface BuildReport {
  readonly summary: Summary;
  readonly diagnostics: readonly Diagnostic[];
  /** Ids that the selection names and the workspace does not have. */
  readonly unknownTasks: readonly { readonly id: string; readonly suggestion: string | null }[];
  /** Usable tasks of the workspace, selected or not. */
  readonly available: number;
  /** The solvers that the summary counts as strays. */
  strays(): readonly StrayPlace[];
}

/** A solver that names a task that is not here. */
export interface StrayPlace {
  readonly file: string;
  /** Of the `def`, from 1. */
  readonly line: number;
  readonly name: string;
}
