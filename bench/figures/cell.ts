/** The time of a cell of real solvers in this process: the cost of the primitives. */

import { Grid } from '../../src/dsl/value/value.js';
import { rowsOfOutput } from '../../src/engine/output.js';
import { evaluatePlainly } from '../../src/engine/plain.js';
import { type PlainCell, plainCells, runPlainly } from '../evaluation/plain.js';
import { type ReferenceCell, runReference } from '../evaluation/reference.js';
import { BUDGET, type JudgedTask, ownSolvers, workOf } from '../evaluation/workload.js';
import { atMost, type Figure } from '../measure/figure.js';
import { alternate } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, neededTasks } from './bench.js';

/** The baseline of performance.md: 400 published solvers on CPython 3.11, without the most expensive one. */
const ANCHOR_MICROS = 480;

/** Number of runs of all cells that are timed together, because one run takes only a few milliseconds. */
const ROUNDS = 50;

export const cell: Bench = async ({ repetitions, reference }) => {
  const solvers = ownSolvers(neededTasks());
  const cells = plainCells(workOf(solvers));
  return [
    reference === null
      ? await againstAnchor(cells, repetitions)
      : await againstReference(reference, solvers, cells, repetitions),
  ];
};

async function againstAnchor(cells: readonly PlainCell[], repetitions: number): Promise<Figure> {
  const [micros] = await alternate(repetitions, [() => meanMicros(cells)]);
  const baseline = { name: 'CPython, 0.48 ms: an anchor, not measured in this run', value: ANCHOR_MICROS };
  return {
    ...atMost('cell of a real solver', micros, baseline, TARGETS.cell, repetitions, 'us'),
    notes: { cells: cells.length },
  };
}

/** Only cells for which the reference gives the same grid count, on both sides. */
async function againstReference(
  folder: string,
  solvers: readonly JudgedTask[],
  cells: readonly PlainCell[],
  repetitions: number,
): Promise<Figure> {
  const first = runReference(folder, solvers);
  const same = cells.map((one, k) => sameRows(one, first[k]));
  const [micros, referenceMicros] = await alternate(repetitions, [
    () => meanMicros(cells.filter((_, k) => same[k])),
    () =>
      mean(
        runReference(folder, solvers)
          .filter((_, k) => same[k])
          .map((one) => one.micros),
      ),
  ]);
  const baseline = { name: 'CPython, the same solver files', value: referenceMicros };
  const failed = first.filter(({ rows }) => rows === null).length;
  const equal = same.filter(Boolean).length;
  return {
    ...atMost('cell of a real solver', micros, baseline, TARGETS.cell, repetitions, 'us'),
    notes: { cells: equal, noGridByReference: failed, otherGridByReference: cells.length - failed - equal },
  };
}

/** Every run has its own copy of the input, because grids cache some results. */
function meanMicros(cells: readonly PlainCell[]): number {
  const startedAt = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { program, environment } of cells) {
      const { height, width, cells: entries } = environment.I as Grid;
      runPlainly({ program, environment: { ...environment, I: new Grid(height, width, entries) } });
    }
  }
  return (1000 * (performance.now() - startedAt)) / ROUNDS / cells.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sameRows({ program, environment }: PlainCell, { rows }: ReferenceCell): boolean {
  let ours: number[][] | null = null;
  evaluatePlainly(program, environment, BUDGET, (_, { bytes }) => {
    ours = rowsOfOutput(bytes);
  });
  return rows !== null && JSON.stringify(ours) === JSON.stringify(rows);
}
