/** The value of the budget's unit: how many units a core spends in 100 ms, and how long a cell over budget takes. */
import type { Outcome } from '../../src/engine/outcome.js';
import { type PlainCell, plainCells, runPlainly } from '../evaluation/plain.js';
import { BUDGET, ownSolvers, tasksOfWorkspace, workOf } from '../evaluation/workload.js';
import { type Figure, seen } from '../measure/figure.js';
import { median } from '../measure/statistics.js';
import { type Bench, neededTasks, say, workspaceOf } from './bench.js';

/** The default of `budget.cost` should be about this. */
const MEANT_MS = 100;

/** A cell that spends this share of its budget is expensive. */
const EXPENSIVE = BUDGET.cost / 100;

const ROUNDS = 3;

interface TimedCell {
  readonly outcome: Outcome;
  /** Of the fastest round: other work of the machine only adds time. */
  readonly ms: number;
}

export const calibration: Bench = async (options) => {
  const rounds = Math.min(ROUNDS, options.repetitions);
  const real = timeEach(plainCells(workOf(ownSolvers(neededTasks()))), rounds);
  const mutants = timeEach(
    plainCells(workOf(tasksOfWorkspace(workspaceOf(options), options.size.tasks))),
    rounds,
  );
  const expensive = mutants.filter(
    ({ outcome }) => outcome.status !== 'over-budget' && outcome.cost >= EXPENSIVE,
  );
  const over = mutants.filter(({ outcome }) => outcome.status === 'over-budget');
  const figures: Figure[] = [unitsIn('real solvers', real, rounds)];
  if (expensive.length === 0) say('skipped: no cell of this workspace is expensive');
  else figures.push(unitsIn('expensive mutants', expensive, rounds));
  if (over.length === 0) say('skipped: no cell of this workspace is over budget');
  else figures.push(timeOverBudget(over, rounds));
  return figures;
};

function timeEach(cells: readonly PlainCell[], rounds: number): TimedCell[] {
  const fastest = new Float64Array(cells.length).fill(Number.POSITIVE_INFINITY);
  const outcomes: Outcome[] = cells.map(runPlainly);
  for (let round = 0; round < rounds; round++) {
    cells.forEach((cell, k) => {
      const startedAt = performance.now();
      runPlainly(cell);
      fastest[k] = Math.min(fastest[k], performance.now() - startedAt);
    });
  }
  return outcomes.map((outcome, k) => ({ outcome, ms: fastest[k] }));
}

function unitsIn(name: string, cells: readonly TimedCell[], repetitions: number): Figure {
  const units = sum(cells.map(({ outcome }) => outcome.cost));
  const ms = sum(cells.map((cell) => cell.ms));
  return {
    ...seen({
      figure: `units that a core spends in ${MEANT_MS} ms, ${name}`,
      measured: (MEANT_MS * units) / ms,
      unit: 'units',
      baseline: { name: 'budget.cost', value: BUDGET.cost },
      repetitions,
    }),
    notes: { cells: cells.length },
  };
}

function timeOverBudget(cells: readonly TimedCell[], repetitions: number): Figure {
  const times = cells.map(({ ms }) => ms);
  const notes = {
    cells: cells.length,
    medianMs: oneDigit(median(times)),
    slowestMs: oneDigit(Math.max(...times)),
  };
  return {
    ...seen({
      figure: 'mean time of a cell over budget, mutants',
      measured: sum(times) / times.length,
      unit: 'ms',
      baseline: { name: 'what budget.cost is meant to be', value: MEANT_MS },
      repetitions,
    }),
    notes,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function oneDigit(value: number): number {
  return Math.round(value * 10) / 10;
}
