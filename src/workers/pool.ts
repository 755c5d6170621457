/**
 * The pool of worker threads. Requests are answered in the order of arrival, each by one worker. A worker that hangs
 * or dies loses only its own request.
 *
 * A request waits only for a free slot, never for another request. A slot becomes free by an answer, by the worker's
 * death or by the watchdog that reads its beacon. So the pool cannot deadlock.
 *
 * What waits while all workers are busy is sent ahead, some work to each, so that no worker waits for this thread. A
 * worker that becomes idle takes over what waits behind another one.
 */
import type { ResourceLimits, TransferListItem } from 'node:worker_threads';
import type { Lost, Reply } from '../engine/reply.js';
import { stopwatch } from '../stopwatch.js';
import type { Outlet, OutsideAnswer } from './outlet.js';
import { Queue } from './queue.js';
import { MainThread, type MainThreadWork } from './slots/main-thread.js';
import {
  type Context,
  type Job,
  type PoolSlot,
  Slot,
  type SlotEvents,
  type SlotState,
  workIn,
} from './slots/slot.js';
import { NO_POSITION } from './slots/wire.js';

export type { Context } from './slots/slot.js';

/** The pool's clock and timers. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /**
   * Calls `look` about every `milliseconds`, without keeping the process alive, until the returned function is
   * called.
   */
  every(milliseconds: number, look: () => void): () => void;
}

interface CommonOptions<Request, Answer, Data> {
  /** Maximum number of workers; they are started when requests wait for them. */
  size: number;
  /** Number of workers that are started at once; others only for requests that have waited long. Default `size`. */
  sizeAtFirst?: number | undefined;
  /**
   * If this many workers in a row end before a request reaches them, and none is left, the waiting requests are
   * rejected. Default 3.
   */
  startAttempts?: number;
  clock?: Clock;
  /** Takes requests that wait while all workers are busy. Default null: none. */
  outlet?: Outlet<Request, Answer, Data> | null;
  /** What this thread does itself while much work waits and it has nothing else to do. Default null: nothing. */
  mainThread?: MainThreadWork<Request, Answer, Data> | null | undefined;
  /** So many milliseconds of work must wait before it does. Default 2000. */
  helpMs?: number | undefined;
}

/** A pool whose workers are not threads. */
export interface SlotPoolOptions<Request, Answer, Data> extends CommonOptions<Request, Answer, Data> {
  slotOf(events: SlotEvents<Job<Request, Answer, Data>>): PoolSlot<Request, Answer, Data>;
}

export interface PoolOptions<Request = never, Answer = never, Data = never>
  extends CommonOptions<Request, Answer, Data> {
  /** The compiled module of the worker, which calls `serve`. */
  workerUrl: URL;
  /** Seconds without progress of its beacon after which a worker is killed and its request is lost. */
  stallSeconds: number;
  /** Seconds after which a worker that is not ready has failed to start. Default 30. */
  startSeconds?: number;
  /** Maximum number of contexts that a worker stores. Default 64. */
  contextsPerSlot?: number;
  /** Limits of V8's heap in each worker. Typed arrays are outside this heap. */
  resourceLimits?: ResourceLimits;
  workerData?: unknown;
}

export interface RunOptions<Data> {
  context?: Context<Data>;
  /** Buffers of the request that are transferred instead of copied. */
  transfer?: readonly TransferListItem[];
  /** Estimated milliseconds of work. Default 100. */
  expectedMs?: number;
}

export interface PoolStats {
  size: number;
  starting: number;
  idle: number;
  busy: number;
  /** Number of requests that wait for a slot, or for the one before them in their slot. */
  waiting: number;
  /** Number of requests on other machines. */
  out: number;
  answered: number;
  lost: number;
  /**
   * Number of workers started so far, including those that failed to start. If it exceeds `size`, some were replaced.
   */
  starts: number;
}

/** Milliseconds between two checks of a pool without a watchdog: whether a remote request is late. */
const LOOK_MS = 250;

/** Milliseconds that a request waits before a worker is started for it beyond those that start at once. */
const PATIENCE_MS = 1000;

/**
 * Milliseconds of work that must wait before this thread helps. V8's helpers work for about a second until the code that
 * evaluates is optimized for another thread; for less work that costs as much as the help saves.
 */
const HELP_MS = 2000;

/** Watchdog checks a second; also the minimum number of checks before a worker counts as stuck. */
const LOOKS = 4;

/** A request without an estimate. */
const EXPECTED_MS = 100;

