/** The cold build of the rough workspace: its CPU time, and the time of CPython for the same cells. */

import { samplesOf } from '../../src/task/task.js';
import { plainCells, runPlainly } from '../evaluation/plain.js';
import { runReference } from '../evaluation/reference.js';
import { type JudgedTask, tasksOfWorkspace, workOf } from '../evaluation/workload.js';
import { atLeast, below, type Figure } from '../measure/figure.js';
import { TARGETS } from '../targets.js';
import { type Bench, type BenchOptions, workspaceOf } from './bench.js';
import { measureColdBuilds } from './cold-build.js';

/** CPython runs the cells of this many tasks, evenly distributed; all of them would take minutes. */
const SAMPLED_TASKS = 40;

export const roughBuild: Bench = async (options) => {
  const builds = await measureColdBuilds(options);
  const { repetitions, cpuSeconds, cpuParts, wallSeconds, peakMegabytes } = builds;
  const { candidates, programs } = builds.summary;
  const notes = { ...cpuParts, candidates, programs, peakMegabytes: Math.round(peakMegabytes) };
  return [
    {
      ...below('rough cold build, CPU time', cpuSeconds, 's', TARGETS.roughBuild.cpuSeconds, repetitions),
      notes,
    },
    speedOf(options, wallSeconds, repetitions),
  ];
};

/** Cells per second, counting duplicates, because CPython has no filter. */
function speedOf(options: BenchOptions, wallSeconds: number, repetitions: number): Figure {
  const { tasks, candidates } = options.size;
  const workspace = workspaceOf(options);
  const all = tasksOfWorkspace(workspace, tasks);
  const cells = all.reduce((sum, { task }) => sum + candidates * samplesOf(task).length, 0);
  const figure = {
    figure: 'rough cold build, cells of all candidates',
    measured: cells / wallSeconds,
    unit: 'cells/s',
    repetitions,
  };
  if (options.reference === null) {
    const target = `at least ${TARGETS.roughBuild.references} x CPython (measured with --reference DIR)`;
    return { ...figure, baseline: null, target, met: null, notes: { cells } };
  }
  const { micros, measured, leftOut } = referenceMicros(
    options.reference,
    tasksOfWorkspace(workspace, SAMPLED_TASKS),
  );
  const baseline = { name: 'CPython, the mean of a sample', value: 1e6 / micros };
  return {
    ...atLeast(TARGETS.roughBuild.references, { ...figure, baseline }),
    notes: { cells, measuredByReference: measured, programsLeftOut: leftOut },
  };
}

/** CPython's mean time of a cell, for programs within our budget on all samples; others might never end. */
export function referenceMicros(folder: string, tasks: readonly JudgedTask[]) {
  const bounded = tasks.map(endingOnes);
  const times = runReference(folder, bounded).map(({ micros }) => micros);
  const programsOf = (those: readonly JudgedTask[]) =>
    those.reduce((sum, { solvers }) => sum + solvers.length, 0);
  return {
    micros: times.reduce((sum, one) => sum + one, 0) / times.length,
    measured: times.length,
    leftOut: programsOf(tasks) - programsOf(bounded),
  };
}

function endingOnes(judged: JudgedTask): JudgedTask {
  const solvers = judged.solvers.filter((solver) =>
    plainCells(workOf([{ ...judged, solvers: [solver] }])).every(
      (cell) => runPlainly(cell).status !== 'over-budget',
    ),
  );
  return { ...judged, solvers };
}
