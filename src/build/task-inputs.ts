/** One task's inputs as they are now, beside what the last build recorded of them. Nothing is run or written. */
import { digestOutput, encodeOutput, type OutputDigest } from '../engine/output.js';
import { closest } from '../lang/suggest.js';
import type { DifferSet } from '../phases/differ.js';
import { filePhases } from '../phases/phases.js';
import type { Candidate } from '../phases/task-subject.js';
import { Store } from '../store/store.js';
import { digestTask, type TaskDigests } from '../task/digest.js';
import { type NamedSample, samplesOf, type Task } from '../task/task.js';
import type { Clock, FileStat, FileSystem } from '../workspace/file-system.js';
import { contentDigestOf } from '../workspace/stat-table.js';
import type { Workspace } from '../workspace/workspace.js';
import { Catalog } from './catalog.js';
import type { Selection } from './options.js';
import { PhaseCounters } from './phase-counters.js';
import { type Run, runPhases } from './run-phases.js';
import { scanInputs } from './scan.js';
import { type Surroundings, selectionName, surroundingsOf } from './selection.js';
import { decodeSelectionState } from './selection-state.js';
import { decodeTaskResult, type TaskResult } from './task-result.js';
import { decodeTaskState } from './task-state.js';

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
  /** Null when the task was never built. */
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

/** Reads a task's inputs. The caller closes the store. */
export async function readTaskInputs(
  workspace: Workspace,
  selection: Selection,
  id: string,
  files: FileSystem,
  now: Clock,
): Promise<TaskInputs | UnknownTask> {
  const store = Store.open(workspace.cache.path, () => new Date(now()));
  const scan = scanInputs(workspace, null, files, now);
  const run = dryRun(store);
  const catalog = new Catalog({
    scan,
    recorded: new Map(),
    pairing: workspace.settings.pairing.value,
    load: async (file) => {
      await runPhases(file, file.name, filePhases, null, run);
      return 0;
    },
  });
  await catalog.read();
  if (!catalog.ids.includes(id)) {
    store.close();
    return { unknown: id, suggestion: closest(id, catalog.ids) };
  }
  const task = catalog.task(id);
  const samples = samplesOf(task);
  return {
    store,
    task,
    digests: digestTask(task),
    samples,
    expected: samples.map(({ sample }) => {
      const output = sample.output === null ? null : encodeOutput(sample.output);
      return output === null ? null : digestOutput(output.bytes);
    }),
    candidates: await catalog.candidates(id),
    differs: catalog.differs,
    surroundings: surroundingsOf(workspace),
    out: workspace.out.path,
    contentOf: (file) => scan.digestOf(file),
    recorded: readRecordedInputs(store, workspace, selection, id),
  };
}

function dryRun(store: Store): Run {
  return {
    store,
    id: 0,
    counters: new PhaseCounters(performance),
    clock: performance,
    emit: () => {},
    force: false,
    dryRun: true,
    signal: new AbortController().signal,
  };
}

function readRecordedInputs(
  store: Store,
  workspace: Workspace,
  selection: Selection,
  id: string,
): RecordedInputs | null {
  const row = store.selections.find(selectionName(workspace, selection));
  const state = row === null || row.state === null ? null : decodeSelectionState(row.state);
  if (row === null || state === null || state.surroundings === null) return null;
  const result = store.selections.taskResult(row.id, id);
  const taskState = store.selections.taskStates(row.id).get(id);
  if (result === null || taskState === undefined) return null;
  const { table, surroundings } = state;
  return {
    run: row.run,
    result: decodeTaskResult(result),
    surroundings,
    published: decodeTaskState(taskState)?.published.looks() ?? new Map(),
    contentOf: (file) => contentDigestOf(table, file),
  };
}
