/** Maintenance of the whole store: all rows of all selections and shards, for `verify` and `gc`. */

import { type Database, damageIn, isWriteTrouble } from '../database.js';
import { decodePack, encodePack, type Pack } from '../pack.js';
import { addChecksum, verifyChecksum } from '../payload-checksum.js';
import { COLLECTION } from './run-store.js';

/** A shard: the steps of one phase that a subject needs, stored together. */
export interface ShardKey {
  readonly phase: string;
  readonly shard: string;
}

/** `state` is null if its checksum does not match. */
export interface SelectionRecord {
  readonly id: number;
  readonly name: string;
  /** The run that recorded it. */
  readonly run: number;
  readonly state: Uint8Array | null;
}

/** A field is null if it is missing, or if its checksum does not match. */
export interface TaskRecord {
  readonly task: string;
  readonly state: Uint8Array | null;
  readonly result: Uint8Array | null;
}

export interface RunStart {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** The name of the selection. */
  readonly selection: string;
  /** False for a run that has not finished, or was killed. */
  readonly finished: boolean;
  /** Whether it is a garbage collection instead of a build. */
  readonly isCollection: boolean;
}

/** Maximum number of problems that SQLite lists. */
const MOST_PROBLEMS = 20;

export class Upkeep {
  constructor(private readonly database: Database) {}

  /** The structural problems that SQLite finds in the file; empty if there are none. */
  integrity(): string[] {
    try {
      const pragma = `integrity_check(${MOST_PROBLEMS})`;
      const lines = this.database.pragma(pragma) as { integrity_check: string }[];
      return lines.map((line) => line.integrity_check).filter((line) => line !== 'ok');
    } catch (error) {
      const reason = damageIn(error);
      if (reason === null) throw error;
      return [reason];
    }
  }

  /** Runs `body` on a snapshot of the store, even if others write meanwhile. */
  snapshot<Result>(body: () => Result): Result {
    return this.database.transaction(body).deferred();
  }

  shards(): ShardKey[] {
    return this.all('SELECT DISTINCT phase, shard FROM pack ORDER BY phase, shard');
  }

  /** Every shard with its size in bytes, and the newest run that wrote to it. */
  shardSizes(): (ShardKey & { readonly bytes: number; readonly run: number })[] {
    return this.all(
      `SELECT phase, shard, sum(length(payload)) AS bytes, max(run) AS run FROM pack
       GROUP BY phase, shard ORDER BY phase, shard`,
    );
  }

  /** The packs of a shard, oldest first; null for one with a wrong checksum, or that cannot be decoded. */
  packs({ phase, shard }: ShardKey): (Pack | null)[] {
    const rows = this.all<{ payload: Uint8Array }>(
      'SELECT payload FROM pack WHERE phase = ? AND shard = ? ORDER BY id',
      phase,
      shard,
    );
    return rows.map(({ payload }) => openPack(payload));
  }

  /** Replaces all packs of a shard by one. Call it in a transaction that has read them. */
  replacePacks(key: ShardKey, pack: Pack): void {
    const { phase, shard } = key;
    const { entries } = pack;
    const [{ run }] = this.all<{ run: number | null }>(
      'SELECT max(run) AS run FROM pack WHERE phase = ? AND shard = ?',
      phase,
      shard,
    );
    this.removeShard(key);
    if (entries.length === 0) return;
    this.database
      .prepare('INSERT INTO pack (phase, shard, entries, run, payload) VALUES (?, ?, ?, ?, ?)')
      .run(phase, shard, entries.length, run ?? 0, addChecksum(encodePack(pack)));
  }

  removeShard({ phase, shard }: ShardKey): void {
    this.run('DELETE FROM pack WHERE phase = ? AND shard = ?', phase, shard);
  }

  selections(): SelectionRecord[] {
    const rows = this.all<{ id: number; name: string; run: number; state: Uint8Array }>(
      'SELECT id, name, run, state FROM selection ORDER BY id',
    );
    return rows.map((row) => ({ ...row, state: verifyChecksum(row.state) }));
  }

  removeSelection(id: number): void {
    this.run('DELETE FROM selection WHERE id = ?', id);
    this.run('DELETE FROM task_state WHERE selection = ?', id);
    this.run('DELETE FROM task_result WHERE selection = ?', id);
    this.run('DELETE FROM standing WHERE selection = ?', id);
  }