/**
 * When no request waits any more, a remote request that takes longer than this many milliseconds, or than twice its
 * estimate, also runs here ("backup tasks": Dean and Ghemawat, MapReduce, 2004).
 */
const BACKUP_MS = 1000;

/** A job, and where it is besides its slot. */
interface Errand<Request, Answer, Data> extends Job<Request, Answer, Data> {
  /** Whether it may be sent to another machine; that happens only once. */
  leaves: boolean;
  /** Whether it waits for a slot or has one, even if it is also remote. */
  isHome: boolean;
  settled: boolean;
  readonly queuedAt: number;
  sentAt: number;
  /** A remote answer that is compared with the local one. */
  told: OutsideAnswer<Answer> | null;
}

const NEVER_STARTED: Lost = {
  kind: 'lost',
  reason: 'aborted',
  detail: 'the pool was killed',
  at: NO_POSITION,
};

const systemClock: Clock = {
  now: () => stopwatch.now(),
  every(milliseconds, look) {
    const timer = setInterval(look, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

export class Pool<Request, Answer, Data = never> {
  private readonly slots: PoolSlot<Request, Answer, Data>[];
  private readonly waiting = new Queue<Errand<Request, Answer, Data>>();
  private readonly outlet: Outlet<Request, Answer, Data> | null;
  /** The remote requests, the oldest first. */
  private readonly out = new Set<Errand<Request, Answer, Data>>();
  private readonly mainThread: MainThread<Request, Answer, Data> | null;
  private readonly clock: Clock;
  private readonly lookMs: number;
  private readonly sizeAtFirst: number;
  private readonly helpMs: number;
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

  /** Starts no worker yet. Throws a RangeError for a size below 1. */
  constructor(options: PoolOptions<Request, Answer, Data> | SlotPoolOptions<Request, Answer, Data>) {
    const { size } = options;
    if (!(size >= 1)) throw new RangeError(`a pool needs at least one worker, not ${size}`);
    this.clock = options.clock ?? systemClock;
    this.startAttempts = options.startAttempts ?? 3;
    this.sizeAtFirst = options.sizeAtFirst ?? size;
    this.helpMs = options.helpMs ?? HELP_MS;
    const events = {
      moved: (to: SlotState) => this.moved(to),
      hasRoom: () => this.dispatch(),
      startFailed: (detail: string) => this.startFailed(detail),
      // A slot returns the jobs that it was given.
      returned: (job: Job<Request, Answer, Data>) =>
        this.waiting.unshift(job as Errand<Request, Answer, Data>),
    };
    if ('slotOf' in options) {
      this.lookMs = LOOK_MS;
      this.slots = Array.from({ length: size }, () => options.slotOf(events));
    } else {
      const { stallSeconds, startSeconds = 30, contextsPerSlot = 64 } = options;
      this.lookMs = Math.min(1000, stallSeconds * 1000) / LOOKS;
      const slotOptions = {
        ...options,
        contextsPerSlot,
        stallMs: stallSeconds * 1000,
        startMs: startSeconds * 1000,
        now: () => this.clock.now(),
      };
      this.slots = Array.from({ length: size }, (_, index) => new Slot(index, slotOptions, events));
    }
    const { mainThread = null } = options;
    this.mainThread =
      mainThread &&
      new MainThread(mainThread, {
        now: () => this.clock.now(),
        take: (accepts) => this.takeUnbegun(accepts),
        ended: () => this.dispatch(),
      });
    this.outlet = options.outlet ?? null;
    if (this.outlet) this.outlet.onRoom = () => this.dispatch();
  }

  /**
   * Resolves to the result of the request; any number may wait. Rejects if the worker's function throws, if a message
   * cannot be cloned, if no worker can be started, or if the pool is closed: these are bugs of battbuild.
   */
  run(request: Request, options: RunOptions<Data> = {}): Promise<Reply<Answer>> {
    const { context, transfer = [], expectedMs = EXPECTED_MS } = options;
    if (this.ending === 'closing') return Promise.reject(new Error('the pool is closed'));
    return new Promise((resolve, reject) => {
      const end = () => {
        const isFirst = !errand.settled;
        errand.settled = true;
        if (this.out.delete(errand)) this.outlet?.forget(request);
        return isFirst;
      };
      const errand: Errand<Request, Answer, Data> = {
        request,
        transfer,
        context: context ?? null,
        expectedMs,
        leaves: this.outlet !== null,
        isHome: true,
        settled: false,
        queuedAt: this.clock.now(),
        sentAt: 0,
        told: null,
        // Of two answers to one request, the first counts.
        settle: (reply) => {
          if (!end()) return;
          if (reply.kind === 'answer') this.answered++;
          else this.lost++;
          this.failedStarts = 0;
          if (errand.told && reply.kind === 'answer') this.outlet?.compare(errand.told, reply.answer);
          resolve(reply);
        },
        fail: (error) => {
          if (end()) reject(error);
        },
      };
      if (this.ending === 'killed') return errand.settle(NEVER_STARTED);
      this.waiting.push(errand);
      this.dispatch();
    });
  }

  /** Accepts no more requests, finishes those that it has, then ends the workers; resolves when they have ended. */
  close(): Promise<void> {
    if (this.ending === 'no') this.ending = 'closing';
    this.closed ??= this.finish();
    return this.closed;
  }

  /** Ends everything at once: unanswered and later requests are lost. */
  kill(): void {
    this.ending = 'killed';
    for (const job of this.waiting.drain()) job.settle(NEVER_STARTED);
    for (const job of [...this.out]) job.settle(NEVER_STARTED);
    this.mainThread?.abort();
    for (const slot of this.slots) void slot.abort();
    void this.close();
  }

  /** Starts a worker before its first request. */
  warmUp(): void {
    const [first] = this.slots;
    if (this.ending !== 'no' || this.starts > 0 || first.state !== 'empty') return;
    this.starts++;
    first.start();
  }

  /** Whether a worker has nothing to do after what it is at. */
  get isShort(): boolean {
    if (this.waiting.length > 0) return false;
    return this.slots.some(
      ({ state, ahead }) => state === 'idle' || (state === 'busy' && ahead.length === 0),
    );
  }

  /** Number of workers that were started and have not ended. */
  get workers(): number {
    return this.slots.length - this.count('empty');
  }

  get stats(): PoolStats {
    return {
      size: this.slots.length,
      starting: this.count('starting'),
      idle: this.count('idle'),
      busy: this.count('busy'),
      waiting: this.unbegun().length,
      out: this.out.size,
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
    await Promise.all([...this.slots.map((slot) => slot.abort()), this.outlet?.close()]);
    this.look();
  }

  private isQuiet(): boolean {
    const isAtWork = this.count('busy') > 0 || this.mainThread?.isBusy === true;
    return this.waiting.length === 0 && this.out.size === 0 && !isAtWork;
  }

  private count(state: SlotState): number {
    let count = 0;
    for (const slot of this.slots) if (slot.state === state) count++;
    return count;
  }

  /** Gives waiting requests to idle slots, in order, and starts workers for requests that still wait. */
  private dispatch(): void {
    for (let job = this.waiting.head; job; job = this.waiting.head) {
      // It was answered remotely while it waited to run here too.
      const slot = job.settled ? null : this.idleSlot(job.context?.key);
      if (!slot && !job.settled) break;
      this.waiting.shift();
      slot?.take(job);
    }
    this.takeOver();
    if (this.outlet) this.sendOut(this.outlet);
    this.grow();
    this.sendAhead();
    if (this.mainThread !== null) {
      const unbegun = this.unbegun();
      if (unbegun.length > 0 && workIn(unbegun) >= this.helpMs) this.mainThread.wake();
    }
    if (this.isQuiet()) this.quiet?.();
  }

  /** Starts workers for requests that still wait. */
  private grow(): void {
    // A slot may fail within `start` and call this again, so no state is carried from one iteration to the next.
    while (this.count('starting') < this.unbegun().length && this.mayStart() && this.isWorthStarting()) {
      const slot = this.slots.find(({ state }) => state === 'empty');
      if (!slot) break;
      this.starts++;
      slot.start();
    }
  }

  /** Beyond the first ones, one worker after another, and only for requests that have waited long. */
  private isWorthStarting(): boolean {
    if (this.workers < this.sizeAtFirst) return true;
    const since = Math.min(...this.unbegun().map(({ queuedAt }) => queuedAt));
    return this.count('starting') === 0 && this.clock.now() - since >= PATIENCE_MS;
  }

  /** The requests that no worker has begun, here and in slots. */
  private unbegun(): Errand<Request, Answer, Data>[] {
    // A slot has jobs that this pool gave it.
    const ahead = this.slots.flatMap((slot) => slot.ahead as readonly Errand<Request, Answer, Data>[]);
    return [...this.waiting, ...ahead];
  }

  /** A request for this thread: the first one that waits here, or else the last one that waits behind another. */
  private takeUnbegun(accepts: (request: Request) => boolean): Job<Request, Answer, Data> | null {
    return this.waiting.take((job) => !job.settled && accepts(job.request)) ?? this.withdraw(accepts);
  }

  /** Takes back a request that waits behind another one; null if there is none. */
  private withdraw(accepts?: (request: Request) => boolean): Job<Request, Answer, Data> | null {
    for (const slot of this.slots) {
      const job = slot.withdraw(accepts);
      if (job) return job;
    }
    return null;
  }

  /** Gives idle slots what waits behind another request. */
  private takeOver(): void {
    if (this.slots.length === 1) return;
    for (let idle = this.idleSlot(undefined); idle; idle = this.idleSlot(undefined)) {
      const job = this.withdraw();
      if (!job) return;
      idle.take(job);
    }
  }

  /** Sends busy slots their next requests. Those that other machines may answer stay here until they do. */
  private sendAhead(): void {
    if (this.outlet) return;
    while (this.waiting.length > this.count('starting')) {
      const key = this.waiting.head?.context?.key;
      const free = this.slots.filter((slot) => slot.canTakeAhead);
      const slot = free.find((one) => key !== undefined && one.holds(key)) ?? free[0];
      // Buffers that are handed over could not be taken back.
      if (!slot || this.waiting.head?.transfer.length !== 0) return;
      slot.take(this.waiting.shift() as Errand<Request, Answer, Data>);
    }
  }

  /** Sends requests to other machines that no slot can take at once. */
  private sendOut(outlet: Outlet<Request, Answer, Data>): void {
    const leaves = (job: Errand<Request, Answer, Data>) =>
      job.leaves && outlet.wants(job.request, job.expectedMs);
    while (this.waiting.length > this.count('starting')) {
      const job = this.waiting.take(leaves);
      if (!job) return;
      job.leaves = false;
      job.isHome = false;
      job.sentAt = this.clock.now();
      this.out.add(job);
      this.startLooking();
      outlet.run(job.request, job.context, job.expectedMs).then(
        (reply) => this.cameBack(job, reply, outlet),
        // It is a bug only if it also happens here.
        () => this.cameBack(job, NEVER_STARTED, outlet),
      );
    }
  }

  private cameBack(
    job: Errand<Request, Answer, Data>,
    reply: Reply<Answer>,
    outlet: Outlet<Request, Answer, Data>,
  ): void {
    // Requests that are no longer remote have been settled.
    if (this.out.delete(job)) {
      if (reply.kind === 'answer' && !outlet.doubts(reply)) job.settle(reply);
      else {
        job.told = reply.kind === 'answer' ? reply : null;
        this.bringHome(job);
      }
    }
    this.dispatch();
  }

  private bringHome(job: Errand<Request, Answer, Data>): void {
    if (job.isHome) return;
    job.isHome = true;
    this.waiting.unshift(job);
  }

  /** Also runs late remote requests here, on slots that have nothing else to do. */
  private backUp(): void {
    const now = this.clock.now();
    let free = this.slots.length - this.count('busy') - this.count('starting') - this.waiting.length;
    for (const job of this.out) {
      if (free <= 0) break;
      if (job.isHome || now - job.sentAt < Math.max(BACKUP_MS, 2 * job.expectedMs)) continue;
      this.bringHome(job);
      free--;
    }
    this.dispatch();
  }

  /** An idle slot; preferably one whose worker has the context. */
  private idleSlot(key: string | undefined): PoolSlot<Request, Answer, Data> | null {
    let found: PoolSlot<Request, Answer, Data> | null = null;
    for (const slot of this.slots) {
      if (slot.state !== 'idle') continue;
      if (key === undefined || slot.holds(key)) return slot;
      found ??= slot;
    }
    return found;
  }

  /**
   * After too many failures the pool continues with the workers that it has, and starts more only if there are none.
   */
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

  /** Rejects all waiting requests if enough starts have failed and no worker is left. */
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
    // A late check means that this thread was delayed (busy, suspended), not that the workers were silent: their
    // answers may be waiting to be read. So it counts no more than a punctual one.
    const elapsed = Math.min(now - this.lastLookAt, 2 * this.lookMs);
    this.lastLookAt = now;
    for (const slot of this.slots) slot.look(elapsed);
    this.grow();
    if (this.outlet && this.out.size > 0) this.backUp();
    if (this.count('starting') + this.count('busy') + this.out.size > 0) return;
    this.stopLooking?.();
    this.stopLooking = null;
  }
}
