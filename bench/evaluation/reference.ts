/** Runs CPython on the same solver files, if the user has a reference implementation of the primitives. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Grid } from '../../src/dsl/value/value.js';
import { samplesOf } from '../../src/task/task.js';
import { Unmeasurable } from '../measure/figure.js';
import { PROJECT } from '../paths.js';
import type { JudgedTask } from './workload.js';

const SCRIPT = join(PROJECT, 'bench/evaluation/reference.py');

/** One solver on one sample, run by the reference implementation. */
export interface ReferenceCell {
  readonly micros: number;
  /** The resulting grid; null for any other result. */
  readonly rows: number[][] | null;
}

/**
 * The cells of all solvers, solver by solver, each on the samples of its task. Throws Unmeasurable if Python cannot
 * be started, or if `folder` has no reference implementation: the package `arc_dsl`, or the modules `dsl` and
 * `constants` (the latter is optional).
 */
export function runReference(folder: string, tasks: readonly JudgedTask[]): ReferenceCell[] {
  const solvers = tasks.flatMap(({ task, file, solvers: functions }) =>
    functions.map(({ name, parameters }) => ({
      file,
      function: name,
      demonstrations:
        parameters === 'I'
          ? null
          : task.train.map(({ input, output }) => [rowsOf(input), rowsOf(output as Grid)]),
      inputs: samplesOf(task).map(({ sample }) => rowsOf(sample.input)),
    })),
  );
  const { status, stdout, stderr, error } = spawnSync('python3', [SCRIPT, folder], {
    input: JSON.stringify(solvers),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) {
    const reason = error?.message ?? stderr.trim().split('\n').at(-1);
    throw new Unmeasurable(`the reference in ${folder} cannot be run: ${reason}`);
  }
  return (JSON.parse(stdout) as ReferenceCell[][]).flat();
}

function rowsOf({ height, width, cells }: Grid): number[][] {
  return Array.from({ length: height }, (_, row) => [...cells.subarray(row * width, (row + 1) * width)]);
}
