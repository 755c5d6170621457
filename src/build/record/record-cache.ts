/** What was recorded of a selection, as a build begins with it; and how a process that builds again and again keeps it. */
import type { Store } from '../../store/store.js';
import type { SelectionState } from './selection-state.js';
import type { TaskState } from './task-state.js';

/** Task states are encoded as the store has them, or decoded as a build left them. */
export type RecordedSelection = {
  /** Number in the store, and of the run that recorded it; null when it was never built. */
  readonly row: { readonly id: number; readonly run: number } | null;
  readonly recorded: SelectionState | null;
} & (
  | { readonly encoded: ReadonlyMap<string, Uint8Array> }
  | { readonly states: ReadonlyMap<string, TaskState> }
);

/**
 * What a build recorded, for the next one of this process. It is as good as what is in the store for as long as nobody
 * else writes there, from the beginning of the build that records it to the beginning of the one that uses it.
 */
export class RecordCache {
  private kept: {
    readonly name: string;
    readonly store: Store;
    readonly previous: RecordedSelection;
  } | null = null;
  private store: Store | null = null;
  /** The store's, as the last build began. */
  private version = 0;

  /** A build of the selection begins. Returns what the one before kept; null where that may not be so any more. */
  begin(name: string, store: Store): RecordedSelection | null {
    const { kept, version } = this;
    this.kept = null;
    this.store = store;
    this.version = store.version;
    const isGood = kept !== null && kept.name === name && kept.store === store && version === this.version;
    return isGood ? kept.previous : null;
  }

  /** To be called in the transaction in which the build that began last records this. */
  keep(name: string, store: Store, previous: RecordedSelection): void {
    if (store === this.store && store.version === this.version) this.kept = { name, store, previous };
  }

  forget(): void {
    this.kept = null;
  }
}
