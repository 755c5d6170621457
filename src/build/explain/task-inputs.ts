/** The current inputs of one task, together with the last build's record of them. Nothing is run or written. */
import type { OutputDigest } from '../../engine/output.js';
import { closest } from '../../lang/suggest.js';
import type { DifferSet } from '../../phases/subject/differ.js';
import type { Candidate } from '../../phases/subject/task-subject.js';
import type { Store } from '../../store/store.js';
import type { NamedSample, Task } from '../../task/task.js';
import type { TaskDigests } from '../../task/task-digest.js';
import type { Clock, FileStat, FileSystem } from '../../workspace/file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Selection } from '../options.js';
import type { TaskResult } from '../record/task-result.js';
import type { Surroundings } from '../selection/selection.js';
import { WorkspaceInputs } from './workspace-inputs.js';

export interface TaskInputs {
  readonly store: Store;
  readonly task: Task;
  readonly digests: TaskDigests;
  readonly samples: readonly NamedSample[];
  readonly expected: readonly (OutputDigest | null)[];
  readonly candidates: readonly Candidate[];
  readonly differs: DifferSet;
  readonly surroundings: Surroundings;
  /** Absolute path of the output folder. */
  readonly out: string;
  contentOf(file: string): string | undefined;
  /** Whether a file of solvers is Python. */
  isPython(file: string): boolean;
  /** Null if the task was never built. */
  readonly recorded: RecordedInputs | null;
}

export interface RecordedInputs {
  readonly run: number;
  readonly result: TaskResult;
  readonly surroundings: Surroundings;
  readonly published: ReadonlyMap<string, FileStat>;
  contentOf(file: string): string | undefined;
}

export interface UnknownTask {
  readonly unknown: string;
  readonly suggestion: string | null;
}

/** Reads a task's inputs. */
export async function readTaskInputs(
  store: Store,
  workspace: Workspace,
  selection: Selection,
  id: string,
  files: FileSystem,
  now: Clock,
): Promise<TaskInputs | UnknownTask> {
  const inputs = await WorkspaceInputs.read(store, workspace, [selection], files, now);
  if (inputs.ids.includes(id)) return inputs.task(id);
  return { unknown: id, suggestion: closest(id, inputs.ids) };
}
