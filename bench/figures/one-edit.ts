/** Small edits: one solver, and one expected output. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Figure } from '../measure/figure.js';
import { measureBuild, timeOf, timeOfBuild, timeOfNothing } from '../measure/process.js';
import { alternate, type Measurement } from '../measure/statistics.js';
import { type Bench, builtWorkspaceOf } from './bench.js';
import { isInstalled, makeStepGraph, SINGLE_INPUT, STEPS } from './step-graph.js';

/** Replaces one solver of a file with many by a new program. */
export const solverEdit: Bench = async (options) => {
  const { folder, repetitions } = options;
  const workspace = builtWorkspaceOf(options);
  const file = join(workspace, 'solvers', fileInTheMiddle(join(workspace, 'solvers')));
  const original = readFileSync(file, 'utf8');
  const graph = makeStepGraph(folder);
  let edit = 0;
  const editSolver = () => {
    // Two constants beyond all colours, so that each edit gives a new program with the same cost.
    const fresh = `    return replace(I, ${Date.now() % 1_000_000_000}, ${++edit})\n`;
    writeFileSync(file, original.replace(/ {4}return .*\n/, fresh));
    return timeOfBuild(workspace);
  };
  const measurements: Measurement[] = [timeOfNothing, editSolver];
  const hasNinja = isInstalled('ninja');
  if (hasNinja) {
    measurements.push(() => {
      writeFileSync(join(graph, SINGLE_INPUT), `input ${++edit}\n`);
      return timeOf('ninja', [], graph);
    });
  }
  const [nothing, build, ninja] = await alternate(repetitions, measurements);
  writeFileSync(file, original);
  timeOfBuild(workspace);
  const figures: Figure[] = [
    atMost('one solver edited', build, { name: 'node -e 0', value: nothing }, 1.7, repetitions),
  ];
  if (hasNinja) {
    const baseline = { name: `ninja, one of ${STEPS} steps again`, value: ninja };
    figures.push(atMost('one solver edited against ninja', build, baseline, 1, repetitions));
  }
  return figures;
};

/** Changes the expected output of a test: everything is scored again, and no cell runs. */
export const outputEdit: Bench = async (options) => {
  const { repetitions } = options;
  const workspace = builtWorkspaceOf(options);
  const file = join(workspace, 'tasks', fileInTheMiddle(join(workspace, 'tasks')));
  const original = readFileSync(file, 'utf8');
  const task = JSON.parse(original) as { test: { output: number[][] }[] };
  const editOutput = () => {
    const [row] = task.test[0].output;
    row[0] = (row[0] + 1) % 10;
    writeFileSync(file, JSON.stringify(task));
  };
  const [nothing, build] = await alternate(repetitions, [
    timeOfNothing,
    () => {
      editOutput();
      return timeOfBuild(workspace);
    },
  ]);
  editOutput();
  const { cellsRun } = (await measureBuild(workspace)).summary;
  writeFileSync(file, original);
  timeOfBuild(workspace);
  const figure = atMost(
    'one expected output edited',
    build,
    { name: 'node -e 0', value: nothing },
    2,
    repetitions,
  );
  const target = `${figure.target}, no cell executed`;
  return [{ ...figure, target, met: figure.met === true && cellsRun === 0, notes: { cellsRun } }];
};

function fileInTheMiddle(folder: string): string {
  const files = readdirSync(folder).sort();
  return files[files.length >> 1];
}
