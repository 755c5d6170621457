/** Task files: a single task, or combined challenges (id -> task) with or without the solutions beside them. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import { JsonFile } from './json-file.js';
import type { JsonNode, JsonPath } from './json-source.js';
import { isRecord, type JsonRecord } from './json-value.js';
import { readTask, reportRepeatedKeys } from './read-task.js';
import { applySolutions } from './solutions.js';
import { isTaskId, type Task, type TaskId } from './task.js';
import { TaskProblems } from './task-problems.js';

export interface NamedBytes {
  /** As shown to the user, with `/` between folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ParsedTasks {
  /** In no order that matters; ids are distinct. */
  readonly tasks: readonly Task[];
  /** Ids of tasks that are there but cannot be used: naming them is no mistake of a solver. */
  readonly rejected: readonly TaskId[];
  readonly diagnostics: readonly Diagnostic[];
}

const FORMAT_HINT =
  'a task file is {"train": [{"input", "output"}], "test": [...]}; a combined file maps task ids to such objects';

/**
 * Parses one task file. A bad task is a diagnostic and costs no other task of its file; an unusable solution leaves
 * its outputs hidden. A single task's id is the file's name without its extension.
 */
export function parseTaskFile(file: NamedBytes, solutions: NamedBytes | null): ParsedTasks {
  const json = JsonFile.parse(file.name, file.bytes, 'TASK001');
  const id = stemOf(file.name);
  const single = unusableTaskFile(file.name);
  if (!(json instanceof JsonFile)) return { ...single, diagnostics: [json] };
  const { value } = json;
  if (!isRecord(value)) {
    return { ...single, diagnostics: [fileError(json, 'TASK003', 'the file is not an object', FORMAT_HINT)] };
  }
  const found: FoundTasks = { tasks: [], rejected: [], diagnostics: [] };
  if (isTaskLike(value)) {
    const node = mayRepeatKeys(json.text, [value], 0) ? json.structure() : null;
    readEntry(json, { key: id, value, node }, [], found);
  } else if (Object.values(value).some(isTaskLike)) {
    for (const entry of combinedEntries(json, value, found)) readEntry(json, entry, [entry.key], found);
  } else {
    const message = 'no task: there are no keys "train" and "test", nor task ids with objects that hold them';
    return { ...single, diagnostics: [fileError(json, 'TASK002', message, FORMAT_HINT)] };
  }
  if (solutions === null) return found;
  return { ...found, tasks: applySolutions(found.tasks, found.rejected, solutions, found.diagnostics) };
}

/** What is known of a file that is not even one of tasks: that its name may be the id of one. */
export function unusableTaskFile(name: string): ParsedTasks {
  const id = stemOf(name);
  return { tasks: [], rejected: isTaskId(id) ? [id] : [], diagnostics: [] };
}

function stemOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

interface FoundTasks {
  readonly tasks: Task[];
  readonly rejected: TaskId[];
  readonly diagnostics: Diagnostic[];
}

/** Reads the task that stands at `path` of its file. */
function readEntry(json: JsonFile, { key, value, node }: TaskEntry, path: JsonPath, found: FoundTasks): void {
  if (!isTaskId(key)) {
    const message = `${JSON.stringify(key.slice(0, 80))} cannot be a task id`;
    const hint = 'a task id has 1 to 64 letters, digits, "_" and "-"; a single task is named by its file';
    found.diagnostics.push({ ...fileError(json, 'TASK010', message, hint), ...json.position(path) });
    return;
  }
  const report = new TaskProblems(json.name, key, (place) =>
    json.position(typeof place === 'number' ? place : [...path, ...place]),
  );
  if (node !== null) reportRepeatedKeys(node, report);
  const task = readTask(key, json.name, value, report);
  found.diagnostics.push(...report.diagnostics());
  if (task === null) found.rejected.push(key);
  else found.tasks.push(task);
}

interface TaskEntry {
  readonly key: string;
  readonly value: unknown;
  /** The task's place in the text; null where it is known that no key is repeated. */
  readonly node: JsonNode | null;
}

function combinedEntries(json: JsonFile, value: JsonRecord, found: FoundTasks): TaskEntry[] {
  const keys = Object.keys(value);
  if (!mayRepeatKeys(json.text, Object.values(value), keys.length)) {
    return keys.map((key) => ({ key, value: value[key], node: null }));
  }
  const root = json.structure();
  if (typeof root === 'number' || root.kind !== 'object') throw new Error('an object has another structure');
  for (const { key, offset } of root.repeated) {
    const first = json.position(root.entries.get(key)!.offset);
    const message = `task ${JSON.stringify(key.slice(0, 80))} is twice in this file; the first, at line ${first.line}, stands`;
    found.diagnostics.push({
      ...fileError(json, 'TASK011', message, 'remove or rename one of the two'),
      ...json.position(offset),
    });
  }
  const repeated = new Set(root.repeated.map(({ key }) => key));
  return keys.map((key) => {
    const node = root.entries.get(key)!.value;
    // JSON.parse kept the last of the values, so the first is parsed again.
    return { key, value: repeated.has(key) ? parseNode(json.text, node) : value[key], node };
  });
}

function parseNode(text: string, node: JsonNode): unknown {
  // A scalar is no task whatever it is.
  return typeof node === 'number' ? null : JSON.parse(text.slice(node.offset, node.end));
}

function isTaskLike(value: unknown): value is JsonRecord {
  return isRecord(value) && (Object.hasOwn(value, 'train') || Object.hasOwn(value, 'test'));
}

/**
 * Says false only when no object of the text repeats a key: the text then has exactly as many strings as the tasks (and
 * the object around them) have keys and strings (a "name" is common). Far cheaper than reading the structure, which few good files then need.
 */
function mayRepeatKeys(text: string, tasks: readonly unknown[], keysAround: number): boolean {
  if (text.includes('\\')) return true;
  let strings = -keysAround;
  for (const task of tasks) {
    if (!isRecord(task)) return true;
    for (const key of Object.keys(task)) strings -= typeof task[key] === 'string' ? 2 : 1;
    for (const samples of [task.train, task.test]) {
      if (!Array.isArray(samples)) return true;
      for (const sample of samples) strings -= isRecord(sample) ? Object.keys(sample).length : 0;
    }
  }
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  return strings + quotes / 2 !== 0;
}

function fileError(
  json: JsonFile,
  code: DiagnosticCode,
  message: string,
  hint: string | null = null,
): Diagnostic {
  return { code, severity: 'error', file: json.name, line: null, column: null, message, hint };
}
