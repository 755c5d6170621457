/** Collects garbage: removes from the store what no build needs, while other processes may build. */
import { failPoint } from '../../fail-points.js';
import type { Store } from '../../store/store.js';
import type { SelectionRecord } from '../../store/tables/upkeep.js';
import { type Clock, FileProblem, type FileSystem } from '../../workspace/file-system.js';
import { contentDigest } from '../../workspace/stat-table.js';
import { findTemporaries } from '../../workspace/temporaries.js';
import type { Workspace } from '../../workspace/workspace.js';
import { decodeSelectionState } from '../record/selection-state.js';
import { readSelectionName } from '../selection/selection-name.js';
import { type GcInventory, type GcLimits, type GcSelection, planGc, YOUNG_MS } from './gc-plan.js';

const DAY_MS = 86_400_000;

/**
 * Number of shards or runs that one transaction removes: other processes wait no longer than for a batch of cells.
 */
const STEP = 64;

/** Folders in the output folder that contain published files. */
const PUBLISHED_FOLDERS = ['solver_md5', 'solver_dir', 'differ_md5', 'differ_dir'];

export interface Collected {
  readonly selections: number;
  readonly shards: number;
  readonly runs: number;
  /** Files that killed processes left in the output folder. */
  readonly temporaries: number;
  /** Size of the store with its journal. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Another build began meanwhile: the rest is left for the next collection. */
  readonly stopped: boolean;
  /** The entries in use are larger than the size limit. */
  readonly overLimit: boolean;
}

export interface GcEnvironment {
  readonly files: FileSystem;
  readonly now: Clock;
}

export function limitsOf({ settings }: Workspace): GcLimits {
  const maxAgeMs = settings['gc.maxAgeDays'].value * DAY_MS;
  return { maxAgeMs, maxBytes: settings['gc.maxMegabytes'].value * 1e6 };
}

/**
 * Whether the last collection, or else the first build, was more than a day ago, or lies more than a day in the
 * future. In the latter case the clock was wrong then, and collections must not wait until that time.
 */
export function isGcDue(store: Store, now: number): boolean {
  const since = store.runs.lastCollection() ?? store.runs.firstStart();
  return since !== null && Math.abs(now - since) > DAY_MS;
}

/** With `dryRun`, returns what it would do, and does nothing. */
export function collectGarbage(
  store: Store,
  workspace: Workspace,
  world: GcEnvironment,
  limits: GcLimits,
  dryRun: boolean,
): Collected {
  const { upkeep } = store;
  const now = world.now();
  const bytesBefore = store.size();
  if (!dryRun) store.write(() => store.runs.beginCollection(now));
  const { plan, isBusy, newest } = upkeep.snapshot(() => {
    const inventory = takeInventory(store, world.files, now);
    return { plan: planGc(inventory, limits), isBusy: inventory.isBusy, newest: upkeep.newestRun() };
  });
  const temporaries = PUBLISHED_FOLDERS.flatMap((folder) =>
    findTemporaries(world.files, `${workspace.out.path}/${folder}`, now - YOUNG_MS),
  );
  const overLimit = plan.bytesAfter > limits.maxBytes;
  const { selections, shards, runs } = plan;
  if (dryRun) {
    const counts = { selections: selections.length, shards: shards.length, runs: runs.length };
    const bytesAfter = Math.min(bytesBefore, plan.bytesAfter);
    return { ...counts, temporaries: temporaries.length, bytesBefore, bytesAfter, stopped: false, overLimit };
  }
  const sweep = new Sweep(store, newest);
  const done = {
    selections: sweep.each(selections, 1, (id) => upkeep.removeSelection(id)),
    shards: sweep.each(shards, STEP, (shard) => upkeep.removeShard(shard)),
    runs: sweep.each(runs, STEP, (id) => upkeep.removeRun(id)),
  };
  const left = upkeep.selections().map(({ id }) => id);
  sweep.each(left, 1, (id) => store.standings.thinOut(id));
  const removed = temporaries.filter((path) => world.files.remove(path) === null).length;
  const { bytes, free } = upkeep.pages();
  // Compacting takes the write lock for long: it is not done while a build may be waiting.
  if (!isBusy && !sweep.stopped && free * 4 > bytes) upkeep.shrink();
  return {
    ...done,
    temporaries: removed,
    bytesBefore,
    bytesAfter: store.size(),
    stopped: sweep.stopped,
    overLimit,
  };
}

/** Removes in bounded transactions, until a build begins that the plan does not know. */
class Sweep {
  stopped = false;

  constructor(
    private readonly store: Store,
    private readonly newest: number,
  ) {}

  /** Returns the number of removed entries. */
  each<Item>(items: readonly Item[], step: number, remove: (item: Item) => void): number {
    let removed = 0;
    for (let at = 0; at < items.length && !this.stopped; at += step) {
      const part = items.slice(at, at + step);
      const written = this.store.write(() => {
        // A run is recorded before it reads a shard.
        this.stopped = this.store.upkeep.newestRun() !== this.newest;
        if (!this.stopped) for (const item of part) remove(item);
        failPoint('garbage in transaction');
      });
      failPoint('garbage removed');
      if (!written) this.stopped = true;
      if (!this.stopped) removed += part.length;
    }
    return removed;
  }
}

function takeInventory(store: Store, files: FileSystem, now: number): GcInventory {
  const { upkeep } = store;
  const runs = upkeep.runs();
  const started = new Map(runs.map((run) => [run.id, run.started]));
  const used = new Map<string, number>();
  for (const run of runs) used.set(run.selection, Math.max(used.get(run.selection) ?? 0, run.started));
  const oldest = runs.length === 0 ? now : runs[0].started;
  const records = upkeep.selections();
  const known = new Set(records.map(({ id }) => id));
  const orphans = upkeep.selectionsOfTasks().filter((id) => !known.has(id));
  const { bytes, free } = upkeep.pages();
  return {
    now,
    bytes: bytes - free,
    selections: [
      // If a selection was last built before all recorded runs, the time of its last build is unknown.
      ...records.map((record) => selectionOf(store, record, used.get(record.name) ?? oldest, files)),
      ...orphans.map((id) => ({ id, used: 0, exists: false, bytes: 0, shards: [] })),
    ],
    shards: upkeep.shardSizes().map(({ run, ...shard }) => ({ ...shard, written: started.get(run) ?? 0 })),
    runs,
    isBusy: runs.some((run) => !run.finished && !run.isCollection && Math.abs(now - run.started) <= YOUNG_MS),
  };
}

function selectionOf(
  store: Store,
  { id, name, state }: SelectionRecord,
  used: number,
  files: FileSystem,
): GcSelection {
  const { upkeep } = store;
  const table = state === null ? undefined : decodeSelectionState(state)?.table;
  const contents = table?.names.map((_, k) => contentDigest(table, k)) ?? [];
  const tasks = readSelectionName(name)?.tasks ?? [];
  const isGone = (path: string) => {
    const stat = files.stat(path);
    return stat instanceof FileProblem && stat.absent;
  };
  return {
    id,
    used,
    exists: !tasks.every(isGone),
    bytes: upkeep.selectionBytes(id),
    shards: [
      ...new Set([
        ...upkeep.taskNames(id).map((task) => `task ${task}`),
        ...contents.flatMap((content) => (content === undefined ? [] : [`file ${content}`])),
      ]),
    ],
  };
}
