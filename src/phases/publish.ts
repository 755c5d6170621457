/**
 * Phase 7, publish: the best programs of a task as files (pipeline.md, "Published layout").
 *
 * The order of steps is such that a kill at any moment leaves no unregistered file. First the store registers the
 * files that are to be written. Then the files are written, each atomically by rename. Then stale files are removed,
 * and the store forgets them.
 */

import type { Diagnostic } from '../diagnostic.js';
import { failPoint } from '../fail-points.js';
import type { PublishedStore } from '../store/tables/published-store.js';
import { pathPartOf } from '../task/path-part.js';
import { removeWithEmptyFolders } from '../workspace/atomic-files.js';
import { FileProblem, type FileStat, type FileSystem } from '../workspace/file-system.js';
import type { NamedPath } from '../workspace/paths.js';
import { insideOf } from '../workspace/paths.js';
import { textName } from '../workspace/output/published-path.js';
import { RemovalLooks } from '../workspace/output/removal-looks.js';
import type { LinkKind, OutputPlan, OutputText, WrittenOutput } from '../workspace/output/write-output.js';
import type { DirectPhase } from './phase.js';
import type { DifferSet } from './subject/differ.js';
import { rankPrograms, tLog } from './subject/ranking.js';
import type { TaskProgram, TaskSubject } from './subject/task-subject.js';

/** A text in the output folder, and the link to it in the folder of a task. */
export interface Publication {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Relative to the output folder, with `/`. */
  readonly link: string;
}

export interface PublishContext {
  readonly differs: DifferSet;
  readonly publish: {
    readonly out: NamedPath;
    /** Maximum number of published programs of a task. */
    readonly keep: number;
    /** What the links are to be. */
    readonly links: LinkKind;
    readonly files: FileSystem;
    readonly store: PublishedStore;
    /** The store's name for a task of this workspace; other workspaces may publish to the same folder. */
    ownerOf(task: string): string;
    /** Writes files, on this thread or on a worker; resolves with the CPU time used. */
    write(
      task: string,
      plan: Omit<OutputPlan, 'placed'>,
    ): Promise<WrittenOutput & { readonly cpuMs: number }>;
    /** Texts that got or lost a hard link after they were recorded. */
    moved(texts: Iterable<string>): void;
    /** Runs `body` as one transaction of the store. */
    transaction(body: () => void): void;
    report(diagnostic: Diagnostic): void;
  };
}

/** The published programs of a task, best first: at most `keep`, of those that gave a grid on some sample. */
export function publishedPrograms(subject: TaskSubject, keep: number): TaskProgram[] {
  const ranked = rankPrograms(subject).filter((program) =>
    program.outcomes.some(({ status }) => status === 'ok'),
  );
  // The order of removal: the worst by o_score first, then by t_log.
  ranked.sort((a, b) => b.oScore - a.oScore || tLog(b.worstCost) - tLog(a.worstCost));
  return ranked.slice(0, keep);
}

export function publicationsOf(subject: TaskSubject, keep: number): Publication[] {
  return publishedPrograms(subject, keep).map((program) => {
    const text = (program.inlined as NonNullable<TaskProgram['inlined']>).text;
    const name = textName(text);
    const folder = `solver_dir/solve_${pathPartOf(subject.task.id)}/${program.oScore}/${tLog(program.worstCost)}`;
    return { file: `solver_md5/${name}`, text, link: `${folder}/${name}` };
  });
}

function differPublications(subject: TaskSubject, { differs }: DifferSet): Publication[] {
  return differs.map((differ, k) => {
    const costs = subject.programs.map(({ score }) => score?.differs[k].worstCost ?? 0);
    const worst = costs.reduce((most, cost) => Math.max(most, cost), 0);
    const name = textName(differ.text);
    const folder = `differ_dir/solve_${pathPartOf(subject.task.id)}/${subject.sScores[k]}/${tLog(worst)}`;
    return { file: `differ_md5/${name}`, text: differ.text, link: `${folder}/${name}` };
  });
}

