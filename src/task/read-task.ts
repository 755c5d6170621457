/**
 * Checks a parsed JSON value against the ARC format, and makes a task from it. Written by hand, because grids are
 * large.
 */
import { Grid } from '../dsl/value/value.js';
import type { JsonNode, JsonObject, JsonPath } from './json-source.js';
import { describeValue, isRecord, type JsonRecord } from './json-value.js';
import {
  type FurtherSamples,
  LARGEST_SIDE,
  type Sample,
  type Task,
  type TaskId,
  USUAL_SIDE,
} from './task.js';
import type { TaskProblems } from './task-problems.js';

/**
 * A task from `{train: [{input, output}], test: [{input, output?}]}` and the lists that `further` names; or from a
 * bare list of samples, which are then demo samples. Other keys are ignored. Null if anything is wrong; `report` is
 * then called.
 */
export function readTask(
  id: TaskId,
  file: string,
  value: unknown,
  further: readonly string[],
  report: TaskProblems,
): Task | null {
  const task = Array.isArray(value)
    ? { train: readList(value, [], true, report), test: [], further: [] }
    : isRecord(value)
      ? readLists(value, further, report)
      : null;
  if (task === null) {
    const what = `is ${describeValue(value)}, not an object with the keys "train" and "test"`;
    report.error('TASK003', [], what);
  }
  return task === null || report.failed ? null : { id, files: [file], ...task };
}

function readLists(
  task: JsonRecord,
  further: readonly string[],
  report: TaskProblems,
): Pick<Task, 'train' | 'test' | 'further'> {
  const train = readSamples(task, 'train', report);
  const test = readSamples(task, 'test', report);
  const lists = further.flatMap((kind): FurtherSamples[] => {
    if (!Object.hasOwn(task, kind)) return [];
    const list = task[kind];
    if (Array.isArray(list)) return [{ kind, samples: readItems(list, [kind], false, report) }];
    report.error('TASK003', [kind], `is ${describeValue(list)}, not a list of samples`);
    return [];
  });
  return { train, test, further: lists };
}

function readSamples(task: JsonRecord, key: 'train' | 'test', report: TaskProblems): Sample[] {
  if (!Object.hasOwn(task, key)) {
    report.error(
      'TASK002',
      [],
      `the key "${key}" is missing`,
      `"${key}" is a list of samples {"input", "output"}`,
    );
    return [];
  }
  const list = task[key];
  if (!Array.isArray(list)) {
    report.error('TASK003', [key], `is ${describeValue(list)}, not a list of samples`);
    return [];
  }
  return readList(list, [key], key === 'train', report);
}

function readList(list: readonly unknown[], path: JsonPath, isDemo: boolean, report: TaskProblems): Sample[] {
  if (list.length === 0) {
    report.error('TASK009', path, `holds no samples`, 'a task needs at least one demo and one test sample');
  }
  return readItems(list, path, isDemo, report);
}

function readItems(
  list: readonly unknown[],
  path: JsonPath,
  isDemo: boolean,
  report: TaskProblems,
): Sample[] {
  return list.flatMap((item, index) => readSample(item, [...path, index], isDemo, report) ?? []);
}

function readSample(value: unknown, path: JsonPath, isDemo: boolean, report: TaskProblems): Sample | null {
  if (!isRecord(value)) {
    report.error('TASK003', path, `is ${describeValue(value)}, not a sample {"input", "output"}`);
    return null;
  }
  if (!Object.hasOwn(value, 'input')) {
    report.error('TASK002', path, 'lacks the key "input"');
    return null;
  }
  const input = readGrid(value.input, [...path, 'input'], report);
  // Values that mean an absent field.
  if (!Object.hasOwn(value, 'output') || value.output === null) {
    if (isDemo) report.error('TASK002', path, 'lacks the key "output"', 'only a test output may be hidden');
    return input === null ? null : { input, output: null };
  }
  const output = readGrid(value.output, [...path, 'output'], report);
  return input === null || output === null ? null : { input, output };
}

/** A grid from a list of rows; null if it is none, with one finding about its first error. */
export function readGrid(value: unknown, path: JsonPath, report: TaskProblems): Grid | null {
  if (!Array.isArray(value)) {
    report.error('TASK003', path, `is ${describeValue(value)}, not a grid (a list of rows)`);
    return null;
  }
  const height = value.length;
  const first: unknown = value[0];
  if (height === 0 || (Array.isArray(first) && first.length === 0)) {
    report.error('TASK005', path, `is empty`, 'a grid has at least one row and one column');
    return null;
  }
  const width = Array.isArray(first) ? first.length : 0;
  const excess = height > width ? `${height} rows` : `${width} columns`;
  if (height > LARGEST_SIDE || width > LARGEST_SIDE) {
    report.error('TASK015', path, `has ${excess}, more than ${LARGEST_SIDE}`);
    return null;
  }
  const cells = new Int8Array(height * width);
  for (let i = 0; i < height; i++) {
    const row: unknown = value[i];
    if (!Array.isArray(row)) {
      report.error('TASK003', [...path, i], `is ${describeValue(row)}, not a row (a list of cells)`);
      return null;
    }
    if (row.length !== width) {
      report.error('TASK004', [...path, i], `has ${row.length} cells, but the row above has ${width}`);
      return null;
    }
    const wrong = copyRow(row, cells, i * width);
    if (wrong >= 0) {
      const cell = describeValue(row[wrong]);
      report.error('TASK007', [...path, i, wrong], `is ${cell}, not an integer from 0 to 9`);
      return null;
    }
  }
  if (height > USUAL_SIDE || width > USUAL_SIDE) {
    const hint = "it is judged all the same; a valid output is at most as large as the task's largest grid";
    report.noteOnce('TASK006', path, `has ${excess}, more than ${USUAL_SIDE}`, hint);
  }
  return new Grid(height, width, cells);
}

/** Copies a row of colours; returns the column of the first cell that is no colour, or -1. */
function copyRow(row: readonly unknown[], cells: Int8Array, at: number): number {
  for (let j = 0; j < row.length; j++) {
    const cell = row[j];
    if (typeof cell !== 'number' || !(cell >= 0 && cell <= 9) || !Number.isInteger(cell)) return j;
    cells[at + j] = cell;
  }
  return -1;
}

/**
 * Reports every repeated key of the task or of one of its samples: JSON.parse would use the last without a message.
 */
export function reportRepeatedKeys(node: JsonNode, further: readonly string[], report: TaskProblems): void {
  if (typeof node === 'number') return;
  if (node.kind === 'list') {
    reportInSamples(node, [], report);
    return;
  }
  const lists = ['train', 'test', ...further];
  reportRepeated(node, [], lists, report);
  for (const key of lists) reportInSamples(node.entries.get(key)?.value, [key], report);
}

function reportInSamples(list: JsonNode | undefined, path: JsonPath, report: TaskProblems): void {
  if (list === undefined || typeof list === 'number' || list.kind !== 'list') return;
  list.items.forEach((sample, index) => {
    if (typeof sample === 'number' || sample.kind !== 'object') return;
    reportRepeated(sample, [...path, index], ['input', 'output'], report);
  });
}

function reportRepeated(
  object: JsonObject,
  path: JsonPath,
  keys: readonly string[],
  report: TaskProblems,
): void {
  for (const { key, offset } of object.repeated) {
    if (keys.includes(key)) report.error('TASK008', path, `holds the key "${key}" twice`, null, offset);
  }
}
