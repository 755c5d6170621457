/**
 * Compares two compiled builds of battbuild on the same programs: their canonical bytes and hashes, the keys of their cells
 * (with names in place of the fingerprints of code), and the outcome of every cell, its cost and its output's bytes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { BatchAnswer } from '../../src/engine/batch.js';
import type { LoadedFunction } from '../../src/lang/loaded.js';
import type { Task } from '../../src/task/task.js';
import { DEFAULT_CELLS, DEFAULT_COST } from '../../src/workspace/config/config-keys.js';
import { same } from './same.js';

const USAGE = `usage: equal.js BEFORE AFTER --tasks DIR --solvers DIR [--everywhere]
BEFORE and AFTER are folders of compiled code (dist). A solver runs on the task that its file is named after, with --everywhere on
every task.`;

const BUDGET = { cost: DEFAULT_COST, cells: DEFAULT_CELLS };

interface Build {
  readonly lang: typeof import('../../src/lang/load.js');
  readonly program: typeof import('../../src/lang/program/program.js');
  readonly facts: typeof import('../../src/lang/program/facts.js');
  readonly tasks: typeof import('../../src/task/parse.js');
  readonly digests: typeof import('../../src/task/task-digest.js');
  readonly batch: typeof import('../../src/engine/batch.js');
  readonly key: typeof import('../../src/phases/key.js');
  readonly validate: typeof import('../../src/phases/validate.js');
}

async function buildIn(dist: string): Promise<Build> {
  const module = (name: string) => import(pathToFileURL(join(resolve(dist), name)).href);
  return {
    lang: await module('lang/load.js'),
    program: await module('lang/program/program.js'),
    facts: await module('lang/program/facts.js'),
    tasks: await module('task/parse.js'),
    digests: await module('task/task-digest.js'),
    batch: await module('engine/batch.js'),
    key: await module('phases/key.js'),
    validate: await module('phases/validate.js'),
  };
}

function taskIn(build: Build, folder: string, file: string): Task | null {
  const { tasks } = build.tasks.parseTaskFile({ name: file, bytes: readFileSync(join(folder, file)) }, null);
  return tasks[0] ?? null;
}

/**
 * Everything that a build determines for these programs on a task: one JSON value for each program, and one for each
 * cell.
 */
function saidOf(build: Build, task: Task, functions: readonly LoadedFunction[]) {
  const samples = [...task.train, ...task.test];
  const demonstrations = task.train.flatMap(({ input, output }) =>
    output === null ? [] : [{ input, output }],
  );
  const cells = samples.flatMap((_, sample) => functions.map((_, program) => ({ sample, program })));
  const answer = build.batch.evaluateBatch(
    { inputs: samples.map(({ input }) => input), demonstrations },
    {
      programs: functions.map(({ program }) => program),
      cellPrograms: Int32Array.from(cells, ({ program }) => program),
      cellSamples: Int32Array.from(cells, ({ sample }) => sample),
      budget: BUDGET,
    },
    () => {},
  );
  const digests = build.digests.digestTask(task);
  const keys = functions.map(({ name, body, program }) => {
    const facts = build.facts.factsOf(build.program.decodeProgram(program));
    const inputs = () => ({
      body,
      facts,
      task: task.id,
      demo: digests.demo,
      budget: BUDGET,
      fingerprintOf: (primitive: string) => primitive,
    });
    const key = build.key.actionKey('validate', '', (writer) => {
      build.validate.writeCellInputs({ digest: null }, inputs, digests.inputs[0], writer);
    });
    return [name, body, Buffer.from(program).toString('hex'), Buffer.from(key, 'latin1').toString('hex')];
  });
  return { keys, outcomes: build.batch.readOutcomes(answer), outputs: outputsIn(build, answer) };
}

function outputsIn(build: Build, answer: BatchAnswer): string[] {
  const outputs = [...build.batch.readOutputs(answer)];
  return outputs.map(([digest, bytes]) => `${digest} ${Buffer.from(bytes).toString('hex')}`).sort();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: 'string' },
    solvers: { type: 'string' },
    everywhere: { type: 'boolean', default: false },
  },
});
const { tasks: taskFolder, solvers: solverFolder } = values;
if (positionals.length !== 2 || taskFolder === undefined || solverFolder === undefined) {
  console.error(USAGE);
  process.exit(2);
}
const [before, after] = [await buildIn(positionals[0]), await buildIn(positionals[1])];
let programs = 0;
let cells = 0;
for (const file of readdirSync(taskFolder).sort()) {
  const stem = file.replace(/\.json$/, '');
  const solvers = readdirSync(solverFolder).filter((solver) => values.everywhere || solver === `${stem}.py`);
  const said = [before, after].map((build) => {
    const functions = solvers.flatMap((solver) => [
      ...build.lang.loadSource(readFileSync(join(solverFolder, solver)), solver).functions,
    ]);
    const task = taskIn(build, taskFolder, file);
    return task === null ? null : saidOf(build, task, functions);
  });
  const [old, now] = said;
  if (old === null || now === null) throw new Error(`${file} is no task`);
  for (const what of ['keys', 'outcomes', 'outputs'] as const)
    same(`${what} of ${stem}`, now[what], old[what]);
  programs += old.keys.length;
  cells += old.outcomes.length;
}
console.log(`the same: ${programs} programs, ${cells} cells`);