export const publish: DirectPhase<TaskSubject, PublishContext> = {
  kind: 'direct',
  name: 'publish',
  exclusive: true,
  async apply(subject, { publish: context, differs }) {
    const startedAt = performance.now();
    const wanted = [...publicationsOf(subject, context.keep), ...differPublications(subject, differs)];
    const registry = new Registry(context, context.ownerOf(subject.task.id));
    const texts = registry.register(wanted);
    const registeredMs = performance.now() - startedAt;
    const { out, links } = context;
    const plan = { root: out.path, links, texts, before: subject.publishedBefore };
    const written = await context.write(subject.task.id, plan);
    const placedAt = performance.now();
    failPoint('files in place');
    for (const { file, ...problem } of written.problems) {
      context.report({ ...problem, file: `${out.name}/${file}`, line: null, column: null });
    }
    const fileStats = new Map(written.fileStats);
    const { removed, unremoved } = registry.settle(wanted, written.written, fileStats);
    context.moved(written.linked);
    subject.published = fileStats;
    subject.publishedCount = written.written.length;
    subject.publishedWanted = filesOf(wanted).length + unremoved;
    subject.publishedChanged = written.changed + removed;
    const cpuMs = registeredMs + written.cpuMs + performance.now() - placedAt;
    return {
      hits: subject.publishedChanged > 0 ? 0 : 1,
      misses: subject.publishedChanged > 0 ? 1 : 0,
      cpuMs,
    };
  },
};

function filesOf(wanted: readonly Publication[]): string[] {
  return wanted.flatMap(({ file, link }) => [file, link]);
}

/**
 * Removes all published files of `task` after the task itself has been removed. Returns the number of removed files.
 */
export function withdraw(context: PublishContext['publish'], task: string): number {
  return new Registry(context, context.ownerOf(task)).settle([], [], new Map()).removed;
}

/** The store's record of the published files of one owner, and its changes. */
class Registry {
  private readonly registered: ReadonlySet<string>;
  private fresh: readonly string[] = [];

  constructor(
    private readonly context: PublishContext['publish'],
    private readonly owner: string,
  ) {
    this.registered = new Set(context.store.filesOf(context.out.path, owner));
  }

  /** Registers the files with the store before they are written. */
  register(wanted: readonly Publication[]): OutputText[] {
    const { store, out } = this.context;
    this.fresh = filesOf(wanted).filter((file) => !this.registered.has(file));
    const known = (file: string) => this.registered.has(file);
    // A file that another task published is ours too. This must be asked before the new names are registered.
    const ours = (file: string) => known(file) || store.isOurs(out.path, file);
    const texts = wanted.map(({ file, text, link }) => {
      const links = [{ file: link, ours: ours(link), known: known(link) }];
      return { file, text, ours: ours(file), links };
    });
    if (this.fresh.length > 0) {
      this.context.transaction(() => {
        store.add(out.path, this.owner, this.fresh);
        failPoint('names in transaction');
      });
      failPoint('names stored');
    }
    return texts;
  }

  /**
   * Removes files that are no longer wanted; unregisters them, and those that could not be written. Stats that this
   * changes are brought up to date.
   */
  settle(
    wanted: readonly Publication[],
    written: readonly string[],
    fileStats: Map<string, FileStat>,
  ): { removed: number; unremoved: number } {
    const { store, out, files, moved } = this.context;
    const inPlace = new Set(written);
    const forgotten = this.fresh.filter((file) => !inPlace.has(file));
    const kept = new Set(filesOf(wanted));
    const stale = [...this.registered].filter((file) => !kept.has(file)).sort();
    let removed = 0;
    // Files that could not be removed stay registered, so that the next build tries again.
    let unremoved = stale.length;
    if (stale.length === 0 && forgotten.length === 0) return { removed, unremoved };
    const looks = new RemovalLooks(out.path, fileStats, files);
    // In one transaction: no process can start to need a file between the check and its removal.
    this.context.transaction(() => {
      unremoved = 0;
      for (const file of stale) {
        // Another task may publish the same program.
        const gone = store.isNeededElsewhere(out.path, file, this.owner) ? 'needed' : this.remove(file, looks);
        if (gone === 'refused') unremoved++;
        else forgotten.push(file);
        if (gone === 'removed') {
          removed++;
          failPoint('stale file removed');
        }
      }
      store.remove(out.path, this.owner, forgotten);
    });
    failPoint('stale names forgotten');
    looks.record();
    moved(looks.unlinked);
    return { removed, unremoved };
  }

  /** Removes a file that battbuild published. */
  private remove(file: string, looks: RemovalLooks): 'removed' | 'absent' | 'refused' {
    const { files, out, report } = this.context;
    const path = insideOf(out.path, file);
    const stat = path === null ? null : files.statLink(path);
    // A file that somebody else put there stays.
    if (path === null || stat === null || (!(stat instanceof FileProblem) && stat.kind === 'folder'))
      return 'absent';
    if (!(stat instanceof FileProblem)) looks.before(file, stat);
    const problem = removeWithEmptyFolders(files, out.path, path);
    if (problem === null) return stat instanceof FileProblem ? 'absent' : 'removed';
    const message = `could not be removed: ${problem.describe()}`;
    const place = { file: `${out.name}/${file}`, line: null, column: null };
    report({ code: 'OUT002', severity: 'error', ...place, message, hint: null });
    return 'refused';
  }
}
