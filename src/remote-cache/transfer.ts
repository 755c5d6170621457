/** Counts the transfers in one direction: bytes, and the time during which some request was running. */
import { stopwatch } from '../stopwatch.js';

export class Transfer {
  bytes = 0;
  private ms = 0;
  private active = 0;
  private since = 0;

  async during<Result>(body: () => Promise<Result>): Promise<Result> {
    if (this.active++ === 0) this.since = stopwatch.now();
    try {
      return await body();
    } finally {
      if (--this.active === 0) this.ms += stopwatch.now() - this.since;
    }
  }

  /** Milliseconds; requests at the same time count once. */
  get tookMs(): number {
    return this.ms + (this.active > 0 ? stopwatch.now() - this.since : 0);
  }
}
