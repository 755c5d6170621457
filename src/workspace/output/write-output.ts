/**
 * Writes texts, and links to them, below an output folder. Input and output are plain data, so that a worker can do
 * it: creating thousands of files takes longer than evaluating the programs in them.
 *
 * A hard link is the text itself under a second name: it costs no inode, and an edit in place of either is an edit of
 * both. Making one changes the text's ctime, so a text is looked at after its links were made.
 */
import type { DiagnosticCode } from '../../diagnostic.js';
import { failPoint } from '../../fail-points.js';
import {
  holdsContent,
  linkAtomically,
  NO_LINKS,
  replaceByHardLink,
  writeAtomically,
} from '../atomic-files.js';
import { FileProblem, type FileStat, type FileSystem, isSameFile, sameStat } from '../file-system.js';
import { insideOf } from '../paths.js';
import { parentOf } from './published-path.js';

export type LinkKind = 'hard' | 'symbolic';

/** A text below the output folder, and the links to it. */
export interface OutputText {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Registered as ours: whatever is there may be replaced. */
  readonly ours: boolean;
  readonly links: readonly OutputLink[];
}

export interface OutputLink {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  /** Registered as ours: whatever is there may be replaced. */
  readonly ours: boolean;
  /** Written before by the same owner, so an unchanged folder proves that a symbolic link is unchanged. */
  readonly known: boolean;
}

/** The files to write for one task. */
export interface OutputPlan {
  /** Absolute path of the output folder. */
  readonly root: string;
  /** The kind of links; if hard links are impossible, symbolic ones are created. */
  readonly links: LinkKind;
  readonly texts: readonly OutputText[];
  /** Stats of texts and of folders of links when all were last known to be right, by path in the output folder. */
  readonly before: ReadonlyMap<string, FileStat>;
}

export interface WrittenOutput {
  /** Paths that are in place now. */
  readonly written: readonly string[];
  /** The current stats, as in `before`. */
  readonly fileStats: ReadonlyMap<string, FileStat>;
  /**
   * Texts that existed before and got or lost a hard link, so that the records of other tasks about them are
   * outdated.
   */
  readonly linked: readonly string[];
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

/**
 * Places the files of several tasks; returns one answer for each. `placed` are the stats of texts that the same build has
 * placed for other tasks: only their ctime may have changed since.
 */
export function writeOutputs(
  plans: readonly OutputPlan[],
  placed: ReadonlyMap<string, FileStat>,
  files: FileSystem,
): WrittenOutput[] {
  const known = new Map(placed);
  return plans.map((plan) => {
    const written = new Writer(plan, known, files).writeAll();
    for (const { file } of plan.texts) {
      const stat = written.fileStats.get(file);
      if (stat !== undefined) known.set(file, stat);
    }
    return written;
  });
}

/** A text that is being written. */
interface PlacedText {
  readonly path: string;
  readonly content: Uint8Array;
  /** Whether it was written now. */
  readonly isNew: boolean;
  /** Its stat when its content was known to be right; null if it is not. */
  readonly checked: FileStat | null;
  /** Its stat; null if it may have changed since it was last read. */
  now: FileStat | null;
  /** Whether it got or lost a hard link. */
  isLinked: boolean;
}

class Writer {
  private readonly written: string[] = [];
  private readonly fileStats = new Map<string, FileStat>();
  private readonly linked: string[] = [];
  private readonly problems: OutputProblem[] = [];
  private readonly intact = new Map<string, boolean>();
  private readonly folders = new Set<string>();
  private changed = 0;

  constructor(
    private readonly plan: OutputPlan,
    private readonly placed: ReadonlyMap<string, FileStat>,
    private readonly files: FileSystem,
  ) {}

  writeAll(): WrittenOutput {
    for (const wanted of this.plan.texts) {
      const text = this.placeText(wanted);
      for (const link of wanted.links) {
        const target = '../'.repeat(link.file.split('/').length - 1) + wanted.file;
        if (this.isLeft(link, text) || this.placeLink(link, text, target)) {
          this.written.push(link.file);
          this.folders.add(parentOf(link.file));
        }
      }
      this.recordText(wanted.file, text, this.lookAt(text));
    }
    // Last, because every new link changes its folder.
    for (const folder of this.folders) {
      const stat = this.files.statLink(this.pathOf(folder));
      if (!(stat instanceof FileProblem)) this.fileStats.set(folder, stat);
    }
    const { written, fileStats, linked, changed, problems } = this;
    return { written, fileStats, linked, changed, problems };
  }

  private placeText({ file, text, ours }: OutputText): PlacedText {
    const { files, plan } = this;
    const path = this.pathOf(file);
    const content = Buffer.from(text, 'utf8');
    const placed = { path, content, isNew: false, isLinked: false };
    const now = files.statLink(path);
    if (!(now instanceof FileProblem)) {
      const before = plan.before.get(file);
      if (before !== undefined && sameStat(now, before)) return { ...placed, checked: now, now };
      const other = this.placed.get(file);
      if (other !== undefined && isUnedited(now, other)) return { ...placed, checked: other, now };
      if (holdsContent(files, path, content)) return { ...placed, checked: now, now };
      if (!ours || now.kind === 'folder') {
        this.foreign(file);
        return { ...placed, checked: null, now };
      }
    }
    const checked = this.write(file, path, content);
    return { ...placed, isNew: true, checked, now: checked };
  }

