/**
 * Statistics of the cache over the recorded runs: hits, misses, hit rate and saved time, for each run and in total.
 */

import type { Store } from '../store/store.js';
import type { PhaseCounts, RunRecord } from '../store/tables/run-store.js';
import { addShared, type SharedCacheFigures } from '../text/shared-cache-text.js';
import type { QueueUse, RemoteSummary, Summary } from './event.js';
import { cellsPerSecond, hitRate } from './rates.js';

/** The record of a run. */
type RecordedSummary = Summary & { readonly storeBytes?: number };

export interface PhaseStats extends PhaseCounts {
  /** Share of the steps that were hits, from 0 to 1; null if there was no step. */
  readonly hitRate: number | null;
}

export interface RunStats {
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly wallMs: number;
  readonly phases: Readonly<Record<string, PhaseStats>>;
  /** All phases together; the wall time is that of the run. */
  readonly all: PhaseStats;
  readonly cells: number | null;
  readonly cellsRun: number | null;
  /** Cells a second, of the time in which cells ran; null if none ran. */
  readonly cellsPerSecond: number | null;
  /** Solver sources, and the distinct programs among them; the others are duplicates, which never run. */
  readonly candidates: number | null;
  readonly programs: number | null;
  /** Size of the store after the run; null if neither this run nor an earlier one of the list records it. */
  readonly storeBytes: number | null;
  /** The run's use of the shared cache; null if there was none. */
  readonly remote: RemoteSummary | null;
  /** The part of workers on other machines; null without a queue. */
  readonly queue: QueueUse | null;
}

export interface Stats {
  readonly store: {
    readonly file: string;
    readonly bytes: number;
    /** Steps in the store, by phase. */
    readonly entries: Readonly<Record<string, number>>;
  };
  /** Null before the first run. */
  readonly last: RunStats | null;
  /** Total of the runs below. */
  readonly total: {
    readonly runs: number;
    readonly phases: Readonly<Record<string, PhaseStats>>;
    readonly all: PhaseStats;
    readonly remote: SharedCacheFigures | null;
  };
  /** Newest first. */
  readonly runs: readonly RunStats[];
}

/** The newest `count` finished runs of a store. */
export function statsOf(store: Store, count: number): Stats {
  const records = store.runs.newest(count);
  const runs = withStoreSizes(records.map(runStats));
  const phases = new Map<string, PhaseCounts[]>();
  for (const record of records) {
    for (const [phase, counts] of record.phases) phases.set(phase, [...(phases.get(phase) ?? []), counts]);
  }
  const total = {
    runs: runs.length,
    phases: Object.fromEntries([...phases].map(([phase, counts]) => [phase, rated(sum(counts))])),
    all: rated(sum(runs.map(({ all }) => all))),
    remote: runs.reduce<SharedCacheFigures | null>((total, { remote }) => {
      return total === null || remote === null ? (total ?? remote) : addShared(total, remote);
    }, null),
  };
  const entries = Object.fromEntries(store.actions.counts());
  return { store: { file: store.file, bytes: store.size(), entries }, last: runs[0] ?? null, total, runs };
}

/**
 * A run in which nothing changed does not record the size, because the store stayed the same. `runs` are the newest
 * first.
 */
function withStoreSizes(runs: readonly RunStats[]): RunStats[] {
  let last: number | null = null;
  const sized = runs.toReversed().map((run) => {
    last = run.storeBytes ?? last;
    return { ...run, storeBytes: last };
  });
  return sized.reverse();
}

function runStats(record: RunRecord): RunStats {
  const summary = record.summary === null ? null : (JSON.parse(record.summary) as RecordedSummary);
  const wallMs = record.wallMs ?? 0;
  const { cells = null, cellsRun = null, candidates = null, programs = null } = summary ?? {};
  return {
    run: record.id,
    started: new Date(record.started).toISOString(),
    wallMs,
    phases: Object.fromEntries([...record.phases].map(([phase, counts]) => [phase, rated(counts)])),
    all: rated({ ...sum([...record.phases.values()]), wallMs }),
    cells,
    cellsRun,
    cellsPerSecond: cellsPerSecond(cellsRun ?? 0, record.phases.get('validate')?.wallMs ?? 0),
    candidates,
    programs,
    storeBytes: summary?.storeBytes ?? null,
    remote: summary?.remote ?? null,
    queue: summary?.queue ?? null,
  };
}

function sum(all: readonly PhaseCounts[]): PhaseCounts {
  const total = { hits: 0, misses: 0, wallMs: 0, cpuMs: 0, savedMs: 0 };
  for (const { hits, misses, wallMs, cpuMs, savedMs } of all) {
    total.hits += hits;
    total.misses += misses;
    total.wallMs += wallMs;
    total.cpuMs += cpuMs;
    total.savedMs += savedMs;
  }
  return total;
}

function rated({ hits, misses, wallMs, cpuMs, savedMs }: PhaseCounts): PhaseStats {
  return { hits, misses, hitRate: hitRate({ hits, misses }), wallMs, cpuMs, savedMs };
}
