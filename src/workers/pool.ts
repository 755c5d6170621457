/**
 * The pool of worker threads: requests are answered first come, first served, each by one worker, and a worker that
 * gets stuck or dies costs its own request only.
 *
 * A request waits for a free slot and for nothing else: no request waits for another, and a slot becomes free by an
 * answer, by the worker's death or by the look at its beacon. So the pool cannot block itself.
 */
import type { ResourceLimits, TransferListItem } from 'node:worker_threads';
import { Queue } from './queue.js';
import { type Context, type Job, type Lost, type Reply, Slot, type SlotState } from './slot.js';
import { NO_POSITION } from './wire.js';

export type { Context, Lost, Reply } from './slot.js';

/** How the pool tells time. */
export interface Clock {
  /** Milliseconds since any fixed moment, never going back. */
  now(): number;
  /** Calls `look` about every `milliseconds` without keeping the process alive, until the returned function is called. */
  every(milliseconds: number, look: () => void): () => void;
}

export interface PoolOptions {
  /** Workers at most; they start when requests wait for them. */
  size: number;
  /** The compiled worker module, which calls `serve`. */
  workerUrl: URL;
  /** A worker that does not tell its beacon any progress for so long loses its request and its life. */
  stallSeconds: number;
  /** A worker that is not ready after so long has failed to start. Default 30. */
  startSeconds?: number;
  /**
   * When so many workers in a row ended before a request reached them, and none is left, the waiting requests are
   * rejected. Default 3.
   */
  startAttempts?: number;
  /** How many contexts a worker keeps. Default 64. */
  contextsPerSlot?: number;
  /** Limits of V8's heap in each worker. Typed arrays live outside of it. */
  resourceLimits?: ResourceLimits;
  workerData?: unknown;
  clock?: Clock;
}

export interface RunOptions<Data> {
  context?: Context<Data>;
  /** Buffers of the request that are handed over, not copied. */
  transfer?: readonly TransferListItem[];
}

export interface PoolStats {
  size: number;
  starting: number;
  idle: number;
  busy: number;
  /** Requests that wait for a slot. */
  waiting: number;
  answered: number;
  lost: number;
  /** Workers started so far, those that failed to start included; more than `size` means that some were replaced. */
  starts: number;
}

/** Looks a second; also the least number of looks before a worker is found stuck. */
const LOOKS = 4;

const NEVER_STARTED: Lost = {
  kind: 'lost',
  reason: 'aborted',
  detail: 'the pool was killed',
  at: NO_POSITION,
};

