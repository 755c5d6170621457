/** All tasks of a build: distinct ids, whatever number of files they came from. */
import type { Diagnostic } from '../diagnostic.js';
import type { ParsedTasks } from './parse.js';
import type { Task, TaskId } from './task.js';

export interface TaskSet {
  /** By id, in ascending order of id. */
  readonly tasks: ReadonlyMap<TaskId, Task>;
  /** Every id that some file names, those of unusable tasks included. */
  readonly known: ReadonlySet<TaskId>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Joins what the files held, in path order: of two tasks with one id the first stands. */
export function joinTasks(files: Iterable<ParsedTasks>): TaskSet {
  const first = new Map<TaskId, Task>();
  const known = new Set<TaskId>();
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    diagnostics.push(...file.diagnostics);
    for (const id of file.rejected) known.add(id);
    for (const task of file.tasks) {
      known.add(task.id);
      const earlier = first.get(task.id);
      if (earlier === undefined) first.set(task.id, task);
      else diagnostics.push(duplicate(task, earlier));
    }
  }
  const ids = [...first.keys()].sort();
  return { tasks: new Map(ids.map((id) => [id, first.get(id)!])), known, diagnostics };
}

function duplicate(task: Task, earlier: Task): Diagnostic {
  return {
    code: 'TASK011',
    severity: 'error',
    file: task.file,
    line: null,
    column: null,
    message: `task ${task.id} is also in ${earlier.file}, which stands; this one is left out`,
    hint: 'remove or rename one of the two',
  };
}