  /** Standings of a selection's tasks with a wrong checksum. */
  brokenStandings(selection: number): { readonly task: string; readonly run: number }[] {
    const rows = this.all<{ task: string; run: number; standing: Uint8Array }>(
      'SELECT task, run, standing FROM standing WHERE selection = ? AND standing IS NOT NULL',
      selection,
    );
    return rows.flatMap(({ task, run, standing }) =>
      verifyChecksum(standing) === null ? [{ task, run }] : [],
    );
  }

  removeStanding(selection: number, task: string, run: number): void {
    this.run('DELETE FROM standing WHERE selection = ? AND task = ? AND run = ?', selection, task, run);
  }

  /** Size in bytes of the records of a selection and its tasks. */
  selectionBytes(id: number): number {
    const [{ bytes }] = this.all<{ bytes: number }>(
      `SELECT (SELECT ifnull(sum(length(state)), 0) FROM selection WHERE id = ?)
        + (SELECT ifnull(sum(length(state)), 0) FROM task_state WHERE selection = ?)
        + (SELECT ifnull(sum(length(result)), 0) FROM task_result WHERE selection = ?)
        + (SELECT ifnull(sum(length(standing)), 0) FROM standing WHERE selection = ?) AS bytes`,
      id,
      id,
      id,
      id,
    );
    return bytes;
  }

  /** Numbers of selections that have task records. */
  selectionsOfTasks(): number[] {
    const rows = this.all<{ selection: number }>(
      'SELECT selection FROM task_state UNION SELECT selection FROM task_result ORDER BY selection',
    );
    return rows.map(({ selection }) => selection);
  }

  taskNames(selection: number): string[] {
    const rows = this.all<{ task: string }>(
      'SELECT task FROM task_state WHERE selection = ? UNION SELECT task FROM task_result WHERE selection = ?',
      selection,
      selection,
    );
    return rows.map(({ task }) => task);
  }

  task(selection: number, task: string): TaskRecord {
    const state = this.all<{ bytes: Uint8Array }>(
      'SELECT state AS bytes FROM task_state WHERE selection = ? AND task = ?',
      selection,
      task,
    );
    const result = this.all<{ bytes: Uint8Array }>(
      'SELECT result AS bytes FROM task_result WHERE selection = ? AND task = ?',
      selection,
      task,
    );
    return { task, state: unsealed(state), result: unsealed(result) };
  }

  /** All runs, oldest first. */
  runs(): RunStart[] {
    const rows = this.all<{ id: number; started: number; selection: string; finished: number }>(
      'SELECT id, started, selection, wall_ms IS NOT NULL AS finished FROM run ORDER BY id',
    );
    return rows.map((row) => ({
      ...row,
      finished: row.finished === 1,
      isCollection: row.selection === COLLECTION,
    }));
  }

  newestRun(): number {
    return this.all<{ id: number | null }>('SELECT max(id) AS id FROM run')[0].id ?? 0;
  }

  removeRun(id: number): void {
    this.run('DELETE FROM run WHERE id = ?', id);
    this.run('DELETE FROM run_phase WHERE run = ?', id);
  }

  /** Size in bytes of the database's pages, and of its free pages. */
  pages(): { readonly bytes: number; readonly free: number } {
    const read = (name: string) => this.database.pragma(name, { simple: true }) as number;
    const pageSize = read('page_size');
    return { bytes: read('page_count') * pageSize, free: read('freelist_count') * pageSize };
  }

  /** Returns free pages to the file system; false if others use the store, or if there is no room for it. */
  shrink(): boolean {
    try {
      this.database.exec('VACUUM');
      this.database.pragma('wal_checkpoint(TRUNCATE)');
      return true;
    } catch (error) {
      if (isWriteTrouble(error)) return false;
      throw error;
    }
  }

  private all<Row>(sql: string, ...values: (string | number)[]): Row[] {
    return this.database.prepare<(string | number)[], Row>(sql).all(...values);
  }

  private run(sql: string, ...values: (string | number)[]): void {
    this.database.prepare(sql).run(...values);
  }
}

function unsealed(rows: readonly { bytes: Uint8Array }[]): Uint8Array | null {
  return rows.length === 0 ? null : verifyChecksum(rows[0].bytes);
}

function openPack(checked: Uint8Array): Pack | null {
  const payload = verifyChecksum(checked);
  if (payload === null) return null;
  try {
    return decodePack(payload);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
