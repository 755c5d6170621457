/** Where the work of a build is: its biggest tasks, its slowest programs, and what its duplicates saved. */
import type { Recorded } from '../build/recorded.js';
import type { FoldedTask } from '../observe/event.js';
import { Survey } from './survey.js';

/** Tasks and programs that are named. */
const MOST_NAMED = 8;

export interface HotSpots {
  /** Number of the run that recorded them. */
  readonly run: number;
  /** Those that took longest first. */
  readonly biggestTasks: readonly BigTask[];
  /** Those with the most expensive cells first. */
  readonly slowestPrograms: readonly SlowProgram[];
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
  /** Units of the most expensive cell. */
  readonly cost: number;
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

export function hotSpotsOf(recorded: Recorded): HotSpots {
  const { candidates, programs, behaviours, mostFolded } = recorded.summary;
  const survey = new Survey(recorded.tasks());
  return {
    run: recorded.run,
    biggestTasks: biggestTasks(recorded),
    slowestPrograms: survey
      .costliest()
      .slice(0, MOST_NAMED)
      .map(({ task, name, cost }) => ({ task, solver: name, cost })),
    duplicates: { candidates, programs, behaviours, duplicates: candidates - programs, mostFolded },
  };
}

function biggestTasks(recorded: Recorded): BigTask[] {
  const tasks = [...recorded.states()].map(([task, { candidates, programs, cells, work }]): BigTask => {
    let micros = 0;
    for (const phase of work.values()) micros += phase.micros;
    return { task, candidates, programs, cells, tookMs: micros / 1000 };
  });
  tasks.sort((a, b) => b.tookMs - a.tookMs || (a.task < b.task ? -1 : 1));
  return tasks.slice(0, MOST_NAMED);
}
