/**
 * A build's check of files that were published before. Every new hard link to a text changes its ctime, whichever
 * task or process makes it. So a text with another stat may still be unchanged: its name is the digest of its
 * content. The stat with which this was found is recorded for the next build.
 */
import {
  type Clock,
  FileProblem,
  type FileStat,
  type FileSystem,
  sameStat,
} from '../../workspace/file-system.js';
import { isText } from '../../workspace/output/published-path.js';
import { holdsItsText, isSameText, lookAtText } from '../../workspace/output/text-look.js';
import { isSettled } from '../../workspace/stat-table.js';
import { PublishedState } from './published-state.js';

export interface PublishedPlace {
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly files: FileSystem;
  readonly now: Clock;
}

export class PublishedLook {
  private decoded: Map<string, FileStat> | null = null;
  /** The names of files that were checked and are unchanged, by inode. */
  private readonly seen = new Map<number, string>();
  private hasNews = false;
  /** While many tasks are checked: the beginning of paths in the output folder. */
  private prefix: string | null = null;

  /** `recorded` are the newer stats that the last build found. */
  constructor(
    private readonly place: PublishedPlace,
    private readonly recorded: PublishedState,
  ) {}

  /** Decoded on demand: most builds need none of them. */
  private get newer(): Map<string, FileStat> {
    this.decoded ??= this.recorded.fileStats();
    return this.decoded;
  }

  /** Calls `body`, which checks many tasks. */
  often<Result>(body: () => Result): Result {
    const { out, files } = this.place;
    return files.inFolder(out, (prefix) => {
      this.prefix = prefix;
      try {
        return body();
      } finally {
        this.prefix = null;
      }
    });
  }

  /**
   * Whether all published files of a task are unchanged. Files that this build has checked for other tasks are not
   * checked again.
   */
  isIntact(state: PublishedState): boolean {
    return this.check(state, this.seen);
  }

  /** The same, with everything checked. */
  isStillIntact(state: PublishedState): boolean {
    return this.check(state, new Map());
  }

  private check(state: PublishedState, seen: Map<number, string>): boolean {
    const { out, files } = this.place;
    const prefix = this.prefix ?? `${out}/`;
    return state.isIntact(prefix, files, seen, (name, recorded, now) => this.isTouched(name, recorded, now));
  }

  /**
   * Whether a text is the recorded file with the recorded content, although its stat is different. A replaced text
   * never is, whatever its content, because hard links lead to the former file.
   */
  isTouched(name: string, recorded: FileStat, now: FileStat): boolean {
    if (!isText(name) || !isSameText(now, recorded)) return false;
    const newer = this.newer.get(name);
    if (newer !== undefined && sameStat(now, newer)) return true;
    const { out, files, now: clock } = this.place;
    if (!holdsItsText(files, `${out}/${name}`)) return false;
    // A later change within the same tick of the clock would leave the same stat.
    if (isSettled(Math.max(now.ctimeMs, now.mtimeMs), clock())) this.note(name, now);
    return true;
  }

  /** The record of a task's published files, with newer stats. */
  statsOf(state: PublishedState): Map<string, FileStat> {
    const stats = state.fileStats();
    for (const [name, stat] of this.newer) {
      const recorded = stats.get(name);
      if (recorded !== undefined && isSameText(stat, recorded)) stats.set(name, stat);
    }
    return stats;
  }

  /**
   * Checks a text after this build made or removed its last hard link. `placed` is its stat when this build wrote it;
   * undefined if it did not.
   */
  lookAgain(name: string, placed: FileStat | undefined): void {
    const { out, files } = this.place;
    const path = `${out}/${name}`;
    const recorded = placed ?? files.statLink(path);
    const now = recorded instanceof FileProblem ? null : lookAtText(files, path, recorded);
    if (now !== null) this.note(name, now);
  }

  /** Drops the newer stat of a text. */
  forget(name: string): void {
    if (this.newer.delete(name)) this.hasNews = true;
  }

  private note(name: string, stat: FileStat): void {
    this.newer.set(name, stat);
    this.hasNews = true;
  }

  /** The newer stats, for the next build. */
  get found(): PublishedState {
    return this.hasNews ? PublishedState.of(this.newer, 0) : this.recorded;
  }

  /** Whether there are new stats to record. */
  get isNews(): boolean {
    return this.hasNews;
  }
}
