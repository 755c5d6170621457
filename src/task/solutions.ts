/** Solutions files: task id -> list of output grids in the order of the task's test samples. */
import type { Diagnostic } from '../diagnostic.js';
import { JsonFile } from './json-file.js';
import { describeValue, isRecord } from './json-value.js';
import { sameGrid } from './merge-tasks.js';
import { readGrid } from './read-task.js';
import { largestSide, type Task, USUAL_SIDE } from './task.js';
import { TaskProblems } from './task-problems.js';

/**
 * The tasks of a challenges file, with the test outputs of the solutions file. A task without an entry keeps its
 * hidden outputs. So does a task whose entry cannot be used, with a diagnostic.
 */
export function applySolutions(
  tasks: readonly Task[],
  rejected: readonly string[],
  solutions: { readonly name: string; readonly bytes: Uint8Array },
  problems: Diagnostic[],
): Task[] {
  const json = JsonFile.parse(solutions.name, solutions.bytes, 'TASK012');
  if (!(json instanceof JsonFile)) {
    problems.push(json);
    return [...tasks];
  }
  const { value, name } = json;
  const problem = { code: 'TASK012', file: name, line: null, column: null } as const;
  if (!isRecord(value)) {
    const message = 'the file is not an object that maps task ids to lists of grids';
    problems.push({ ...problem, severity: 'error', message, hint: null });
    return [...tasks];
  }
  const known = new Set<string>(rejected);
  const solved = tasks.map((task) => {
    known.add(task.id);
    if (!Object.hasOwn(value, task.id)) return task;
    const report = new TaskProblems(name, task.id, (place) =>
      json.position(typeof place === 'number' ? place : [task.id, ...place.slice(1)]),
    );
    const result = solve(task, value[task.id], report);
    // That it has large grids has already been reported.
    const isLarge = largestSide(task) > USUAL_SIDE;
    problems.push(...report.diagnostics().filter(({ severity }) => severity === 'error' || !isLarge));
    return result;
  });
  for (const id of Object.keys(value)) {
    if (known.has(id)) continue;
    const message = `a solution for ${JSON.stringify(id.slice(0, 80))}, which is no task of the challenges file`;
    problems.push({ ...problem, ...json.position([id]), severity: 'warning', message, hint: null });
  }
  return solved;
}

function solve(task: Task, outputs: unknown, report: TaskProblems): Task {
  if (!Array.isArray(outputs)) {
    report.error('TASK012', ['solution'], `is ${describeValue(outputs)}, not a list of grids`);
    return task;
  }
  if (outputs.length !== task.test.length) {
    const counts = `${outputs.length} grids for ${task.test.length} test samples`;
    report.error('TASK012', ['solution'], `has ${counts}`);
    return task;
  }
  const test = task.test.map((sample, index) => {
    const output = readGrid(outputs[index], ['solution', index], report);
    if (sample.output === null) return { ...sample, output };
    if (output !== null && !sameGrid(sample.output, output)) {
      report.error(
        'TASK012',
        [index],
        'differs from the output that the challenges file gives; the latter stands',
      );
    }
    return sample;
  });
  return { ...task, test };
}
