/** What all parts of one build share: the options, the store, the counters and the diagnostics. */
import type { Diagnostic } from '../../diagnostic.js';
import type { BuildEvent, Summary } from '../../observe/event.js';
import { stopwatch } from '../../stopwatch.js';
import type { Store } from '../../store/store.js';
import type { PhaseCounts } from '../../store/tables/run-store.js';
import type { Clock, FileSystem } from '../../workspace/file-system.js';
import type { BuildOptions, BuildReport, Stopping } from '../options.js';
import { encodeSelectionState, type FileRecord, type SelectionState } from '../record/selection-state.js';
import {
  digestSurroundings,
  isSameSurroundings,
  type Surroundings,
  selectionName,
  surroundingsOf,
} from '../selection/selection.js';
import { PhaseCounters } from './phase-counters.js';
import type { WarmState } from './warm-state.js';

/** The outside world of a build; tests replace it. */
export interface BuildEnvironment {
  readonly files: FileSystem;
  /** Milliseconds since the epoch. */
  readonly now: Clock;
  readonly workerUrl?: URL;
  /** Milliseconds of work for which the main thread helps; only tests change it. */
  readonly helpMs?: number;
  /** Milliseconds that a request to a shared cache may take. */
  readonly sharedTimeoutMs?: number;
  /** See EvaluatorOptions. */
  readonly mainThreadCells?: number;
}

export class Session {
  readonly startedAt = stopwatch.now();
  readonly startedOn: number;
  readonly counters = new PhaseCounters(stopwatch);
  readonly diagnostics: Diagnostic[] = [];
  /** Name of the selection in the store. */
  readonly name: string;
  readonly stopping: Stopping;
  readonly surroundings: Surroundings;
  interrupted = false;
  /** The surroundings that were last compared with these, and whether they are the same. */
  private compared: { readonly with: Surroundings; readonly isSame: boolean } | null = null;

  constructor(
    readonly options: BuildOptions,
    readonly world: BuildEnvironment,
    readonly store: Store,
    /** Null if nothing stays open after this build. */
    readonly warm: WarmState | null,
  ) {
    this.startedOn = world.now();
    this.name = selectionName(options.workspace, options.selection);
    const { earlyStop = false, untilSolved = false } = options;
    this.stopping = { earlyStop, untilSolved };
    this.surroundings = surroundingsOf(options.workspace, this.stopping);
    store.onWritten = (startedAt, endedAt) => {
      this.emit({ type: 'stored', startMs: startedAt - this.startedAt, endMs: endedAt - this.startedAt });
    };
  }

  /** Digest of the surroundings. */
  get settings(): string {
    return digestSurroundings(this.surroundings);
  }

  /** Whether the state was recorded with these surroundings; false if nothing was built yet. */
  isUnder({ surroundings }: SelectionState): boolean {
    if (surroundings === null) return false;
    if (this.compared?.with !== surroundings)
      this.compared = { with: surroundings, isSame: isSameSurroundings(surroundings, this.surroundings) };
    return this.compared.isSame;
  }

  emit(event: BuildEvent): void {
    this.options.emit(event);
  }

  report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.emit({ type: 'diagnostic', diagnostic });
  }

  /** Returns the number of the selection in the store. */
  save(run: number, state: Omit<SelectionState, 'records'>, records: readonly FileRecord[]): number {
    return this.store.selections.save(this.name, run, encodeSelectionState(state, records));
  }

  summarize(counts: Omit<Summary, 'phases' | 'wallMs' | 'diagnostics' | 'interrupted'>): Summary {
    return {
      ...counts,
      phases: Object.fromEntries<PhaseCounts>(this.counters.counts()),
      wallMs: stopwatch.now() - this.startedAt,
      diagnostics: this.diagnostics.length,
      interrupted: this.interrupted,
    };
  }

  finish(
    summary: Summary,
    unknownTasks: BuildReport['unknownTasks'],
    { available = 0, strays = () => [] }: Partial<Pick<BuildReport, 'available' | 'strays'>> = {},
  ): BuildReport {
    this.emit({ type: 'summary', ...summary });
    // The summary is the last event, although the store may still be written.
    this.store.onWritten = null;
    return { summary, diagnostics: this.diagnostics, unknownTasks, available, strays };
  }
}
