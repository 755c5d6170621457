/** Time and timers of a watch; tests use a clock that they control. */
import { stopwatch } from '../stopwatch.js';

export interface Timers {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Milliseconds of CPU time that this process has taken; never goes back. */
  spent(): number;
  /** Calls `action` once after this many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, action: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => stopwatch.now(),
  spent() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
