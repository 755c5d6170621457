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
import { textName } from '../workspace/output/published-path.js';
import { RemovalLooks } from '../workspace/output/removal-looks.js';
import type { LinkKind, OutputPlan, OutputText, WrittenOutput } from '../workspace/output/write-output.js';
import type { NamedPath } from '../workspace/paths.js';
import { insideOf } from '../workspace/paths.js';
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
    /** The kind of links. */
    readonly links: LinkKind;
    readonly files: FileSystem;
    readonly store: PublishedStore;
    /** The store's name for a task of this workspace; other workspaces may publish to the same folder. */
    ownerOf(task: string): string;
    /** Writes the files of a task together with those of others; resolves with the CPU time. */
    place(placing: Placing): Promise<number>;
    /** Files that tasks have registered but not written yet; somebody else's file may be there. */
    readonly unproven: Set<string>;
    /** Called in the transaction that registers further files of a task. */
    extended(task: string): void;
    /** Texts that got or lost a hard link after they were recorded. */
    moved(texts: Iterable<string>): void;
    /** Runs `body` as one transaction of the store. */
    transaction(body: () => void): void;
    report(diagnostic: Diagnostic): void;
  };
}

/** The steps of publishing a task, in their order. */
export interface Placing {
  readonly task: string;
  /** Number of texts and links. */
  readonly files: number;
  /** The files to write. */
  prepare(): OutputPlan;
  /** Registers the names that are new, in a transaction; null if none are. */
  readonly register: (() => void) | null;
  /** Gets the written files. */
  accept(written: WrittenOutput): void;
  /** Removes files that are no longer wanted, in a transaction; null if there are none. */
  readonly settle: (() => void) | null;
  end(): void;
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
    const wanted = [...publicationsOf(subject, context.keep), ...differPublications(subject, differs)];
    const cpuMs = await context.place(new TaskPlacing(subject, wanted, context));
    const isChanged = subject.publishedChanged > 0;
    return { hits: isChanged ? 0 : 1, misses: isChanged ? 1 : 0, cpuMs };
  },
};

function filesOf(wanted: readonly Publication[]): string[] {
  return wanted.flatMap(({ file, link }) => [file, link]);
}

/** Publishes the files of one task. */
class TaskPlacing implements Placing {
  private readonly registry: Registry;
  private fileStats = new Map<string, FileStat>();

  constructor(
    private readonly subject: TaskSubject,
    private readonly wanted: readonly Publication[],
    private readonly context: PublishContext['publish'],
  ) {
    this.registry = new Registry(context, subject.task.id, filesOf(wanted));
  }

  get task(): string {
    return this.subject.task.id;
  }

  get files(): number {
    return this.wanted.length * 2;
  }

  prepare(): OutputPlan {
    const { out, links } = this.context;
    const texts = this.registry.look(this.wanted);
    return { root: out.path, links, texts, before: this.subject.publishedBefore };
  }

  get register(): (() => void) | null {
    return this.registry.hasFresh ? () => this.registry.register() : null;
  }

  accept({ written, fileStats, linked, changed, problems }: WrittenOutput): void {
    const { context, subject } = this;
    for (const { file, ...problem } of problems) {
      context.report({ ...problem, file: `${context.out.name}/${file}`, line: null, column: null });
    }
    context.moved(linked);
    this.fileStats = new Map(fileStats);
    this.registry.accept(written);
    subject.publishedCount = written.length;
    subject.publishedChanged = changed;
  }

  get settle(): (() => void) | null {
    return this.registry.hasRest ? () => this.registry.settle(this.fileStats) : null;
  }

  end(): void {
    const { subject, registry, wanted } = this;
    registry.end();
    subject.published = this.fileStats;
    subject.publishedWanted = filesOf(wanted).length + registry.unremoved;
    subject.publishedChanged += registry.removed;
  }
}

/**
 * Removes all published files of `task` after the task itself has been removed. Returns the number of removed files.
 */
