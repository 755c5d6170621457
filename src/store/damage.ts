/**
 * Damage that only shows when a store is read. From then on all entries count as absent, and nothing more is written.
 */
import { damageIn } from './database.js';

export class Damage {
  /** The damage that was found; null if none was. */
  reason: string | null = null;

  /** Records the damage if `error` is SQLite's error for a damaged file. */
  notice(error: unknown): boolean {
    const reason = damageIn(error);
    if (reason !== null) this.reason ??= reason;
    return reason !== null;
  }

  /** The result of `rows`, or `absent` if the store is damaged. */
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
