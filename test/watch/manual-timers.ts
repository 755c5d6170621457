/** Timers that fire only when a test lets time pass. */
import type { Timers } from '../../src/watch/timers.js';

export class ManualTimers implements Timers {
  private time = 0;
  private cpu = 0;
  private readonly pending = new Set<{ due: number; action: () => void }>();

  now(): number {
    return this.time;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { due: this.time + milliseconds, action };
    this.pending.add(timer);
    return () => this.pending.delete(timer);
  }

  spent(): number {
    return this.cpu;
  }

  get running(): number {
    return this.pending.size;
  }

  /** What is done takes so long, and so much CPU time. */
  spend(milliseconds: number, cpu = milliseconds): void {
    this.time += milliseconds;
    this.cpu += cpu;
  }

  /** Lets time pass; timers fire in order, including those that are set meanwhile. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = [...this.pending].sort((a, b) => a.due - b.due);
      if (next === undefined || next.due > end) break;
      this.time = Math.max(this.time, next.due);
      this.pending.delete(next);
      next.action();
    }
    this.time = Math.max(this.time, end);
  }
}

/** Runs everything that does not wait for a timer or the disk. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
