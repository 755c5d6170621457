/** The records of selections: for each selection its state and, for each of its tasks, a small state and a result. */

import type { Damage } from '../damage.js';
import { addChecksum, verifyChecksum } from '../payload-checksum.js';
import type { Statements } from '../statements.js';

export class SelectionStore {
  private readonly select;
  private readonly all;
  private readonly state;
  private readonly states;
  private readonly result;

  constructor(
    private readonly database: Statements,
    private readonly damage: Damage,
  ) {
    this.select = database.prepare<[string], { id: number; run: number; state: Uint8Array }>(
      'SELECT id, run, state FROM selection WHERE name = ?',
    );
    this.states = database.prepare<[number], { task: string; state: Uint8Array }>(
      'SELECT task, state FROM task_state WHERE selection = ?',
    );
    this.all = database.prepare<[], { id: number; name: string }>('SELECT id, name FROM selection');
    this.state = database.prepare<[number, string], { state: Uint8Array }>(
      'SELECT state FROM task_state WHERE selection = ? AND task = ?',
    );
    this.result = database.prepare<[number, string], { result: Uint8Array }>(
      'SELECT result FROM task_result WHERE selection = ? AND task = ?',
    );
  }

  /** The selection's number, the run that recorded it and its state (null if damaged); null if it was never built. */
  find(name: string): { id: number; run: number; state: Uint8Array | null } | null {
    const row = this.damage.guard(undefined, () => this.select.get(name));
    return row === undefined ? null : { id: row.id, run: row.run, state: verifyChecksum(row.state) };
  }

  /** The names and numbers of all selections. */
  list(): { id: number; name: string }[] {
    return this.damage.guard([], () => this.all.all());
  }

  /** Records the selection's state; returns its number. */
  save(name: string, run: number, state: Uint8Array): number {
    this.database
      .prepare(
        `INSERT INTO selection (name, run, state) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET run = excluded.run, state = excluded.state`,
      )
      .run(name, run, addChecksum(state));
    return (this.select.get(name) as { id: number }).id;
  }

  /** The states of all tasks, without damaged ones. */
  taskStates(selection: number): Map<string, Uint8Array> {
    const states = new Map<string, Uint8Array>();
    for (const row of this.damage.guard([], () => this.states.all(selection))) {
      const state = verifyChecksum(row.state);
      if (state !== null) states.set(row.task, state);
    }
    return states;
  }

  taskState(selection: number, task: string): Uint8Array | null {
    const row = this.damage.guard(undefined, () => this.state.get(selection, task));
    return row === undefined ? null : verifyChecksum(row.state);
  }

  taskResult(selection: number, task: string): Uint8Array | null {
    const row = this.damage.guard(undefined, () => this.result.get(selection, task));
    return row === undefined ? null : verifyChecksum(row.result);
  }

  saveTask(selection: number, task: string, state: Uint8Array, result: Uint8Array): void {
    this.saveTaskState(selection, task, state);
    this.database
      .prepare(
        `INSERT INTO task_result (selection, task, result) VALUES (?, ?, ?)
         ON CONFLICT (selection, task) DO UPDATE SET result = excluded.result`,
      )
      .run(selection, task, addChecksum(result));
  }

  saveTaskState(selection: number, task: string, state: Uint8Array): void {
    this.database
      .prepare('INSERT OR REPLACE INTO task_state (selection, task, state) VALUES (?, ?, ?)')
      .run(selection, task, addChecksum(state));
  }

  removeTask(selection: number, task: string): void {
    this.database.prepare('DELETE FROM task_state WHERE selection = ? AND task = ?').run(selection, task);
    this.database.prepare('DELETE FROM task_result WHERE selection = ? AND task = ?').run(selection, task);
  }
}
