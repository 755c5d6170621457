/** Evaluation by two workers compared with the plain evaluator, on the same cells with the same outcomes. */
import { plainCells, runPlainly } from '../evaluation/plain.js';
import { BenchWorkers } from '../evaluation/workers.js';
import {
  callsIn,
  cellsOf,
  type EvaluationWork,
  everySolverOnEveryTask,
  ownSolvers,
  tasksOfWorkspace,
  workOf,
} from '../evaluation/workload.js';
import { atMost, type Figure, seen } from '../measure/figure.js';
import { alternate, timed } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, neededTasks, workspaceOf } from './bench.js';

const WORKERS = 2;

/** A round takes seconds and has many cells: a few rounds are enough. */
const REPETITIONS = 5;

/** Number of copies of each task with its solver: a single round of them is too short to measure. */
const COPIES = 10;

export const evaluation: Bench = async (options) => {
  const own = ownSolvers(neededTasks());
  const repetitions = Math.min(REPETITIONS, options.repetitions);
  const workspace = workspaceOf(options);
  const mutants = workOf(tasksOfWorkspace(workspace, options.size.tasks));
  const independent = workOf(everySolverOnEveryTask(own.slice(0, options.size.tasks)));
  return [
    await compare(
      'evaluation of independent candidates',
      independent,
      TARGETS.evaluation.independent,
      repetitions,
    ),
    await compare('evaluation of single candidates, a request each', workOf(own, COPIES), null, repetitions),
    await compare('evaluation of mutants', mutants, TARGETS.evaluation.mutants, repetitions),
  ];
};

/**
 * Wall times from the first request to the last outcome, with workers that are already running, because a build
 * starts them only once. Measured alternately: plain, workers, plain, workers, ...
 */
async function compare(
  figure: string,
  work: readonly EvaluationWork[],
  limit: number | null,
  repetitions: number,
): Promise<Figure> {
  const cells = plainCells(work);
  const workers = new BenchWorkers(WORKERS);
  try {
    const plainly = JSON.stringify(cells.map(runPlainly));
    if (JSON.stringify(await workers.evaluate(work)) !== plainly)
      throw new Error(`${figure}: the workers' outcomes are not those of the plain evaluator`);
    const [plain, merged] = await alternate(repetitions, [
      () => timed(() => cells.forEach(runPlainly)),
      () => timed(() => workers.evaluate(work)),
    ]);
    const baseline = { name: 'plain evaluator', value: plain };
    const sizes = { cells: cellsOf(work), requests: work.length, ...callsIn(work) };
    const compared =
      limit === null
        ? seen({ figure, measured: merged, unit: 'ms', baseline, repetitions })
        : atMost(figure, merged, baseline, limit, repetitions);
    return { ...compared, notes: { workers: WORKERS, ...sizes } };
  } finally {
    await workers.close();
  }
}
