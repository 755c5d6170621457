/** Builds the selected tasks: skips those whose level is complete, takes the others through the phases. */

import type { Diagnostic } from '../../diagnostic.js';
import { newSha256 } from '../../encoding/digest.js';
import { STATUSES } from '../../engine/outcome.js';
import { failPoint } from '../../fail-points.js';
import { type TaskContext, taskPhases } from '../../phases/phases.js';
import { type PublishContext, publish, withdraw } from '../../phases/publish.js';
import { type Candidate, TaskSubject } from '../../phases/subject/task-subject.js';
import { digestTask, type TaskDigests } from '../../task/task-digest.js';
import { type Workers, workersOf } from '../../workers/workers.js';
import type { RunCauses } from '../causes/run-causes.js';
import { standingOf } from '../compare/standing.js';
import { encodeStanding } from '../compare/standing-codec.js';
import type { Catalog } from '../inputs/catalog.js';
import { Parents } from '../inputs/parents.js';
import type { BuildOptions, Stopping } from '../options.js';
import { PublishedState } from '../record/published-state.js';
import { type PublishedTotal, publishedTotal } from '../record/published-total.js';
import { recordedTask } from '../record/recorded-task.js';
import {
  behaviourCount,
  encodeTaskResult,
  readTaskResult,
  resultOf,
  type TaskResult,
  verdictOf,
} from '../record/task-result.js';
import { encodeTaskState, type PhaseWork, type TaskState } from '../record/task-state.js';
import { listTasks } from '../record/task-state-head.js';
import { type Totals, totalsOf } from '../record/totals.js';
import { workspaceName } from '../selection/selection.js';
import { Evaluator } from './evaluator.js';
import type { Leases } from './leases.js';
import { OutputWriter } from './output-writer.js';
import { progressWeights, recordedMicros } from './progress-weights.js';
import { type Claim, Interrupted, type Run, runPhases } from './run-phases.js';
import type { BuildEnvironment } from './session.js';
import { stopRuleOf } from './stop-rule.js';
import type { WarmState } from './warm-state.js';
import type { WorkerSpan } from './worker-spans.js';

export interface TaskBuilderOptions {
  readonly options: BuildOptions;
  readonly world: BuildEnvironment;
  readonly warm: WarmState | null;
  readonly run: Run;
  readonly leases: Leases;
  readonly catalog: Catalog;
  /** Number of the selection in the store. */
  readonly selection: number;
  /** Digest of the settings. */
  readonly settings: string;
  readonly stopping: Stopping;
  /** When the build began, on the clock of `performance`. */
  readonly startedAt: number;
  /** Whether the recorded states were made with the same settings, of the inputs that the catalog compares with. */
  readonly isRecorded: boolean;
  /** Recorded states by task. */
  readonly states: ReadonlyMap<string, TaskState>;
  readonly causes: RunCauses;
  report(diagnostic: Diagnostic): void;
}

export class TaskBuilder {
  /** States of the selected tasks after the build. */
  private readonly built = new Map<string, TaskState>();
  private readonly context: TaskContext;
  private readonly workers: Workers;
  private readonly evaluator: Evaluator;
  private readonly out: string;
  /** Published paths that were looked at and are as they were left. */
  private readonly seen = new Set<string>();
  private readonly ownerPrefix: string;
  private readonly parents: Parents;
  /** Tasks that no lane has begun with. */
  private waiting: string[] = [];
  publishedChanged = 0;
  /** When files were last published, on the clock of `performance`; null when none were. */
  publishedAt: number | null = null;

