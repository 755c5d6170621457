/** Two workers against one: of evaluation alone, and of a whole cold build. */

import { BenchWorkers } from '../evaluation/workers.js';
import { cellsOf, tasksOfWorkspace, workOf } from '../evaluation/workload.js';
import { atLeast, type Figure } from '../measure/figure.js';
import { alternate, timed } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, type BenchOptions, workspaceOf } from './bench.js';
import { coldRepetitions, measureColdBuild } from './cold-build.js';

/** Rounds take seconds: a few are enough. */
const REPETITIONS = 5;

export const twoWorkers: Bench = async (options) => [await ofEvaluation(options), await ofBuild(options)];

/** The workers are already running, because a build starts them only once. */
async function ofEvaluation(options: BenchOptions): Promise<Figure> {
  const work = workOf(tasksOfWorkspace(workspaceOf(options), options.size.tasks));
  const repetitions = Math.min(REPETITIONS, options.repetitions);
  const [one, two] = [new BenchWorkers(1), new BenchWorkers(2)];
  try {
    const [alone, both] = await alternate(repetitions, [
      () => timed(() => one.evaluate(work)),
      () => timed(() => two.evaluate(work)),
    ]);
    const cells = cellsOf(work);
    return atLeast(TARGETS.twoWorkers, {
      figure: 'two workers, evaluation of mutants',
      measured: (1000 * cells) / both,
      unit: 'cells/s',
      baseline: { name: 'one worker', value: (1000 * cells) / alone },
      repetitions,
    });
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}

/** The whole command: the main thread and V8's helpers need cores, too. */
async function ofBuild(options: BenchOptions): Promise<Figure> {
  const workspace = workspaceOf(options);
  const repetitions = coldRepetitions(options);
  let candidates = 0;
  const build = (jobs: number) => async () => {
    const { summary, wallMs } = await measureColdBuild(workspace, '-j', String(jobs));
    candidates = summary.candidates;
    return wallMs;
  };
  const [alone, both] = await alternate(repetitions, [build(1), build(2)], 0);
  return atLeast(TARGETS.twoWorkers, {
    figure: 'two workers, cold build',
    measured: (1000 * candidates) / both,
    unit: 'candidates/s',
    baseline: { name: 'one worker', value: (1000 * candidates) / alone },
    repetitions,
  });
}
