/**
 * The resources that stay open between builds: the store and the workers. They are reopened if they no longer fit or
 * work.
 */

import { outputsIn } from '../build/last-build.js';
import { RecordCache } from '../build/record/record-cache.js';
import type { BuildEnvironment } from '../build/session/session.js';
import type { WarmState } from '../build/session/warm-state.js';
import { openSharedCache } from '../build/shared/open-shared-cache.js';
import { sharedWorkersOf } from '../distribution/shared-workers.js';
import type { OutputDigest } from '../engine/output.js';
import type { SharedCache } from '../remote-cache/shared-cache.js';
import { Store } from '../store/store.js';
import type { Workers } from '../workers/workers.js';
import type { Workspace } from '../workspace/workspace.js';

export class Resources {
  /** Number of stores opened so far. */
  stores = 0;
  private store: Store | null = null;
  private workers: Workers | null = null;
  private shared: SharedCache | null = null;
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
  ): Promise<Pick<WarmState, 'store' | 'workers' | 'shared' | 'isNewStore' | 'records'>> {
    const before = this.workspace ?? workspace;
    this.workspace = workspace;
    if (this.workers !== null && !needSameWorkers(before, workspace)) {
      await this.workers.close();
      this.workers = null;
    }
    this.workers ??= sharedWorkersOf(workspace, this.world);
    const isElsewhere = before.cache.path !== workspace.cache.path;
    // A store that could not be written may be writable now: the disk has room again, or a damaged store was set
    // aside.
    if (this.store !== null && (isElsewhere || !this.store.isInPlace || this.store.writeTrouble !== null)) {
      await this.closeShared(before);
      this.store.close();
      this.store = null;
    }
    const isNewStore = this.store === null;
    if (this.store === null) {
      this.store = Store.open(workspace.cache.path, () => new Date(this.world.now()));
      this.stores++;
    }
    if (isNewStore || !haveSameShared(before, workspace)) {
      await this.closeShared(before);
      this.shared = await openSharedCache(workspace, this.store);
    }
    const { store, workers, shared, records } = this;
    return { store, workers, shared, isNewStore, records };
  }

  /** Outputs of a task's cells; the store may have lost some. */
  outputsOf(task: string, digests: readonly (OutputDigest | '')[]): ReadonlyMap<OutputDigest, Uint8Array> {
    return this.store === null ? new Map() : outputsIn(this.store, task, digests);
  }

  /** Ends the workers, and closes the store and the shared cache. */
  async close(): Promise<void> {
    this.workers?.kill();
    await this.workers?.close();
    if (this.workspace !== null) await this.closeShared(this.workspace);
    this.store?.close();
  }

  /** Waits for uploads to it. */
  private async closeShared({ settings }: Workspace): Promise<void> {
    await this.shared?.settle(settings['cache.remote.uploadSeconds'].value * 1000);
    this.shared?.close();
    this.shared = null;
  }
}

function needSameWorkers(a: Workspace, b: Workspace): boolean {
  const names = ['jobs', 'budget.wallSeconds', 'queue', 'verifyRemote'] as const;
  return (
    names.every((name) => a.settings[name].value === b.settings[name].value) &&
    a.wheels.digest === b.wheels.digest
  );
}

function haveSameShared(a: Workspace, b: Workspace): boolean {
  const names = ['cache.remote', 'cache.remote.mode', 'cache.remote.maxMegabytes'] as const;
  return (
    names.every((name) => a.settings[name].value === b.settings[name].value) &&
    a.remote?.authorization() === b.remote?.authorization()
  );
}
