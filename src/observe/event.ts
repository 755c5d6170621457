/** The event stream of a build. Progress, `--json`, timing, trace and statistics only read it. */
import type { Diagnostic } from '../diagnostic.js';
import type { Status } from '../engine/outcome.js';
import type { PhaseCounts } from '../store/tables/run-store.js';
import type { Cause } from './cause.js';

export type BuildEvent =
  /** A build begins. `tasks` and `candidates` are the size of the selection as far as it is known. */
  | { readonly type: 'started'; readonly workspace: string; readonly jobs: number }
  /** An input cannot be used, or something else needs the user's attention. */
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  /**
   * The changed inputs are known; this many files of solvers and differs are loaded next. A null build has no such
   * event.
   */
  | { readonly type: 'loading'; readonly files: number }
  /** The work is known: this many tasks are dirty, out of all selected tasks. */
  | {
      readonly type: 'planned';
      readonly dirtyTasks: number;
      readonly tasks: number;
      readonly dryRun: boolean;
    }
  /** Steps of one phase were found in the store (hits) or have to run next (misses). */
  | {
      readonly type: 'looked-up';
      readonly phase: string;
      readonly subject: string;
      readonly hits: number;
      readonly misses: number;
    }
  /** A batch of steps has run and is stored. Times are in milliseconds since the build began. */
  | {
      readonly type: 'ran';
      readonly phase: string;
      readonly subject: string;
      readonly steps: number;
      readonly startMs: number;
      readonly endMs: number;
      readonly cpuMs: number;
    }
  /**
   * A worker answered a request, or the main thread did its work (slot null). Times are in milliseconds since the
   * build began.
   */
  | {
      readonly type: 'worked';
      readonly what: 'cells' | 'comparisons' | 'files';
      readonly subject: string;
      /** Number of steps. */
      readonly units: number;
      readonly slot: number | null;
      /** The worker of another machine whose slot it is; absent for this one. */
      readonly worker?: string;
      readonly startMs: number;
      readonly endMs: number;
      /** Null if the platform does not tell. */
      readonly cpuMs: number | null;
    }
  /** Steps of one phase were taken from the shared cache. Times are milliseconds since the build began. */
  | {
      readonly type: 'fetched';
      readonly phase: string;
      readonly subject: string;
      readonly steps: number;
      readonly startMs: number;
      readonly endMs: number;
    }
  /** One phase of one subject (a file or a task) has ended, possibly by an interruption. */
  | {
      readonly type: 'phase-ended';
      readonly phase: string;
      readonly subject: string;
      readonly startMs: number;
      readonly endMs: number;
    }
  /** A transaction of the store has ended. */
  | { readonly type: 'stored'; readonly startMs: number; readonly endMs: number }
  /** A worker was lost; the step that it ran got an outcome that is not stored. */
  | {
      readonly type: 'worker-lost';
      readonly subject: string;
      readonly reason: string;
      readonly detail: string;
    }
  /** The number of busy workers has changed. */
  | { readonly type: 'busy'; readonly workers: number }
  /** The workers on other machines, the number of requests that they evaluate at once, and of unanswered requests. */
  | {
      readonly type: 'elsewhere';
      readonly workers: number;
      readonly slots: number;
      readonly machines: readonly string[];
      readonly out: number;
    }
  /** A dirty task begins. `share` is its estimated share of all the work of this build, from 0 to 1. */
  | { readonly type: 'task-started'; readonly task: string; readonly share: number }
  /** All work of a task that was begun has ended. */
  | { readonly type: 'task-ended'; readonly task: string }
  /** Another process works on a task: other tasks are built first, then this build waits for it. */
  | { readonly type: 'deferred'; readonly task: string; readonly process: number }
  /** Steps of a task or a file ran, for these reasons. */
  | { readonly type: 'explained'; readonly subject: string; readonly causes: readonly Cause[] }
  /**
   * The results of all tasks are complete, but the files of this many tasks are still being written. The build ends
   * after that.
   */
  | { readonly type: 'placing'; readonly tasks: number; readonly files: number }
  /** A task has finished: all of its phases ran or were found in the store. */
  | {
      readonly type: 'task-finished';
      readonly task: string;
      readonly verdict: 'solved' | 'partly' | 'unsolved';
      readonly candidates: number;
      readonly programs: number;
      readonly behaviours: number;
    }
  /** The last event of every build. */
  | ({ readonly type: 'summary' } & Summary);

/** How many distinct programs the candidates of a task have, and how many behaviours these have. */
export interface FoldedTask {
  readonly task: string;
  readonly candidates: number;
  readonly programs: number;
  readonly behaviours: number;
}

/** The summary of a build; `build --json` ends with it (pipeline.md, "Machine-readable contracts"). */
export interface Summary {
  readonly tasks: number;
  readonly candidates: number;
  readonly programs: number;
  /** Number of the programs that are in Python. */
  readonly pythonPrograms: number;
  readonly behaviours: number;
  /** Cells of the selection; a cell is one program on one sample. */
  readonly cells: number;
  /** Cells that this build executed. */
  readonly cellsRun: number;
  readonly solved: number;
  readonly partly: number;
  readonly unsolved: number;
  /** The cells of the selection by outcome. */
  readonly outcomes: Readonly<Record<Status, number>>;
  /** The task with the most duplicate candidates; null if there are no duplicates. */
  readonly mostFolded: FoldedTask | null;
  readonly phases: Readonly<Record<string, PhaseCounts>>;
  readonly wallMs: number;
  readonly diagnostics: number;
  /** Files and links in the output folder that belong to the selection; `links` is the number of links among them. */
  readonly published: number;
  readonly publishedLinks: number;
  /** Files and links that this build wrote or removed. */
  readonly publishedChanged: number;
  /** Solvers that name a task that does not exist here: they are candidates of no task. */
  readonly strays: number;
  readonly interrupted: boolean;
  /** Absent if no shared cache is configured, or if nothing changed. */
  readonly remote?: RemoteSummary;
  /** The part of workers on other machines; absent without a queue, or if nothing ran. */
  readonly queue?: QueueUse;
}

/** A build's use of the shared cache. */
export interface RemoteSummary {
  /** Steps that were found there; the hits of their phases include them. */
  readonly hits: number;
  readonly phases: Readonly<Record<string, number>>;
  /** The time that these steps took on the machines that ran them. */
  readonly savedMs: number;
  readonly fetchedBytes: number;
  /** Time during which some request was running. */
  readonly fetchMs: number;
  /** Bundles of steps that were sent. */
  readonly sent: number;
  readonly sentBytes: number;
  readonly sendMs: number;
  /** Bundles that should have been sent, but were not. */
  readonly unsent: number;
  /** Answers that could not be used. */
  readonly failures: number;
  /** Whether the build stopped using it. */
  readonly off: boolean;
}

/** A build's use of a queue. */
export interface QueueUse {
  /** Workers that answered. */
  readonly workers: number;
  readonly requests: number;
  /** Number of the executed cells that these workers evaluated. */
  readonly cells: number;
  /** The total time that they took there. */
  readonly wallMs: number;
  /**
   * The machines of these workers, and the total time that slots of the queue were available; absent in older runs.
   */
  readonly machines?: readonly string[];
  readonly slotMs?: number;
}

export type EventListener = (event: BuildEvent) => void;
