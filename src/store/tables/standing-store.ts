/**
 * How tasks stood after each run that changed it: a row a task and run, and none where a run left it as it was. How a
 * task stood after a run is what the newest row up to that run says; one without bytes says that there was no such task.
 */

import type { Damage } from '../damage.js';
import { addChecksum, verifyChecksum } from '../payload-checksum.js';
import type { Statements } from '../statements.js';

/** Runs of a selection that are told apart; of older ones only what they left stays. */
export const KEPT_STANDINGS = 64;

export class StandingStore {
  constructor(
    private readonly database: Statements,
    private readonly damage: Damage,
  ) {}

  /** Records how a task stands after a run, if that is news; null: it is no more. */
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

  /** Runs that changed how some task stands, newest first. */
  runs(selection: number): number[] {
    const select = this.database.prepare<[number], { run: number }>(
      'SELECT DISTINCT run FROM standing WHERE selection = ? ORDER BY run DESC',
    );
    return this.damage.guard([], () => select.all(selection)).map(({ run }) => run);
  }

  /** How all tasks stood after a run, by task; damaged rows are left out. */
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

  /** Forgets what cannot be asked for: rows that others had replaced before the oldest run that is told apart. */
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
