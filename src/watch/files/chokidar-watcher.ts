/**
 * The only file that imports chokidar.
 *
 * chokidar gets only folders (and links, whose targets no folder reports): the system tells a folder's watcher about
 * every change of the files in it, so thousands of inputs need no watchers of their own. This module uses chokidar's
 * raw events, because its other events are throttled to 50 or 100 ms: a folder that is removed and restored several
 * times within that time may stay unwatched. So after folders appeared or disappeared, watching begins anew once
 * there are no more events. The state of the disk then is compared with the state when watching began, whatever
 * events there were.
 */
import { basename, join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { type Clock, FileProblem, type FileSystem } from '../../workspace/file-system.js';
import type { FileListener, FileWatcher, WatchFiles } from './file-watcher.js';
import { WatchedFolders } from './watched-folders.js';
import type { Anchors, WatchedPaths } from './watched-paths.js';

export function chokidarOn(files: FileSystem, now: Clock = Date.now): WatchFiles {
  return (paths, listener) => new ChokidarWatcher(paths, listener, files, now);
}

/**
 * chokidar needs less than a second for thousands of folders. If it does not become ready in this time, it is
 * restarted.
 */
const LONGEST_START_MS = 10_000;

class ChokidarWatcher implements FileWatcher {
  private current: FSWatcher | null = null;
  private readonly closing = new Set<Promise<void>>();
  private anchors: Anchors;
  private folders!: WatchedFolders;
  /** When the current watcher was started, in milliseconds since the epoch; null once it is ready. */
  private startedAt: number | null = null;
  /** Whether folders appeared or disappeared since the current watcher started. */
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
    // Before the new watcher starts: chokidar shares one handle for each name, which may belong to a removed folder.
    this.closeCurrent();
    // Before chokidar reads the folders: later changes then count as differences.
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
        // Polling (CHOKIDAR_USEPOLLING) only reports which files a folder has.
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
      // While it was starting, something may have been removed and restored.
      if (!this.folders.areUntouched()) this.stale = true;
      if (isWhole) this.listener.sees();
    });
    return watcher;
  }

  /** `rename` is the event of an added or removed entry, `change` of changed content. */
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
    // For its own events, a folder is named by its own name.
    if (presence && (name === basename(watched) || (concerns && this.leadsOn(path)))) this.foldersChanged();
    else if (concerns) this.listener.changed();
  }

  /** Whether it is a folder, or a link, which may lead to one. */
  private leadsOn(path: string): boolean {
    const stat = this.files.statLink(path);
    return !(stat instanceof FileProblem) && (stat.kind === 'folder' || stat.kind === 'link');
  }

  private foldersChanged(): void {
    this.stale = true;
    this.listener.changed();
  }
}
