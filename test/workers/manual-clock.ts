/** A clock that moves only when a test says so. */
import type { Clock } from '../../src/workers/pool.js';

export class ManualClock implements Clock {
  private time = 0;
  private readonly timers = new Set<{ interval: number; due: number; look: () => void }>();

  now(): number {
    return this.time;
  }

  every(interval: number, look: () => void): () => void {
    const timer = { interval, due: this.time + interval, look };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  get running(): boolean {
    return this.timers.size > 0;
  }

  /** Lets `seconds` pass, and calls every timer in time. */
  pass(seconds: number): void {
    const end = this.time + seconds * 1000;
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > end) break;
      this.time = next.due;
      next.due += next.interval;
      next.look();
    }
    this.time = end;
  }

  /** Lets `seconds` pass during which nothing could run; then calls every timer once. */
  leap(seconds: number): void {
    this.time += seconds * 1000;
    for (const timer of [...this.timers]) {
      timer.due = this.time + timer.interval;
      timer.look();
    }
  }
}
