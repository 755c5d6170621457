/** What a watch needs of whatever tells it that files changed: it may be told too much, never too little. */
import type { WatchedPaths } from './watched-paths.js';

export interface FileListener {
  /** Something that matters may have changed. */
  changed(): void;
  /** From now on every change is told; some of those before may not have been. */
  sees(): void;
  /** From now on changes may be missed. */
  misses(reason: string): void;
}

export interface FileWatcher {
  /** To be called when no change was told for a while: the time to begin anew, where that is called for. */
  settle(): void;
  /** To be called now and then while nothing is told: tells that something changed if the folders say so. Returns whether it did. */
  check(): boolean;
  /** Tells nothing any more; resolves when all is released. */
  close(): Promise<void>;
}

export type WatchFiles = (paths: WatchedPaths, listener: FileListener) => FileWatcher;
