/** The interface of a file watcher. It may report too many changes, never too few. */
import type { WatchedPaths } from './watched-paths.js';

export interface FileListener {
  /** Something relevant may have changed. */
  changed(): void;
  /** From now on every change is reported; some earlier changes may have been missed. */
  sees(): void;
  /** From now on changes may be missed. */
  misses(reason: string): void;
}

export interface FileWatcher {
  /** Call it when no change was reported for a while: the watcher then restarts if necessary. */
  settle(): void;
  /**
   * Call it from time to time while nothing is reported. It reports a change if the folders have changed. Returns
   * whether it did.
   */
  check(): boolean;
  /** Stops reporting; resolves when all resources are released. */
  close(): Promise<void>;
}

export type WatchFiles = (paths: WatchedPaths, listener: FileListener) => FileWatcher;
