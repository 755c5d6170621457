/** The last build of a selection, read back from its record: for `results`, `show`, `explain` and reports. */
import type { Diagnostic } from '../diagnostic.js';
import type { OutputDigest } from '../engine/output.js';
import type { Summary } from '../observe/event.js';
import { hasStore } from '../store/database.js';
import { Store } from '../store/store.js';
import type { Clock, FileSystem } from '../workspace/file-system.js';
import type { Workspace } from '../workspace/workspace.js';
import { scanInputs } from './inputs/scan.js';
import { ALL_TASKS, type Selection } from './options.js';
import { decodeSelectionState, type SelectionState } from './record/selection-state.js';
import type { TaskResult } from './record/task-result.js';
import { readTaskResult } from './record/task-result-codec.js';
import { decodeTaskState, type TaskState } from './record/task-state.js';
import { selectTasks } from './selection/select-tasks.js';
import { selectionName } from './selection/selection.js';

/** Maximum number of outputs that are read at once, unless one item has more. */
const OUTPUTS_AT_ONCE = 1024;

/** Outputs of a task's cells; the store may have lost some. */
export function outputsIn(
  { actions }: Store,
  task: string,
  digests: Iterable<OutputDigest | ''>,
): ReadonlyMap<OutputDigest, Uint8Array> {
  const wanted = new Set<string>(digests);
  // The cell has no output.
  wanted.delete('');
  return actions.blobs('validate', task, wanted) as ReadonlyMap<OutputDigest, Uint8Array>;
}

/** Open until `close` is called. */
export class LastBuild {
  private constructor(
    readonly store: Store,
    /** Whether `close` also closes the store. */
    private readonly owned: boolean,
    readonly state: SelectionState,
    /** Number of the selection in the store, and its name there. */
    readonly selection: number,
    readonly selectionName: string,
    /** Number of the run that recorded it. */
    readonly run: number,
    private readonly workspace: Workspace,
    /** Ids of the selected tasks that were built, ascending. */
    readonly ids: readonly string[],
    /** Ids that were requested but are not in the record. */
    readonly unknownTasks: readonly { readonly id: string; readonly suggestion: string | null }[],
  ) {}

  /**
   * Opens the record of the selection, or of all tasks if the selection was never built; null if neither was built.
   */
  static open(workspace: Workspace, selection: Selection): LastBuild | null {
    if (!hasStore(workspace.cache.path)) return null;
    const store = Store.open(workspace.cache.path);
    const recorded = LastBuild.in(store, workspace, selection, true);
    if (recorded === null) store.close();
    return recorded;
  }

  /** The same for an open store, which may be in memory. If `owned`, `close` closes it, too. */
  static in(store: Store, workspace: Workspace, selection: Selection, owned = false): LastBuild | null {
    for (const asked of [selection, ALL_TASKS]) {
      const name = selectionName(workspace, asked);
      const row = store.selections.find(name);
      const state = row === null || row.state === null ? null : decodeSelectionState(row.state);
      if (row === null || state === null || state.surroundings === null) continue;
      const all = [...store.selections.taskStates(row.id).keys()].sort();
      // A record of the selection contains only its tasks: start and count must not be applied again.
      const selected =
        asked === selection
          ? { ids: all, unknown: [] }
          : selectTasks(all, selection, (id) => all.includes(id));
      const { ids, unknown } = selected;
      return new LastBuild(store, owned, state, row.id, name, row.run, workspace, ids, unknown);
    }
    return null;
  }

  get summary(): Summary {
    return this.state.summary;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.state.diagnostics;
  }

  /** A task's result; null if it was not built, or if the record is damaged. */
  task(id: string): TaskResult | null {
    return readTaskResult(this.store.selections.taskResult(this.selection, id));
  }

  /** The results of the selected tasks, in ascending order of ids; only one is in memory at a time. */
  *tasks(): Generator<TaskResult> {
    for (const id of this.ids) {
      const result = this.task(id);
      if (result !== null) yield result;
    }
  }

  /** The totals of the selected tasks, and the time to build them; cheaper to read than their results. */
  states(): Map<string, TaskState> {
    const selected = new Set(this.ids);
    const states = new Map<string, TaskState>();
    for (const [id, bytes] of this.store.selections.taskStates(this.selection)) {
      const state = selected.has(id) ? decodeTaskState(bytes) : null;
      if (state !== null) states.set(id, state);
    }
    return states;
  }

  /** The outputs that outcomes of a task refer to (see `rowsOfOutput`); the store may have lost some. */
  outputsOf(id: string, digests: Iterable<OutputDigest | ''>): ReadonlyMap<OutputDigest, Uint8Array> {
    return outputsIn(this.store, id, digests);
  }

  /** The outputs that each of many items needs. Several items are read together, but never all at once. */
  *withOutputs<Item>(
    id: string,
    items: Iterable<Item>,
    wantedBy: (item: Item) => Iterable<OutputDigest | ''>,
  ): Generator<readonly [Item, ReadonlyMap<OutputDigest, Uint8Array>]> {
    let together: Item[] = [];
    let wanted = new Set<OutputDigest | ''>();
    const read = () => {
      const outputs = this.outputsOf(id, wanted);
      return together.map((item) => [item, outputs] as const);
    };
    for (const item of items) {
      together.push(item);
      for (const digest of wantedBy(item)) wanted.add(digest);
      if (wanted.size < OUTPUTS_AT_ONCE) continue;
      yield* read();
      together = [];
      wanted = new Set();
    }
    yield* read();
  }

  /** Names of input files that were added, changed or removed since the build. */
  changedInputs(files: FileSystem, now: Clock): string[] {
    const scan = scanInputs(this.workspace, this.state.table, files, now);
    return [...scan.changed, ...scan.removed].sort();
  }

  close(): void {
    if (this.owned) this.store.close();
  }
}
