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
import { type PublishContext, publish, withdraw } from '../../phases/publish.js';
import { type Candidate, type Cell, TaskSubject } from '../../phases/subject/task-subject.js';
import { validate } from '../../phases/validate.js';
import { digestTask, type TaskDigests } from '../../task/task-digest.js';
import type { Workers } from '../../workers/workers.js';
import type { RunCauses } from '../causes/run-causes.js';
import type { Catalog } from '../inputs/catalog.js';
import { Parents } from '../inputs/parents.js';
import type { BuildOptions, Stopping } from '../options.js';
import { recordedTask } from '../record/recorded-task.js';
import { resultOf, type TaskResult } from '../record/task-result.js';
import type { TaskState } from '../record/task-state.js';
import { budgetOf, workspaceName } from '../selection/selection.js';
import type { BuildEnvironment } from '../session/session.js';
import type { WarmState } from '../session/warm-state.js';
import { Evaluator, type EvaluatorOptions } from './evaluator.js';
import type { Leases } from './leases.js';
import { OutputWriter } from './output-writer.js';
import { QueueCounters } from './queue-counters.js';
import { type Claim, type Run, runPhases } from './run-phases.js';
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
  /** When the build began, on the clock of `performance`. */
  readonly startedAt: number;
  /** Whether the recorded states were made with the same settings, from the inputs that the catalog compares with. */
  readonly isRecorded: boolean;
  /** Recorded states by task. */
  readonly states: ReadonlyMap<string, TaskState>;
  readonly causes: RunCauses;
  report(diagnostic: Diagnostic): void;
}

export class TaskBuilder {
  private readonly context: TaskContext;
  private readonly workers: Workers;
  private readonly evaluator: Evaluator;
  private readonly out: string;
  /** Published paths that were checked and are unchanged. */
  private readonly seen = new Set<string>();
  private readonly ownerPrefix: string;
  private readonly parents: Parents;
  private readonly lanes: TaskLanes;
  private readonly queueCounters = new QueueCounters();
  publishedChanged = 0;
  /** When files were last published, on the clock of `performance`; null if none were. */
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
      build: (id, claim) => this.buildTask(id, claim),
    });
    this.parents = new Parents((file) => given.catalog.sourceOf(file));
    this.ownerPrefix = workspaceName(options.workspace);
    const budget = budgetOf(options.workspace);
    this.workers = given.workers;
    this.workers.onBusy = (workers) => run.emit({ type: 'busy', workers });
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
    const writer = new OutputWriter(world.files, this.workers, (work) => this.tellWork(work));
    return {
      out: options.workspace.out,
      keep: options.workspace.settings['publish.keep'].value,
      files: world.files,
      store: run.store.published,
      ownerOf: (task) => this.ownerPrefix + task,
      write: (task, plan) => writer.write(task, plan),
      transaction: (body) => void run.store.write(body),
      report,
    };
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
    const { options, run, states } = this.given;
    if (!options.dryRun) this.withdrawOthers(new Set(ids));
    const dirty: string[] = [];
    for (const id of ids) {
      const state = states.get(id);
      if (state !== undefined && this.isClean(id, state)) this.recorder.skip(id, state);
      else dirty.push(id);
    }
    run.emit({ type: 'planned', dirtyTasks: dirty.length, tasks: ids.length, dryRun: options.dryRun });
    const stop = () => this.evaluator.abort();
    options.signal.addEventListener('abort', stop, { once: true });
    const { catalog } = this.given;
    try {
      await this.lanes.run(dirty);
      await catalog.finish();
      for (let more = catalog.takeSurprised(); more.length > 0; more = catalog.takeSurprised())
        await this.lanes.run(more);
    } finally {
      options.signal.removeEventListener('abort', stop);
      this.workers.onBusy = null;
      if (this.given.warm === null) await this.workers.close();
      this.workers.end();
    }
  }

  private isClean(id: string, state: TaskState): boolean {
    const { options, catalog, isRecorded } = this.given;
    if (options.force || !isRecorded || !state.complete || catalog.isAffected(id)) return false;
    return this.given.warm?.checkPublished === false || this.isPublished(state, this.seen);
  }

  private isPublished(state: TaskState, seen: Set<string>): boolean {
    const { options, world } = this.given;
    if (!options.workspace.settings['publish.enabled'].value) return true;
    return state.published.isIntact(this.out, world.files, seen);
  }

  /** Removes the published files of tasks that no longer exist, and the records of tasks that left the selection. */
  private withdrawOthers(selected: ReadonlySet<string>): void {
    const { states, run, catalog } = this.given;
    // A task that seems to be gone may have changed while it was read.
    if (catalog.hasGaps) return;
    const usable = new Set(catalog.ids);
    for (const owner of run.store.published.owners(this.out)) {
      const id = owner.slice(this.ownerPrefix.length);
      if (owner.startsWith(this.ownerPrefix) && !usable.has(id))
        this.publishedChanged += withdraw(this.context.publish, id);
    }
    for (const id of states.keys()) {
      if (selected.has(id)) continue;
      this.recorder.remove(id);
    }
  }

  private async buildTask(id: string, claim: Claim): Promise<void> {
    const { options, catalog, run, states } = this.given;
    const inputs = await catalog.taskWithCandidates(id);
    // Its published files stay.
    if (inputs === null) return;
    const { task, candidates } = inputs;
    const digests = digestTask(task);
    const digest = this.digestOf(task.files, digests, candidates);
    const state = states.get(id);
    if (!options.force && state?.complete && state.digest === digest && this.isPublished(state, new Set())) {
      // Early cut-off: an input was edited, but everything that the task depends on is unchanged.
      this.recorder.skip(id, state);
      return;
    }
    let last: TaskResult | null | undefined;
    const before = () => {
      if (last === undefined) last = this.recorder.lastResult(id);
      return last;
    };
    const isFresh = options.force || state === undefined;
    // A forced build checks every published file.
    const fileStats = isFresh ? new Map() : state.published.fileStats();
    const subject = new TaskSubject(task, digests, candidates, fileStats);
    if (!isFresh) subject.recorded = () => recordedTask(before());
    subject.stopRule = stopRuleOf(this.given.stopping, subject, before, this.parents);
    const work = await runPhases(subject, id, this.phases(), this.context, run, claim, state?.work);
    if (work === null) return;
    this.publishedChanged += subject.publishedChanged;
    if (subject.publishedChanged > 0) this.publishedAt = performance.now();
    const result = resultOf(subject, catalog.differs);
    const built = this.recorder.finished(subject, result, digest, work);
    if (!options.dryRun) {
      this.given.causes.taskBuilt(subject, result, catalog.differs, before);
      this.recorder.save(id, built, result, before, () => this.lanes.passLease(id));
    }
    const { candidates: count, programs, behaviours, verdict } = built;
    run.emit({ type: 'task-finished', task: id, verdict, candidates: count, programs, behaviours });
  }

  private phases() {
    const { options } = this.given;
    const publishing = options.workspace.settings['publish.enabled'].value && !options.dryRun;
    return publishing ? taskPhases : taskPhases.filter((phase) => phase !== publish);
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
