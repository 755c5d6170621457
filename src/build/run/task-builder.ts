/**
 * Builds the selected tasks: skips those that are complete and unchanged, and takes the others through the phases.
 */

import type { Diagnostic } from '../../diagnostic.js';
import { CellTimes } from '../../distribution/cell-times.js';
import { troubleFrom } from '../../distribution/troubles.js';
import { newSha256 } from '../../encoding/digest.js';
import type { QueueUse } from '../../observe/event.js';
import { actionKey } from '../../phases/key.js';
import { type TaskContext, taskPhases } from '../../phases/phases.js';
import { type Placing, type PublishContext, publish, withdraw } from '../../phases/publish.js';
import { type Candidate, type Cell, TaskSubject } from '../../phases/subject/task-subject.js';
import { validate } from '../../phases/validate.js';
import { stopwatch } from '../../stopwatch.js';
import { digestTask, type TaskDigests } from '../../task/task-digest.js';
import type { Workers } from '../../workers/workers.js';
import type { RunCauses } from '../causes/run-causes.js';
import type { Catalog } from '../inputs/catalog.js';
import type { Claim } from '../inputs/claim.js';
import { Parents } from '../inputs/parents.js';
import type { BuildOptions, Stopping } from '../options.js';
import type { PublishedLook } from '../record/published-look.js';
import { recordedTask } from '../record/recorded-task.js';
import { resultOf, type TaskResult } from '../record/task-result.js';
import type { TaskState } from '../record/task-state.js';
import { budgetOf, publishesWith, workspaceName } from '../selection/selection.js';
import type { BuildEnvironment } from '../session/session.js';
import type { WarmState } from '../session/warm-state.js';
import { YoungSpace } from '../session/young-space.js';
import { Evaluator, type EvaluatorOptions } from './evaluator.js';
import type { Leases } from './leases.js';
import { OutputWriter } from './placing/output-writer.js';
import { PublishQueue } from './placing/publish-queue.js';
import { QueueCounters } from './queue-counters.js';
import { type Run, runPhases } from './run-phases.js';
import { stopRuleOf } from './stop-rule.js';
import { TaskLanes } from './task-lanes.js';
import type { TaskRecorder } from './task-recorder.js';
import type { WorkerSpan } from './worker-spans.js';

export interface TaskBuilderOptions {
  readonly options: BuildOptions;
  readonly world: BuildEnvironment;
  readonly warm: WarmState | null;
  /** Of the build, or of all builds of a process. */
  readonly workers: Workers;
  readonly run: Run;
  readonly leases: Leases;
  readonly catalog: Catalog;
  /** Digest of the settings. */
  readonly settings: string;
  readonly stopping: Stopping;
  /** When the build began, on the stopwatch. */
  readonly startedAt: number;
  /** Whether the recorded states were made with the same settings, from the inputs that the catalog compares with. */
  readonly isRecorded: boolean;
  /** Recorded states by task. */
  readonly states: ReadonlyMap<string, TaskState>;
  /** All tasks of the workspace that may have published files; null if the store must be asked. */
  readonly publishers: ReadonlySet<string> | null;
  readonly look: PublishedLook;
  readonly causes: RunCauses;
  report(diagnostic: Diagnostic): void;
}

/** The task's result is complete; its files are written later. */
const RESULT_PHASES = taskPhases.filter((phase) => phase !== publish);

export class TaskBuilder {
  private readonly context: TaskContext;
  private readonly workers: Workers;
  private readonly evaluator: Evaluator;
  private readonly out: string;
  private readonly writer: OutputWriter;
  private readonly queue: PublishQueue;
  /** Number of tasks without a result. */
  private unevaluated = 0;
  /** Published texts that got or lost hard links after they were recorded. */
  private readonly moved = new Set<string>();
  private readonly ownerPrefix: string;
  private readonly parents: Parents;
  private readonly lanes: TaskLanes;
  private readonly queueCounters = new QueueCounters();
  private readonly youngSpace = new YoungSpace();
  publishedChanged = 0;
  /** After a build: all tasks of the workspace that may have published files. */
  readonly publishers = new Set<string>();
  /** When files were last published, on the stopwatch; null if none were. */
  publishedAt: number | null = null;

