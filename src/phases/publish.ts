/**
 * Phase 7, publish: the best programs of a task as files (pipeline.md, "Published layout").
 *
 * Order, so that a kill at any moment leaves no file that nobody knows: the store learns which files will be ours, the
 * files are written (each at once, by rename), stale ones are removed, the store forgets those.
 */
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostic.js';
import type { PublishedStore } from '../store/published-store.js';
import { FileProblem, type FileStat, type FileSystem, sameStat } from '../workspace/file-system.js';
import type { NamedPath } from '../workspace/paths.js';
import { insideOf } from '../workspace/paths.js';
import {
  holdsContent,
  linkAtomically,
  NO_LINKS,
  removeWithEmptyFolders,
  writeAtomically,
} from '../workspace/placement.js';
import type { DifferSet } from './differ.js';
import type { DirectPhase } from './phase.js';
import { rankPrograms, tLog } from './ranking.js';
import type { TaskProgram, TaskSubject } from './task-subject.js';

/** A file below the output folder: text, or a link to a text file. */
export interface Publication {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  /** The file's text, or null for a link. */
  readonly text: string | null;
  /** For a link: where it leads, relative to its folder. */
  readonly target: string | null;
}

export interface PublishContext {
  readonly differs: DifferSet;
  readonly publish: {
    readonly out: NamedPath;
    /** Programs that a task keeps at most. */
    readonly keep: number;
    readonly files: FileSystem;
    readonly store: PublishedStore;
    /** Names a task of this workspace to the store, where other workspaces may publish to the same folder. */
    ownerOf(task: string): string;
    /** Runs `body` as one transaction of the store. */
    transaction(body: () => void): void;
    report(diagnostic: Diagnostic): void;
  };
}

/** The programs of a task that are published, best first: at most `keep`, of those that gave some grid. */
export function publishedPrograms(subject: TaskSubject, keep: number): TaskProgram[] {
  const ranked = rankPrograms(subject).filter((program) =>
    program.outcomes.some(({ status }) => status === 'ok'),
  );
  // What must leave first: the worst by o_score, then by t_log.
  ranked.sort((a, b) => b.oScore - a.oScore || tLog(b.worstCost) - tLog(a.worstCost));
  return ranked.slice(0, keep);
}

export function publicationsOf(subject: TaskSubject, keep: number): Publication[] {
  return publishedPrograms(subject, keep).flatMap((program) => {
    const text = (program.inlined as NonNullable<TaskProgram['inlined']>).text;
    const name = fileNameOf(text);
    const folder = `solver_dir/solve_${subject.task.id}/${program.oScore}/${tLog(program.worstCost)}`;
    return [
      { file: `solver_md5/${name}`, text, target: null },
      { file: `${folder}/${name}`, text: null, target: `../../../../solver_md5/${name}` },
    ];
  });
}

function differPublications(subject: TaskSubject, { differs }: DifferSet): Publication[] {
  return differs.flatMap((differ, k) => {
    const costs = subject.programs.map(({ score }) => score?.differs[k].worstCost ?? 0);
    const worst = costs.reduce((most, cost) => Math.max(most, cost), 0);
    const name = fileNameOf(differ.text);
    const folder = `differ_dir/solve_${subject.task.id}/${subject.sScores[k]}/${tLog(worst)}`;
    return [
      { file: `differ_md5/${name}`, text: differ.text, target: null },
      { file: `${folder}/${name}`, text: null, target: `../../../../differ_md5/${name}` },
    ];
  });
}

function fileNameOf(text: string): string {
  return `${createHash('md5').update(text).digest('hex')}.py`;
}

export const publish: DirectPhase<TaskSubject, PublishContext> = {
  kind: 'direct',
  name: 'publish',
  apply(subject, { publish: context, differs }) {
    const publisher = new Publisher(context, context.ownerOf(subject.task.id));
    const wanted = [...publicationsOf(subject, context.keep), ...differPublications(subject, differs)];
    const changed = publisher.publish(wanted, subject.publishedBefore);
    subject.publishedWanted = wanted.length + publisher.unremoved;
    subject.published = publisher.looks;
    subject.publishedCount = publisher.placed.size;
    subject.publishedChanged = changed;
    return changed > 0 ? { hits: 0, misses: 1 } : { hits: 1, misses: 0 };
  },
};

