/**
 * Leases keep processes from doing the same work at the same time. A process that is about to run steps of a subject
 * (a task or a file) takes the subject's lease. A second process does other work first, then waits, and then finds
 * the steps in the store.
 *
 * Results never depend on leases: steps that run twice have equal outputs. So it is safe to lose a lease by mistake.
 * A lease is lost when its holder has ended, or has given no sign of life for STALE_MS.
 */

import { stopwatch } from '../../stopwatch.js';
import { type Holder, isGone, newHolder, processOf } from '../../store/holder.js';
import type { Store } from '../../store/store.js';
import type { Lease } from '../../store/tables/lease-store.js';
import { Interrupted } from './run-phases.js';

/** Milliseconds between a holder's signs of life. */
const BEAT_MS = 2000;

/**
 * A holder without a sign of life for this many milliseconds loses its leases: it is stopped, or runs on another
 * system.
 */
export const STALE_MS = 15_000;

/** Milliseconds between two checks of a waiting process: from the first to the second number. */
const POLL_MS = [4, 100] as const;

interface Waiter {
  readonly subject: string;
  readonly wake: () => void;
  readonly fail: (reason: Interrupted) => void;
}

export class Leases {
  private holder: Holder | null = null;
  private readonly held = new Set<string>();
  /** Held leases that end with the next transaction. */
  private readonly ending = new Set<string>();
  private waiters: Waiter[] = [];
  /** By holder: its last sign of life, and when this process first saw it, on the stopwatch. */
  private readonly signs = new Map<Holder, { readonly beat: number; readonly at: number }>();
  private beats = 0;
  private heart: NodeJS.Timeout | null = null;
  private nextPoll: NodeJS.Timeout | null = null;
  private pollMs: number = POLL_MS[0];
  private readonly interrupt = () => {
    if (this.nextPoll !== null) clearTimeout(this.nextPoll);
    for (const { fail } of this.waiters.splice(0)) fail(new Interrupted());
  };

  constructor(
    private readonly store: Store,
    private readonly signal: AbortSignal,
    private readonly staleMs = STALE_MS,
  ) {
    signal.addEventListener('abort', this.interrupt, { once: true });
  }

  /**
   * Resolves when this process has the lease. If another process has it, `deferred` is called with the number of that
   * process, and this one waits. Rejects with Interrupted if the run is stopped meanwhile. Resolves with false if this
   * process had the lease before.
   */
  async hold(subject: string, deferred: (process: number) => void = () => {}): Promise<boolean> {
    if (this.held.has(subject) && !this.ending.has(subject)) return false;
    let isDeferred = false;
    for (this.take([subject]); !this.held.has(subject); this.take([subject])) {
      const lease = this.store.leases.find(subject);
      if (lease === null) continue;
      if (!isDeferred) deferred(processOf(lease.holder));
      isDeferred = true;
      await this.freed(subject);
    }
    return true;
  }

  has(subject: string): boolean {
    return this.held.has(subject);
  }

  /** Takes those leases that are free, in one transaction. */
  take(subjects: readonly string[]): void {
    for (const subject of subjects) this.ending.delete(subject);
    const wanted = subjects.filter((subject) => !this.held.has(subject));
    if (wanted.length === 0) return;
    const taken: string[] = [];
    const written = this.store.write(() => taken.push(...this.takeFree(wanted)));
    // A process that cannot write stores nothing that others could wait for.
    for (const subject of written ? taken : wanted) this.held.add(subject);
  }

  /** Ends the lease of `subject` and takes that of `next` if it is free. Call it in a transaction. */
  pass(subject: string, next: string | null): void {
    this.end(subject);
    this.endLate();
    if (next === null || this.held.has(next)) return;
    for (const taken of this.takeFree([next])) this.held.add(taken);
  }

  /** Ends the lease of `subject` if it is held, after what was to be written before. */
  release(subject: string): void {
    if (!this.held.has(subject)) return;
    this.store.writeSoon(subject, () => {
      if (this.held.has(subject)) this.end(subject);
    });
  }

  /** The same, but with the next transaction of leases: small ones that end often cost less so. */
  releaseLater(subject: string): void {
    if (this.held.has(subject)) this.ending.add(subject);
  }

  /** Ends all leases. */
  releaseAll(): void {
    if (this.held.size > 0) this.store.write(() => this.store.leases.endAll(this.self));
    this.held.clear();
    this.ending.clear();
  }

  close(): void {
    this.signal.removeEventListener('abort', this.interrupt);
    if (this.heart !== null) clearInterval(this.heart);
    this.releaseAll();
  }

  private end(subject: string): void {
    this.store.leases.end(subject, this.self);
    this.held.delete(subject);
    this.ending.delete(subject);
  }

  private endLate(): void {
    for (const subject of this.ending) this.end(subject);
  }

  private get self(): Holder {
    this.holder ??= newHolder();
    return this.holder;
  }

  /** Call it in a transaction. */
  private takeFree(subjects: readonly string[]): string[] {
    this.endLate();
    const { leases } = this.store;
    const free = subjects.filter((subject) => {
      const lease = leases.find(subject);
      return lease === null || this.isLost(lease);
    });
    for (const subject of free) leases.give({ subject, holder: this.self, beat: ++this.beats });
    if (free.length > 0) this.heart ??= setInterval(() => this.beat(), BEAT_MS).unref();
    return free;
  }

  private beat(): void {
    if (this.held.size === 0) return;
    this.store.write(() => {
      this.endLate();
      this.store.leases.beat(this.self, ++this.beats);
    });
  }

  private isLost({ holder, beat }: Lease): boolean {
    if (holder === this.self || isGone(holder)) return true;
    const now = stopwatch.now();
    const sign = this.signs.get(holder);
    if (sign !== undefined && beat <= sign.beat) return now - sign.at >= this.staleMs;
    this.signs.set(holder, { beat, at: now });
    return false;
  }

  /** Resolves when the lease may be free. */
  private freed(subject: string): Promise<void> {
    if (this.signal.aborted) throw new Interrupted();
    return new Promise((wake, fail) => {
      this.waiters.push({ subject, wake, fail });
      if (this.waiters.length > 1) return;
      this.pollMs = POLL_MS[0];
      this.pollLater();
    });
  }

  private pollLater(): void {
    this.nextPoll = setTimeout(() => this.poll(), this.pollMs);
    this.pollMs = Math.min(this.pollMs * 2, POLL_MS[1]);
  }

  private poll(): void {
    const leases = new Map(this.store.leases.all().map((lease) => [lease.subject, lease]));
    const isFree = ({ subject }: Waiter) => {
      const lease = leases.get(subject);
      return lease === undefined || this.isLost(lease);
    };
    const free = this.waiters.filter(isFree);
    this.waiters = this.waiters.filter((waiter) => !free.includes(waiter));
    if (free.length > 0) this.pollMs = POLL_MS[0];
    if (this.waiters.length > 0) this.pollLater();
    for (const { wake } of free) wake();
  }
}
