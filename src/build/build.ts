/** One build: scan, plan, execute, publish, record. */
import type { Diagnostic } from '../diagnostic.js';
import type { BuildEvent, Summary } from '../observe/event.js';
import { filePhases } from '../phases/phases.js';
import type { PhaseCounts } from '../store/run-store.js';
import { Store } from '../store/store.js';
import type { Clock, FileSystem } from '../workspace/file-system.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import { Catalog } from './catalog.js';
import type { BuildOptions, BuildReport } from './options.js';
import { PhaseCounters } from './phase-counters.js';
import { Interrupted, type Run, runPhases } from './run-phases.js';
import { type Scan, scanInputs } from './scan.js';
import { selectTasks } from './select-tasks.js';
import { digestSurroundings, type Surroundings, selectionName, surroundingsOf } from './selection.js';
import {
  decodeSelectionState,
  encodeSelectionState,
  type FileRecord,
  type SelectionState,
} from './selection-state.js';
import { storeNotice, writeTrouble } from './store-diagnostics.js';
import { publishedIntact, TaskBuilder } from './task-builder.js';
import { decodeTaskState, type TaskState } from './task-state.js';

/** What a build takes from the world; tests give their own. */
export interface World {
  readonly files: FileSystem;
  /** Milliseconds since the epoch. */
  readonly now: Clock;
  readonly workerUrl?: URL;
}

const REAL_WORLD: World = { files: nodeFileSystem, now: Date.now };

/**
 * Builds what the options select. Inputs that cannot be used are diagnostics, and everything else is built; when told
 * to stop it keeps what is finished. Throws only for bugs of battbuild.
 */
export async function build(options: BuildOptions, world: World = REAL_WORLD): Promise<BuildReport> {
  const store = Store.open(options.workspace.cache.path, () => new Date(world.now()));
  try {
    return await new Build(options, world, store).run();
  } finally {
    store.close();
  }
}

class Build {
  private readonly startedAt = performance.now();
  private readonly startedOn: number;
  private readonly counters = new PhaseCounters(performance);
  private readonly diagnostics: Diagnostic[] = [];
  private readonly name: string;
  private readonly surroundings: Surroundings;
  private readonly settings: string;
  private interrupted = false;

  constructor(
    private readonly options: BuildOptions,
    private readonly world: World,
    private readonly store: Store,
  ) {
    this.startedOn = world.now();
    this.name = selectionName(options.workspace, options.selection);
    this.surroundings = surroundingsOf(options.workspace);
    this.settings = digestSurroundings(this.surroundings);
  }

  async run(): Promise<BuildReport> {
    const { workspace } = this.options;
    this.emit({ type: 'started', workspace: workspace.root, jobs: workspace.settings.jobs.value });
    if (this.store.notice !== null) this.report(storeNotice(this.store.notice));
    const row = this.store.selections.find(this.name);
    const recorded = row === null || row.state === null ? null : decodeSelectionState(row.state);
    const scan = scanInputs(workspace, recorded?.table ?? null, this.world.files, this.world.now);
    const states = row === null ? new Map<string, Uint8Array>() : this.store.selections.taskStates(row.id);
    if (recorded !== null && row !== null && this.isUnchanged(recorded, scan, states)) {
      return this.finishUnchanged(recorded, scan);
    }
    return this.runChanged(recorded, scan, states);
  }

  /** The null build: the inputs, the settings and the published files are as the last build left them. */
  private isUnchanged(
    recorded: SelectionState,
    scan: Scan,
    states: ReadonlyMap<string, Uint8Array>,
  ): boolean {
    const { force, workspace } = this.options;
    if (force || !recorded.complete || recorded.settings !== this.settings) return false;
    if (scan.changed.size > 0 || scan.removed.size > 0) return false;
    if (states.size !== recorded.summary.tasks) return false;
    if (!workspace.settings['publish.enabled'].value) return true;
    for (const bytes of states.values()) {
      if (!publishedIntact(decodeTaskState(bytes), workspace.out.path, this.world.files)) return false;
    }
    return true;
  }

  private finishUnchanged(recorded: SelectionState, scan: Scan): BuildReport {
    for (const [phase, { hits, misses, savedMs, cpuMs }] of Object.entries(recorded.summary.phases)) {
      this.counters.skipped(phase, hits + misses, (misses > 0 ? savedMs + cpuMs : savedMs) * 1000);
    }
    for (const diagnostic of recorded.diagnostics) this.report(diagnostic);
    const { summary } = recorded;
    this.emit({ type: 'planned', dirtyTasks: 0, tasks: summary.tasks, dryRun: this.options.dryRun });
    const finished = this.summarize({ ...summary, cellsRun: 0, publishedChanged: 0 });
    if (!this.options.dryRun) {
      this.store.write(() => {
        const run = this.store.runs.begin(this.startedOn, this.name);
        if (scan.touched) this.save(run, { ...recorded, table: scan.table }, recorded.records());
        this.store.runs.finish(run, finished.wallMs, JSON.stringify(finished), this.counters.counts());
      });
    }
    return this.finish(finished, []);
  }

