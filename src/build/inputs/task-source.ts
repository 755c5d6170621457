/** Reads tasks again from their files, to show their grids. */
import { mergeTasks } from '../../task/merge-tasks.js';
import { type NamedBytes, parseTaskFile } from '../../task/parse.js';
import { findSamples } from '../../task/sample-finder.js';
import { DEMO, type Sample, samplesOf, type Task } from '../../task/task.js';
import { digestGrid } from '../../task/task-digest.js';
import { discoverTasks, notSearchedIn, type TaskInput } from '../../workspace/discovery/discover.js';
import { FileProblem, type FileSystem } from '../../workspace/file-system.js';
import type { NamedPath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { TaskResult } from '../record/task-result.js';
import { furtherSamplesOf } from '../selection/selection.js';

/** Number of cached parsed files: tasks of a combined file are usually requested one after another. */
const MOST_KEPT = 4;

/** One sample of so many is few. */
const FEW = 4;

/** By index; and how many samples the task has now. */
export interface CurrentSamples {
  readonly count: number;
  readonly samples: ReadonlyMap<number, Sample>;
}

type RecordedSamples = Pick<TaskResult, 'task' | 'files' | 'samples' | 'runs'>;

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

  /** Samples of a recorded task as its files are now: those of them that are still there. */
  samples(recorded: RecordedSamples, indices: readonly number[]): CurrentSamples {
    // To find a few samples is cheaper than to parse all of them.
    const few = indices.length * FEW <= recorded.samples.length ? this.find(recorded, indices) : null;
    if (few !== null) return { count: recorded.samples.length, samples: few };
    const task = this.task(recorded);
    const all = task === null ? [] : samplesOf(task);
    const samples = new Map<number, Sample>();
    for (const index of indices) {
      const now = all[index];
      if (now !== undefined && now.kind === recorded.samples.at(index)?.kind) samples.set(index, now.sample);
    }
    return { count: all.length, samples };
  }

  /** The same for a file of one task in the usual form; null if it is another, or if anything has changed. */
  private find(
    { files, runs, samples }: RecordedSamples,
    indices: readonly number[],
  ): ReadonlyMap<number, Sample> | null {
    const input = this.inputs.get(files[0]);
    if (files.length !== 1 || input === undefined || input.solutions !== null) return null;
    const bytes = this.read(input)?.bytes;
    if (bytes === undefined) return null;
    const keyOf = (kind: string) => (kind === DEMO ? 'train' : kind);
    const wanted = ['train', 'test', ...this.further].map((key) => ({
      key,
      indices: indices.filter((index) => {
        const run = runs.find(({ from, count }) => index < from + count);
        return run !== undefined && keyOf(run.kind) === key;
      }),
    }));
    const firstOf = (key: string) => runs.find(({ kind }) => keyOf(kind) === key)?.from ?? 0;
    const relative = wanted.map((list) => {
      return { ...list, indices: list.indices.map((index) => index - firstOf(list.key)) };
    });
    const lists = findSamples(new TextDecoder().decode(bytes), relative);
    if (lists === null) return null;
    let count = 0;
    const found = new Map<number, Sample>();
    for (const [key, list] of lists) {
      count += list.count;
      for (const [index, sample] of list.samples) {
        const at = firstOf(key) + index;
        if (digestGrid(sample.input) !== samples.at(at)?.input) return null;
        found.set(at, sample);
      }
    }
    return count === samples.length && found.size === indices.length ? found : null;
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