export function withdraw(context: PublishContext['publish'], task: string): number {
  const registry = new Registry(context, task, []);
  if (!registry.hasRest) return 0;
  context.transaction(() => registry.settle(new Map()));
  failPoint('stale names forgotten');
  registry.end();
  return registry.removed;
}

/** The store's record of the published files of one owner, and its changes. */
class Registry {
  private readonly owner: string;
  private registered: ReadonlySet<string>;
  private fresh: readonly string[] = [];
  /** Files that were not registered before. */
  private unproven: readonly string[] = [];
  private inPlace: ReadonlySet<string> = new Set();
  private looks: RemovalLooks | null = null;
  removed = 0;
  /** Files that could not be removed; null before the removal. */
  private refused: number | null = null;

  constructor(
    private readonly context: PublishContext['publish'],
    private readonly task: string,
    /** The wanted files: texts and links. */
    private readonly wanted: readonly string[],
  ) {
    this.owner = context.ownerOf(task);
    this.registered = new Set(context.store.filesOf(context.out.path, this.owner));
  }

  /** The state of the files before they are registered. */
  look(wanted: readonly Publication[]): OutputText[] {
    const { store, out, unproven } = this.context;
    this.registered = new Set(store.filesOf(out.path, this.owner));
    this.fresh = this.wanted.filter((file) => !this.registered.has(file));
    const known = (file: string) => this.registered.has(file);
    // A file that another task has published is ours too, but not one that is only registered.
    const ours = (file: string) => known(file) || (!unproven.has(file) && store.isOurs(out.path, file));
    const texts = wanted.map(({ file, text, link }) => {
      const links = [{ file: link, ours: ours(link), known: known(link) }];
      return { file, text, ours: ours(file), links };
    });
    const all = texts.flatMap((text) => [text, ...text.links]);
    this.unproven = all.flatMap(({ file, ours: isOurs }) => (isOurs ? [] : [file]));
    for (const file of this.unproven) unproven.add(file);
    return texts;
  }

  get hasFresh(): boolean {
    return this.fresh.length > 0;
  }

  /** Registers the files with the store before they are written. */
  register(): void {
    const { store, out } = this.context;
    store.add(out.path, this.owner, this.fresh);
    this.context.extended(this.task);
    failPoint('names in transaction');
  }

  /** These files are in place. */
  accept(written: readonly string[]): void {
    this.inPlace = new Set(written);
  }

  private get stale(): string[] {
    const wanted = new Set(this.wanted);
    return [...this.registered].filter((file) => !wanted.has(file)).sort();
  }

  private get unwritten(): string[] {
    return this.fresh.filter((file) => !this.inPlace.has(file));
  }

  /** Whether there is something to remove or to unregister. */
  get hasRest(): boolean {
    return this.stale.length > 0 || this.unwritten.length > 0;
  }

  /** Files that could not be removed stay registered, so that the next build tries again. */
  get unremoved(): number {
    return this.refused ?? this.stale.length;
  }

  /**
   * Removes files that are no longer wanted; unregisters them, and those that could not be written. In one transaction:
   * no process can start to need a file between the check and its removal. `fileStats` are kept right.
   */
  settle(fileStats: Map<string, FileStat>): void {
    const { store, out, files } = this.context;
    const forgotten = this.unwritten;
    this.looks = new RemovalLooks(out.path, fileStats, files);
    this.refused = 0;
    for (const file of this.stale) {
      // Another task may publish the same program.
      const gone = store.isNeededElsewhere(out.path, file, this.owner)
        ? 'needed'
        : this.remove(file, this.looks);
      if (gone === 'refused') this.refused++;
      else forgotten.push(file);
      if (gone === 'removed') {
        this.removed++;
        failPoint('stale file removed');
      }
    }
    store.remove(out.path, this.owner, forgotten);
  }

  /** Records the stats after all removals. */
  end(): void {
    for (const file of this.unproven) this.context.unproven.delete(file);
    this.looks?.record();
    this.context.moved(this.looks?.unlinked ?? []);
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