  constructor(private readonly given: TaskBuilderOptions) {
    const { options, world, run, warm } = given;
    const { settings, out } = options.workspace;
    this.out = out.path;
    this.parents = new Parents((file) => given.catalog.sourceOf(file));
    this.ownerPrefix = workspaceName(options.workspace);
    const budget = { cost: settings['budget.cost'].value, cells: settings['budget.cells'].value };
    this.workers = warm?.workers ?? workersOf(options.workspace, world.workerUrl);
    this.workers.onBusy = (workers) => run.emit({ type: 'busy', workers });
    this.evaluator = new Evaluator({
      budget,
      emit: run.emit,
      workers: this.workers,
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
    run.emit({ type: 'worked', ...work, startMs: startedAt - beganAt, endMs: endedAt - beganAt });
  }

  /** Number of the selection in the store. */
  get selection(): number {
    return this.given.selection;
  }

  /** States of the selected tasks after the build, those that were skipped among them. */
  get states(): ReadonlyMap<string, TaskState> {
    return this.built;
  }

  get cellsRun(): number {
    return this.evaluator.cellsRun;
  }

  /** What is published of the selected tasks. */
  get published(): PublishedTotal {
    return publishedTotal([...this.built.values()].map(({ published }) => published));
  }

  /** True when every selected task was built and may be skipped by the next build. */
  get complete(): boolean {
    return [...this.built.values()].every((state) => state.complete);
  }

  /** What the results of all selected tasks depend on. */
  get list(): Uint8Array {
    return listTasks(this.built);
  }

  /** Builds the tasks with these ids; withdraws what is recorded of others. Throws Interrupted when told to stop. */
  async build(ids: readonly string[]): Promise<void> {
    const { options, run, states } = this.given;
    if (!options.dryRun) this.withdrawOthers(new Set(ids));
    const dirty: string[] = [];
    for (const id of ids) {
      const state = states.get(id);
      if (state !== undefined && this.isClean(id, state)) this.skip(id, state);
      else dirty.push(id);
    }
    run.emit({ type: 'planned', dirtyTasks: dirty.length, tasks: ids.length, dryRun: options.dryRun });
    const stop = () => this.evaluator.abort();
    options.signal.addEventListener('abort', stop, { once: true });
    try {
      await this.buildAll(dirty);
    } finally {
      options.signal.removeEventListener('abort', stop);
      this.workers.onBusy = null;
      if (this.given.warm === null) await this.workers.close();
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

  private skip(id: string, state: TaskState): void {
    for (const [phase, { steps, micros }] of state.work)
      this.given.run.counters.skipped(phase, steps, micros);
    this.built.set(id, state);
  }

  /** What was published of tasks that are no more goes; what is recorded of tasks that left the selection, too. */
  private withdrawOthers(selected: ReadonlySet<string>): void {
    const { states, run, selection, catalog } = this.given;
    // A task that seems to be no more may only have changed while it was read.
    if (catalog.hasGaps) return;
    const usable = new Set(catalog.ids);
    for (const owner of run.store.published.owners(this.out)) {
      const id = owner.slice(this.ownerPrefix.length);
      if (owner.startsWith(this.ownerPrefix) && !usable.has(id))
        this.publishedChanged += withdraw(this.context.publish, id);
    }
    for (const id of states.keys()) {
      if (selected.has(id)) continue;
      this.tellChange(id, () => this.lastResult(id), null);
      run.store.write(() => {
        run.store.selections.removeTask(selection, id);
        this.recordStanding(id, null);
      });
    }
  }

  /**
   * Several tasks are under way at once, so that workers have work while the main thread looks up and publishes. A task
   * that another process is at waits beside them, and others are built meanwhile.
   */
  private async buildAll(ids: readonly string[]): Promise<void> {
    const { catalog, run, states } = this.given;
    this.waiting = this.inOrder(ids);
    const shares = progressWeights(ids, states, (id) => catalog.cellsOf(id));
    const lanes = Math.max(2, this.given.options.workspace.settings.jobs.value * 2);
    const deferred: Promise<void>[] = [];
    const lane = async () => {
      for (let id = this.waiting.shift(); id !== undefined; id = this.waiting.shift()) {
        if (run.signal.aborted) throw new Interrupted();
        run.emit({ type: 'task-started', task: id, share: shares.get(id) ?? 0 });
        await this.untilDeferred(id, deferred);
      }
    };
    const settled = await Promise.allSettled(Array.from({ length: Math.min(lanes, ids.length) }, lane));
    settled.push(...(await Promise.allSettled(deferred)));
    const failed = settled.find((one): one is PromiseRejectedResult => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Builds a task; resolves when it is built, or waits for another process: then it is added to `deferred`. */
  private async untilDeferred(id: string, deferred: Promise<void>[]): Promise<void> {
    const { run, leases } = this.given;
    await new Promise<void>((resolve, reject) => {
      const defer = (process: number) => {
        run.emit({ type: 'deferred', task: id, process });
        deferred.push(built);
        resolve();
      };
      const built = this.buildTask(id, () => leases.hold(leaseOf(id), defer)).finally(() =>
        leases.release(leaseOf(id)),
      );
      built.then(() => run.emit({ type: 'task-ended', task: id })).then(resolve, reject);
    });
  }

  /** Longest first, by what they took last time, so that no worker finishes late; unknown ones before all. */
  private inOrder(ids: readonly string[]): string[] {
    const cost = (id: string) => recordedMicros(this.given.states.get(id)) || Number.POSITIVE_INFINITY;
    return [...ids].sort((a, b) => {
      const difference = cost(b) - cost(a);
      return difference > 0 ? 1 : difference < 0 ? -1 : 0;
    });
  }

  private async buildTask(id: string, claim: Claim): Promise<void> {
    const { options, catalog, run, states, leases } = this.given;
    const inputs = await catalog.taskWithCandidates(id);
    // What was built of it before stays.
    if (inputs === null) return;
    const { task, candidates } = inputs;
    const digests = digestTask(task);
    const digest = this.digestOf(task.files, digests, candidates);
    const state = states.get(id);
    if (!options.force && state?.complete && state.digest === digest && this.isPublished(state, new Set())) {
      // Early cut-off: an input was edited, and what the task depends on is the same.
      this.skip(id, state);
      return;
    }
    let last: TaskResult | null | undefined;
    const before = () => {
      if (last === undefined) last = this.lastResult(id);
      return last;
    };
    const isFresh = options.force || state === undefined;
    // A forced build looks at every published file.
    const fileStats = isFresh ? new Map() : state.published.fileStats();
    const subject = new TaskSubject(task, digests, candidates, fileStats);
    if (!isFresh) subject.recorded = () => recordedTask(before());
    subject.stopRule = stopRuleOf(this.given.stopping, subject, before, this.parents);
    const work = await runPhases(subject, id, this.phases(), this.context, run, claim, state?.work);
    if (work === null) return;
    this.publishedChanged += subject.publishedChanged;
    if (subject.publishedChanged > 0) this.publishedAt = performance.now();
    const result = resultOf(subject, catalog.differs);
    const built = this.stateOf(subject, result, digest, work);
    this.built.set(id, built);
    if (!options.dryRun) {
      this.given.causes.taskBuilt(subject, result, catalog.differs, before);
      this.tellChange(id, before, result);
      run.store.write(() => {
        run.store.selections.saveTask(
          this.given.selection,
          id,
          encodeTaskState(built),
          encodeTaskResult(result),
        );
        this.recordStanding(id, result);
        leases.pass(leaseOf(id), this.waiting.length > 0 ? leaseOf(this.waiting[0]) : null);
        failPoint('task in transaction');
      });
      failPoint('task stored');
    }
    const { candidates: count, programs, behaviours, verdict } = built;
    run.emit({ type: 'task-finished', task: id, verdict, candidates: count, programs, behaviours });
  }

  private recordStanding(task: string, result: TaskResult | null): void {
    const { run, selection } = this.given;
    const standing = result === null ? null : encodeStanding(standingOf(result));
    run.store.standings.save(selection, task, run.id, standing);
  }

  private tellChange(task: string, before: () => TaskResult | null, after: TaskResult | null): void {
    // The argument is not read when nobody listens.
    this.given.warm?.taskChanged?.(task, before(), after);
  }

  private lastResult(task: string): TaskResult | null {
    const { run, selection } = this.given;
    return readTaskResult(run.store.selections.taskResult(selection, task));
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
    // Results and diagnostics say where a differ stands.
    for (const { file: place, name, line } of differs.differs) hash.update(`\0${place}\0${name}\0${line}`);
    for (const candidate of candidates) {
      hash.update(`\0${candidate.file}\0${candidate.name}\0${candidate.line}\0${candidate.body}`);
      hash.update(candidate.lines);
    }
    return hash.digest('binary');
  }

  private stateOf(
    subject: TaskSubject,
    result: TaskResult,
    digest: string,
    work: ReadonlyMap<string, PhaseWork>,
  ): TaskState {
    const outcomes = result.programs.flatMap((program) => program.outcomes);
    const lost = outcomes.some(({ status }) => status === 'timeout' || status === 'crashed');
    const refused = subject.publishedCount < subject.publishedWanted;
    return {
      digest,
      samples: subject.digests.samples,
      complete: !lost && !refused,
      verdict: verdictOf(result),
      candidates: result.candidates.length,
      programs: result.programs.length,
      behaviours: behaviourCount(result),
      cells: outcomes.length,
      statuses: STATUSES.map((status) => outcomes.filter((outcome) => outcome.status === status).length),
      work,
      differFailures: failuresOf(result),
      published: PublishedState.of(subject.published, subject.publishedCount),
    };
  }

  /** Differs that gave no score for some comparisons, all selected tasks together. */
  differDiagnostics(): Diagnostic[] {
    const failures = new Map<string, { comparisons: number; tasks: number }>();
    for (const state of this.built.values()) {
      for (const [differ, count] of state.differFailures) {
        const sum = failures.get(differ) ?? { comparisons: 0, tasks: 0 };
        failures.set(differ, { comparisons: sum.comparisons + count, tasks: sum.tasks + 1 });
      }
    }
    return [...failures]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([differ, { comparisons, tasks }]) => {
        // The name of a file may hold line breaks.
        const parts = differ.split('\n');
        const [line, name] = parts.splice(-2);
        const message = `the differ ${name} gave no score for ${comparisons} comparisons of ${tasks} tasks: they count as 0`;
        const place = { file: parts.join('\n'), line: Number(line), column: null };
        return { code: 'DIFF001', severity: 'warning', ...place, message, hint: null };
      });
  }

  totals(): Totals {
    return totalsOf(this.built);
  }
}

/** Names a task's lease. Processes with other programs for the same task take turns, as do those who publish it. */
function leaseOf(task: string): string {
  return `task ${task}`;
}

function failuresOf(result: TaskResult): Map<string, number> {
  const failures = new Map<string, number>();
  for (const { file, line, name, failures: count } of result.differs) {
    if (count > 0) failures.set(`${file}\n${line}\n${name}`, count);
  }
  return failures;
}
