/** The record of the last run that executed steps: which steps ran, and why. */
import type { Cause } from '../../observe/cause.js';
import type { Summary } from '../../observe/event.js';
import type { Store } from '../../store/store.js';
import type { FinishedRun } from '../../store/tables/run-store.js';
import type { Workspace } from '../../workspace/workspace.js';
import { readSelectionName } from '../selection/selection-name.js';

export interface LastRun {
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly wallMs: number;
  readonly interrupted: boolean;
  readonly cells: number;
  readonly cellsRun: number;
  readonly publishedChanged: number;
  readonly causes: readonly Cause[];
  /** Number of later builds, in which no step ran. */
  readonly runsSince: number;
}

/** Number of runs that are read at a time. */
const PAGE = 50;

/** The last run of the workspace in which a step ran, for any of its tasks; null if there is none. */
export function lastRunOf(store: Store, workspace: Workspace): LastRun | null {
  let runsSince = 0;
  for (const record of runsOf(store)) {
    if (record.summary === null || !isOf(workspace, record.selection)) continue;
    const recorded = JSON.parse(record.summary) as Summary & { readonly causes?: readonly Cause[] };
    if (recorded.causes === undefined) {
      runsSince++;
      continue;
    }
    const { interrupted, cells, cellsRun, publishedChanged, causes } = recorded;
    const { id: run, wallMs } = record;
    const started = new Date(record.started).toISOString();
    return { run, started, wallMs, interrupted, cells, cellsRun, publishedChanged, causes, runsSince };
  }
  return null;
}

/** All finished runs, newest first. */
function* runsOf(store: Store): Generator<FinishedRun> {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = store.runs.finishedBefore(before, PAGE);
    if (page.length === 0) return;
    yield* page;
    before = page[page.length - 1].id;
  }
}

function isOf({ tasks, out }: Workspace, selection: string): boolean {
  const named = readSelectionName(selection);
  return (
    named !== null &&
    named.out === out.path &&
    sameList(
      named.tasks,
      tasks.map(({ path }) => path),
    )
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, k) => item === b[k]);
}