/** Removes everything that `task` published, when the task itself is gone. Returns the number of files removed. */
export function withdraw(context: PublishContext['publish'], task: string): number {
  return new Publisher(context, context.ownerOf(task)).publish([], new Map());
}

class Publisher {
  /** Paths below the output folder of all that is in place. */
  readonly placed = new Set<string>();
  /** Stats of texts in place and of folders that hold links in place, by path below the output folder. */
  readonly looks = new Map<string, FileStat>();
  /** Files that should be gone and could not be removed; they stay known as ours, and the next build tries again. */
  unremoved = 0;
  private changed = 0;

  constructor(
    private readonly context: PublishContext['publish'],
    private readonly owner: string,
  ) {}

  publish(wanted: readonly Publication[], before: ReadonlyMap<string, FileStat>): number {
    const { store, out } = this.context;
    const registered = new Set(store.filesOf(out.path, this.owner));
    const fresh = wanted.map(({ file }) => file).filter((file) => !registered.has(file));
    // What another task published is ours as well. Asked before the new names are registered.
    const ours = new Set([...registered, ...fresh.filter((file) => store.isOurs(out.path, file))]);
    if (fresh.length > 0) this.context.transaction(() => store.add(out.path, this.owner, fresh));
    const texts = new Map(wanted.map(({ file, text }) => [file, text]));
    const isIntact = this.intactFolders(before);
    for (const { file, text, target } of wanted) {
      if (target === null)
        this.placeText(file, Buffer.from(text ?? '', 'utf8'), ours.has(file), before.get(file));
      else if (isIntact(parentOf(file)) && registered.has(file)) this.placed.add(file);
      else
        this.placeLink(file, target, Buffer.from(texts.get(fileOfLink(file)) ?? '', 'utf8'), ours.has(file));
    }

    const forgotten = fresh.filter((file) => !this.placed.has(file));
    const kept = new Set(wanted.map(({ file }) => file));
    for (const file of [...registered].filter((one) => !kept.has(one)).sort()) {
      // Another task may publish the same program.
      if (store.isNeededElsewhere(out.path, file, this.owner) || this.remove(file)) forgotten.push(file);
      else this.unremoved++;
    }
    if (forgotten.length > 0) this.context.transaction(() => store.remove(out.path, this.owner, forgotten));
    this.lookAtFolders(wanted);
    return this.changed;
  }

  /** Tells of folders that are as they were left, so that their links are too. */
  private intactFolders(before: ReadonlyMap<string, FileStat>): (folder: string) => boolean {
    const known = new Map<string, boolean>();
    return (folder) => {
      let intact = known.get(folder);
      if (intact === undefined) {
        const was = before.get(folder);
        const now = was === undefined ? undefined : this.context.files.statLink(this.pathOf(folder));
        intact =
          was !== undefined && now !== undefined && !(now instanceof FileProblem) && sameStat(now, was);
        known.set(folder, intact);
      }
      return intact;
    };
  }

  /** Last, since every link that is made or removed changes its folder. */
  private lookAtFolders(wanted: readonly Publication[]): void {
    const folders = new Set<string>();
    for (const { file, target } of wanted)
      if (target !== null && this.placed.has(file)) folders.add(parentOf(file));
    for (const folder of folders) {
      const stat = this.context.files.statLink(this.pathOf(folder));
      if (!(stat instanceof FileProblem)) this.looks.set(folder, stat);
    }
  }