  private async runChanged(
    recorded: SelectionState | null,
    scan: Scan,
    states: ReadonlyMap<string, Uint8Array>,
  ): Promise<BuildReport> {
    const { options, store } = this;
    const run = this.beginRun(recorded, scan);
    const catalog = new Catalog({
      scan,
      recorded: this.knownRecords(recorded),
      pairing: options.workspace.settings.pairing.value,
      load: (file) => this.loadFile(file, run),
    });
    for (const diagnostic of scan.diagnostics) this.report(diagnostic);
    await catalog.read();
    for (const diagnostic of catalog.diagnostics) this.report(diagnostic);
    const selected = selectTasks(catalog.ids, options.selection, (id) => catalog.isKnown(id));
    // A name that was mistyped is to be corrected, not to be built around.
    if (selected.unknown.length > 0) return this.finish(this.summarize(EMPTY_SUMMARY), selected.unknown);

    const selection = store.selections.find(this.name)?.id ?? 0;
    const builder = new TaskBuilder({
      options,
      world: this.world,
      run,
      catalog,
      selection,
      settings: this.settings,
      sameSettings: recorded?.settings === this.settings,
      states: decodeStates(states),
      report: (diagnostic) => this.report(diagnostic),
    });
    try {
      await builder.build(selected.ids);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.interrupted = true;
    }
    this.skipUnloaded(catalog, scan);
    const finished = this.summarize({
      ...builder.totals(),
      published: builder.publishedFiles,
      publishedChanged: builder.publishedChanged,
      cellsRun: builder.cellsRun,
    });
    if (!options.dryRun) this.record(run, finished, scan, catalog, builder.complete);
    if (store.writeTrouble !== null) this.report(writeTrouble(store));
    return this.finish({ ...finished, diagnostics: this.diagnostics.length }, selected.unknown);
  }

  private beginRun(recorded: SelectionState | null, scan: Scan): Run {
    const { options, store } = this;
    let id = 0;
    if (!options.dryRun) {
      store.write(() => {
        id = store.runs.begin(this.startedOn, this.name);
        // Tasks are recorded as they finish, so the selection must be there; what is interrupted stays incomplete.
        const state = recorded ?? this.stateOf(EMPTY_SUMMARY, scan, false);
        if (recorded === null)
          this.save(
            id,
            { ...state, settings: '', surroundings: null },
            scan.table.names.map(() => NO_RECORD),
          );
      });
    }
    return {
      store,
      id,
      counters: this.counters,
      clock: { now: () => performance.now() - this.startedAt },
      emit: (event) => this.emit(event),
      force: options.force,
      dryRun: options.dryRun,
      signal: options.signal,
    };
  }

  private knownRecords(recorded: SelectionState | null): ReadonlyMap<string, FileRecord> {
    // Records of an interrupted first build, or made by other code, say nothing.
    if (recorded === null || recorded.settings !== this.settings || this.options.force) return new Map();
    const records = recorded.records();
    return new Map(recorded.table.names.map((name, k) => [name, records[k]]));
  }

  private readonly loadMicros = new Map<string, number>();

  private async loadFile(file: Parameters<CatalogLoad>[0], run: Run): Promise<number> {
    const work = await runPhases(file, file.name, filePhases, null, run);
    let micros = 0;
    for (const one of work?.values() ?? []) micros += one.micros;
    this.loadMicros.set(file.name, micros);
    return micros;
  }

  /** Solver files that nobody had to load are hits of the phases of files. */
  private skipUnloaded(catalog: Catalog, scan: Scan): void {
    for (const { name } of scan.solvers) {
      const record = catalog.records.get(name);
      if (record === undefined || this.loadMicros.has(name)) continue;
      for (const phase of filePhases) this.counters.skipped(phase.name, 1, record.micros);
    }
  }

  private record(run: Run, summary: Summary, scan: Scan, catalog: Catalog, complete: boolean): void {
    this.store.write(() => {
      if (!this.interrupted) {
        const records = scan.table.names.map((name) => catalog.records.get(name) ?? NO_RECORD);
        this.save(run.id, this.stateOf(summary, scan, complete && this.store.writeTrouble === null), records);
      }
      this.store.runs.finish(run.id, summary.wallMs, JSON.stringify(summary), this.counters.counts());
    });
  }

  private stateOf(summary: Summary, scan: Scan, complete: boolean): Omit<SelectionState, 'records'> {
    // What the store had to say belongs to this run; what the inputs have to say is said again by a null build.
    const diagnostics = this.diagnostics.filter(({ code }) => !code.startsWith('STORE'));
    const { settings, surroundings } = this;
    return { settings, surroundings, complete, summary, diagnostics, table: scan.table };
  }

  private save(run: number, state: Omit<SelectionState, 'records'>, records: readonly FileRecord[]): void {
    this.store.selections.save(this.name, run, encodeSelectionState(state, records));
  }

  private summarize(counts: Omit<Summary, 'phases' | 'wallMs' | 'diagnostics' | 'interrupted'>): Summary {
    return {
      ...counts,
      phases: Object.fromEntries<PhaseCounts>(this.counters.counts()),
      wallMs: performance.now() - this.startedAt,
      diagnostics: this.diagnostics.length,
      interrupted: this.interrupted,
    };
  }

  private finish(summary: Summary, unknownTasks: BuildReport['unknownTasks']): BuildReport {
    this.emit({ type: 'summary', ...summary });
    return { summary, diagnostics: this.diagnostics, unknownTasks };
  }

  private report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.emit({ type: 'diagnostic', diagnostic });
  }

  private emit(event: BuildEvent): void {
    this.options.emit(event);
  }
}

type CatalogLoad = ConstructorParameters<typeof Catalog>[0]['load'];

const NO_RECORD: FileRecord = { tasks: [], rejected: [], micros: 0, loads: 0, diagnostics: [] };

const EMPTY_SUMMARY: Summary = {
  tasks: 0,
  candidates: 0,
  programs: 0,
  behaviours: 0,
  cells: 0,
  cellsRun: 0,
  solved: 0,
  partly: 0,
  unsolved: 0,
  phases: {},
  wallMs: 0,
  diagnostics: 0,
  published: 0,
  publishedChanged: 0,
  interrupted: false,
};

function decodeStates(states: ReadonlyMap<string, Uint8Array>): Map<string, TaskState> {
  return new Map([...states].map(([task, bytes]) => [task, decodeTaskState(bytes)]));
}
