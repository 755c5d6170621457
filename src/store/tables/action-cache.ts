/** The action cache: maps (phase, shard, action key) to the output of a step. */

import type { Damage } from '../damage.js';
import { EntryIndex } from '../entry-index.js';
import {
  type ActionKey,
  type BlobKey,
  decodePack,
  encodePack,
  findBlobs,
  type Pack,
  type PackEntry,
} from '../pack.js';
import { addChecksum, verifyChecksum } from '../payload-checksum.js';
import type { Statements } from '../statements.js';

/** A shard with this many small packs, none of them before a large one, has them rewritten as one. */
const COMPACT_AT = 12;

/** Bytes of a pack that stays as it is. */
const LARGE = 1_000_000;

/** All entries of one shard. */
export interface Shard {
  readonly entries: ReadonlyMap<ActionKey, PackEntry>;
  readonly blobs: ReadonlyMap<BlobKey, Uint8Array>;
}

const NOTHING: Shard = { entries: new Map(), blobs: new Map() };

interface PackRow {
  readonly id: number;
  readonly payload: Uint8Array;
}

export class ActionCache {
  /** Number of packs that were ignored because their checksum did not match. */
  damaged = 0;
  private readonly select;
  private readonly insert;
  private readonly remove;
  private readonly packs;
  private readonly large;
  private readonly later;
  /**
   * The shards that are stored, if all of them were written here: in a first build nearly every look-up is for a shard
   * that is not there. Null if others may have written some.
   */
  private own: Set<string> | null;
  private readonly ownSince: number;

  constructor(
    private readonly database: Statements,
    private readonly damage: Damage,
    private readonly othersVersion: () => number,
  ) {
    this.select = database.prepare<[string, string], PackRow>(
      'SELECT id, payload FROM pack WHERE phase = ? AND shard = ? ORDER BY id',
    );
    this.insert = database.prepare(
      'INSERT INTO pack (phase, shard, entries, run, payload) VALUES (?, ?, ?, ?, ?)',
    );
    this.remove = database.prepare<[number]>('DELETE FROM pack WHERE id = ?');
    this.packs = database.prepare<[string, string], { packs: number }>(
      'SELECT count(*) AS packs FROM pack WHERE phase = ? AND shard = ?',
    );
    // SQLite knows the length of a payload without reading it.
    this.large = database.prepare<[string, string], { id: number | null }>(
      `SELECT max(id) AS id FROM pack WHERE phase = ? AND shard = ? AND length(payload) >= ${LARGE}`,
    );
    this.later = database.prepare<[string, string, number], PackRow>(
      'SELECT id, payload FROM pack WHERE phase = ? AND shard = ? AND id > ? ORDER BY id',
    );
    this.ownSince = othersVersion();
    const any = database.prepare('SELECT 1 FROM pack LIMIT 1');
    this.own = damage.guard(true, () => any.get() !== undefined) ? null : new Set();
  }

  /** Reads a shard. A pack whose checksum does not match counts as absent. */
  read(phase: string, shard: string): Shard {
    if (this.own !== null && this.othersVersion() !== this.ownSince) this.own = null;
    if (this.own?.has(`${phase} ${shard}`) === false) return NOTHING;
    return this.union(this.damage.guard([], () => this.select.all(phase, shard)));
  }

  /** Some blobs of a shard: only one pack is in memory at a time, and what is not wanted is not decoded. */
  blobs(phase: string, shard: string, wanted: ReadonlySet<BlobKey>): ReadonlyMap<BlobKey, Uint8Array> {
    const found = new Map<BlobKey, Uint8Array>();
    if (wanted.size > 0) this.each(phase, shard, (payload) => findBlobs(payload, wanted, found));
    return found;
  }

  /** The entries of a shard, without their blobs; each is decoded when it is looked up. */
  index(phase: string, shard: string): EntryIndex {
    return EntryIndex.collect((read) => this.each(phase, shard, read));
  }

  private each(phase: string, shard: string, use: (payload: Uint8Array) => void): void {
    this.damage.guard(undefined, () => {
      for (const row of this.select.iterate(phase, shard)) this.open(row, use);
    });
  }

  /** Whether anything is stored of a shard. */
  has(phase: string, shard: string): boolean {
    return this.damage.guard(0, () => this.packs.get(phase, shard)?.packs ?? 0) > 0;
  }

  private union(rows: readonly PackRow[]): Shard {
    const packs = rows.flatMap((row) => this.open(row, decodePack) ?? []);
    const entries = new Map<ActionKey, PackEntry>();
    for (const pack of packs) for (const entry of pack.entries) entries.set(entry.key, entry);
    return { entries, blobs: blobsOf(packs) };
  }

  /** What `use` makes of a pack; null if it is damaged. */
  private open<Result>(row: PackRow, use: (payload: Uint8Array) => Result): Result | null {
    const payload = verifyChecksum(row.payload);
    if (payload !== null) {
      try {
        return use(payload);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    this.damaged++;
    return null;
  }

  /** Appends a pack. Call it inside a transaction with everything that must become visible together. */
  append(phase: string, shard: string, run: number, pack: Pack): void {
    this.appendEncoded(phase, shard, run, pack.entries.length, encodePack(pack));
  }

  /** The same for a pack that is encoded already, and has so many entries. */
  appendEncoded(phase: string, shard: string, run: number, entries: number, payload: Uint8Array): void {
    this.own?.add(`${phase} ${shard}`);
    this.insert.run(phase, shard, entries, run, addChecksum(payload));
    if ((this.packs.get(phase, shard)?.packs ?? 0) < COMPACT_AT) return;
    // Only those after the last large one: later packs outrank earlier ones.
    const large = this.large.get(phase, shard)?.id ?? 0;
    const small = this.later.all(phase, shard, large);
    if (small.length >= COMPACT_AT) this.compact(phase, shard, run, small);
  }

  private compact(phase: string, shard: string, run: number, rows: readonly PackRow[]): void {
    const { entries, blobs } = this.union(rows);
    for (const row of rows) this.remove.run(row.id);
    this.insert.run(
      phase,
      shard,
      entries.size,
      run,
      addChecksum(encodePack({ entries: [...entries.values()], blobs })),
    );
  }

  /** Number of steps in the cache, by phase. */
  counts(): ReadonlyMap<string, number> {
    const sums = this.database.prepare<[], { phase: string; entries: number }>(
      'SELECT phase, sum(entries) AS entries FROM pack GROUP BY phase ORDER BY phase',
    );
    const rows = this.damage.guard([], () => sums.all());
    return new Map(rows.map((row) => [row.phase, row.entries]));
  }
}

/** The blobs of all packs; those of a single pack unchanged. */
function blobsOf(packs: readonly Pack[]): ReadonlyMap<BlobKey, Uint8Array> {
  if (packs.length === 1) return packs[0].blobs;
  const blobs = new Map<BlobKey, Uint8Array>();
  for (const pack of packs) for (const [key, blob] of pack.blobs) blobs.set(key, blob);
  return blobs;
}
