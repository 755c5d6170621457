/** A slot of the pool: starts a worker, gives it one call after another, and notices if it is lost. */
import type { TransferListItem } from 'node:worker_threads';
import type { Lost, Reply } from '../../engine/reply.js';
import { stopwatch } from '../../stopwatch.js';
import { Thread, type ThreadOptions } from './threads.js';
import {
  type AnsweredCall,
  Beacon,
  type CallMessage,
  type CallOutcome,
  MOST_CALLS,
  NO_POSITION,
} from './wire.js';

/**
 * Data that many calls share. It is sent to a worker with the first of these calls only, and again to a worker
 * started later.
 */
export interface Context<Data> {
  /** Equal keys must mean equal data. */
  key: string;
  /** Copied to the worker; SharedArrayBuffers in it are shared. */
  data: Data;
}

/** A request that is being handled; it is settled exactly once, by `settle` or by `fail`. */
export interface Job<Request, Answer, Data> {
  request: Request;
  transfer: readonly TransferListItem[];
  context: Context<Data> | null;
  /** Estimated milliseconds of work. */
  readonly expectedMs: number;
  settle(reply: Reply<Answer>): void;
  fail(error: unknown): void;
}

/**
 * ```
 *            start              ready             take
 *   empty ----------> starting -------> idle -----------------> busy <--+ take ahead, answered one of several
 *     ^                  |               ^ |     answered        | |  --+
 *     |                  |               +-+---------------------+ |
 *     |  failed to start |      died       |    died, silent, threw |
 *     +------------------+-----------------+------------------------+
 * ```
 * A worker gets its next calls while it is at one, so that it need not wait for the pool between them. It begins them in
 * order. A call that it has not begun can be withdrawn, and is given to another worker if this one is lost.
 *
 * Leaving a worker never waits for its end: the slot is empty at once, and what the old worker may still do is ignored.
 * Invariants: calls are present exactly when busy, a thread exactly when not empty.
 */
export type SlotState = 'empty' | 'starting' | 'idle' | 'busy';

export interface SlotOptions extends ThreadOptions {
  workerUrl: URL;
  /** Milliseconds without progress after which a worker is killed. */
  stallMs: number;
  /** Milliseconds after which a worker that is not ready is killed. */
  startMs: number;
  /** Maximum number of contexts of a worker; the least recently used is dropped first. */
  contextsPerSlot: number;
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
}

export interface SlotEvents<Job> {
  /** The state of the slot changed. Called last, when the slot is consistent. */
  moved(to: SlotState): void;
  /** A busy slot can take another call ahead. */
  hasRoom(): void;
  /** A worker ended before it was ready, or before its next call reached it; the change to `empty` follows. */
  startFailed(detail: string): void;
  /** A worker ended before it received the job, which can be given to another one; the change to `empty` follows. */
  returned(job: Job): void;
}

/** A slot as the pool sees it. */
export interface PoolSlot<Request, Answer, Data> {
  readonly state: SlotState;
  /** Whether its worker has the data of this context. */
  holds(contextKey: string): boolean;
  /** empty -> starting */
  start(): void;
  /** The calls behind the one that the worker is at, without those whose answers are on their way. */
  readonly ahead: readonly Job<Request, Answer, Data>[];
  /** Whether a busy slot can take another call. */
  readonly canTakeAhead: boolean;
  /** idle -> busy; or busy, if it can take a call ahead. */
  take(job: Job<Request, Answer, Data>): void;
  /**
   * Takes back the last call ahead; null if there is none that the worker has not begun, or if `accepts` does not hold
   * for it.
   */
  withdraw(accepts?: (request: Request) => boolean): Job<Request, Answer, Data> | null;
  /** Checks for progress, `elapsedMs` after the last check. */
  look(elapsedMs: number): void;
  /** From any state to empty; a call is lost. Resolves when the worker has ended. */
  abort(): Promise<void>;
}

/** A job, and the number under which the worker knows it. */
interface Call<Request, Answer, Data> {
  readonly job: Job<Request, Answer, Data>;
  readonly number: number;
}

