/**
 * The stats of a task's published files as the build left them, in a compact form that a null build can check
 * quickly.
 */
import type { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { FileProblem, type FileStat, type FileSystem } from '../../workspace/file-system.js';
import { isText } from '../../workspace/output/published-path.js';

const COLUMNS = 6;
const CTIME = 3;
const INODE = 4;
const IS_FOLDER = 1;

/** A time that no file has. */
const NEVER = -1;

/**
 * Records texts (and copies that replace links) by their own stats, and links by the stats of their folders. An edit
 * in place through a link is one of its text, and any other change of a link changes its folder. There are far fewer folders than links,
 * and most of a null build's time goes into stats.
 */
export class PublishedState {
  private constructor(
    /** Number of texts and links in place. */
    readonly count: number,
    /** Paths below the output folder, separated by line breaks. */
    private readonly names: string,
    /** Six numbers for each path: whether it is a folder, size, mtime, ctime, inode, device. */
    private readonly stats: Float64Array,
  ) {}

  private textsFound: readonly string[] | null = null;

  static readonly EMPTY = new PublishedState(0, '', new Float64Array(0));

  /** `fileStats` are the stats of texts and of links' folders, by path; `count` is the number of texts and links. */
  static of(fileStats: ReadonlyMap<string, FileStat>, count: number): PublishedState {
    const stats = new Float64Array(fileStats.size * COLUMNS);
    let at = 0;
    for (const { kind, size, mtimeMs, ctimeMs, inode, device } of fileStats.values()) {
      stats.set([kind === 'folder' ? IS_FOLDER : 0, size, mtimeMs, ctimeMs, inode, device], at);
      at += COLUMNS;
    }
    return new PublishedState(count, [...fileStats.keys()].join('\n'), stats);
  }

  /**
   * The same files, with another one that is never found unchanged: something was published besides them, perhaps in
   * new folders, of which these stats tell nothing.
   */
  get outdated(): PublishedState {
    if (this.stats.at(CTIME - COLUMNS) === NEVER) return this;
    const stats = new Float64Array(this.stats.length + COLUMNS);
    stats.set(this.stats);
    stats.set([IS_FOLDER, 0, 0, NEVER, 0, 0], this.stats.length);
    return new PublishedState(this.count, [...this.checkedPaths, 'solver_dir'].join('\n'), stats);
  }

  /** Paths of the texts and of the links' folders. */
  private get checkedPaths(): readonly string[] {
    return this.names === '' ? [] : this.names.split('\n');
  }

  /** Those of texts. A process that builds again and again asks for them in each build. */
  get texts(): readonly string[] {
    this.textsFound ??= this.checkedPaths.filter(isText);
    return this.textsFound;
  }

  /** Whether the task has published this text; `texts` need not be listed for it. */
  hasText(name: string): boolean {
    const { names } = this;
    const at = names.indexOf(name);
    if (at < 0) return false;
    const end = at + name.length;
    return (at === 0 || names[at - 1] === '\n') && (end === names.length || names[end] === '\n');
  }

  write(writer: ByteWriter): void {
    writer.unsigned(this.count).string(this.names).unsigned(this.stats.length);
    writer.raw(new Uint8Array(this.stats.buffer, this.stats.byteOffset, this.stats.byteLength));
  }

  /** Throws RangeError if the bytes are no published state. */
  static read(reader: ByteReader): PublishedState {
    const count = reader.unsigned();
    const names = reader.string();
    // Copied, because 8-byte numbers must be aligned to 8 bytes.
    const stats = new Float64Array(reader.raw(reader.unsigned() * 8).slice().buffer);
    return new PublishedState(count, names, stats);
  }

  /**
   * Whether everything is unchanged; `prefix` is the beginning of paths in the output folder. `seen` has the names of
   * files that this build has checked, by inode, which is found faster (tasks share texts); newly checked ones are added.
   * `isTouched` tells of a file with another stat whether it is still the same.
   */
  isIntact(
    prefix: string,
    files: FileSystem,
    seen: Map<number, string>,
    isTouched: (name: string, recorded: FileStat, now: FileStat) => boolean,
  ): boolean {
    if (this.stats.length === 0) return true;
    let at = -COLUMNS;
    for (const name of this.names.split('\n')) {
      at += COLUMNS;
      const inode = this.stats[at + INODE];
      if (seen.get(inode) === name) continue;
      const now = files.statLink(prefix + name);
      if (now instanceof FileProblem) return false;
      if (!this.matches(at, now) && !isTouched(name, this.statAt(at), now)) return false;
      // No two tasks have a folder in common.
      if (now.kind === 'file') seen.set(inode, name);
    }
    return true;
  }

  private matches(at: number, { kind, size, mtimeMs, ctimeMs, inode }: FileStat): boolean {
    const { stats } = this;
    if (stats[at] === IS_FOLDER ? kind !== 'folder' : kind !== 'file' || stats[at + 1] !== size) return false;
    return stats[at + 2] === mtimeMs && stats[at + 3] === ctimeMs && stats[at + INODE] === inode;
  }

  /** The recorded stats by path in the output folder. */
  fileStats(): Map<string, FileStat> {
    const fileStats = new Map<string, FileStat>();
    if (this.stats.length === 0) return fileStats;
    this.names.split('\n').forEach((name, k) => {
      fileStats.set(name, this.statAt(k * COLUMNS));
    });
    return fileStats;
  }

  private statAt(at: number): FileStat {
    const { stats } = this;
    // The time of birth is not recorded; a comparison uses the other numbers.
    return {
      kind: stats[at] === IS_FOLDER ? 'folder' : 'file',
      size: stats[at + 1],
      mtimeMs: stats[at + 2],
      ctimeMs: stats[at + 3],
      inode: stats[at + INODE],
      device: stats[at + 5],
      birthMs: 0,
    };
  }
}
