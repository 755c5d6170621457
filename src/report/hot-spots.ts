/** Where a build does most of its work: its largest tasks, its most expensive programs, and what duplicates saved. */
import type { LastBuild } from '../build/last-build.js';
import { STATUSES } from '../engine/outcome.js';
import type { FoldedTask } from '../observe/event.js';
import { inReportOrder } from './result-order.js';

/** At most this many tasks and programs are named. */
const MOST_NAMED = 8;

export interface HotSpots {
  /** Number of the run that recorded them. */
  readonly run: number;
  /** Those that took longest come first. */
  readonly biggestTasks: readonly BigTask[];
  /** The most expensive come first. */
  readonly slowestPrograms: readonly SlowProgram[];
  /** Number of programs that exceeded the budget in some cell. */
  readonly overBudget: number;
  readonly duplicates: Duplicates;
}

export interface BigTask {
  readonly task: string;
  readonly candidates: number;
  readonly programs: number;
  readonly cells: number;
  /** The time that its steps took when they ran, in milliseconds of one thread. */
  readonly tookMs: number;
}

export interface SlowProgram {
  readonly task: string;
  /** Name of the program's first solver. */
  readonly solver: string;
  /** Units of the budget (see worstCost). */
  readonly cost: number;
  /** Whether some cell of it was stopped at the budget: it would cost more. */
  readonly overBudget: boolean;
}

/** Duplicates are found by their text and never run. */
export interface Duplicates {
  readonly candidates: number;
  readonly programs: number;
  /** Number of behaviour classes. */
  readonly behaviours: number;
  readonly duplicates: number;
  /** The task with the most duplicates; null if there are none. */
  readonly mostFolded: FoldedTask | null;
}

export function hotSpotsOf(recorded: LastBuild): HotSpots {
  const { candidates, programs, behaviours, mostFolded } = recorded.summary;
  return {
    run: recorded.run,
    biggestTasks: biggestTasks(recorded),
    ...slowestPrograms(recorded),
    duplicates: { candidates, programs, behaviours, duplicates: candidates - programs, mostFolded },
  };
}

function biggestTasks(recorded: LastBuild): BigTask[] {
  const tasks = [...recorded.states()].map(([task, { candidates, programs, cells, work }]): BigTask => {
    let micros = 0;
    for (const phase of work.values()) micros += phase.micros;
    return { task, candidates, programs, cells, tookMs: micros / 1000 };
  });
  tasks.sort((a, b) => b.tookMs - a.tookMs || (a.task < b.task ? -1 : 1));
  return tasks.slice(0, MOST_NAMED);
}

function slowestPrograms(recorded: LastBuild): Pick<HotSpots, 'slowestPrograms' | 'overBudget'> {
  const slowest: SlowProgram[] = [];
  let overBudget = 0;
  for (const result of recorded.tasks()) {
    const { task, programs, solvers } = inReportOrder(result);
    for (const [index, { cost, statuses }] of programs.entries()) {
      const isOver = statuses[STATUSES.indexOf('over-budget')] > 0;
      if (isOver) overBudget++;
      const last = slowest[MOST_NAMED - 1];
      if (cost === 0 || (last !== undefined && last.cost >= cost)) continue;
      const solver = solvers.find(({ program }) => program === index)?.name ?? '';
      slowest.push({ task, solver, cost, overBudget: isOver });
      slowest.sort((a, b) => b.cost - a.cost);
      slowest.length = Math.min(slowest.length, MOST_NAMED);
    }
  }
  return { slowestPrograms: slowest, overBudget };
}
