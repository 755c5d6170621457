/** A seeded series of hostile programs, each judged. The same seed gives the same programs, in any portions. */
import { Grid } from '../../../src/dsl/value/value.js';
import type { TaskGrids } from '../../../src/engine/batch.js';
import type { Budget } from '../../../src/engine/node.js';
import { Random } from '../../workspace/random.js';
import { hostileGraph } from './graph.js';
import { type Endings, Judge } from './judge.js';
import { hostileTask, hostileTaskName } from './task-text.js';
import { hostileStock, hostileText } from './text.js';

/** Programs in a round: half of them are texts, half are graphs. */
const ROUND = 64;

/** Task files in a round. */
const TASKS = 6;

/** The share of rounds in which the lengths of arrays are checked too. */
const WATCHED = 0.1;

/** Small, so that many programs can be judged quickly. */
const BUDGETS: readonly Budget[] = [
  { cost: 200, cells: 40 },
  { cost: 3000, cells: 1000 },
  { cost: 30_000, cells: 5000 },
];

const LARGE_BUDGET: Budget = { cost: 1_000_000, cells: 200_000 };

export interface Fuzzed {
  readonly programs: number;
  readonly tasks: number;
  readonly endings: Endings;
  readonly slowestMs: number;
}

/**
 * Judges `programs` programs (rounded up to whole rounds). Throws at the first violation; the message names its
 * round, and `first` begins there again.
 */
export function fuzz(seed: string, programs: number, first = 0): Fuzzed {
  const judge = new Judge();
  const rounds = Math.ceil(programs / ROUND);
  let round = first;
  const judgeUntil = (end: number): void => {
    for (; round < end; round++) fuzzRound(new Random(`${seed} ${round}`), judge);
  };
  try {
    judgeUntil(first + Math.floor(rounds * (1 - WATCHED)));
    // Last: code that was compiled while recording is slow afterwards.
    judge.watchingArrays(() => judgeUntil(first + rounds));
  } catch (error) {
    throw new Error(`seed ${seed}, round ${round}: ${messageOf(error)}`, { cause: error });
  }
  return {
    programs: rounds * ROUND,
    tasks: rounds * TASKS,
    endings: judge.endings,
    slowestMs: judge.slowestMs,
  };
}

function fuzzRound(random: Random, judge: Judge): void {
  const grids = hostileGrids(random);
  const budget = random.chance(0.005) ? LARGE_BUDGET : random.pick(BUDGETS);
  const stock = hostileStock(random);
  for (let k = 0; k < ROUND / 2; k++) judge.text(hostileText(random, stock), grids, budget);
  judge.programs(hostileGraph(random, ROUND / 2), grids, budget);
  for (let k = 0; k < TASKS; k++) judge.task(hostileTaskName(random), hostileTask(random));
}

function hostileGrids(random: Random): TaskGrids {
  const grid = (): Grid => {
    const [height, width] = [1 + random.below(6), 1 + random.below(6)];
    const colors = random.pick([1, 2, 10]);
    return new Grid(
      height,
      width,
      Int8Array.from({ length: height * width }, () => random.below(colors)),
    );
  };
  return { inputs: [grid()], demonstrations: [{ input: grid(), output: grid() }] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
