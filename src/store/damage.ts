/** Damage that shows only when a store is read: from then on all of it counts as absent, and nothing more is written. */
import { damageIn } from './database.js';

export class Damage {
  /** What was found; null while all is well. */
  reason: string | null = null;

  /** Takes note if `error` is SQLite's word for a damaged file. */
  notice(error: unknown): boolean {
    const reason = damageIn(error);
    if (reason !== null) this.reason ??= reason;
    return reason !== null;
  }

  /** What `rows` returns, or `absent` in a damaged store. */
  guard<Result>(absent: Result, rows: () => Result): Result {
    if (this.reason !== null) return absent;
    try {
      return rows();
    } catch (error) {
      if (!this.notice(error)) throw error;
      return absent;
    }
  }
}