  /**
   * Returns the stat of the written file, which distinguishes it from a file that another process writes there.
   */
  private write(file: string, path: string, content: Uint8Array): FileStat | null {
    const problem = writeAtomically(this.files, path, content);
    if (problem === null) this.changed++;
    const stat = problem ?? this.files.statLink(path);
    if (stat instanceof FileProblem) {
      this.failed(file, stat);
      return null;
    }
    return stat.kind === 'file' && stat.size === content.length ? stat : null;
  }

  /**
   * Records the text with its stat after its last link was created. If more than the ctime has changed since its
   * content was known, the earlier stat is recorded, so that the next build checks it again.
   */
  private recordText(file: string, { checked, isNew, isLinked }: PlacedText, now: FileStat | null): void {
    if (checked === null) return;
    // The text that another task wrote was not read for this one.
    const isKnown = checked !== this.placed.get(file) && now !== null && isUnedited(now, checked);
    this.fileStats.set(file, isKnown ? now : checked);
    this.written.push(file);
    if (isLinked && !isNew) this.linked.push(file);
  }

  private lookAt(text: PlacedText): FileStat | null {
    if (text.now === null) {
      const stat = this.files.statLink(text.path);
      if (stat instanceof FileProblem) return null;
      text.now = stat;
    }
    return text.now;
  }

  /** Whether a registered link is unchanged. */
  private isLeft({ file, known }: OutputLink, text: PlacedText): boolean {
    if (!known) return false;
    const stat = this.files.statLink(this.pathOf(file));
    if (stat instanceof FileProblem) return false;
    if (this.isHard(text)) return this.isLinkTo(text, stat);
    // A copy that replaces a link may have been edited, and its folder would not tell.
    return stat.kind === 'link' && this.isIntact(parentOf(file));
  }

  /** Whether links to this text should be hard links. */
  private isHard({ checked }: PlacedText): boolean {
    return checked !== null && this.plan.links === 'hard';
  }

  /** Whether a file with this stat is the text under another name. */
  private isLinkTo(text: PlacedText, stat: FileStat): boolean {
    const now = stat.kind === 'file' ? this.lookAt(text) : null;
    return now !== null && isSameFile(stat, now);
  }

  /** Whether a folder is unchanged, and so its symbolic links. */
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

  /** Puts a link in place, or a copy of its target if links are not possible; returns whether it is there. */
  private placeLink(link: OutputLink, text: PlacedText, target: string): boolean {
    const { files } = this;
    const path = this.pathOf(link.file);
    // Creating a link is atomic, and most links are new.
    let problem = this.makeLink(path, text, target);
    if (problem?.absent)
      problem = files.makeFolder(this.pathOf(parentOf(link.file))) ?? this.makeLink(path, text, target);
    // The text itself may be missing; a symbolic link can exist without it.
    if (problem?.absent) problem = files.link(path, target);
    if (problem === null) {
      failPoint('link in place');
      this.changed++;
      return true;
    }
    if (problem.code !== 'EEXIST' && !NO_LINKS.has(problem.code)) return this.failed(link.file, problem);
    return this.replace(link, text, target);
  }

  /** Creates a link that must not exist yet; a symbolic one if the system refuses a hard one. */
  private makeLink(path: string, text: PlacedText, target: string): FileProblem | null {
    if (this.isHard(text)) {
      const problem = this.files.hardLink(path, text.path);
      if (problem === null) this.noteHardLink(text);
      if (problem === null || problem.absent || problem.code === 'EEXIST') return problem;
    }
    return this.files.link(path, target);
  }

  /** The text gets or loses a hard link, which changes its ctime. */
  private noteHardLink(text: PlacedText): void {
    text.isLinked = true;
    text.now = null;
  }

  /** Replaces a file by a link, or by a copy if links are impossible. */
  private replace({ file, ours }: OutputLink, text: PlacedText, target: string): boolean {
    const { files } = this;
    const { content } = text;
    const path = this.pathOf(file);
    const stat = files.statLink(path);
    if (!(stat instanceof FileProblem)) {
      if (this.isLinkTo(text, stat)) {
        if (this.isHard(text)) return true;
        // The text loses this link.
        this.noteHardLink(text);
      }
      const isRight = stat.kind === 'link' && files.readLink(path) === target;
      if (isRight && !this.isHard(text)) return true;
      if (!isRight && !holdsContent(files, path, content) && (!ours || stat.kind === 'folder'))
        return this.foreign(file);
      if (this.isHard(text) && replaceByHardLink(files, path, text.path) === null) {
        this.noteHardLink(text);
        this.changed++;
        return true;
      }
      // Without the text, another name of the former text is the best replacement.
      if (isRight || (text.checked === null && this.plan.links === 'hard' && stat.kind === 'file'))
        return true;
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

/** Whether nothing but the ctime has changed, as when the file got or lost a hard link. */
function isUnedited(now: FileStat, was: FileStat): boolean {
  return sameStat(now, { ...was, ctimeMs: now.ctimeMs });
}
