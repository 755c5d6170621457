/** The totals of the tasks of a build. */
import { STATUSES, type Status } from '../../engine/outcome.js';
import type { FoldedTask, Summary } from '../../observe/event.js';
import type { TaskState } from './task-state.js';

type Counts = Pick<
  Summary,
  | 'tasks'
  | 'candidates'
  | 'programs'
  | 'pythonPrograms'
  | 'behaviours'
  | 'cells'
  | 'solved'
  | 'partly'
  | 'unsolved'
>;

export type Totals = Counts & Pick<Summary, 'outcomes' | 'mostFolded'>;

/** The totals of tasks by id; among tasks with equally many duplicates, the one with the first id is named. */
export function totalsOf(states: ReadonlyMap<string, TaskState>): Totals {
  const counts = {
    tasks: states.size,
    candidates: 0,
    programs: 0,
    pythonPrograms: 0,
    behaviours: 0,
    cells: 0,
    solved: 0,
    partly: 0,
    unsolved: 0,
  };
  const statuses = STATUSES.map(() => 0);
  let mostFolded: FoldedTask | null = null;
  for (const [task, state] of states) {
    const { candidates, programs, behaviours } = state;
    counts.candidates += candidates;
    counts.programs += programs;
    counts.pythonPrograms += state.pythonPrograms;
    counts.behaviours += behaviours;
    counts.cells += state.cells;
    counts[state.verdict]++;
    state.statuses.forEach((cells, k) => {
      statuses[k] += cells;
    });
    const folded = { task, candidates, programs, behaviours };
    if (compareFolds(folded, mostFolded) > 0) mostFolded = folded;
  }
  const outcomes = Object.fromEntries(STATUSES.map((status, k) => [status, statuses[k]]));
  return { ...counts, outcomes: outcomes as Record<Status, number>, mostFolded };
}

/** Positive if `a` has more duplicates than `b`, or equally many and the lesser id. */
function compareFolds(a: FoldedTask, b: FoldedTask | null): number {
  const duplicates = a.candidates - a.programs;
  if (b === null) return duplicates;
  return duplicates - (b.candidates - b.programs) || (a.task < b.task ? 1 : -1);
}
