/** How near a task is to being solved: its nearest program, and the number of wrong cells in its grids. */
import type { LastBuild } from '../../build/last-build.js';
import type { CandidateResult, ProgramResult, TaskResult } from '../../build/record/task-result.js';
import { knownCount, oScoreOf, verdictOf } from '../../build/record/task-result.js';
import { rowsOfOutput } from '../../engine/output.js';
import { inReportOrder } from '../result-order.js';
import { unpackGrid } from './packed-grid.js';
import type { TaskSamples } from './task-samples.js';

export interface NearMiss {
  readonly task: string;
  /** The nearest program's first solver. */
  readonly solver: Pick<CandidateResult, 'name' | 'file' | 'line'>;
  /** Rank of the program. */
  readonly rank: number;
  /** Number of matched samples, out of those whose output is known. */
  readonly matched: number;
  readonly known: number;
  /** Wrong cells on the other samples, out of all expected cells there; null if the grids are not available. */
  readonly wrongCells: number | null;
  readonly cells: number | null;
}

/** Null if the task is solved or has no program. */
export function nearMissOf(result: TaskResult, recorded: LastBuild, samples: TaskSamples): NearMiss | null {
  if (verdictOf(result) === 'solved' || result.programs.length === 0) return null;
  const ordered = inReportOrder(result);
  const { programs, solvers } = ordered;
  const most = Math.max(...programs.map(oScoreOf));
  const expected = samples
    .of(ordered)
    .map((sample) => (sample.expected === null ? null : unpackGrid(sample.expected)));
  const known = knownCount(result);
  const best = programs.filter((program) => oScoreOf(program) === most);
  const wrongOutputs = (program: ProgramResult) => wrongOnes(program, expected).map(({ output }) => output);
  let nearest: NearMiss | null = null;
  for (const [program, outputs] of recorded.withOutputs(result.task, best, wrongOutputs)) {
    const solver = solvers.find((one) => programs[one.program] === program);
    if (solver === undefined) continue;
    const { name, file, line } = solver;
    const miss: NearMiss = {
      ...{ task: result.task, solver: { name, file, line }, rank: program.rank, matched: most, known },
      ...wrongCellsOf(program, expected, outputs),
    };
    // Among equally near programs, the one with the best rank.
    if (nearest === null || compareMisses(miss, nearest) < 0) nearest = miss;
  }
  return nearest;
}

/** The nearest of all unsolved tasks, the nearest first. Reads the grids of only a few times as many tasks. */
export function nearestMisses(recorded: LastBuild, samples: () => TaskSamples, most: number): NearMiss[] {
  const open: { readonly id: string; readonly share: number }[] = [];
  for (const result of recorded.tasks()) {
    if (verdictOf(result) === 'solved' || result.programs.length === 0) continue;
    const share = Math.max(...result.programs.map(oScoreOf)) / Math.max(1, knownCount(result));
    open.push({ id: result.task, share });
  }
  if (open.length === 0) return [];
  const grids = samples();
  const likely = open.sort((a, b) => b.share - a.share).slice(0, 4 * most);
  const misses = likely.flatMap(({ id }) => {
    const result = recorded.task(id);
    const miss = result === null ? null : nearMissOf(result, recorded, grids);
    return miss === null ? [] : [miss];
  });
  return misses.sort(compareMisses).slice(0, most);
}

/** Negative if `a` is nearer: it matches more samples, or equally many and has fewer wrong cells. */
export function compareMisses(a: NearMiss, b: NearMiss): number {
  const share = (miss: NearMiss) => miss.matched / Math.max(1, miss.known);
  const wrong = (miss: NearMiss) =>
    miss.wrongCells === null ? 1 : miss.wrongCells / Math.max(1, miss.cells ?? 0);
  return share(b) - share(a) || wrong(a) - wrong(b);
}

/** The expected grids of a task by sample; null if they are not available. */
type Expected = readonly (readonly (readonly number[])[] | null)[];

/** The behaviour of a program on samples on which it is wrong. */
function wrongOnes({ outcomes, matches }: ProgramResult, expected: Expected) {
  return expected.flatMap((wanted, k) => {
    const outcome = outcomes.at(k);
    return wanted === null || matches.at(k) === true || outcome === undefined
      ? []
      : [{ wanted, output: outcome.output }];
  });
}

function wrongCellsOf(
  program: ProgramResult,
  expected: Expected,
  outputs: ReturnType<LastBuild['outputsOf']>,
): Pick<NearMiss, 'wrongCells' | 'cells'> {
  let wrongCells = 0;
  let cells = 0;
  for (const { wanted, output } of wrongOnes(program, expected)) {
    const bytes = output === '' ? undefined : outputs.get(output);
    wrongCells += wrongCellsIn(wanted, bytes === undefined ? null : rowsOfOutput(bytes));
    cells += wanted.length * wanted[0].length;
  }
  return cells === 0 ? { wrongCells: null, cells: null } : { wrongCells, cells };
}

/** Number of cells of `wanted` that differ in `found`; all if `found` has another size or is no grid. */
export function wrongCellsIn(
  wanted: readonly (readonly number[])[],
  found: readonly (readonly number[])[] | null,
): number {
  const isAlike =
    found !== null &&
    found.length === wanted.length &&
    found.every((row, i) => row.length === wanted[i].length);
  let wrong = 0;
  wanted.forEach((row, i) => {
    row.forEach((color, j) => {
      if (!isAlike || found[i][j] !== color) wrong++;
    });
  });
  return wrong;
}
