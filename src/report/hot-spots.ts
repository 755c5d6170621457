/** Where the work of a build is: its biggest tasks, its slowest programs, and what its duplicates saved. */
import type { LastBuild } from '../build/last-build.js';
import { worstCost } from '../engine/outcome.js';
import type { FoldedTask } from '../observe/event.js';
import { inReportOrder } from './result-order.js';

/** Tasks and programs that are named. */
const MOST_NAMED = 8;

export interface HotSpots {
  /** Number of the run that recorded them. */
  readonly run: number;
  /** Those that took longest first. */
  readonly biggestTasks: readonly BigTask[];
  /** Those that cost most first. */
  readonly slowestPrograms: readonly SlowProgram[];
  /** Programs of which some cell was over the budget. */
  readonly overBudget: number;
  readonly duplicates: Duplicates;
}

export interface BigTask {
  readonly task: string;
  readonly candidates: number;
  readonly programs: number;
  readonly cells: number;
  /** What its steps took when they ran: milliseconds of one thread. */
  readonly tookMs: number;
}

export interface SlowProgram {
  readonly task: string;
  /** Name of the first of its solvers. */
  readonly solver: string;
  /** Units (see worstCost). */
  readonly cost: number;
  /** Some cell of it was cut at the budget: it would cost more. */
  readonly overBudget: boolean;
}

/** What is a duplicate is found by what it says, and never runs. */
export interface Duplicates {
  readonly candidates: number;
  readonly programs: number;
  /** How many different things programs do. */
  readonly behaviours: number;
  readonly duplicates: number;
  /** The task with the most; null without any. */
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
    for (const [index, { outcomes }] of programs.entries()) {
      const cost = worstCost(outcomes);
      const isOver = outcomes.some(({ status }) => status === 'over-budget');
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
