/**
 * What the store may forget: selections that nobody builds any more, steps that no selection remembers, old runs. Pure:
 * from what there is to what goes.
 */
import type { ShardKey } from '../../store/tables/upkeep.js';

export interface GcLimits {
  /** What was last used longer ago goes; milliseconds. */
  readonly maxAgeMs: number;
  /** Above this size of the store what was used least recently goes; bytes. */
  readonly maxBytes: number;
}

export interface GcSelection {
  readonly id: number;
  /** When a build last began that built it; milliseconds since the epoch. */
  readonly used: number;
  /** False when the files of its tasks are gone, all of them. */
  readonly exists: boolean;
  /** Bytes of its records. */
  readonly bytes: number;
  /** Shards that it remembers (see `shardId`). */
  readonly shards: readonly string[];
}

export interface GcShard extends ShardKey {
  readonly bytes: number;
  /** When the newest run began that wrote to it. */
  readonly written: number;
}

export interface GcRun {
  readonly id: number;
  readonly started: number;
}

export interface GcInventory {
  readonly now: number;
  /** What the store takes now, without free pages. */
  readonly bytes: number;
  readonly selections: readonly GcSelection[];
  readonly shards: readonly GcShard[];
  readonly runs: readonly GcRun[];
  /** A build is under way: nobody can tell which shards it uses. */
  readonly isBusy: boolean;
}

export interface GcPlan {
  readonly selections: readonly number[];
  readonly shards: readonly GcShard[];
  readonly runs: readonly number[];
  /** What the store will take, about. */
  readonly bytesAfter: number;
}

/** What a run younger than this made or used stays. */
export const YOUNG_MS = 3_600_000;

/** Phases of tasks share what a task's shards are named; a file's are named by its content. */
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
