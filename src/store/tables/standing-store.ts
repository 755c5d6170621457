/**
 * The standing of tasks after each run that changed it: one row for each task and run, and none if the run did not
 * change it. A task's standing after a run is in the newest row up to that run; a row without bytes means that there
 * was no such task.
 */

import type { Damage } from '../damage.js';
import { addChecksum, verifyChecksum } from '../payload-checksum.js';
import type { Statements } from '../statements.js';

/** Number of runs of a selection that can be distinguished; of older runs, only their final standings stay. */
export const KEPT_STANDINGS = 64;

export class StandingStore {
  constructor(
    private readonly database: Statements,
    private readonly damage: Damage,
  ) {}

  /** Records a task's standing after a run, if it changed; null: the task no longer exists. */
  save(selection: number, task: string, run: number, standing: Uint8Array | null): void {
    const checked = standing === null ? null : addChecksum(standing);
    const last = this.last(selection, task);
    if (last === undefined ? checked === null : isSame(last.standing, checked)) return;
    this.database
      .prepare('INSERT OR REPLACE INTO standing (selection, task, run, standing) VALUES (?, ?, ?, ?)')
      .run(selection, task, run, checked);
  }

  private last(selection: number, task: string) {
    const select = this.database.prepare<[number, string], { standing: Uint8Array | null }>(
      'SELECT standing FROM standing WHERE selection = ? AND task = ? ORDER BY run DESC LIMIT 1',
    );
    return this.damage.guard(undefined, () => select.get(selection, task));
  }

  /** Runs that changed a task's standing, newest first. */
  runs(selection: number): number[] {
    const select = this.database.prepare<[number], { run: number }>(
      'SELECT DISTINCT run FROM standing WHERE selection = ? ORDER BY run DESC',
    );
    return this.damage.guard([], () => select.all(selection)).map(({ run }) => run);
  }

  /** The standings of all tasks after a run, by task, without damaged rows. */
  after(selection: number, run: number): Map<string, Uint8Array> {
    const select = this.database.prepare<[number, number], { task: string; standing: Uint8Array | null }>(
      `SELECT task, standing FROM standing AS row WHERE selection = ? AND run =
       (SELECT max(run) FROM standing WHERE selection = row.selection AND task = row.task AND run <= ?)`,
    );
    const standings = new Map<string, Uint8Array>();
    for (const { task, standing } of this.damage.guard([], () => select.all(selection, run))) {
      const bytes = standing === null ? null : verifyChecksum(standing);
      if (bytes !== null) standings.set(task, bytes);
    }
    return standings;
  }

  /**
   * Removes rows that cannot be asked for: those that newer rows had replaced before the oldest distinguishable run.
   */
  thinOut(selection: number): void {
    const oldest = this.runs(selection)[KEPT_STANDINGS - 1];
    if (oldest === undefined) return;
    this.database
      .prepare(
        `DELETE FROM standing WHERE selection = ? AND run <
         (SELECT max(run) FROM standing AS newer
          WHERE newer.selection = standing.selection AND newer.task = standing.task AND newer.run <= ?)`,
      )
      .run(selection, oldest);
  }
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}
