/**
 * Writes texts and links below an output folder. Input and output are plain data, so that a worker can do it:
 * creating thousands of files takes longer than evaluating the programs in them.
 */
import type { DiagnosticCode } from '../diagnostic.js';
import { failPoint } from '../fail-points.js';
import { holdsContent, linkAtomically, NO_LINKS, writeAtomically } from './atomic-files.js';
import { FileProblem, type FileStat, type FileSystem, sameStat } from './file-system.js';
import { insideOf } from './paths.js';

/** A file below the output folder: a text, or a link to one. */
export interface OutputFile {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  /** The text; for a link, the text of its target (for a copy, if links are not possible). */
  readonly text: string;
  /** For a link: its target, relative to the link's folder. Null for a text. */
  readonly target: string | null;
  /** Registered as ours: whatever is there may be replaced. */
  readonly ours: boolean;
  /** Written before by the same owner, so an unchanged folder proves that it is unchanged. */
  readonly known: boolean;
}

export interface OutputPlan {
  /** Absolute path of the output folder. */
  readonly root: string;
  readonly files: readonly OutputFile[];
  /** Stats of texts and of folders of links when all were last known to be right, by path in the output folder. */
  readonly before: ReadonlyMap<string, FileStat>;
}

export interface WrittenOutput {
  /** Paths that are in place now. */
  readonly written: readonly string[];
  /** The current stats, as in `before`. */
  readonly fileStats: ReadonlyMap<string, FileStat>;
  /** Number of written files. */
  readonly changed: number;
  readonly problems: readonly OutputProblem[];
}

export interface OutputProblem {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly message: string;
  readonly hint: string | null;
}

export function writeOutput(plan: OutputPlan, files: FileSystem): WrittenOutput {
  return new Writer(plan, files).writeAll();
}

class Writer {
  private readonly written: string[] = [];
  private readonly fileStats = new Map<string, FileStat>();
  private readonly problems: OutputProblem[] = [];
  private readonly intact = new Map<string, boolean>();
  private changed = 0;

  constructor(
    private readonly plan: OutputPlan,
    private readonly files: FileSystem,
  ) {}

  writeAll(): WrittenOutput {
    const folders = new Set<string>();
    for (const wanted of this.plan.files) {
      const { file, target } = wanted;
      if (target === null) {
        this.placeText(wanted);
        continue;
      }
      const folder = parentOf(file);
      // A copy that replaces a link has a stat of its own: its folder does not tell whether it was edited.
      const told = wanted.known && !this.plan.before.has(file) && this.isLeft(file);
      if (told || this.placeLink(wanted, target)) {
        this.written.push(file);
        folders.add(folder);
      }
    }
    // Last, because every new link changes its folder.
    for (const folder of folders) {
      const stat = this.files.statLink(this.pathOf(folder));
      if (!(stat instanceof FileProblem)) this.fileStats.set(folder, stat);
    }
    const { written, fileStats, changed, problems } = this;
    return { written, fileStats, changed, problems };
  }

  /**
   * Whether a registered link is unchanged, by the stat of its folder. The link must also exist: a killed process may
   * have registered it without creating it, which leaves the folder unchanged.
   */
  private isLeft(file: string): boolean {
    if (!this.isIntact(parentOf(file))) return false;
    return !(this.files.statLink(this.pathOf(file)) instanceof FileProblem);
  }

  /** Whether a folder is unchanged, and so its links. */
  private isIntact(folder: string): boolean {
    let intact = this.intact.get(folder);
    if (intact === undefined) {
      const was = this.plan.before.get(folder);
      const now = was === undefined ? undefined : this.files.statLink(this.pathOf(folder));
      intact = was !== undefined && now !== undefined && !(now instanceof FileProblem) && sameStat(now, was);
      this.intact.set(folder, intact);
    }
    return intact;
  }

  private placeText({ file, text, ours }: OutputFile): void {
    const { files } = this;
    const path = this.pathOf(file);
    const content = Buffer.from(text, 'utf8');
    const before = this.plan.before.get(file);
    let stat = files.statLink(path);
    if (stat instanceof FileProblem) stat = this.write(path, content);
    else if (!(before !== undefined && sameStat(stat, before)) && !holdsContent(files, path, content)) {
      if (!ours || stat.kind === 'folder') {
        this.foreign(file);
        return;
      }
      stat = this.write(path, content);
    }
    if (stat instanceof FileProblem) this.failed(file, stat);
    else {
      this.fileStats.set(file, stat);
      this.written.push(file);
    }
  }

  private write(path: string, content: Uint8Array): FileStat | FileProblem {
    const problem = writeAtomically(this.files, path, content);
    if (problem !== null) return problem;
    this.changed++;
    return this.files.statLink(path);
  }

  /** Puts a link in place, or a copy of its target if links are not possible; returns whether it is there. */
  private placeLink({ file, text, ours }: OutputFile, target: string): boolean {
    const { files } = this;
    const path = this.pathOf(file);
    // Creating a link is atomic, and most links are new.
    let problem = files.link(path, target);
    if (problem?.absent) problem = files.makeFolder(this.pathOf(parentOf(file))) ?? files.link(path, target);
    if (problem === null) {
      failPoint('link in place');
      this.changed++;
      return true;
    }
    if (problem.code !== 'EEXIST' && !NO_LINKS.has(problem.code)) return this.failed(file, problem);
    if (files.readLink(path) === target) return true;
    const content = Buffer.from(text, 'utf8');
    const stat = files.statLink(path);
    if (!(stat instanceof FileProblem) && !holdsContent(files, path, content)) {
      if (!ours || stat.kind === 'folder') return this.foreign(file);
    }
    const linked = linkAtomically(files, path, target, content);
    if (linked instanceof FileProblem) return this.failed(file, linked);
    if (linked !== 'unchanged') this.changed++;
    if (linked === 'copied')
      this.problem('OUT004', 'warning', file, 'a copy, since links cannot be made', null);
    if (linked !== 'linked') {
      // A copy can be edited in place: its own stat tells.
      const copy = files.statLink(path);
      if (!(copy instanceof FileProblem)) this.fileStats.set(file, copy);
    }
    return true;
  }

  private foreign(file: string): false {
    const message = 'something that battbuild did not write stands in the place of a published file';
    const hint = 'it was left as it is: move it away, or choose another output folder (--out)';
    return this.problem('OUT001', 'error', file, message, hint);
  }

  private failed(file: string, problem: FileProblem): false {
    return this.problem('OUT002', 'error', file, `could not be published: ${problem.describe()}`, null);
  }

  private problem(
    code: DiagnosticCode,
    severity: OutputProblem['severity'],
    file: string,
    message: string,
    hint: string | null,
  ): false {
    this.problems.push({ code, severity, file, message, hint });
    return false;
  }

  /**
   * Names come only from task ids, digests and numbers; that none leads out of the folder is checked nevertheless.
   */
  private pathOf(file: string): string {
    const path = insideOf(this.plan.root, file);
    if (path === null) throw new Error(`${file} would lie outside the output folder`);
    return path;
  }
}

function parentOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}