  /** Puts a text in place. `before` is its stat when it was last known to be right. */
  private placeText(file: string, content: Uint8Array, isOurs: boolean, before: FileStat | undefined): void {
    const { files } = this.context;
    const path = this.pathOf(file);
    let stat = files.statLink(path);
    if (!(stat instanceof FileProblem)) {
      const known = before !== undefined && sameStat(stat, before);
      if (!known && !holdsContent(files, path, content)) {
        if (!isOurs || stat.kind === 'folder') {
          this.foreign(file);
          return;
        }
        stat = this.writeText(path, content);
      }
    } else stat = this.writeText(path, content);
    if (stat instanceof FileProblem)
      this.report('OUT002', file, `could not be published: ${stat.describe()}`, {});
    else {
      this.looks.set(file, stat);
      this.placed.add(file);
    }
  }

  private writeText(path: string, content: Uint8Array): FileStat | FileProblem {
    const { files } = this.context;
    const problem = writeAtomically(files, path, content);
    if (problem !== null) return problem;
    this.changed++;
    return files.statLink(path);
  }

  /** Puts a link in place, or a copy of what it leads to where links cannot be made. */
  private placeLink(file: string, target: string, content: Uint8Array, isOurs: boolean): void {
    const { files } = this.context;
    const path = this.pathOf(file);
    // Making a link is atomic by itself, and most are new.
    let problem = files.link(path, target);
    if (problem?.absent) problem = files.makeFolder(this.pathOf(parentOf(file))) ?? files.link(path, target);
    if (problem === null) this.changed++;
    else if (problem.code === 'EEXIST' || NO_LINKS.has(problem.code)) {
      const stat = files.statLink(path);
      const present = !(stat instanceof FileProblem);
      if (!(present && files.readLink(path) === target)) {
        const isCopy = holdsContent(files, path, content);
        if (present && !isCopy && (!isOurs || stat.kind === 'folder')) {
          this.foreign(file);
          return;
        }
        const placed = linkAtomically(files, path, target, content);
        if (placed instanceof FileProblem) {
          this.report('OUT002', file, `could not be published: ${placed.describe()}`, {});
          return;
        }
        if (placed === 'copied')
          this.report('OUT004', file, 'a copy, since links cannot be made', { severity: 'warning' });
        if (placed !== 'unchanged') this.changed++;
      }
    } else {
      this.report('OUT002', file, `could not be published: ${problem.describe()}`, {});
      return;
    }
    const stat = NO_LINKS.has(problem?.code ?? '') ? files.statLink(path) : null;
    // A copy can be edited in place: its own stat is what tells.
    if (stat !== null && !(stat instanceof FileProblem) && stat.kind === 'file') this.looks.set(file, stat);
    this.placed.add(file);
  }

  private foreign(file: string): void {
    this.report(
      'OUT001',
      file,
      'something that battbuild did not write stands in the place of a published file',
      {
        hint: 'it was left as it is: move it away, or choose another output folder (--out)',
      },
    );
  }

  /** Removes a file that is ours; false when it is still there. */
  private remove(file: string): boolean {
    const path = this.pathOf(file);
    const stat = this.context.files.statLink(path);
    // What somebody put in its place is not ours.
    if (!(stat instanceof FileProblem) && stat.kind === 'folder') return true;
    const problem = removeWithEmptyFolders(this.context.files, this.context.out.path, path);
    if (problem !== null) this.report('OUT002', file, `could not be removed: ${problem.describe()}`, {});
    else if (!(stat instanceof FileProblem)) this.changed++;
    return problem === null;
  }

  /** Names come from task ids, digests and numbers only; that none leads out of the folder is checked all the same. */
  private pathOf(file: string): string {
    const path = insideOf(this.context.out.path, file);
    if (path === null) throw new Error(`${file} would lie outside the output folder`);
    return path;
  }

  private report(
    code: Diagnostic['code'],
    file: string,
    message: string,
    { severity = 'error', hint = null }: Partial<Pick<Diagnostic, 'severity' | 'hint'>>,
  ): void {
    const name = `${this.context.out.name}/${file}`;
    this.context.report({ code, severity, file: name, line: null, column: null, message, hint });
  }
}

function parentOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

/** The text file that a link of the published layout leads to. */
function fileOfLink(link: string): string {
  const folder = link.startsWith('differ_dir/') ? 'differ_md5' : 'solver_md5';
  return `${folder}/${link.slice(link.lastIndexOf('/') + 1)}`;
}
