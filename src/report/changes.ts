/** The part of a report on what got better and worse. */
import { lastChange } from '../build/compare/history.js';
import { CHANGE_KINDS, changeKind, type TaskChange } from '../build/compare/standing.js';
import type { LastBuild } from '../build/last-build.js';
import type { ChangedTask, ChangesReport } from './data.js';

/** At most this many tasks, and solvers of a task, are named. */
const MOST_TASKS = 200;
const MOST_SOLVERS = 6;

/** What the last run that changed a result has changed; null if no earlier run is known. */
export function lastChangesOf({ store, selection }: LastBuild): ChangesReport | null {
  const change = lastChange(store.standings, selection);
  if (change === null || change.before === null) return null;
  return changesReport(`run ${change.before}`, `run ${change.run}`, change.changes);
}

export function changesReport(before: string, after: string, changes: readonly TaskChange[]): ChangesReport {
  const tasks = changes.map(changedTask);
  const position = ({ kind }: ChangedTask) => CHANGE_KINDS.indexOf(kind);
  tasks.sort((a, b) => position(a) - position(b));
  return { before, after, tasks: tasks.slice(0, MOST_TASKS) };
}

function changedTask(change: TaskChange): ChangedTask {
  const { task, samples, before, after, solvers } = change;
  return {
    ...{ task, kind: changeKind(change), samples },
    before: before?.score ?? null,
    after: after?.score ?? null,
    solvers: solvers.slice(0, MOST_SOLVERS).map(({ name, before, after }) => ({ name, before, after })),
    moreSolvers: Math.max(0, solvers.length - MOST_SOLVERS),
  };
}