/**
 * Work that a worker has ahead, in milliseconds. The pool's thread may be busy for 100 ms, with a cell or a batch of
 * files, and most calls take far less than the mean, by which they are estimated. Of calls that take longer, one is ahead.
 */
const AHEAD_MS = 200;

/** Estimated milliseconds. */
export function workIn(jobs: readonly { readonly expectedMs: number }[]): number {
  return jobs.reduce((sum, { expectedMs }) => sum + expectedMs, 0);
}

/** A number that no beacon has, so that the next check finds progress. */
const UNSEEN = -1;

export class Slot<Request, Answer, Data> implements PoolSlot<Request, Answer, Data> {
  private current: SlotState = 'empty';
  private thread: Thread | null = null;
  private beacon = new Beacon();
  /** The worker has these, or they are on their way to it, the one that it is at first. */
  private calls: Call<Request, Answer, Data>[] = [];
  /** Number of calls that this worker got. */
  private sent = 0;
  /** Number of withdrawn calls that the worker has not passed over yet. */
  private withdrawn = 0;
  private silentMs = 0;
  private lastProgress = UNSEEN;
  /** The keys of the contexts that the worker has, least recently used first. */
  private readonly held = new Set<string>();

  constructor(
    readonly index: number,
    private readonly options: SlotOptions,
    private readonly events: SlotEvents<Job<Request, Answer, Data>>,
  ) {}

  get state(): SlotState {
    return this.current;
  }

  get ahead(): readonly Job<Request, Answer, Data>[] {
    const first = this.calls.findIndex(({ number }) => !this.beacon.hasBegun(number));
    return first < 0 ? [] : this.calls.slice(Math.max(1, first)).map(({ job }) => job);
  }

  /** Whether a busy slot can take another call. */
  get canTakeAhead(): boolean {
    if (this.current !== 'busy' || this.calls.length + this.withdrawn >= MOST_CALLS) return false;
    const { ahead } = this;
    return ahead.length === 0 || workIn(ahead) < AHEAD_MS;
  }

  holds(key: string): boolean {
    return this.held.has(key);
  }

  /** empty -> starting */
  start(): void {
    const { workerUrl, workerData, resourceLimits } = this.options;
    this.beacon = new Beacon();
    this.sent = 0;
    this.withdrawn = 0;
    this.lastProgress = UNSEEN;
    this.move('starting');
    try {
      this.thread = new Thread(
        workerUrl,
        { workerData, ...(resourceLimits && { resourceLimits }) },
        { ready: () => this.move('idle'), died: (detail) => this.died(detail) },
      );
    } catch (error) {
      // Node cannot start a worker if the system has no threads left; that counts like any other failed start.
      this.died(String(error));
    }
  }

  /** idle -> busy; or busy, if it can take a call ahead. */
  take(job: Job<Request, Answer, Data>): void {
    const thread = this.thread as Thread;
    const call = { job, number: this.sent++ };
    this.calls.push(call);
    this.beacon.send(call.number);
    if (this.current === 'idle') {
      this.lastProgress = UNSEEN;
      this.move('busy');
    }
    thread.call(this.message(call), job.transfer).then(
      (outcome) => {
        if (this.thread === thread) this.answered(call, outcome as CallOutcome<Answer>);
      },
      (error) => {
        if (this.thread === thread) this.threw(call, error);
      },
    );
  }

  withdraw(accepts: (request: Request) => boolean = () => true): Job<Request, Answer, Data> | null {
    const call = this.calls.at(-1);
    if (call === undefined || this.calls.length === 1 || !accepts(call.job.request)) return null;
    if (!this.beacon.withdraw(call.number)) return null;
    this.calls.pop();
    this.withdrawn++;
    return call.job;
  }

  /**
   * Checks the beacon, `elapsedMs` after the last check. Kills a worker that has been silent for too long: its call
   * is lost, or its start has failed. The first check during a call always finds progress, so silence is counted from
   * there.
   */
  look(elapsedMs: number): void {
    if (this.current !== 'starting' && this.current !== 'busy') return;
    const progress = this.beacon.progress;
    this.silentMs = progress === this.lastProgress ? this.silentMs + elapsedMs : 0;
    this.lastProgress = progress;
    const { startMs, stallMs } = this.options;
    if (this.current === 'starting' && this.silentMs >= startMs) {
      this.died(`not ready after ${startMs / 1000} s`);
    } else if (this.current === 'busy' && this.silentMs >= stallMs) {
      this.lose('timeout', `no progress for ${stallMs / 1000} s`);
    }
  }

