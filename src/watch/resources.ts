/**
 * The resources that stay open between builds: the store and the workers. They are reopened if they no longer fit or
 * work.
 */

import { RecordCache } from '../build/record/record-cache.js';
import type { BuildEnvironment } from '../build/run/session.js';
import type { WarmState } from '../build/run/warm-state.js';
import { sharedWorkersOf } from '../distribution/shared-workers.js';
import type { OutputDigest } from '../engine/output.js';
import { Store } from '../store/store.js';
import type { Workers } from '../workers/workers.js';
import type { Workspace } from '../workspace/workspace.js';

export class Resources {
  /** Number of stores opened so far. */
  stores = 0;
  private store: Store | null = null;
  private workers: Workers | null = null;
  private workspace: Workspace | null = null;
  private readonly records = new RecordCache();

  constructor(private readonly world: BuildEnvironment) {}

  /** False if the store was deleted or replaced; true if none is open. */
  get isStoreInPlace(): boolean {
    return this.store === null || this.store.isInPlace;
  }

  /** Prepares what a build of the workspace needs. */
  async prepare(
    workspace: Workspace,
  ): Promise<Pick<WarmState, 'store' | 'workers' | 'isNewStore' | 'records'>> {
    const before = this.workspace ?? workspace;
    this.workspace = workspace;
    if (this.workers !== null && !needSameWorkers(before, workspace)) {
      await this.workers.close();
      this.workers = null;
    }
    this.workers ??= sharedWorkersOf(workspace, this.world.workerUrl);
    const isElsewhere = before.cache.path !== workspace.cache.path;
    // A store that could not be written may be writable now: the disk has room again, or a damaged store was set
    // aside.
    if (this.store !== null && (isElsewhere || !this.store.isInPlace || this.store.writeTrouble !== null)) {
      this.store.close();
      this.store = null;
    }
    const isNewStore = this.store === null;
    if (this.store === null) {
      this.store = Store.open(workspace.cache.path, () => new Date(this.world.now()));
      this.stores++;
    }
    return { store: this.store, workers: this.workers, isNewStore, records: this.records };
  }

  /** The outputs of a task's cells; the store may have lost some. */
  outputsOf(task: string): ReadonlyMap<OutputDigest, Uint8Array> {
    const { blobs } = this.store?.actions.read('validate', task) ?? { blobs: new Map() };
    return blobs as ReadonlyMap<OutputDigest, Uint8Array>;
  }

  /** Ends the workers and closes the store. */
  async close(): Promise<void> {
    this.workers?.kill();
    await this.workers?.close();
    this.store?.close();
  }
}

function needSameWorkers(a: Workspace, b: Workspace): boolean {
  return (['jobs', 'budget.wallSeconds', 'queue', 'verifyRemote'] as const).every(
    (name) => a.settings[name].value === b.settings[name].value,
  );
}
