/**
 * Measures generated candidates on real tasks: how often a cell of theirs ends without a grid, by mutation, and how
 * many are generated a second: `node dist-bench/bench/search/offspring.js [--per-task N] [--seed S]`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isValid } from '../../src/engine/outcome.js';
import { evaluatePlainly } from '../../src/engine/plain.js';
import { loadSource } from '../../src/lang/load.js';
import type { Program } from '../../src/lang/program/program.js';
import { MUTATIONS } from '../../src/search/mutation/mutate.js';
import { sampleFeatures } from '../../src/search/mutation/sample-features.js';
import { breed, type Offspring } from '../../src/search/population/breed.js';
import { type EncodedProgram, GenePool } from '../../src/search/population/gene-pool.js';
import { parseTaskFile } from '../../src/task/parse.js';
import { largestSide, samplesOf, type Task } from '../../src/task/task.js';
import { DEFAULT_CELLS, DEFAULT_COST } from '../../src/workspace/config/config-keys.js';
import { NO_TASKS, OWN_SOLVERS, trainingTasks } from '../paths.js';

/** The default budget of a cell. */
const BUDGET = { cost: DEFAULT_COST, cells: DEFAULT_CELLS };

/** How a cell can end, in the order of the columns; `invalid` is a grid that no task has. */
const ENDS = ['ok', 'invalid', 'error', 'not-a-grid', 'over-budget'] as const;
type End = (typeof ENDS)[number];
type Counts = Record<End, number>;

interface Solved {
  readonly task: Task;
  readonly solver: EncodedProgram;
}

/** The training tasks for which we have a solver. */
function solvedTasks(folder: string): Solved[] {
  return readdirSync(OWN_SOLVERS)
    .sort()
    .map((file) => {
      const [{ body, program }] = loadSource(readFileSync(join(OWN_SOLVERS, file)), file).functions;
      const name = `${basename(file, '.py')}.json`;
      const { tasks } = parseTaskFile({ name, bytes: readFileSync(join(folder, name)) }, null);
      return { task: tasks[0], solver: { body, program } };
    });
}

function endOf(program: Program, task: Task, sample: number): End {
  const environment = { I: samplesOf(task)[sample].sample.input, S: null, C: null };
  const outcome = evaluatePlainly(program, environment, BUDGET, () => {});
  const { status } = outcome;
  if (status === 'ok') return isValid(outcome, largestSide(task)) ? 'ok' : 'invalid';
  const end = ENDS.find((one): boolean => one === status);
  if (end === undefined) throw new Error(`a cell ended with ${status}`);
  return end;
}

/** A single change counts for its mutation; several changes are counted together. */
function groupOf({ lineage }: Offspring): string {
  return lineage.changes.length === 1 ? lineage.changes[0].mutation : `${lineage.changes.length} changes`;
}

function noneYet(): Counts {
  return { ok: 0, invalid: 0, error: 0, 'not-a-grid': 0, 'over-budget': 0 };
}

function report(group: string, counts: Counts): string {
  const cells = ENDS.reduce((sum, end) => sum + counts[end], 0);
  const shares = ENDS.map((end) => `${((100 * counts[end]) / cells).toFixed(1)} %`.padStart(12));
  const failed = counts.error + counts['not-a-grid'] + counts['over-budget'];
  const all = `${((100 * failed) / cells).toFixed(1)} %`.padStart(12);
  return `${group.padEnd(12)}${String(cells).padStart(9)}${shares.join('')}${all}`;
}

function measure(folder: string, perTask: number, seed: number): void {
  const solved = solvedTasks(folder);
  const genePool = new GenePool();
  const pool = solved.map(({ solver }) => solver);
  const names = ['all', ...MUTATIONS, '2 changes', '3 changes'];
  const groups = new Map(names.map((name): [string, Counts] => [name, noneYet()]));
  let made = 0;
  let micros = 0;
  for (const { task, solver } of solved) {
    const startedAt = performance.now();
    const offspring = breed({
      ...{
        task: task.id,
        features: sampleFeatures(task),
        known: [solver.body],
        parents: [solver],
        weights: [1],
      },
      ...{ pool, genePool, count: perTask, seed, round: 0 },
    });
    micros += 1000 * (performance.now() - startedAt);
    made += offspring.length;
    for (const one of offspring) {
      samplesOf(task).forEach((_, sample) => {
        const end = endOf(one.program, task, sample);
        for (const group of ['all', groupOf(one)]) (groups.get(group) as Counts)[end]++;
      });
    }
  }
  console.log(
    `${'mutation'.padEnd(12)}${'cells'.padStart(9)}${[...ENDS, 'no grid'].map((end) => end.padStart(12)).join('')}`,
  );
  for (const [group, counts] of groups) console.log(report(group, counts));
  const rate = Math.round((1e6 * made) / micros);
  console.log(`${made} candidates of ${solved.length} tasks, ${rate} made a second`);
}

const { values } = parseArgs({
  options: { 'per-task': { type: 'string', default: '75' }, seed: { type: 'string', default: '1' } },
});
const tasks = trainingTasks();
if (tasks === null) {
  console.error(NO_TASKS);
  process.exitCode = 2;
} else {
  measure(tasks, Number(values['per-task']), Number(values.seed));
}
