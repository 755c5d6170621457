/**
 * Plans a garbage collection: which selections, steps and runs the store can remove. A pure function of the store's
 * contents.
 */
import type { ShardKey } from '../../store/tables/upkeep.js';

export interface GcLimits {
  /** Entries that were last used longer ago than this are removed; in milliseconds. */
  readonly maxAgeMs: number;
  /** If the store is larger than this, the least recently used entries are removed; in bytes. */
  readonly maxBytes: number;
}

export interface GcSelection {
  readonly id: number;
  /** When the last build of it began, in milliseconds since the epoch. */
  readonly used: number;
  /** False if all files of its tasks are gone. */
  readonly exists: boolean;
  /** Size of its records in bytes. */
  readonly bytes: number;
  /** The shards that it refers to (see `shardId`). */
  readonly shards: readonly string[];
}

export interface GcShard extends ShardKey {
  readonly bytes: number;
  /** When the newest run that wrote to it began. */
  readonly written: number;
}

export interface GcRun {
  readonly id: number;
  readonly started: number;
}

export interface GcInventory {
  readonly now: number;
  /** Current size of the store, without free pages. */
  readonly bytes: number;
  readonly selections: readonly GcSelection[];
  readonly shards: readonly GcShard[];
  readonly runs: readonly GcRun[];
  /** A build is running: the shards that it uses are unknown. */
  readonly isBusy: boolean;
}

export interface GcPlan {
  readonly selections: readonly number[];
  readonly shards: readonly GcShard[];
  readonly runs: readonly number[];
  /** Approximate size of the store afterwards. */
  readonly bytesAfter: number;
}

/** Entries that a run younger than this created or used stay. */
export const YOUNG_MS = 3_600_000;

/** All phases of a task name their shards by the task; shards of files are named by content. */
export function shardId({ phase, shard }: ShardKey): string {
  return phase === 'load' ? `file ${shard}` : `task ${shard}`;
}

export function planGc(inventory: GcInventory, limits: GcLimits): GcPlan {
  const { now, selections, shards, runs, isBusy } = inventory;
  const young = now - YOUNG_MS;
  const old = now - limits.maxAgeMs;
  const kept = selections.filter(({ used, exists }) => used >= young || (exists && used >= old));
  const gone = new Set(selections.filter((selection) => !kept.includes(selection)));
  const users = new Map<string, number>();
  for (const selection of kept) {
    for (const shard of selection.shards) users.set(shard, (users.get(shard) ?? 0) + 1);
  }
  const isFree = (shard: GcShard) => !isBusy && shard.written < young && !users.get(shardId(shard));
  let bytesAfter = inventory.bytes - sum([...gone]) - sum(shards.filter(isFree));
  const sizes = new Map<string, GcShard[]>();
  for (const shard of shards) sizes.set(shardId(shard), [...(sizes.get(shardId(shard)) ?? []), shard]);
  for (const selection of [...kept].sort((a, b) => a.used - b.used)) {
    if (bytesAfter <= limits.maxBytes || selection.used >= young) break;
    gone.add(selection);
    bytesAfter -= selection.bytes;
    for (const id of selection.shards) {
      users.set(id, (users.get(id) as number) - 1);
      if (users.get(id) === 0) bytesAfter -= sum((sizes.get(id) ?? []).filter(isFree));
    }
  }
  return {
    selections: [...gone].map(({ id }) => id),
    shards: shards.filter(isFree),
    runs: runs.filter(({ started }) => started < Math.min(old, young)).map(({ id }) => id),
    bytesAfter,
  };
}

function sum(all: readonly { readonly bytes: number }[]): number {
  return all.reduce((bytes, one) => bytes + one.bytes, 0);
}