const systemClock: Clock = {
  now: () => performance.now(),
  every(milliseconds, look) {
    const timer = setInterval(look, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

export class Pool<Request, Answer, Data = never> {
  private readonly slots: Slot<Request, Answer, Data>[];
  private readonly waiting = new Queue<Job<Request, Answer, Data>>();
  private readonly clock: Clock;
  private readonly lookMs: number;
  private lastLookAt = 0;
  private stopLooking: (() => void) | null = null;
  private readonly startAttempts: number;
  private failedStarts = 0;
  private lastFailure = '';
  private answered = 0;
  private lost = 0;
  private starts = 0;
  private ending: 'no' | 'closing' | 'killed' = 'no';
  private closed: Promise<void> | null = null;
  private quiet: (() => void) | null = null;

  /** Starts nothing yet. Throws a RangeError for a size below 1. */
  constructor(options: PoolOptions) {
    const { size, stallSeconds, startSeconds = 30, contextsPerSlot = 64 } = options;
    if (!(size >= 1)) throw new RangeError(`a pool needs at least one worker, not ${size}`);
    this.clock = options.clock ?? systemClock;
    this.lookMs = Math.min(1000, stallSeconds * 1000) / LOOKS;
    this.startAttempts = options.startAttempts ?? 3;
    const slotOptions = {
      ...options,
      contextsPerSlot,
      stallMs: stallSeconds * 1000,
      startMs: startSeconds * 1000,
      now: () => this.clock.now(),
    };
    const events = {
      moved: (to: SlotState) => this.moved(to),
      startFailed: (detail: string) => this.startFailed(detail),
      returned: (job: Job<Request, Answer, Data>) => this.waiting.unshift(job),
    };
    this.slots = Array.from({ length: size }, (_, index) => new Slot(index, slotOptions, events));
  }

  /**
   * Resolves to what became of the request; any number may wait. Rejects with what the worker's function threw, when a
   * message cannot be cloned, when no worker can be started, and when the pool is closed: bugs of ours.
   */
  run(request: Request, { context, transfer = [] }: RunOptions<Data> = {}): Promise<Reply<Answer>> {
    if (this.ending === 'closing') return Promise.reject(new Error('the pool is closed'));
    return new Promise((resolve, reject) => {
      const settle = (reply: Reply<Answer>) => {
        if (reply.kind === 'answer') this.answered++;
        else this.lost++;
        this.failedStarts = 0;
        resolve(reply);
      };
      if (this.ending === 'killed') return settle(NEVER_STARTED);
      this.waiting.push({ request, transfer, context: context ?? null, settle, fail: reject });
      this.dispatch();
    });
  }

  /** Takes no more requests, answers those that it has, then ends the workers; resolves when they are gone. */
  close(): Promise<void> {
    if (this.ending === 'no') this.ending = 'closing';
    this.closed ??= this.finish();
    return this.closed;
  }

  /** Ends everything at once: every request that has no answer is lost, and so are those that come later. */
  kill(): void {
    this.ending = 'killed';
    for (const job of this.waiting.drain()) job.settle(NEVER_STARTED);
    for (const slot of this.slots) void slot.abort();
    void this.close();
  }

  get stats(): PoolStats {
    return {
      size: this.slots.length,
      starting: this.count('starting'),
      idle: this.count('idle'),
      busy: this.count('busy'),
      waiting: this.waiting.length,
      answered: this.answered,
      lost: this.lost,
      starts: this.starts,
    };
  }

  private async finish(): Promise<void> {
    if (!this.isQuiet()) {
      await new Promise<void>((resolve) => {
        this.quiet = resolve;
      });
    }
    await Promise.all(this.slots.map((slot) => slot.abort()));
    this.look();
  }

  private isQuiet(): boolean {
    return this.waiting.length === 0 && this.count('busy') === 0;
  }

  private count(state: SlotState): number {
    let count = 0;
    for (const slot of this.slots) if (slot.state === state) count++;
    return count;
  }

  /** Gives waiting requests to idle slots, in order, and starts workers for those that then still wait. */
  private dispatch(): void {
    for (let job = this.waiting.head; job; job = this.waiting.head) {
      const slot = this.idleSlot(job.context?.key);
      if (!slot) break;
      this.waiting.shift();
      slot.take(job);
    }
    // A slot may fail within `start`, and dispatch again: nothing is remembered from one round to the next.
    while (this.count('starting') < this.waiting.length && this.mayStart()) {
      const slot = this.slots.find(({ state }) => state === 'empty');
      if (!slot) break;
      this.starts++;
      slot.start();
    }
    if (this.isQuiet()) this.quiet?.();
  }

  /** An idle slot, of several one that holds the context. */
  private idleSlot(key: string | undefined): Slot<Request, Answer, Data> | null {
    let found: Slot<Request, Answer, Data> | null = null;
    for (const slot of this.slots) {
      if (slot.state !== 'idle') continue;
      if (key === undefined || slot.holds(key)) return slot;
      found ??= slot;
    }
    return found;
  }

  /** After too many failures the pool goes on with the workers that it has, and tries again only without any. */
  private mayStart(): boolean {
    return this.failedStarts < this.startAttempts || this.count('empty') === this.slots.length;
  }

  private startFailed(detail: string): void {
    this.failedStarts++;
    this.lastFailure = detail;
  }

  private moved(to: SlotState): void {
    if (to === 'starting' || to === 'busy') {
      this.startLooking();
      return;
    }
    if (to === 'empty') this.giveUpWithoutWorkers();
    this.dispatch();
  }

  /** Rejects all that waits when enough starts failed and no worker is left that could answer. */
  private giveUpWithoutWorkers(): void {
    if (this.failedStarts < this.startAttempts || this.count('empty') < this.slots.length) return;
    const message = `no worker can be started (${this.failedStarts} attempts): ${this.lastFailure}`;
    for (const job of this.waiting.drain()) job.fail(new Error(message));
  }

  private startLooking(): void {
    if (this.stopLooking) return;
    this.lastLookAt = this.clock.now();
    this.stopLooking = this.clock.every(this.lookMs, () => this.look());
  }

  private look(): void {
    const now = this.clock.now();
    // A late look says that this thread was held up (busy, suspended), not that the workers were silent so long: their
    // answers may be waiting to be read. So it counts as little as one that is in time.
    const elapsed = Math.min(now - this.lastLookAt, 2 * this.lookMs);
    this.lastLookAt = now;
    for (const slot of this.slots) slot.look(elapsed);
    if (this.count('starting') + this.count('busy') > 0) return;
    this.stopLooking?.();
    this.stopLooking = null;
  }
}
