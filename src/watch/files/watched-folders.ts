/**
 * The watched folders and links, as they were when watching began. File watchers know them by name, but a name can
 * lead to something else later: a folder may be recreated, mounted over, or moved away and back, and a link may get
 * another target. A comparison takes one system call for each.
 */
import { type Clock, FileProblem, type FileStat, type FileSystem } from '../../workspace/file-system.js';
import type { WatchedPaths } from './watched-paths.js';

interface Watched {
  readonly identity: string;
  /** The state when watching began. */
  readonly ctimeMs: number;
  /** The folders and links in it, sorted; null for a folder that was entered under another name. */
  readonly children: readonly string[] | null;
  mtimeMs: number;
  /** File times have a limited resolution: they may not show a change right after a scan. */
  isSettled: boolean;
}

/**
 * `other`: a watched folder or link was replaced, added or removed. `entries`: files may have been added or removed.
 */
export type Difference = 'none' | 'entries' | 'other';

/** Resolution of folder times in milliseconds. */
const STEP_MS = 20;

export class WatchedFolders {
  private readonly watched = new Map<string, Watched>();
  /** Folders that were entered, by identity: links may form cycles. */
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

  /** Whether none of them changed since watching began, not even temporarily. */
  areUntouched(): boolean {
    for (const [path, { identity, ctimeMs }] of this.watched) {
      const stat = this.files.stat(path);
      if (identityOf(stat) !== identity) return false;
      if (this.hasEntries(path, stat) && stat.ctimeMs !== ctimeMs) return false;
    }
    return true;
  }

  /** Whether its entries matter. In output folders they do not: every build changes them. */
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

/**
 * Inode numbers are reused at once; the time of creation distinguishes two files with the same number, where the
 * system has it.
 */
function identityOf(stat: FileStat | FileProblem): string {
  if (stat instanceof FileProblem) return stat.code;
  return [stat.kind, stat.device, stat.inode, stat.birthMs].join(' ');
}
