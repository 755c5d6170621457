/** A build in which something changed: reads the catalog of inputs, builds the tasks and records the results. */

import type { Diagnostic } from '../diagnostic.js';
import { sharedWorkersOf } from '../distribution/shared-workers.js';
import { failPoint } from '../fail-points.js';
import type { RemoteSummary, Summary } from '../observe/event.js';
import type { FileSubject } from '../phases/load.js';
import { filePhases } from '../phases/phases.js';
import type { SharedCache } from '../remote-cache/shared-cache.js';
import { stopwatch } from '../stopwatch.js';
import type { Workers } from '../workers/workers.js';
import { markCacheFolder } from '../workspace/cache-folder.js';
import { contentDigestOf } from '../workspace/stat-table.js';
import { RunCauses } from './causes/run-causes.js';
import { Catalog } from './inputs/catalog.js';
import type { Claim } from './inputs/claim.js';
import { changedMeanwhile, type Scan } from './inputs/scan.js';
import type { BuildReport } from './options.js';
import { PublishedLook } from './record/published-look.js';
import { PublishedState } from './record/published-state.js';
import type { CountedStates } from './record/published-total.js';
import type { RecordedSelection } from './record/record-cache.js';
import { type FileRecord, NO_RECORD, type SelectionState, straysIn } from './record/selection-state.js';
import { decodeTaskState, type PhaseWork, type TaskState } from './record/task-state.js';
import { isListOf } from './record/task-state-head.js';
import { totalsOf } from './record/totals.js';
import { Leases } from './run/leases.js';
import { Interrupted, type Run, runPhases } from './run/run-phases.js';
import { TaskBuilder } from './run/task-builder.js';
import { publishedIn, TaskRecorder } from './run/task-recorder.js';
import { selectTasks } from './selection/select-tasks.js';
import { furtherSamplesOf } from './selection/selection.js';
import type { Session } from './session/session.js';
import { sharedTrouble, writeTrouble } from './session/store-diagnostics.js';
import { openSharedCache } from './shared/open-shared-cache.js';
import { SharedSteps } from './shared/shared-steps.js';

export async function buildChanged(
  session: Session,
  previous: RecordedSelection,
  scan: Scan,
): Promise<BuildReport> {
  return new ChangedBuild(session, previous, scan).run();
}

/** The coarsest usual resolution of file times, in milliseconds. */
const TICK = 10;

/** Of so many new solver files some program needs a worker, which is started while they are read. */
const MANY_FILES = 8;

/**
 * Waits until later changes of published files get later times than the recorded ones. Otherwise an edit right after
 * a build could look as if it had been there before.
 */
