/** The event stream: everything that a build tells. Progress, `--json`, timing, trace and stats only read it. */
import type { Diagnostic } from '../diagnostic.js';
import type { Status } from '../engine/outcome.js';
import type { PhaseCounts } from '../store/tables/run-store.js';
import type { Cause } from './cause.js';

export type BuildEvent =
  /** A build begins; `tasks` and `candidates` are what the selection holds as far as is known. */
  | { readonly type: 'started'; readonly workspace: string; readonly jobs: number }
  /** An input was found unusable, or something else needs the user's attention. */
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  /** What changed is known, and so many files of solvers and differs are loaded next. A null build has no such event. */
  | { readonly type: 'loading'; readonly files: number }
  /** What must be done is known: so many tasks are dirty, of so many. */
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
  /** A batch of steps has run and is stored. Times are milliseconds since the build began. */
  | {
      readonly type: 'ran';
      readonly phase: string;
      readonly subject: string;
      readonly steps: number;
      readonly startMs: number;
      readonly endMs: number;
      readonly cpuMs: number;
    }
  /** A worker answered a request, or the main thread did its work (slot null). Times are milliseconds since the build began. */
  | {
      readonly type: 'worked';
      readonly what: 'cells' | 'comparisons' | 'files';
      readonly subject: string;
      /** How many of them. */
      readonly units: number;
      readonly slot: number | null;
      readonly startMs: number;
      readonly endMs: number;
      /** Null where the platform does not tell. */
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
  /** One phase of one subject (a file, a task) is over, be it by an interruption. */
  | {
      readonly type: 'phase-ended';
      readonly phase: string;
      readonly subject: string;
      readonly startMs: number;
      readonly endMs: number;
    }
  /** A transaction of the store is over. */
  | { readonly type: 'stored'; readonly startMs: number; readonly endMs: number }
  /** A worker was lost and what it was at got an outcome that is not kept. */
  | {
      readonly type: 'worker-lost';
      readonly subject: string;
      readonly reason: string;
      readonly detail: string;
    }
  /** So many workers have something to do now. */
  | { readonly type: 'busy'; readonly workers: number }
  /** A dirty task begins: `share` of all the work of this build, 0 to 1, as far as can be told beforehand. */
  | { readonly type: 'task-started'; readonly task: string; readonly share: number }
  /** Nothing is left to do for a task that was begun. */
  | { readonly type: 'task-ended'; readonly task: string }
  /** Another process is at a task: others are built meanwhile, then it is waited for. */
  | { readonly type: 'deferred'; readonly task: string; readonly process: number }
  /** Steps of a task or a file ran, and this is why. */
  | { readonly type: 'explained'; readonly subject: string; readonly causes: readonly Cause[] }
  /** A task is finished: all of its phases ran or were found. */
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

/** How the candidates of a task fold: to programs by their text, to behaviours by what they do. */
export interface FoldedTask {
  readonly task: string;
  readonly candidates: number;
  readonly programs: number;
  readonly behaviours: number;
}

/** What a build came to; `build --json` ends with it (pipeline.md, "Machine-readable contracts"). */
export interface Summary {
  readonly tasks: number;
  readonly candidates: number;
  readonly programs: number;
  readonly behaviours: number;
  /** Cells of the selection: one program on one sample. */
  readonly cells: number;
  /** Cells that this build executed. */
  readonly cellsRun: number;
  readonly solved: number;
  readonly partly: number;
  readonly unsolved: number;
  /** The cells of the selection by outcome. */
  readonly outcomes: Readonly<Record<Status, number>>;
  /** The task in which most candidates are duplicates of others; null when there is no duplicate at all. */
  readonly mostFolded: FoldedTask | null;
  readonly phases: Readonly<Record<string, PhaseCounts>>;
  readonly wallMs: number;
  readonly diagnostics: number;
  /** Files and links in the output folder that belong to the selection; of these, links. */
  readonly published: number;
  readonly publishedLinks: number;
  /** Files and links that this build wrote or removed. */
  readonly publishedChanged: number;
  /** Solvers that name a task that is not here: candidates of none. */
  readonly strays: number;
  readonly interrupted: boolean;
  /** Absent where no shared cache is configured, and of a build in which nothing changed. */
  readonly remote?: RemoteSummary;
}

/** What the shared cache was good for. */
export interface RemoteSummary {
  /** Steps that were taken from there: they are among the hits of their phases. */
  readonly hits: number;
  readonly phases: Readonly<Record<string, number>>;
  /** What these steps took where they ran. */
  readonly savedMs: number;
  readonly fetchedBytes: number;
  /** Time during which something was read. */
  readonly fetchMs: number;
  /** Packs of steps that were sent. */
  readonly sent: number;
  readonly sentBytes: number;
  readonly sendMs: number;
  /** Packs that were to be sent, and were not. */
  readonly unsent: number;
  /** Answers that could not be used. */
  readonly failures: number;
  /** Whether it was given up. */
  readonly off: boolean;
}

export type EventListener = (event: BuildEvent) => void;
