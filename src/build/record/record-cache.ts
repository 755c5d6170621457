/** The record of a selection at the beginning of a build, and how a process that builds repeatedly caches it. */
import type { Store } from '../../store/store.js';
import type { StatTable } from '../../workspace/stat-table.js';
import type { SelectionState } from './selection-state.js';
import type { TaskState } from './task-state.js';

/** Task states are encoded if they come from the store, decoded if they come from a build. */
export type RecordedSelection = {
  /** Number of the selection in the store, and of the run that recorded it; null if it was never built. */
  readonly row: { readonly id: number; readonly run: number } | null;
  readonly recorded: SelectionState | null;
} & (
  | { readonly encoded: ReadonlyMap<string, Uint8Array> }
  | {
      readonly states: ReadonlyMap<string, TaskState>;
      /** All tasks of the workspace that may have published files, whichever selection published them. */
      readonly publishers: ReadonlySet<string>;
    }
);

/**
 * Caches a build's record for the next build of this process. The cache is valid while no other process writes to the
 * store, from the beginning of the build that recorded it to the beginning of the build that uses it.
 */
export class RecordCache {
  private kept: {
    readonly name: string;
    readonly store: Store;
    readonly previous: RecordedSelection;
  } | null = null;
  private store: Store | null = null;
  /** The store's change counter at the beginning of the last build. */
  private version = 0;

  /** Begins a build of the selection. Returns the cached record; null if it may be out of date. */
  begin(name: string, store: Store): RecordedSelection | null {
    const { kept, version } = this;
    this.kept = null;
    this.store = store;
    this.version = store.version;
    const isGood = kept !== null && kept.name === name && kept.store === store && version === this.version;
    return isGood ? kept.previous : null;
  }

  /** Call it in the transaction in which the current build records this. */
  keep(name: string, store: Store, previous: RecordedSelection): void {
    if (store === this.store && store.version === this.version) this.kept = { name, store, previous };
  }

  forget(): void {
    this.kept = null;
  }

  /** The stats of the inputs in the cached record; null if none is cached. */
  get table(): StatTable | null {
    return this.kept?.previous.recorded?.table ?? null;
  }
}
