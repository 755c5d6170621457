/**
 * The folders and links that are watched, as they were when watching began. Whoever tells of changes knows them by
 * their names: a folder that was removed and made again, mounted over or moved away and back, and a link that leads
 * elsewhere, have their old names. To compare takes one question to the system for each.
 */
import { type Clock, FileProblem, type FileStat, type FileSystem } from '../workspace/file-system.js';
import type { WatchedPaths } from './watched-paths.js';

interface Watched {
  readonly identity: string;
  /** As watching began. */
  readonly ctimeMs: number;
  /** The folders and links in it, in order; null of a folder that was entered by another name. */
  readonly children: readonly string[] | null;
  mtimeMs: number;
  /** Times move in steps: what happened right after a look may not show in them. */
  isSettled: boolean;
}

/** `other`: something watched is another than it was, came or went. `entries`: files may have come or gone. */
export type Difference = 'none' | 'entries' | 'other';

/** Times of folders move in steps of up to so many milliseconds. */
const STEP_MS = 20;

export class WatchedFolders {
  private readonly watched = new Map<string, Watched>();
  /** Folders that were entered, by identity: links may lead in circles. */
  private readonly entered = new Set<string>();

  constructor(
    anchors: readonly string[],
    private readonly paths: WatchedPaths,
    private readonly files: FileSystem,
    private readonly now: Clock,
  ) {
    const pending = [...anchors];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const stat = this.files.stat(path);
      const identity = identityOf(stat);
      const children = this.entered.has(identity) ? null : this.childrenOf(path, stat);
      this.entered.add(identity);
      const ctimeMs = stat instanceof FileProblem ? 0 : stat.ctimeMs;
      this.watched.set(path, { identity, ctimeMs, children, ...this.timesOf(stat) });
      pending.push(...(children ?? []));
    }
  }

  /** Since the last comparison, or since watching began. */
  compare(): Difference {
    let difference: Difference = 'none';
    for (const [path, watched] of this.watched) {
      const stat = this.files.stat(path);
      if (identityOf(stat) !== watched.identity) return 'other';
      const { children } = watched;
      if (children === null || !this.hasEntries(path, stat)) continue;
      const isSame = stat.mtimeMs === watched.mtimeMs;
      if (isSame && watched.isSettled) continue;
      if (!isSame) difference = 'entries';
      if (children.join('\n') !== this.childrenOf(path, stat).join('\n')) return 'other';
      Object.assign(watched, this.timesOf(stat));
    }
    return difference;
  }

  /** Whether nothing happened to any of them, not even in passing, since watching began. */
  areUntouched(): boolean {
    for (const [path, { identity, ctimeMs }] of this.watched) {
      const stat = this.files.stat(path);
      if (identityOf(stat) !== identity) return false;
      if (this.hasEntries(path, stat) && stat.ctimeMs !== ctimeMs) return false;
    }
    return true;
  }

  /** Whether what is in it matters: files come and go in folders of outputs whenever somebody builds. */
  private hasEntries(path: string, stat: FileStat | FileProblem): stat is FileStat {
    return !(stat instanceof FileProblem) && stat.kind === 'folder' && !this.paths.isOutput(path);
  }

  private childrenOf(path: string, stat: FileStat | FileProblem): string[] {
    if (!this.hasEntries(path, stat)) return [];
    const entries = this.files.list(path);
    if (entries instanceof FileProblem) return [];
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return entries
      .filter(({ kind }) => kind === 'folder' || kind === 'link')
      .map(({ name }) => prefix + name)
      .filter((child) => this.paths.leads(child))
      .sort();
  }

  private timesOf(stat: FileStat | FileProblem): Pick<Watched, 'mtimeMs' | 'isSettled'> {
    if (stat instanceof FileProblem) return { mtimeMs: 0, isSettled: true };
    const { mtimeMs } = stat;
    return { mtimeMs, isSettled: mtimeMs < this.now() - STEP_MS };
  }
}

/** Numbers of files are used again at once: the time of birth tells two of one number apart, where the system knows it. */
function identityOf(stat: FileStat | FileProblem): string {
  if (stat instanceof FileProblem) return stat.code;
  return [stat.kind, stat.device, stat.inode, stat.birthMs].join(' ');
}