  /** From any state to empty; a call is lost. Resolves when the worker has ended. */
  async abort(): Promise<void> {
    const thread = this.thread;
    if (this.current === 'busy') this.lose('aborted', 'the pool was killed');
    else if (this.current !== 'empty') this.leave();
    await thread?.stop();
  }

  private message(call: Call<Request, Answer, Data>): CallMessage<Request, Data> {
    const { request, context } = call.job;
    const message = { request, beacon: this.beacon.memory, call: call.number };
    if (!context) return { ...message, context: null, forget: null };
    const { key, data } = context;
    const fresh = !this.held.delete(key);
    this.held.add(key);
    if (!fresh) return { ...message, context: { key, fresh }, forget: null };
    const [eldest] = this.held;
    const forget = this.held.size > this.options.contextsPerSlot ? eldest : null;
    if (forget !== null) this.held.delete(forget);
    return { ...message, context: { key, fresh, data }, forget };
  }

  private answered(call: Call<Request, Answer, Data>, outcome: CallOutcome<Answer>): void {
    if (outcome === null) this.withdrawn--;
    else {
      // The worker begins its calls in order, and so answers them.
      this.calls.splice(this.calls.indexOf(call), 1);
      call.job.settle({ kind: 'answer', ...this.timed(outcome), slot: this.index });
    }
    if (this.calls.length === 0) this.move('idle');
    else this.events.hasRoom();
  }

  /** On the pool's clock. */
  private timed({ startedAt, ...outcome }: AnsweredCall<Answer>) {
    const takenAt = this.options.now() - (stopwatch.now() - startedAt);
    return { ...outcome, takenAt, wallMs: outcome.busyMs };
  }

  /**
   * The worker's function threw, or a message could not be cloned. That is a bug, after which the worker cannot be
   * trusted.
   */
  private threw(call: Call<Request, Answer, Data>, error: unknown): void {
    // One that was withdrawn fails where it is now.
    if (this.calls.includes(call)) call.job.fail(error);
    this.giveBack(this.calls.filter((other) => other !== call));
    this.leave();
  }

  private died(detail: string): void {
    if (this.current === 'busy') this.lose('crashed', detail);
    else {
      if (this.current === 'starting') this.events.startFailed(detail);
      this.leave();
    }
  }

  private lose(reason: Lost['reason'], detail: string): void {
    const { calls, beacon } = this;
    // The last one that the worker began is the one that it was at. An answer to the one before may be lost with it.
    const at = calls.findLastIndex(({ number }) => !beacon.withdraw(number));
    const { position } = beacon;
    const lost = (call: Call<Request, Answer, Data>, where: number) => {
      call.job.settle({ kind: 'lost', reason, detail, at: where });
    };
    if (reason === 'aborted') calls.forEach((call, k) => void lost(call, k === at ? position : NO_POSITION));
    else {
      // None of the calls caused the death that an earlier one caused.
      if (at < 0) this.events.startFailed(detail);
      else lost(calls[at], position);
      // Transferred buffers are gone.
      const others = calls.filter((_, k) => k !== at);
      for (const call of others) if (call.job.transfer.length > 0) lost(call, NO_POSITION);
      this.giveBack(others.filter(({ job }) => job.transfer.length === 0));
    }
    this.leave();
  }

  private giveBack(calls: readonly Call<Request, Answer, Data>[]): void {
    // The pool puts each before all that wait.
    for (const { job } of [...calls].reverse()) this.events.returned(job);
  }

  private leave(): void {
    void this.thread?.stop();
    this.thread = null;
    this.calls = [];
    this.held.clear();
    this.move('empty');
  }

  private move(to: SlotState): void {
    this.current = to;
    this.thread?.keepsProcessAlive(to !== 'idle');
    this.events.moved(to);
  }
}
