/** The workload of evaluation figures: the distinct programs of tasks, without files, store or keys. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EvaluationBatch, TaskGrids } from '../../src/engine/batch.js';
import { MergedGraph } from '../../src/engine/merge.js';
import type { Budget } from '../../src/engine/node.js';
import { type LoadedFunction, loadSource } from '../../src/lang/load.js';
import { decodeProgram, Op } from '../../src/lang/program/program.js';
import { parseTaskFile } from '../../src/task/parse.js';
import { samplesOf, type Task } from '../../src/task/task.js';
import { DEFAULT_CELLS, DEFAULT_COST } from '../../src/workspace/config/config-keys.js';
import { OWN_SOLVERS } from '../paths.js';

export const BUDGET: Budget = { cost: DEFAULT_COST, cells: DEFAULT_CELLS };

/** The contents of one request, as in a build: all cells of up to 256 programs of one task. */
export interface EvaluationWork {
  /** Distinguishes the grids of this task from those of others. */
  readonly task: string;
  readonly grids: TaskGrids;
  readonly batch: EvaluationBatch;
}

const BATCH_PROGRAMS = 256;

/** A task and the functions that are run on it, all with different programs. */
export interface JudgedTask {
  readonly task: Task;
  /** Their positions. */
  readonly file: string;
  readonly solvers: readonly LoadedFunction[];
}

/** Our own solvers, each on its task. */
export function ownSolvers(taskFolder: string): JudgedTask[] {
  return readdirSync(OWN_SOLVERS)
    .sort()
    .map((file) => judged(join(taskFolder, `${basename(file, '.py')}.json`), join(OWN_SOLVERS, file)));
}

/** At most `most` tasks of a generated workspace, evenly distributed, with their distinct programs. */
export function tasksOfWorkspace(workspace: string, most: number): JudgedTask[] {
  const files = readdirSync(join(workspace, 'solvers')).sort();
  const step = Math.max(1, files.length / most);
  const chosen = Array.from({ length: Math.min(most, files.length) }, (_, k) => files[Math.floor(k * step)]);
  return chosen.map((file) =>
    judged(join(workspace, `tasks/${basename(file, '.py')}.json`), join(workspace, 'solvers', file)),
  );
}

/** The solvers of all tasks, each on every task: candidates that share almost nothing. */
export function everySolverOnEveryTask(tasks: readonly JudgedTask[]): JudgedTask[] {
  const distinct = new Map(tasks.flatMap((one) => one.solvers.map((solver) => [solver.body, solver])));
  const solvers = [...distinct.values()];
  return tasks.map(({ task, file }) => ({ task, file, solvers }));
}

/** The functions of a solver file for the task of a task file. */
export function judged(taskFile: string, solverFile: string): JudgedTask {
  const [task] = parseTaskFile({ name: basename(taskFile), bytes: readFileSync(taskFile) }, null).tasks;
  const { functions } = loadSource(readFileSync(solverFile), solverFile);
  const distinct = new Map(functions.map((solver) => [solver.body, solver]));
  return { task, file: solverFile, solvers: [...distinct.values()] };
}

/** The work of judging tasks, `copies` times under different names, so that copies share nothing. */
export function workOf(tasks: readonly JudgedTask[], copies = 1): EvaluationWork[] {
  return Array.from({ length: copies }, (_, copy) =>
    tasks.flatMap(({ task, solvers }) => {
      const grids = gridsOf(task);
      const work: EvaluationWork[] = [];
      for (let from = 0; from < solvers.length; from += BATCH_PROGRAMS) {
        const programs = solvers.slice(from, from + BATCH_PROGRAMS).map(({ program }) => program);
        work.push({ task: `${task.id} ${copy}`, grids, batch: batchOf(programs, grids.inputs.length) });
      }
      return work;
    }),
  ).flat();
}

export function cellsOf(work: readonly EvaluationWork[]): number {
  return work.reduce((sum, { batch }) => sum + batch.cellPrograms.length, 0);
}

/** The number of calls in all programs, and the number after equal calls of a request are merged. */
export function callsIn(work: readonly EvaluationWork[]): { calls: number; distinctCalls: number } {
  const isCall = (op: number) => op === Op.Call || op === Op.Apply;
  let calls = 0;
  let distinctCalls = 0;
  for (const { batch } of work) {
    const graph = new MergedGraph();
    for (const bytes of batch.programs) {
      const program = decodeProgram(bytes);
      graph.add(program);
      calls += program.ops.filter(isCall).length;
    }
    distinctCalls += graph.ops.filter(isCall).length;
  }
  return { calls, distinctCalls };
}

function gridsOf(task: Task): TaskGrids {
  const demonstrations = task.train.flatMap(({ input, output }) =>
    output === null ? [] : [{ input, output }],
  );
  return { inputs: samplesOf(task).map(({ sample }) => sample.input), demonstrations };
}

/** Every program on every sample, sample by sample. */
function batchOf(programs: readonly Uint8Array[], samples: number): EvaluationBatch {
  const cells = samples * programs.length;
  return {
    programs,
    cellPrograms: Int32Array.from({ length: cells }, (_, cell) => cell % programs.length),
    cellSamples: Int32Array.from({ length: cells }, (_, cell) => Math.floor(cell / programs.length)),
    budget: BUDGET,
  };
}
