/** What the figures share: a built workspace, and the number of repetitions. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, Unmeasurable } from '../measure/figure.js';
import { timeOfBuild } from '../measure/process.js';
import { NO_TASKS, trainingTasks } from '../paths.js';
import { generateWorkspace, type WorkspaceSize } from '../workspace/generate.js';

export interface BenchOptions {
  /** Folder for workspaces and graphs; they stay there for the next run. */
  readonly folder: string;
  readonly repetitions: number;
  readonly size: WorkspaceSize;
  /** Folder of a reference implementation in Python (evaluation/reference.ts); null if the user has none. */
  readonly reference: string | null;
}

/**
 * One benchmark. It leaves out a figure that cannot be measured here, with a message; if none can, it throws
 * Unmeasurable.
 */
export type Bench = (options: BenchOptions) => Promise<Figure[]>;

/** The folder of the training tasks; throws Unmeasurable if they are missing. */
export function neededTasks(): string {
  const tasks = trainingTasks();
  if (tasks === null) throw new Unmeasurable(NO_TASKS);
  return tasks;
}

/** The workspace of the given size, generated if it does not exist. */
export function workspaceOf({ folder, size }: BenchOptions): string {
  const tasks = neededTasks();
  const workspace = join(folder, `${size.kind ?? 'workspace'}-${size.tasks}x${size.candidates}`);
  const stamp = join(workspace, 'size.json');
  const wanted = JSON.stringify(size);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    say(`making a workspace of ${size.tasks} tasks x ${size.candidates}`);
    generateWorkspace(workspace, tasks, size);
    writeFileSync(stamp, wanted);
  }
  return workspace;
}

/** The same, built and up to date. */
export function builtWorkspaceOf(options: BenchOptions): string {
  const workspace = workspaceOf(options);
  timeOfBuild(workspace);
  return workspace;
}

export function say(message: string): void {
  console.error(message);
}
