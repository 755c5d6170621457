/**
 * The one file that imports chokidar.
 *
 * Only folders are given to it (and links, whose targets no folder tells of): the system tells a folder's watcher of
 * every change of the files in it, so that thousands of inputs need no watchers of their own. Its raw events are taken,
 * since its others leave out what seems too much within 50 or 100 ms: a folder that was removed and restored a few
 * times that fast is gone for good in its books. So when folders came or went, all begins anew once it is quiet: what
 * is there then is compared with what was there when watching began, whatever was told in between.
 */
import { basename, join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { type Clock, FileProblem, type FileSystem } from '../workspace/file-system.js';
import type { FileListener, FileWatcher, WatchFiles } from './file-watcher.js';
import { WatchedFolders } from './watched-folders.js';
import type { Anchors, WatchedPaths } from './watched-paths.js';

export function chokidarOn(files: FileSystem, now: Clock = Date.now): WatchFiles {
  return (paths, listener) => new ChokidarWatcher(paths, listener, files, now);
}

/** The library takes less than a second for thousands of folders; where it came to no end, it begins anew. */
const LONGEST_START_MS = 10_000;

class ChokidarWatcher implements FileWatcher {
  private current: FSWatcher | null = null;
  private readonly closing = new Set<Promise<void>>();
  private anchors: Anchors;
  private folders!: WatchedFolders;
  /** Milliseconds since the epoch; null once the current one is ready. */
  private startedAt: number | null = null;
  /** Folders came or went since the current one began. */
  private stale = false;

  constructor(
    private readonly paths: WatchedPaths,
    private readonly listener: FileListener,
    private readonly files: FileSystem,
    private readonly now: Clock,
  ) {
    this.anchors = paths.anchors(files);
    this.begin();
  }

  check(): boolean {
    const difference = this.folders.compare();
    if (difference === 'other') this.stale = true;
    if (difference === 'none' && !this.mustBegin()) return false;
    this.listener.changed();
    return true;
  }

  settle(): void {
    if (this.folders.compare() === 'other') this.stale = true;
    if (!this.mustBegin()) return;
    this.anchors = this.paths.anchors(this.files);
    this.begin();
  }

  async close(): Promise<void> {
    this.closeCurrent();
    await Promise.all(this.closing);
  }

  private mustBegin(): boolean {
    if (this.stale) return true;
    if (this.startedAt !== null && this.now() - this.startedAt > LONGEST_START_MS) return true;
    return JSON.stringify(this.paths.anchors(this.files)) !== JSON.stringify(this.anchors);
  }

  private begin(): void {
    const { present, missing } = this.anchors;
    this.stale = false;
    // Before its successor begins: the library has one eye for each name, whoever looks, and that may be on what is gone.
    this.closeCurrent();
    // Before the library looks: what changes from now on makes a difference.
    this.folders = new WatchedFolders(present, this.paths, this.files, this.now);
    this.startedAt = null;
    if (missing.length > 0) this.listener.misses(`${missing[0]} is not there`);
    if (present.length === 0) return;
    this.startedAt = this.now();
    this.current = this.watchFrom(present, missing.length === 0);
  }

  private closeCurrent(): void {
    if (this.current === null) return;
    const closed = this.current.close().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
    this.current = null;
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
      this.startedAt = null;
      // While it began, something may have been away for a moment.
      if (!this.folders.areUntouched()) this.stale = true;
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
    if (presence && (name === basename(watched) || (concerns && this.leadsOn(path)))) this.foldersChanged();
    else if (concerns) this.listener.changed();
  }

  /** Whether there is a folder, or a link, which may lead to one. */
  private leadsOn(path: string): boolean {
    const stat = this.files.statLink(path);
    return !(stat instanceof FileProblem) && (stat.kind === 'folder' || stat.kind === 'link');
  }

  private foldersChanged(): void {
    this.stale = true;
    this.listener.changed();
  }
}
