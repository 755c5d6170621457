/** The current inputs of a workspace, together with the last build's record of them. Nothing is run or written. */
import { digestOutput, encodeOutput } from '../../engine/output.js';
import { actionKey } from '../../phases/key.js';
import { load, type PythonLoading } from '../../phases/load.js';
import { filePhases } from '../../phases/phases.js';
import { interpretersOf } from '../../python/interpreters.js';
import { stopwatch } from '../../stopwatch.js';
import type { Store } from '../../store/store.js';
import { samplesOf } from '../../task/task.js';
import { digestTask } from '../../task/task-digest.js';
import type { Clock, FileSystem } from '../../workspace/file-system.js';
import { contentDigestOf } from '../../workspace/stat-table.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Catalog } from '../inputs/catalog.js';
import { type Scan, scanInputs } from '../inputs/scan.js';
import type { Selection } from '../options.js';
import { PublishedLook } from '../record/published-look.js';
import { PublishedState } from '../record/published-state.js';
import { decodeSelectionState, EVERY_TASK, type SelectionState } from '../record/selection-state.js';
import { readTaskResult } from '../record/task-result-codec.js';
import { decodeTaskState, type TaskState } from '../record/task-state.js';
import { isListOf } from '../record/task-state-head.js';
import { type Run, runPhases } from '../run/run-phases.js';
import {
  furtherSamplesOf,
  isSameSurroundings,
  selectionName,
  surroundingsOf,
  workspaceName,
} from '../selection/selection.js';
import { PhaseCounters } from '../session/phase-counters.js';
import type { RecordedInputs, TaskInputs } from './task-inputs.js';

/** The record of a selection's last build. */
interface Record {
  readonly id: number;
  readonly run: number;
  readonly state: SelectionState;
  readonly tasks: ReadonlyMap<string, TaskState>;
}

/** The files that a task comes from. */
export interface TaskFiles {
  /** The files that it comes from, together with their solutions files. */
  readonly task: readonly string[];
  readonly solvers: readonly string[];
}

export class WorkspaceInputs {
  private constructor(
    readonly store: Store,
    readonly workspace: Workspace,
    readonly files: FileSystem,
    private readonly scan: Scan,
    private readonly catalog: Catalog,
    private readonly record: Record | null,
    /** Whether the record was made with these settings, from the inputs that the catalog compares with. */
    private readonly isCurrent: boolean,
    private readonly python: PythonLoading,
    private readonly look: PublishedLook,
  ) {}

  /** Reads the current inputs, and the record of the first of the selections that has one. */
  static async read(
    store: Store,
    workspace: Workspace,
    selections: readonly Selection[],
    files: FileSystem,
    now: Clock,
  ): Promise<WorkspaceInputs> {
    const record = recordOf(store, workspace, selections);
    const then = record?.state.surroundings ?? null;
    const isCurrent = record !== null && then !== null && isSameSurroundings(then, surroundingsOf(workspace));
    const scan = scanInputs(workspace, isCurrent ? record.state.table : null, files, now);
    const python = interpretersOf(workspace).loading(workspace);
    const run = dryRun(store);
    const records = isCurrent ? record.state.records() : [];
    const catalog = new Catalog({
      scan,
      recorded: new Map(records.map((one, k) => [(record as Record).state.table.names[k], one])),
      pairing: workspace.settings.pairing.value,
      dialect: workspace.settings.dialect.value,
      python,
      further: furtherSamplesOf(workspace),
      load: async (file) => {
        await runPhases(file, file.name, filePhases, null, run);
        return 0;
      },
    });
    await catalog.read();
    const isComplete = isCurrent && isListOf(record.state.tasks, record.tasks);
    const place = { out: workspace.out.path, files, now };
    const look = new PublishedLook(place, record?.state.newer ?? PublishedState.EMPTY);
    return new WorkspaceInputs(store, workspace, files, scan, catalog, record, isComplete, python, look);
  }

  /** Ids of all usable tasks, ascending. */
  get ids(): readonly string[] {
    return this.catalog.ids;
  }

  isKnown(id: string): boolean {
    return this.catalog.isKnown(id);
  }

  get differFiles(): readonly string[] {
    return this.scan.differs.map(({ name }) => name);
  }

  async task(id: string): Promise<TaskInputs> {
    const { store, workspace, scan, catalog } = this;
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
      look: this.look,
      contentOf: (file) => scan.digestOf(file),
      isPython: (file) => scan.python.has(file),
      recorded: this.recordedOf(id),
    };
  }

  /** The record of a task that a build would skip as a whole; null for a task that a build would check. */
  upToDate(id: string): TaskState | null {
    const state = this.record?.tasks.get(id);
    if (!this.isCurrent || state === undefined || !state.complete || this.catalog.isAffected(id)) return null;
    return this.look.isStillIntact(state.published) ? state : null;
  }

  /** Whether the functions of a solver or differ file are in the store. */
  isLoaded(file: string): boolean {
    const { store, scan } = this;
    if (this.isCurrent && !scan.changed.has(file)) return true;
    const content = scan.digestOf(file);
    if (content === undefined) return false;
    const dialect = this.workspace.settings.dialect.value;
    const python = scan.python.has(file) ? this.python : null;
    const subject = { name: file, content, dialect, python, read: () => null, loaded: null };
    const key = actionKey(load.name, load.version, (writer) => load.key(subject, subject, null, writer));
    return store.actions.read(load.name, load.shard(subject)).entries.has(key);
  }

  /** Published files of a task according to the store: paths in the output folder, ascending. */
  publishedOf(id: string): string[] {
    const { store, workspace } = this;
    return store.published.filesOf(workspace.out.path, workspaceName(workspace) + id).sort();
  }

  /** The files that define a task and its candidates. */
  filesOf(id: string): TaskFiles {
    const { scan, catalog } = this;
    const holds = (file: string) => catalog.records.get(file)?.tasks ?? [];
    const solvers = scan.solvers.filter(({ name }) =>
      holds(name).some((one) => one === id || one === EVERY_TASK),
    );
    return {
      task: catalog.filesOf(id).flatMap(({ name, solutions }) => {
        return solutions === null ? [name] : [name, solutions.name];
      }),
      solvers: solvers.map(({ name }) => name),
    };
  }

  private recordedOf(id: string): RecordedInputs | null {
    const { record, store } = this;
    const state = record?.tasks.get(id);
    const result = record === null ? null : readTaskResult(store.selections.taskResult(record.id, id));
    if (record === null || state === undefined || result === null || record.state.surroundings === null)
      return null;
    return {
      run: record.run,
      result,
      surroundings: record.state.surroundings,
      published: state.published.fileStats(),
      contentOf: (file) => contentDigestOf(record.state.table, file),
    };
  }
}

function recordOf(store: Store, workspace: Workspace, selections: readonly Selection[]): Record | null {
  for (const selection of selections) {
    const row = store.selections.find(selectionName(workspace, selection));
    const state = row === null || row.state === null ? null : decodeSelectionState(row.state);
    if (row === null || state === null || state.surroundings === null) continue;
    const tasks = new Map<string, TaskState>();
    for (const [task, bytes] of store.selections.taskStates(row.id)) {
      const decoded = decodeTaskState(bytes);
      if (decoded !== null) tasks.set(task, decoded);
    }
    return { id: row.id, run: row.run, state, tasks };
  }
  return null;
}

function dryRun(store: Store): Run {
  return {
    store,
    id: 0,
    counters: new PhaseCounters(stopwatch),
    clock: stopwatch,
    emit: () => {},
    force: false,
    dryRun: true,
    signal: new AbortController().signal,
  };
}
