/**
 * Measures evolution on real tasks. 20 of our own solvers are damaged by one or two mutations, so that they no longer
 * match their demonstrations, and `evolve` starts from those: `node dist-bench/bench/search/repair.js [--rounds N]
 * [--seed S] [--per-task N]`. Prints one JSON line: the number of repaired tasks, of all tasks, and the seconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { digestOutput, encodeOutput } from '../../src/engine/output.js';
import { evaluatePlainly } from '../../src/engine/plain.js';
import { inlineSource } from '../../src/lang/inline.js';
import { loadSource } from '../../src/lang/load.js';
import type { Program } from '../../src/lang/program/program.js';
import { mutate } from '../../src/search/mutation/mutate.js';
import { Random } from '../../src/search/mutation/random.js';
import { sampleFeatures } from '../../src/search/mutation/sample-features.js';
import { GenePool } from '../../src/search/population/gene-pool.js';
import { parseTaskFile } from '../../src/task/parse.js';
import type { Task } from '../../src/task/task.js';
import { DEFAULT_CELLS, DEFAULT_COST } from '../../src/workspace/config/config-keys.js';
import { NO_TASKS, OWN_SOLVERS, PROJECT, trainingTasks } from '../paths.js';

const DAMAGED = 20;
/** At least half of them should be repaired. */
const TARGET = DAMAGED / 2;
const BUDGET = { cost: DEFAULT_COST, cells: DEFAULT_CELLS };

function matchesDemos(program: Program, task: Task): boolean {
  return task.train.every(({ input, output }) => {
    const outcome = evaluatePlainly(program, { I: input, S: null, C: null }, BUDGET, () => {});
    const expected = output === null ? null : encodeOutput(output);
    return expected !== null && outcome.output === digestOutput(expected.bytes);
  });
}

/** Writes damaged solvers, one file for each task; returns the ids of their tasks. */
function damage(taskFolder: string, solverFolder: string, seed: number): string[] {
  const genePool = new GenePool();
  const damaged: string[] = [];
  // Every sixth, because similar tasks often follow each other.
  const files = readdirSync(OWN_SOLVERS).sort();
  const spread = [0, 1, 2, 3, 4, 5].flatMap((first) => files.filter((_, k) => k % 6 === first));
  for (const file of spread) {
    if (damaged.length === DAMAGED) break;
    const id = basename(file, '.py');
    const name = `${id}.json`;
    const [task] = parseTaskFile({ name, bytes: readFileSync(join(taskFolder, name)) }, null).tasks;
    const [{ body, program }] = loadSource(readFileSync(join(OWN_SOLVERS, file)), file).functions;
    const parent = genePool.get({ body, program });
    const random = new Random(`damage ${seed} ${id}`);
    for (let attempt = 0; attempt < 200; attempt++) {
      const mutant = mutate({ parent, features: sampleFeatures(task), random, donor: () => parent });
      if (mutant === null || mutant.mutations.length > 2 || matchesDemos(mutant.program, task)) continue;
      writeFileSync(join(solverFolder, file), inlineSource(mutant.program, `solve_${id}`));
      damaged.push(id);
      break;
    }
  }
  return damaged;
}

function measure(taskFolder: string, rounds: string, perTask: string, seed: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-repair-'));
  try {
    const solvers = join(folder, 'solvers');
    mkdirSync(solvers);
    const ids = damage(taskFolder, solvers, Number(seed));
    const main = join(PROJECT, 'dist/bundle/main.js');
    const args = [
      'evolve',
      '--json',
      '--until-solved',
      '--rounds',
      rounds,
      '--per-task',
      perTask,
      '--seed',
      seed,
    ];
    const places = [
      '--tasks',
      taskFolder,
      '--solvers',
      solvers,
      '--differs',
      join(PROJECT, 'examples/differs'),
    ];
    const outputs = ['--cache', join(folder, 'cache'), '--out', join(folder, 'out')];
    const startedAt = performance.now();
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [main, ...args, ...places, ...outputs, ...ids.flatMap((id) => ['-i', id])],
      { encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    const seconds = (performance.now() - startedAt) / 1000;
    if (status !== 0) throw new Error(`evolve ended with ${status}: ${stderr}`);
    const lines = stdout.trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as { solved: number };
    console.log(
      JSON.stringify({
        figure: 'repair',
        measured: last.solved,
        unit: `of ${ids.length} damaged solvers`,
        target: TARGET,
        met: last.solved >= TARGET,
        rounds: lines.length,
        seconds: Number(seconds.toFixed(1)),
        seed: Number(seed),
        cores: availableParallelism(),
        node: process.version,
        date: new Date().toISOString(),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    'per-task': { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const tasks = trainingTasks();
if (tasks === null) {
  console.error(NO_TASKS);
  process.exitCode = 2;
} else {
  measure(tasks, values.rounds, values['per-task'], values.seed);
}