  constructor(
    private readonly given: TaskBuilderOptions,
    private readonly recorder: TaskRecorder,
  ) {
    const { options, world, run } = given;
    const { settings, out } = options.workspace;
    this.out = out.path;
    this.lanes = new TaskLanes({
      run: given.run,
      leases: given.leases,
      jobs: settings.jobs.value,
      cellsOf: (id) => given.catalog.cellsOf(id),
      states: given.states,
      build: (id, claim, evaluated) => this.buildTask(id, claim, evaluated),
      idle: () => this.queue.hurry(),
    });
    this.writer = new OutputWriter(world.files, given.workers, (work) => this.tellWork(work));
    this.queue = new PublishQueue({
      writer: this.writer,
      workers: given.workers,
      reading: (body) => run.store.read(body),
      transaction: (body) => void run.store.write(body),
    });
    this.parents = new Parents((file) => given.catalog.sourceOf(file));
    this.ownerPrefix = workspaceName(options.workspace);
    const budget = budgetOf(options.workspace);
    this.workers = given.workers;
    this.workers.onBusy = (workers) => {
      run.emit({ type: 'busy', workers });
    };
    this.workers.onAnswer = () => this.queue.pumpSoon();
    this.workers.begin({
      changed: (state) => {
        run.emit({ type: 'elsewhere', ...state });
        this.queueCounters.offers(state.slots);
        this.lanes.widen(state.slots);
      },
      trouble: (trouble) => given.report(troubleFrom(trouble, settings.queue.origin)),
    });
    this.evaluator = new Evaluator({
      budget,
      emit: run.emit,
      workers: this.workers,
      ...this.namesForOthers(),
      times: new CellTimes((id) => cellTimesIn(given.states.get(id))),
      worked: (work) => this.tellWork(work),
      ...(world.mainThreadCells === undefined ? {} : { mainThreadCells: world.mainThreadCells }),
    });
    this.context = {
      budget,
      evaluate: (subject, cells) => this.evaluator.evaluate(subject, cells),
      differs: given.catalog.differs,
      evaluateDiffers: (subject, differs, pairs) => this.evaluator.differ(subject, differs, pairs),
      publish: this.publishContext(),
    };
  }

  /** The keys of cells, for workers on other machines that use a shared cache. A forced build runs every cell. */
  private namesForOthers(): Pick<EvaluatorOptions, 'namesOf'> {
    const { options } = this.given;
    if (!this.workers.isShared || options.workspace.remote === null || options.force) return {};
    const keyOf = (subject: TaskSubject, cell: Cell) =>
      actionKey(validate.name, validate.version, (writer) =>
        validate.key(cell, subject, this.context, writer),
      );
    return {
      namesOf: (subject, cells) => ({
        shard: validate.shard(subject),
        keys: cells.map((cell) => keyOf(subject, cell)),
      }),
    };
  }

  private publishContext(): PublishContext['publish'] {
    const { options, world, run, report } = this.given;
    const { settings } = options.workspace;
    return {
      out: options.workspace.out,
      keep: settings['publish.keep'].value,
      links: settings['publish.links'].value,
      files: world.files,
      store: run.store.published,
      ownerOf: (task) => this.ownerPrefix + task,
      place: (placing) => this.place(placing),
      unproven: new Set(),
      extended: (task) =>
        this.recorder.outdateElsewhere(task, (selection) => publishesWith(selection, options.workspace)),
      moved: (texts) => {
        for (const text of texts) this.moved.add(text);
      },
      transaction: (body) => void run.store.write(body),
      report,
    };
  }

  private place(placing: Placing): Promise<number> {
    const placed = this.queue.place(placing);
    this.resultIsThere();
    return placed;
  }

