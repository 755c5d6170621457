/** Leases: which process is running the steps of which subject (see build/run/leases.ts). */
import type { Damage } from '../damage.js';
import type { Holder } from '../holder.js';
import type { Statements } from '../statements.js';

export interface Lease {
  readonly subject: string;
  readonly holder: Holder;
  /** The heartbeat: the holder increments it while it lives. */
  readonly beat: number;
}

export class LeaseStore {
  private readonly select;
  private readonly insert;
  private readonly remove;

  constructor(
    private readonly database: Statements,
    private readonly damage: Damage,
  ) {
    this.select = database.prepare<[string], Lease>(
      'SELECT subject, holder, beat FROM lease WHERE subject = ?',
    );
    this.insert = database.prepare('INSERT OR REPLACE INTO lease (subject, holder, beat) VALUES (?, ?, ?)');
    this.remove = database.prepare('DELETE FROM lease WHERE subject = ? AND holder = ?');
  }

  all(): Lease[] {
    const select = this.database.prepare<[], Lease>('SELECT subject, holder, beat FROM lease');
    return this.damage.guard([], () => select.all());
  }

  find(subject: string): Lease | null {
    return this.damage.guard(null, () => this.select.get(subject) ?? null);
  }

  /** Gives the lease to its holder, whoever had it. Call it in a transaction that has checked the former holder. */
  give({ subject, holder, beat }: Lease): void {
    this.insert.run(subject, holder, beat);
  }

  /** Ends the lease if `holder` still has it. */
  end(subject: string, holder: Holder): void {
    this.remove.run(subject, holder);
  }

  endAll(holder: Holder): void {
    this.database.prepare('DELETE FROM lease WHERE holder = ?').run(holder);
  }

  /** Shows that `holder` lives. */
  beat(holder: Holder, beat: number): void {
    this.database.prepare('UPDATE lease SET beat = ? WHERE holder = ?').run(beat, holder);
  }
}
