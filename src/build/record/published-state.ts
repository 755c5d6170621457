/** The published files of a task as they were left, packed so that a null build can check them with little work. */
import type { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { FileProblem, type FileStat, type FileSystem } from '../../workspace/file-system.js';

const COLUMNS = 6;
const IS_FOLDER = 1;

/**
 * Remembers texts (and copies that stand for links) by their own stats, and links by those of the folders that hold
 * them: a link cannot be edited in place, and whatever else is done to it changes its folder. There are far fewer
 * folders than links, and a stat is what a null build mostly consists of.
 */
export class PublishedState {
  private constructor(
    /** Texts and links that are in place. */
    readonly count: number,
    /** Paths below the output folder, separated by line breaks. */
    private readonly names: string,
    /** Six numbers a path: whether it is a folder, size, mtime, ctime, inode, device. */
    private readonly stats: Float64Array,
  ) {}

  static readonly EMPTY = new PublishedState(0, '', new Float64Array(0));

  /** `looks` are the stats of texts and of the links' folders, by path; `count` counts texts and links. */
  static of(fileStats: ReadonlyMap<string, FileStat>, count: number): PublishedState {
    const stats = new Float64Array(fileStats.size * COLUMNS);
    let at = 0;
    for (const { kind, size, mtimeMs, ctimeMs, inode, device } of fileStats.values()) {
      stats.set([kind === 'folder' ? IS_FOLDER : 0, size, mtimeMs, ctimeMs, inode, device], at);
      at += COLUMNS;
    }
    return new PublishedState(count, [...fileStats.keys()].join('\n'), stats);
  }

  /** Paths of the texts and of the links' folders. */
  get looked(): readonly string[] {
    return this.names === '' ? [] : this.names.split('\n');
  }

  write(writer: ByteWriter): void {
    writer.unsigned(this.count).string(this.names).unsigned(this.stats.length);
    writer.raw(new Uint8Array(this.stats.buffer, this.stats.byteOffset, this.stats.byteLength));
  }

  /** Throws RangeError when the bytes are none. */
  static read(reader: ByteReader): PublishedState {
    const count = reader.unsigned();
    const names = reader.string();
    // Copied, because 8-byte numbers must begin at a multiple of 8.
    const stats = new Float64Array(reader.raw(reader.unsigned() * 8).slice().buffer);
    return new PublishedState(count, names, stats);
  }

  /**
   * Whether everything below `out` is as it was left. Paths in `seen` were looked at before by the same build (tasks
   * share texts); those looked at are added to it.
   */
  isIntact(out: string, files: FileSystem, seen: Set<string>): boolean {
    if (this.stats.length === 0) return true;
    let at = -COLUMNS;
    for (const name of this.names.split('\n')) {
      at += COLUMNS;
      if (seen.has(name)) continue;
      const now = files.statLink(`${out}/${name}`);
      if (now instanceof FileProblem || !this.matches(at, now)) return false;
      seen.add(name);
    }
    return true;
  }

  private matches(at: number, { kind, size, mtimeMs, ctimeMs, inode }: FileStat): boolean {
    const { stats } = this;
    if (stats[at] === IS_FOLDER ? kind !== 'folder' : kind !== 'file' || stats[at + 1] !== size) return false;
    return stats[at + 2] === mtimeMs && stats[at + 3] === ctimeMs && stats[at + 4] === inode;
  }

  /** The stats as they were left, by path below the output folder. */
  fileStats(): Map<string, FileStat> {
    const fileStats = new Map<string, FileStat>();
    if (this.stats.length === 0) return fileStats;
    this.names.split('\n').forEach((name, k) => {
      const [folder, size, mtimeMs, ctimeMs, inode, device] = this.stats.subarray(
        k * COLUMNS,
        (k + 1) * COLUMNS,
      );
      fileStats.set(name, {
        kind: folder === IS_FOLDER ? 'folder' : 'file',
        size,
        mtimeMs,
        ctimeMs,
        inode,
        device,
        // Not recorded: what is compared are the others.
        birthMs: 0,
      });
    });
    return fileStats;
  }
}