  /** After the last result only files remain to be written. */
  private resultIsThere(): void {
    this.unevaluated--;
    if (this.unevaluated > 0) return;
    const { tasksOpen: tasks, filesOpen: files } = this.queue;
    if (tasks > 0) this.given.run.emit({ type: 'placing', tasks, files });
    this.queue.hurry();
  }

  private tellWork({ startedAt, endedAt, ...work }: WorkerSpan): void {
    const { run, startedAt: beganAt } = this.given;
    if (work.worker !== undefined) this.queueCounters.add(work.worker, work, endedAt - startedAt);
    run.emit({ type: 'worked', ...work, startMs: startedAt - beganAt, endMs: endedAt - beganAt });
  }

  get cellsRun(): number {
    return this.evaluator.cellsRun;
  }

  /** The part of workers on other machines; null without a queue. */
  get queueUse(): QueueUse | null {
    return this.workers.isShared ? this.queueCounters.use : null;
  }

  /**
   * Builds the tasks with these ids and removes the records of other tasks. Throws Interrupted if the build is
   * stopped.
   */
  async build(ids: readonly string[]): Promise<void> {
    const { options, run } = this.given;
    if (!options.dryRun) this.withdrawOthers(new Set(ids));
    const dirty = this.given.look.often(() => this.skipClean(ids));
    run.emit({ type: 'planned', dirtyTasks: dirty.length, tasks: ids.length, dryRun: options.dryRun });
    const stop = () => this.evaluator.abort();
    options.signal.addEventListener('abort', stop, { once: true });
    const { catalog } = this.given;
    try {
      await this.runTasks(dirty);
      await catalog.finish();
      for (let more = catalog.takeSurprised(); more.length > 0; more = catalog.takeSurprised())
        await this.runTasks(more);
      this.lookAtMoved();
    } finally {
      options.signal.removeEventListener('abort', stop);
      this.workers.onBusy = null;
      this.workers.onAnswer = null;
      if (this.given.warm === null) await this.workers.close();
      this.workers.end();
    }
  }

  /** Skips the tasks that are up to date; returns the others. */
  private skipClean(ids: readonly string[]): string[] {
    const dirty: string[] = [];
    for (const id of ids) {
      const state = this.given.states.get(id);
      if (state !== undefined && this.isClean(id, state)) this.recorder.skip(id, state);
      else dirty.push(id);
    }
    return dirty;
  }

  private runTasks(ids: readonly string[]): Promise<void> {
    this.unevaluated = ids.length;
    return this.lanes.run(ids);
  }

  private isClean(id: string, state: TaskState): boolean {
    const { options, catalog, isRecorded } = this.given;
    if (options.force || !isRecorded || !state.complete || catalog.isAffected(id)) return false;
    return (
      this.given.warm?.checkPublished === false ||
      !this.isPublishing ||
      this.given.look.isIntact(state.published)
    );
  }

  private get isPublishing(): boolean {
    return this.given.options.workspace.settings['publish.enabled'].value;
  }

  /** After the last hard link, because the records of other tasks about these texts are now outdated. */
  private lookAtMoved(): void {
    const { look, run } = this.given;
    for (const text of this.moved) {
      if (run.store.published.isShared(this.out, text)) look.lookAgain(text, this.writer.placed.get(text));
      else look.forget(text);
    }
  }

  /** Removes the published files of tasks that no longer exist, and the records of tasks that left the selection. */
  private withdrawOthers(selected: ReadonlySet<string>): void {
    const { states, run, catalog } = this.given;
    // A task that seems to be gone may have changed while it was read.
    if (catalog.hasGaps) return;
    const usable = new Set(catalog.ids);
    for (const id of this.given.publishers ?? this.publishersInStore()) {
      if (!usable.has(id)) this.publishedChanged += withdraw(this.context.publish, id);
      if (usable.has(id) || run.store.published.filesOf(this.out, this.ownerPrefix + id).length > 0)
        this.publishers.add(id);
    }
    for (const id of selected) this.publishers.add(id);
    for (const id of states.keys()) {
      if (selected.has(id)) continue;
      this.recorder.remove(id);
    }
  }

