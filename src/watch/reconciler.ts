/**
 * Decides when to scan without a hint. The system's events are only hints, and hints get lost: a folder is recreated
 * too fast for the watcher, another file system is mounted, a file is edited under another name. So while there are
 * no events, the watched folders are compared with the disk once a second, and all inputs are scanned from time to
 * time. A missed change then costs seconds, and an idle watch costs next to nothing.
 */
import type { Timers } from './timers.js';

/** Milliseconds between two comparisons of the watched folders. */
export const CHECK_MS = 1000;

/** Maximum milliseconds between two scans of all inputs, unless scans take long. */
export const LONGEST_REST_MS = 10_000;

/** The interval between scans grows with the idle time: it is an eighth of it. */
const SHARE_OF_IDLENESS = 1 / 8;

/** Unasked work takes at most a hundredth of one core: it pauses for this many times its CPU time. */
const REST_PER_CPU = 100;

/** In the first half minute without events, when an edit is likely, it may take a twentieth of one core. */
const RECENT_MS = 30_000;
const RECENT_REST_PER_CPU = 20;

/** It takes at most a tenth of the time: it also pauses for this many times its duration, of which a slow disk may be most. */
const REST_PER_DURATION = 10;

/** Both functions return whether they found changes. `begin` is called when there are no more events. */
export interface Unasked {
  /** Compares the watched folders with the disk. */
  check(): boolean;
  /** Scans all inputs. */
  scan(): boolean;
}

export class Reconciler {
  private cancel: (() => void) | null = null;
  private idleSince = 0;
  private scanAt = 0;

  constructor(
    private readonly unasked: Unasked,
    private readonly timers: Timers,
  ) {}

  /** There are no more events from now on. */
  begin(): void {
    this.end();
    this.idleSince = this.timers.now();
    this.scanAt = this.idleSince + CHECK_MS;
    this.wait(CHECK_MS);
  }

  /** There are events, which cause scans themselves. */
  end(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private wait(milliseconds: number): void {
    this.cancel = this.timers.after(milliseconds, () => {
      this.cancel = null;
      this.goOn();
    });
  }

  private goOn(): void {
    const { timers, unasked } = this;
    const beforeCheck = this.moment();
    if (unasked.check()) return;
    const afterCheck = this.moment();
    if (afterCheck.now >= this.scanAt) {
      if (unasked.scan()) return;
      const afterLook = this.moment();
      const idleness = Math.min((afterLook.now - this.idleSince) * SHARE_OF_IDLENESS, LONGEST_REST_MS);
      this.scanAt = timers.now() + Math.max(idleness, this.restAfter(afterCheck, afterLook));
    }
    this.wait(Math.max(CHECK_MS, this.restAfter(beforeCheck, afterCheck)));
  }

  /** The pause after work that took from one moment to another. */
  private restAfter(from: Moment, to: Moment): number {
    const perCpu = to.now - this.idleSince < RECENT_MS ? RECENT_REST_PER_CPU : REST_PER_CPU;
    // CPU time comes first: on a busy machine, most of the duration is the work of others.
    return Math.max((to.spent - from.spent) * perCpu, (to.now - from.now) * REST_PER_DURATION);
  }

  private moment(): Moment {
    return { now: this.timers.now(), spent: this.timers.spent() };
  }
}

/** In milliseconds. */
interface Moment {
  readonly now: number;
  readonly spent: number;
}
