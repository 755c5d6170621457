/**
 * The cost of our programs in the tokpidjin dialect, compared with our solvers of the same tasks in the base
 * language.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type PlainCell, plainCells, runPlainly } from '../evaluation/plain.js';
import { type JudgedTask, judged, workOf } from '../evaluation/workload.js';
import { atMost, type Figure, rounded } from '../measure/figure.js';
import { median } from '../measure/statistics.js';
import { DIALECT_SOLVERS, OWN_SOLVERS } from '../paths.js';
import { TARGETS } from '../targets.js';
import { type Bench, neededTasks } from './bench.js';

/** A task in both dialects: all its cells. */
interface Pair {
  readonly id: string;
  readonly base: PlainCell[];
  readonly dialect: PlainCell[];
}

/** Minimum duration of one measurement, in milliseconds of CPU time. */
const MEASURED_MS = 15;

export const dialect: Bench = async ({ repetitions }) => {
  const pairs = pairsOf(neededTasks());
  for (const pair of pairs) demandSameGrids(pair);
  // All once before, so that each pair is measured with code that a whole build would have warmed up.
  for (const pair of pairs) ratiosOf(pair, 1);
  const ratios = pairs.map((pair) => median(ratiosOf(pair, repetitions)));
  const baseline = { name: 'the base', value: 1 };
  const figure = (name: string, measured: number): Figure =>
    atMost(name, measured, baseline, TARGETS.dialect, repetitions, 'x');
  const worst = pairs
    .map(({ id }, k) => ({ id, ratio: ratios[k] }))
    .sort((a, b) => b.ratio - a.ratio)
    .filter(({ ratio }, k) => k === 0 || ratio > TARGETS.dialect);
  return [
    { ...figure('a solver in tokpidjin, median', median(ratios)), notes: { pairs: pairs.length } },
    {
      ...figure('a solver in tokpidjin, worst', worst[0].ratio),
      notes: Object.fromEntries(worst.map(({ id, ratio }) => [id, rounded(ratio)])),
    },
  ];
};

function pairsOf(tasks: string): Pair[] {
  return readdirSync(DIALECT_SOLVERS)
    .sort()
    .map((file) => {
      const task = join(tasks, `${basename(file, '.py')}.json`);
      return {
        id: basename(file, '.py'),
        base: cellsOf(judged(task, join(OWN_SOLVERS, file))),
        dialect: cellsOf(judged(task, join(DIALECT_SOLVERS, file))),
      };
    });
}

function cellsOf(task: JudgedTask): PlainCell[] {
  return plainCells(workOf([task]));
}

function demandSameGrids({ id, base, dialect }: Pair): void {
  const grids = (cells: readonly PlainCell[]) => cells.map((cell) => runPlainly(cell).output).join();
  if (grids(base) !== grids(dialect)) throw new Error(`${id}: the programs of the two dialects differ`);
}

/** CPU time in the dialect as a multiple of that in the base language, measured alternately. */
function ratiosOf({ base, dialect }: Pair, repetitions: number): number[] {
  const runs = runsWithin(MEASURED_MS, base);
  return Array.from({ length: repetitions }, () => {
    const before = cpuOf(base, runs);
    return cpuOf(dialect, runs) / before;
  });
}

function runsWithin(ms: number, cells: readonly PlainCell[]): number {
  for (let runs = 1; ; runs *= 2) if (cpuOf(cells, runs) >= ms) return runs;
}

/** Milliseconds of CPU. */
function cpuOf(cells: readonly PlainCell[], runs: number): number {
  const from = process.cpuUsage();
  for (let run = 0; run < runs; run++) for (const cell of cells) runPlainly(cell);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
