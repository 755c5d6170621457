/**
 * The one file that imports chokidar.
 *
 * Only folders are given to it (and links, whose targets no folder tells of): the system tells a folder's watcher of
 * every change of the files in it, so that thousands of inputs need no watchers of their own. Its raw events are taken,
 * since its others leave out what seems too much within 50 or 100 ms: a folder that was removed and restored a few
 * times that fast is gone for good in its books. So when folders came or went, all begins anew once it is quiet.
 */
import { basename, join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { FileProblem, type FileSystem } from '../workspace/file-system.js';
import type { FileListener, FileWatcher, WatchFiles } from './file-watcher.js';
import type { Anchors, WatchedPaths } from './watched-paths.js';

export function chokidarOn(files: FileSystem): WatchFiles {
  return (paths, listener) => new ChokidarWatcher(paths, listener, files);
}

class ChokidarWatcher implements FileWatcher {
  private current: FSWatcher | null = null;
  /** Those that were replaced, until their successor is ready. */
  private old: FSWatcher[] = [];
  private anchors: Anchors;
  /** Folders came or went since the current one began. */
  private stale = false;

  constructor(
    private readonly paths: WatchedPaths,
    private readonly listener: FileListener,
    private readonly files: FileSystem,
  ) {
    this.anchors = paths.anchors(files);
    this.begin();
  }

  settle(): void {
    const anchors = this.paths.anchors(this.files);
    if (!this.stale && JSON.stringify(anchors) === JSON.stringify(this.anchors)) return;
    this.anchors = anchors;
    this.begin();
  }

  async close(): Promise<void> {
    const open = [...this.old, ...(this.current === null ? [] : [this.current])];
    this.old = [];
    this.current = null;
    await Promise.all(open.map((watcher) => watcher.close()));
  }

  private begin(): void {
    const { present, missing } = this.anchors;
    this.stale = false;
    if (this.current !== null) this.old.push(this.current);
    this.current = null;
    if (missing.length > 0) this.listener.misses(`${missing[0]} is not there`);
    if (present.length === 0) this.closeOld();
    else this.current = this.watchFrom(present, missing.length === 0);
  }

  private closeOld(): void {
    for (const replaced of this.old.splice(0)) void replaced.close();
  }

  private watchFrom(anchors: readonly string[], areAll: boolean): FSWatcher {
    const links = new Set<string>();
    const watcher = watch([...anchors], {
      ignoreInitial: true,
      atomic: false,
      ignored: (path, stats) => {
        if (stats === undefined) return false;
        if (stats.isSymbolicLink()) links.add(path);
        // Polling (CHOKIDAR_USEPOLLING) sees of a folder only which files it has.
        if (stats.isFile()) return !(links.has(path) || watcher.options.usePolling);
        return !this.paths.leads(path);
      },
    });
    watcher.on('raw', (event, name, details) => {
      const { watchedPath } = details as { readonly watchedPath?: string };
      this.heard(event, watchedPath, typeof name === 'string' ? name : null, links);
    });
    watcher.on('addDir', () => this.foldersChanged());
    watcher.on('unlinkDir', () => this.foldersChanged());
    let isWhole = areAll;
    watcher.on('error', (error) => {
      isWhole = false;
      if (watcher === this.current)
        this.listener.misses(error instanceof Error ? error.message : String(error));
    });
    watcher.on('ready', () => {
      if (watcher !== this.current) return;
      this.closeOld();
      if (isWhole) this.listener.sees();
    });
    return watcher;
  }

  /** `rename` tells of what came or went, `change` of content. */
  private heard(
    event: string,
    watched: string | undefined,
    name: string | null,
    links: ReadonlySet<string>,
  ): void {
    if (watched === undefined || links.has(watched) || name === null) {
      this.listener.changed();
      return;
    }
    const presence = event === 'rename';
    const path = join(watched, name);
    const concerns = this.paths.concerns(path, presence);
    // A folder tells of itself by its own name.
    if (presence && (name === basename(watched) || (concerns && this.isFolder(path)))) this.foldersChanged();
    else if (concerns) this.listener.changed();
  }

  private isFolder(path: string): boolean {
    const stat = this.files.stat(path);
    return !(stat instanceof FileProblem) && stat.kind === 'folder';
  }

  private foldersChanged(): void {
    this.stale = true;
    this.listener.changed();
  }
}
