/** Small edits: one solver, and one expected output. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Figure, seen } from '../measure/figure.js';
import { measureBuild, timeOf, timeOfBuild, timeOfNothing } from '../measure/process.js';
import { alternate, type Measurement } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, type BenchOptions, builtWorkspaceOf } from './bench.js';
import { isInstalled, makeStepGraph, SINGLE_INPUT, STEPS } from './step-graph.js';

/** Replaces one solver of a file with many by a new program. */
export const solverEdit: Bench = async (options) => {
  const workspace = builtWorkspaceOf(options);
  const file = join(workspace, 'solvers', fileInTheMiddle(join(workspace, 'solvers')));
  const original = readFileSync(file, 'utf8');
  let edit = 0;
  const editSolver = () => {
    // Two constants beyond all colours, so that each edit gives a new program with the same cost.
    const fresh = `    return replace(I, ${Date.now() % 1_000_000_000}, ${++edit})\n`;
    writeFileSync(file, original.replace(/ {4}return .*\n/, fresh));
    return timeOfBuild(workspace);
  };
  const figures = await beside(editSolver, 'one solver edited', TARGETS.solverEdit.ninjas, options);
  writeFileSync(file, original);
  timeOfBuild(workspace);
  return figures;
};

/** Changes the expected output of a test: everything is scored again, and no cell runs. */
export const outputEdit: Bench = async (options) => {
  const workspace = builtWorkspaceOf(options);
  const file = join(workspace, 'tasks', fileInTheMiddle(join(workspace, 'tasks')));
  const original = readFileSync(file, 'utf8');
  const task = JSON.parse(original) as { test: { output: number[][] }[] };
  const editOutput = () => {
    const [row] = task.test[0].output;
    row[0] = (row[0] + 1) % 10;
    writeFileSync(file, JSON.stringify(task));
  };
  const editAndBuild = () => {
    editOutput();
    return timeOfBuild(workspace);
  };
  const name = 'one expected output edited';
  const figures = await beside(editAndBuild, name, TARGETS.outputEdit.ninjas, options);
  editOutput();
  const { cellsRun } = (await measureBuild(workspace)).summary;
  writeFileSync(file, original);
  timeOfBuild(workspace);
  return figures.map((figure) => {
    if (figure.met === null) return { ...figure, notes: { cellsRun } };
    const target = `${figure.target}, no cell executed`;
    return { ...figure, target, met: figure.met && cellsRun === 0, notes: { cellsRun } };
  });
};

/** An edit and its build, compared with a process that does nothing, and with ninja after an edit. */
async function beside(
  editAndBuild: Measurement,
  name: string,
  limit: number,
  { folder, repetitions }: BenchOptions,
): Promise<Figure[]> {
  const graph = makeStepGraph(folder);
  const measurements: Measurement[] = [timeOfNothing, editAndBuild];
  const hasNinja = isInstalled('ninja');
  if (hasNinja) {
    measurements.push(() => {
      writeFileSync(join(graph, SINGLE_INPUT), `input ${Date.now()}\n`);
      return timeOf('ninja', [], graph);
    });
  }
  const [nothing, measured, ninja] = await alternate(repetitions, measurements);
  const baseline = { name: 'node -e 0', value: nothing };
  const figures: Figure[] = [seen({ figure: name, measured, unit: 'ms', baseline, repetitions })];
  if (hasNinja) {
    const again = { name: `ninja, one of ${STEPS} steps again`, value: ninja };
    figures.push(atMost(`${name} against ninja`, measured, again, limit, repetitions));
  }
  return figures;
}

function fileInTheMiddle(folder: string): string {
  const files = readdirSync(folder).sort();
  return files[files.length >> 1];
}
