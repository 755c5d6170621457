/** Parses task files in all usual forms (see entries.ts), with or without their solutions files. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import { locate, locateKey, type TaskEntry, taskEntries } from './entries.js';
import { JsonFile } from './json-file.js';
import { mergeTasks } from './merge-tasks.js';
import { readTask, reportRepeatedKeys } from './read-task.js';
import { applySolutions } from './solutions.js';
import { isTaskId, type Task, type TaskId } from './task.js';
import { shortened, TaskProblems } from './task-problems.js';

export interface NamedBytes {
  /** As shown to the user, with `/` between folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ParsedTasks {
  /** The order does not matter; ids are distinct. */
  readonly tasks: readonly Task[];
  /** Ids of tasks that exist but cannot be used: a solver that names one is no stray. */
  readonly rejected: readonly TaskId[];
  readonly diagnostics: readonly Diagnostic[];
}

const FORMAT_HINT =
  'a task file is {"train": [{"input", "output"}], "test": [...]} or a list of samples; a combined file maps task ids to such tasks';

/**
 * Parses one task file. A wrong task gives a diagnostic and does not affect the other tasks of its file; an unusable
 * solution leaves its outputs hidden. The id of a single task is the file's name without its extension. `further`
 * names the lists of samples that are judged besides `train` and `test`.
 */
export function parseTaskFile(
  file: NamedBytes,
  solutions: NamedBytes | null,
  further: readonly string[] = [],
): ParsedTasks {
  const json = JsonFile.parse(file.name, file.bytes, 'TASK001');
  const single = unusableTaskFile(file.name);
  if (!(json instanceof JsonFile)) return { ...single, diagnostics: [json] };
  const entries = taskEntries(json, stemOf(file.name));
  if (entries === null) return { ...single, diagnostics: [noTask(json)] };
  const found = new TaskFile(json, further);
  for (const entry of entries) found.read(entry);
  const { tasks, rejected, diagnostics } = found;
  if (solutions === null) return { tasks, rejected, diagnostics };
  return { tasks: applySolutions(tasks, rejected, solutions, diagnostics), rejected, diagnostics };
}

/** For a file that holds no task at all: its name may be the id of one. */
export function unusableTaskFile(name: string): ParsedTasks {
  const id = stemOf(name);
  return { tasks: [], rejected: isTaskId(id) ? [id] : [], diagnostics: [] };
}

function stemOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

class TaskFile {
  private readonly byId = new Map<TaskId, { task: Task; readonly entry: TaskEntry }>();
  private readonly rejectedIds = new Set<TaskId>();
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly json: JsonFile,
    private readonly further: readonly string[],
  ) {}

  get tasks(): Task[] {
    return [...this.byId.values()].map(({ task }) => task);
  }

  get rejected(): TaskId[] {
    return [...this.rejectedIds].filter((id) => !this.byId.has(id));
  }

  read(entry: TaskEntry): void {
    const { json, further } = this;
    const { id, value, node } = entry;
    if (!isTaskId(id)) {
      const message = `${JSON.stringify(shortened(id))} cannot be a task id`;
      const hint = 'a task id is any text but an empty one; a single task is named by its file';
      this.diagnostics.push(problem(json, 'TASK010', message, hint, locate(json, entry, [])));
      return;
    }
    const report = new TaskProblems(json.name, id, (place) => locate(json, entry, place));
    if (node !== null) reportRepeatedKeys(node, further, report);
    const task = readTask(id, json.name, value, further, report);
    this.diagnostics.push(...report.diagnostics());
    if (task === null) this.rejectedIds.add(id);
    else this.add(task, entry);
  }

  /** The same task may be in several splits, or twice by mistake. */
  private add(task: Task, entry: TaskEntry): void {
    const known = this.byId.get(task.id);
    if (known === undefined) {
      this.byId.set(task.id, { task, entry });
      return;
    }
    const merged = mergeTasks(known.task, task);
    if (merged !== null) {
      known.task = merged;
      return;
    }
    const { json } = this;
    const { line } = locateKey(json, known.entry);
    const name = JSON.stringify(shortened(task.id));
    const message = `task ${name} is twice in this file, with other samples; the first, at line ${line}, stands`;
    const hint = 'remove or rename one of the two';
    this.diagnostics.push(problem(json, 'TASK011', message, hint, locateKey(json, entry)));
  }
}

function noTask(json: JsonFile): Diagnostic {
  const { value } = json;
  return typeof value === 'object' && value !== null
    ? problem(
        json,
        'TASK002',
        'no task: there are no keys "train" and "test", nor task ids with objects that hold them',
        FORMAT_HINT,
      )
    : problem(json, 'TASK003', 'the file is neither an object nor a list', FORMAT_HINT);
}

function problem(
  json: JsonFile,
  code: DiagnosticCode,
  message: string,
  hint: string,
  place: { readonly line: number | null; readonly column: number | null } = { line: null, column: null },
): Diagnostic {
  return { code, severity: 'error', file: json.name, ...place, message, hint };
}
