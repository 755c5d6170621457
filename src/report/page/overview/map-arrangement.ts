/** The rows and columns of the map of tasks by solvers. */
import type { TaskHead } from '../../data.js';

/** The meaning of columns: the programs of each task by rank, or solvers that several tasks have. */
export type Arrangement = 'rank' | 'solver';

export type Order = 'id' | 'verdict' | 'share';

export const ORDERS: readonly (readonly [Order, string])[] = [
  ['id', 'by id'],
  ['verdict', 'solved first'],
  ['share', 'by share of solving programs'],
];

export interface MapRow {
  readonly task: TaskHead;
  /** One ProgramState for each column, or a blank. */
  readonly states: string;
}

const VERDICT_ORDER = ['solved', 'partly', 'unsolved'];

export function arrange(tasks: readonly TaskHead[], arrangement: Arrangement, order: Order): MapRow[] {
  const rows = tasks.map((task) => ({
    task,
    states: arrangement === 'rank' ? task.states : task.sharedStates,
  }));
  if (order === 'id') return rows;
  // Sorting is stable: equal tasks stay sorted by id.
  if (order === 'verdict') {
    return rows.sort((a, b) => VERDICT_ORDER.indexOf(a.task.verdict) - VERDICT_ORDER.indexOf(b.task.verdict));
  }
  return rows.sort((a, b) => solvingShare(b) - solvingShare(a));
}

function solvingShare({ states }: MapRow): number {
  const judged = states.replaceAll(' ', '').length;
  return judged === 0 ? 0 : [...states].filter((state) => state === 's').length / judged;
}
