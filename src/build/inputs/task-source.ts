/** Reads tasks again from their files, to show their grids. */
import { mergeTasks } from '../../task/merge-tasks.js';
import { type NamedBytes, parseTaskFile } from '../../task/parse.js';
import type { Task } from '../../task/task.js';
import { discoverTasks, notSearchedIn, type TaskInput } from '../../workspace/discovery/discover.js';
import { FileProblem, type FileSystem } from '../../workspace/file-system.js';
import type { NamedPath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import { furtherSamplesOf } from '../selection/selection.js';

/** Number of cached parsed files: tasks of a combined file are usually requested one after another. */
const MOST_KEPT = 4;

export class TaskSource {
  private readonly inputs: ReadonlyMap<string, TaskInput>;
  private readonly further: readonly string[];
  private readonly parsed = new Map<string, readonly Task[]>();

  constructor(
    workspace: Workspace,
    private readonly files: FileSystem,
  ) {
    const found = discoverTasks(files, workspace.tasks, notSearchedIn(workspace)).files;
    this.inputs = new Map(found.map((input) => [input.name, input]));
    this.further = furtherSamplesOf(workspace);
  }

  /** A task as its files are now; null if it no longer exists. */
  task({ task: id, files }: { readonly task: string; readonly files: readonly string[] }): Task | null {
    let merged: Task | null = null;
    for (const file of files) {
      const task = this.tasksOf(file).find((one) => one.id === id);
      if (task === undefined) return null;
      merged = merged === null ? task : mergeTasks(merged, task);
      if (merged === null) return null;
    }
    return merged;
  }

  private tasksOf(file: string): readonly Task[] {
    let tasks = this.parsed.get(file);
    if (tasks === undefined) {
      tasks = this.parse(file);
      const [oldest] = this.parsed.keys();
      if (this.parsed.size >= MOST_KEPT) this.parsed.delete(oldest);
      this.parsed.set(file, tasks);
    }
    return tasks;
  }

  private parse(name: string): readonly Task[] {
    const input = this.inputs.get(name);
    const bytes = input === undefined ? null : this.read(input);
    if (input === undefined || bytes === null) return [];
    const solutions = input.solutions === null ? null : this.read(input.solutions);
    return parseTaskFile(bytes, solutions, this.further).tasks;
  }

  private read({ name, path }: NamedPath): NamedBytes | null {
    const bytes = this.files.read(path);
    return bytes instanceof FileProblem ? null : { name, bytes };
  }
}
