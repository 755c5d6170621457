/**
 * Updates recorded stats while published files are removed. A removal changes the times of its folder and, for a hard
 * link, the ctime of its text.
 */
import { FileProblem, type FileStat, type FileSystem, sameStat } from '../file-system.js';
import { isText, parentOf, textOf } from './published-path.js';
import { lookAtText } from './text-look.js';

export class RemovalLooks {
  /** Folders of removed files that were as recorded before the first removal. */
  private readonly folders = new Set<string>();
  private readonly texts = new Set<string>();

  constructor(
    /** Absolute path of the output folder. */
    private readonly root: string,
    /** The recorded stats by path in the output folder. */
    private readonly fileStats: Map<string, FileStat>,
    private readonly files: FileSystem,
  ) {}

  /** Call it before `file` is removed; `stat` is its own. */
  before(file: string, stat: FileStat): void {
    if (isText(file)) return;
    if (stat.kind === 'file') this.texts.add(textOf(file));
    const folder = parentOf(file);
    const recorded = this.fileStats.get(folder);
    if (recorded === undefined || this.folders.has(folder)) return;
    const now = this.files.statLink(this.pathOf(folder));
    if (!(now instanceof FileProblem) && sameStat(now, recorded)) this.folders.add(folder);
  }

  /** Texts that lost a link, so that the records of other tasks about them are outdated. */
  get unlinked(): Iterable<string> {
    return this.texts;
  }

  /**
   * Records the stats after the removals. Files that differed from their records keep these, so the next build checks
   * them again.
   */
  record(): void {
    const { files, fileStats } = this;
    for (const folder of this.folders) {
      const now = files.statLink(this.pathOf(folder));
      if (!(now instanceof FileProblem)) fileStats.set(folder, now);
    }
    for (const text of this.texts) {
      const recorded = fileStats.get(text);
      const now = recorded === undefined ? null : lookAtText(files, this.pathOf(text), recorded);
      if (now !== null) fileStats.set(text, now);
    }
  }

  private pathOf(file: string): string {
    return `${this.root}/${file}`;
  }
}