  private publishersInStore(): string[] {
    const owners = this.given.run.store.published.owners(this.out);
    const ours = owners.filter((owner) => owner.startsWith(this.ownerPrefix));
    return ours.map((owner) => owner.slice(this.ownerPrefix.length));
  }

  private isStillPublished({ published }: TaskState): boolean {
    return !this.isPublishing || this.given.look.isStillIntact(published);
  }

  private async buildTask(id: string, claim: Claim, evaluated: () => void): Promise<void> {
    const { options, catalog, run, states } = this.given;
    this.youngSpace.check();
    const inputs = await catalog.taskWithCandidates(id, claim);
    // Its published files stay.
    if (inputs === null) {
      this.resultIsThere();
      return;
    }
    const { task, candidates } = inputs;
    const digests = digestTask(task);
    const digest = this.digestOf(task.files, digests, candidates);
    const state = states.get(id);
    if (!options.force && state?.complete && state.digest === digest && this.isStillPublished(state)) {
      // Early cut-off: an input was edited, but everything that the task depends on is unchanged.
      this.recorder.skip(id, state);
      this.resultIsThere();
      return;
    }
    let last: TaskResult | null | undefined;
    const before = () => {
      if (last === undefined) last = this.recorder.lastResult(id);
      return last;
    };
    const isFresh = options.force || state === undefined;
    // A forced build checks every published file.
    const fileStats = isFresh ? new Map() : this.given.look.statsOf(state.published);
    const subject = new TaskSubject(task, digests, candidates, fileStats);
    if (!isFresh) subject.recorded = () => recordedTask(before());
    subject.stopRule = stopRuleOf(this.given.stopping, subject, before, this.parents);
    const work = await runPhases(subject, id, RESULT_PHASES, this.context, run, claim, state?.work);
    if (work === null) return;
    if (this.isPublishing && !options.dryRun) {
      evaluated();
      const placed = await runPhases(subject, id, [publish], this.context, run, claim, state?.work);
      for (const [phase, done] of placed ?? []) work.set(phase, done);
    } else this.resultIsThere();
    this.publishedChanged += subject.publishedChanged;
    if (subject.publishedChanged > 0) this.publishedAt = stopwatch.now();
    const result = resultOf(subject, catalog.differs);
    const built = this.recorder.finished(subject, result, digest, work);
    if (!options.dryRun) {
      this.given.causes.taskBuilt(subject, result, catalog.differs, before);
      await this.recorder.save(id, built, result, before, () => this.lanes.passLease(id));
    }
    const { candidates: count, programs, behaviours, verdict } = built;
    run.emit({ type: 'task-finished', task: id, verdict, candidates: count, programs, behaviours });
  }

  private digestOf(files: readonly string[], digests: TaskDigests, candidates: readonly Candidate[]): string {
    const hash = newSha256()
      .update(this.given.settings)
      .update(`\0${files.join('\0')}\0`);
    const { differs } = this.given.catalog;
    hash.update(digests.samples, 'latin1').update(differs.digest);
    // Results and diagnostics contain the positions of differs.
    for (const { file: place, name, line } of differs.differs) hash.update(`\0${place}\0${name}\0${line}`);
    for (const candidate of candidates) {
      hash.update(`\0${candidate.file}\0${candidate.name}\0${candidate.line}\0${candidate.body}`);
      hash.update(candidate.lines);
    }
    return hash.digest('binary');
  }
}

/** What the last build recorded of a task's cells. */
function cellTimesIn(state: TaskState | undefined): { cells: number; micros: number } | null {
  const work = state?.work.get(validate.name);
  return work === undefined || work.steps === 0 ? null : { cells: work.steps, micros: work.micros };
}