async function nextTickAfter(moment: number | null): Promise<void> {
  const left = moment === null ? 0 : moment + TICK - stopwatch.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

class ChangedBuild {
  /** Microseconds that loading took, by file; files that were not loaded are missing. */
  private readonly loadMicros = new Map<string, number>();
  private readonly leases: Leases;
  private readonly workers: Workers;
  private readonly causes: RunCauses;
  private readonly recorded: SelectionState | null;
  private readonly look: PublishedLook;

  constructor(
    private readonly session: Session,
    private readonly previous: RecordedSelection,
    private readonly scan: Scan,
  ) {
    const { recorded } = previous;
    this.recorded = recorded;
    const { out } = session.options.workspace;
    this.look = new PublishedLook(
      { out: out.path, ...session.world },
      recorded?.newer ?? PublishedState.EMPTY,
    );
    this.workers = session.warm?.workers ?? sharedWorkersOf(session.options.workspace, session.world);
    this.leases = new Leases(session.store, session.options.signal);
    const { options, surroundings } = session;
    const before =
      recorded === null
        ? null
        : {
            surroundings: recorded.surroundings,
            contentOf: (file: string) => contentDigestOf(recorded.table, file),
          };
    const emit: Session['emit'] = (event) => session.emit(event);
    this.causes = new RunCauses({ force: options.force, now: surroundings, before, emit });
  }

  async run(): Promise<BuildReport> {
    const { options, store, warm, world } = this.session;
    const open = () => openSharedCache(options.workspace, store, world.sharedTimeoutMs);
    const cache = warm === null ? await open() : warm.shared;
    try {
      return await this.buildAll(cache);
    } finally {
      this.leases.close();
      if (this.session.warm === null) await this.workers.close();
      if (warm === null) cache?.close();
    }
  }

  private async buildAll(cache: SharedCache | null): Promise<BuildReport> {
    const { session, recorded, scan, previous } = this;
    const { options, store, world } = session;
    const run = this.beginRun(cache);
    const { shared } = run;
    const known = this.knownRecords();
    const catalog = new Catalog({
      scan,
      recorded: known,
      mayPostpone: this.buildsAll(known) && shared === undefined,
      pairing: options.workspace.settings.pairing.value,
      dialect: options.workspace.settings.dialect.value,
      python: this.workers.interpreters.loading(options.workspace),
      further: furtherSamplesOf(options.workspace),
      announce: (contents) => {
        this.leases.take(contents.map(fileLease));
        shared?.expectFiles(contents);
      },
      load: (file, claim) => this.loadFile(file, run, claim),
      loading: (files) => session.emit({ type: 'loading', files }),
    });
    for (const diagnostic of scan.diagnostics) session.report(diagnostic);
    // Where cells may be found or evaluated elsewhere, this machine may need no worker.
    const isAlone = shared === undefined && !this.workers.isShared;
    if (isAlone && !options.dryRun && catalog.freshSolvers >= MANY_FILES) await this.workers.warmUp();
    if (!(await this.untilInterrupted(() => catalog.read()))) {
      const summary = session.summarize(EMPTY_SUMMARY);
      if (!options.dryRun) this.record(run, summary, catalog, null, new Set());
      return session.finish(summary, []);
    }
    this.leases.releaseAll();
    const { isFinished } = catalog;
    if (isFinished) for (const diagnostic of catalog.diagnostics) session.report(diagnostic);
    const selected = selectTasks(catalog.ids, options.selection, (id) => catalog.isKnown(id));
    // An unknown task name is a typing error, so nothing is built.
    if (selected.unknown.length > 0)
      return session.finish(session.summarize(EMPTY_SUMMARY), selected.unknown);
    const available = catalog.ids.length;
    // Published files of earlier builds stay unchanged.
    if (selected.ids.length === 0 && available > 0) {
      return session.finish(session.summarize(EMPTY_SUMMARY), [], { available });
    }

    if (isFinished)
      for (const diagnostic of catalog.excesses(selected.ids.length)) session.report(diagnostic);
    // What is wrong with the inputs is told first.
    const held: Diagnostic[] = [];
    const tell = (diagnostic: Diagnostic) => {
      if (isFinished || isOfThisRun(diagnostic)) session.report(diagnostic);
      else held.push(diagnostic);
    };

    const states = 'states' in previous ? previous.states : decodeStates(previous.encoded);
    const isRecorded = recorded !== null && session.isUnder(recorded) && isListOf(recorded.tasks, states);
    const selection = previous.row?.id ?? store.selections.find(session.name)?.id ?? 0;
    const recorder = new TaskRecorder(run, selection, session.warm?.taskChanged ?? null);
    const builder = new TaskBuilder(
      {
        options,
        world,
        warm: session.warm,
        workers: this.workers,
        run,
        leases: this.leases,
        catalog,
        settings: session.settings,
        stopping: session.stopping,
        startedAt: session.startedAt,
        isRecorded,
        states,
        publishers: 'publishers' in previous ? previous.publishers : null,
        look: this.look,
        causes: this.causes,
        report: tell,
      },
      recorder,
    );
    await this.untilInterrupted(() => builder.build(selected.ids));
    if (!isFinished) {
      const ofInputs = [...catalog.diagnostics, ...catalog.excesses(selected.ids.length)];
      for (const diagnostic of [...ofInputs, ...held]) session.report(diagnostic);
    }
    const remote = cache === null || shared === undefined ? undefined : await this.settle(cache, shared);
    for (const diagnostic of recorder.differDiagnostics()) session.report(diagnostic);
    for (const file of [...scan.gone].sort()) session.report(changedMeanwhile(file));
    this.skipUnloaded(catalog);
    const { files, links } = recorder.published(isRecorded ? this.publishedBefore(states) : null);
    const summary = session.summarize({
      ...recorder.totals(),
      published: files + links,
      publishedLinks: links,
      publishedChanged: builder.publishedChanged,
      cellsRun: builder.cellsRun,
      strays: catalog.strays,
      ...(remote === undefined ? {} : { remote }),
      ...(builder.queueUse === null ? {} : { queue: builder.queueUse }),
    });
    if (!options.dryRun) this.record(run, summary, catalog, recorder, builder.publishers);
    if (store.writeTrouble !== null) session.report(writeTrouble(store));
    const counted = { ...summary, diagnostics: session.diagnostics.length };
    const strays = () => straysIn(scan.table.names, this.recordsOf(catalog));
    const report = session.finish(counted, selected.unknown, { available, strays });
    // Last, so that readers of the events do not have to wait for it.
    await nextTickAfter(builder.publishedAt);
    return report;
  }

  /** The total of the recorded states; null if the recorded build did not finish all of them. */
  private publishedBefore(states: ReadonlyMap<string, TaskState>): CountedStates | null {
    const { recorded } = this;
    if (!recorded?.complete || ![...states.values()].every((state) => state.complete)) return null;
    const { published, publishedLinks: links } = recorded.summary;
    return { states: publishedIn(states), total: { files: published - links, links } };
  }

  /** False if it was interrupted. */
  private async untilInterrupted(body: () => Promise<void>): Promise<boolean> {
    try {
      await body();
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.session.interrupted = true;
    }
    return !this.session.interrupted;
  }

  /** Waits for uploads to the shared cache, and reports problems with it. */
  private async settle(cache: SharedCache, shared: SharedSteps): Promise<RemoteSummary> {
    const { session } = this;
    const { workspace, signal } = session.options;
    session.store.write(() => shared.storePending());
    // A process that builds again need not wait.
    if (session.warm === null) {
      await cache.settle(workspace.settings['cache.remote.uploadSeconds'].value * 1000, signal);
      cache.close();
    }
    const trouble = cache.trouble();
    if (trouble !== null) session.report(sharedTrouble(trouble, workspace));
    return shared.summary();
  }

  private beginRun(cache: SharedCache | null): Run {
    const { session, recorded, scan } = this;
    const { options, store, world } = session;
    let id = 0;
    if (!options.dryRun) {
      // A cache tag that cannot be written is no reason to stop.
      markCacheFolder(world.files, options.workspace.cache.path);
      store.write(() => {
        id = store.runs.begin(session.startedOn, session.name);
        if (recorded !== null) return;
        // Tasks are recorded when they finish, so the selection must exist before. Until the end it is recorded as
        // incomplete.
        const state = { ...this.stateOf(EMPTY_SUMMARY, false, new Uint8Array(), {}), surroundings: null };
        session.save(
          id,
          state,
          scan.table.names.map(() => NO_RECORD),
        );
      });
    }
    return {
      store,
      id,
      counters: session.counters,
      clock: { now: () => stopwatch.now() - session.startedAt },
      emit: (event) => session.emit(event),
      force: options.force,
      dryRun: options.dryRun,
      signal: options.signal,
      ...(cache === null ? {} : { shared: new SharedSteps(cache, store, id) }),
      ...(options.dryRun
        ? {}
        : {
            ran: (phase: string, subject: unknown, steps: readonly unknown[]) =>
              this.causes.ran(phase, subject, steps),
          }),
    };
  }

  private knownRecords(): ReadonlyMap<string, FileRecord> {
    const { recorded, session } = this;
    // Records of an interrupted first build, or of other code, cannot be compared.
    if (recorded === null || !session.isUnder(recorded) || session.options.force) return new Map();
    const records = recorded.records();
    return new Map(recorded.table.names.map((name, k) => [name, records[k]]));
  }

  /** Whether all tasks are built, from all files. */
  private buildsAll(known: ReadonlyMap<string, FileRecord>): boolean {
    const { force, dryRun, selection } = this.session.options;
    const { ids, start, count } = selection;
    return known.size === 0 && !force && !dryRun && ids.length === 0 && start === 0 && count === null;
  }

  private async loadFile(file: FileSubject, run: Run, claimOfTask: Claim | null): Promise<number> {
    const lease = fileLease(file.content);
    const isAnnounced = this.leases.has(lease);
    const claim = claimOfTask ?? (() => this.leases.hold(lease));
    const work = await runPhases(file, file.name, filePhases, null, run, claim);
    // Files that were announced together are released together.
    if (!isAnnounced) this.leases.releaseLater(lease);
    run.shared?.fileFinished(file.content);
    let micros = 0;
    for (const one of work?.values() ?? []) micros += one.micros;
    this.loadMicros.set(file.name, micros);
    return micros;
  }

  /** Solver files that were not loaded are hits of the file phases. */
  private skipUnloaded(catalog: Catalog): void {
    for (const { name } of [...this.scan.solvers, ...this.scan.differs]) {
      const record = catalog.records.get(name);
      if (record === undefined || this.loadMicros.has(name)) continue;
      for (const phase of filePhases) this.session.counters.skipped(phase.name, 1, record.micros);
    }
  }

  /** `recorder` is null if the build was interrupted before it was created. */
  private record(
    run: Run,
    summary: Summary,
    catalog: Catalog,
    recorder: TaskRecorder | null,
    publishers: ReadonlySet<string>,
  ): void {
    const { session, scan } = this;
    const { store } = session;
    const isWritten = store.write(() => {
      if (recorder !== null && !session.interrupted) {
        const records = this.recordsOf(catalog);
        const complete = recorder.complete && scan.gone.size === 0 && store.writeTrouble === null;
        const work = this.workOf(recorder.states, catalog);
        const state = this.stateOf(summary, complete, recorder.list, work);
        const id = session.save(run.id, state, records);
        if (complete) {
          const recorded = { ...state, records: giving(records) };
          const row = { id, run: run.id };
          const { states } = recorder;
          session.warm?.records.keep(session.name, store, { row, recorded, states, publishers });
        }
      }
      const causes = this.causes.record();
      const { bytes: storeBytes } = store.upkeep.pages();
      const recorded = { ...summary, storeBytes, ...(causes === null ? {} : { causes }) };
      if (recorder !== null && run.id % 16 === 0) store.standings.thinOut(recorder.selection);
      store.runs.finish(run.id, summary.wallMs, JSON.stringify(recorded), session.counters.counts());
      failPoint('build in transaction');
    });
    if (!isWritten) session.warm?.records.forget();
    failPoint('build stored');
  }

  private recordsOf({ records }: Catalog): FileRecord[] {
    return this.scan.table.names.map((name) => records.get(name) ?? NO_RECORD);
  }

  /** All steps of the selection, whichever build ran them, in the order of the phases. */
  private workOf(states: ReadonlyMap<string, TaskState>, catalog: Catalog): Record<string, PhaseWork> {
    const work: Record<string, { steps: number; micros: number }> = {};
    const add = ({ steps, micros }: PhaseWork, phase: string) => {
      work[phase] ??= { steps: 0, micros: 0 };
      const sum = work[phase];
      sum.steps += steps;
      sum.micros += micros;
    };
    for (const { name } of [...this.scan.solvers, ...this.scan.differs]) {
      const record = catalog.records.get(name);
      if (record === undefined) continue;
      for (const phase of filePhases) add({ steps: 1, micros: record.micros }, phase.name);
    }
    for (const state of states.values()) state.work.forEach(add);
    return work;
  }

  private stateOf(
    summary: Summary,
    complete: boolean,
    tasks: Uint8Array,
    work: SelectionState['work'],
  ): Omit<SelectionState, 'records'> {
    const { surroundings, diagnostics } = this.session;
    // Those of the inputs are repeated by a null build.
    const lasting = diagnostics.filter((diagnostic) => !isOfThisRun(diagnostic));
    const { table } = this.scan;
    const newer = this.look.found;
    // A null build does not use a queue or a shared cache, so the record has neither.
    const { queue: _, remote: __, ...results } = summary;
    return { surroundings, complete, tasks, summary: results, work, diagnostics: lasting, table, newer };
  }
}

/** Whether it is about the store, the queue or the shared cache. */
function isOfThisRun({ code }: Diagnostic): boolean {
  return /^(STORE|QUEUE|CACHE)/.test(code);
}

const EMPTY_SUMMARY: Summary = {
  ...totalsOf(new Map()),
  cellsRun: 0,
  phases: {},
  wallMs: 0,
  diagnostics: 0,
  published: 0,
  publishedLinks: 0,
  publishedChanged: 0,
  strays: 0,
  interrupted: false,
};

/**
 * A closure made here refers only to the value. In a method, it would refer to the whole build, which refers to the
 * record of the previous build: a process that builds often would keep all its builds in memory.
 */
function giving<T>(value: T): () => T {
  return () => value;
}

/** The name of the lease for a file with this content. */
function fileLease(content: string): string {
  return `file ${Buffer.from(content, 'latin1').toString('hex')}`;
}

function decodeStates(states: ReadonlyMap<string, Uint8Array>): Map<string, TaskState> {
  const decoded = new Map<string, TaskState>();
  for (const [task, bytes] of states) {
    const state = decodeTaskState(bytes);
    if (state !== null) decoded.set(task, state);
  }
  return decoded;
}
