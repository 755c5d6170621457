/** A slot of the pool: starts a worker, gives it one call at a time, and notices if it is lost. */
import type { TransferListItem } from 'node:worker_threads';
import type { Lost, Reply } from '../engine/reply.js';
import { Thread, type ThreadOptions } from './threads.js';
import { Beacon, type CallMessage, type CallOutcome } from './wire.js';

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
  settle(reply: Reply<Answer>): void;
  fail(error: unknown): void;
}

/**
 * ```
 *            start              ready             take
 *   empty ----------> starting -------> idle -----------------> busy
 *     ^                  |               ^ |     answered        | |
 *     |                  |               +-+---------------------+ |
 *     |  failed to start |      died       |    died, silent, threw |
 *     +------------------+-----------------+------------------------+
 * ```
 * Leaving a worker never waits for its end: the slot is empty at once, and what the old worker may still do is ignored.
 * Invariants: a job is present exactly when busy, a thread exactly when not empty.
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
  /** idle -> busy */
  take(job: Job<Request, Answer, Data>): void;
  /** Checks for progress, `elapsedMs` after the last check. */
  look(elapsedMs: number): void;
  /** From any state to empty; a call is lost. Resolves when the worker has ended. */
  abort(): Promise<void>;
}

/** A number that no beacon has, so that the next check finds progress. */
const UNSEEN = -1;

export class Slot<Request, Answer, Data> implements PoolSlot<Request, Answer, Data> {
  private current: SlotState = 'empty';
  private thread: Thread | null = null;
  private beacon = new Beacon();
  private job: Job<Request, Answer, Data> | null = null;
  private takenAt = 0;
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

  holds(key: string): boolean {
    return this.held.has(key);
  }

  /** empty -> starting */
  start(): void {
    const { workerUrl, workerData, resourceLimits } = this.options;
    this.beacon = new Beacon();
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

  /** idle -> busy */
  take(job: Job<Request, Answer, Data>): void {
    const thread = this.thread as Thread;
    this.job = job;
    this.takenAt = this.options.now();
    this.beacon.reset();
    this.move('busy');
    thread.call(this.message(job), job.transfer).then(
      (outcome) => {
        if (this.job === job) this.answered(job, outcome as CallOutcome<Answer>);
      },
      (error) => {
        if (this.job === job) this.threw(job, error);
      },
    );
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

  private message({ request, context }: Job<Request, Answer, Data>): CallMessage<Request, Data> {
    const beacon = this.beacon.memory;
    if (!context) return { request, beacon, context: null, forget: null };
    const { key, data } = context;
    const fresh = !this.held.delete(key);
    this.held.add(key);
    if (!fresh) return { request, beacon, context: { key, fresh }, forget: null };
    const [eldest] = this.held;
    const forget = this.held.size > this.options.contextsPerSlot ? eldest : null;
    if (forget !== null) this.held.delete(forget);
    return { request, beacon, context: { key, fresh, data }, forget };
  }

  private answered(job: Job<Request, Answer, Data>, outcome: CallOutcome<Answer>): void {
    const { takenAt, index: slot } = this;
    job.settle({ kind: 'answer', ...outcome, takenAt, wallMs: this.options.now() - takenAt, slot });
    this.job = null;
    this.move('idle');
  }

  /**
   * The worker's function threw, or a message could not be cloned. That is a bug, after which the worker cannot be
   * trusted.
   */
  private threw(job: Job<Request, Answer, Data>, error: unknown): void {
    job.fail(error);
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
    const job = this.job as Job<Request, Answer, Data>;
    const unreceived = reason !== 'aborted' && !this.beacon.wasReceived;
    if (unreceived) this.events.startFailed(detail);
    // The job did not cause the death that an earlier request caused. But transferred buffers are gone.
    if (unreceived && job.transfer.length === 0) this.events.returned(job);
    else job.settle({ kind: 'lost', reason, detail, at: this.beacon.position });
    this.leave();
  }

  private leave(): void {
    void this.thread?.stop();
    this.thread = null;
    this.job = null;
    this.held.clear();
    this.move('empty');
  }

  private move(to: SlotState): void {
    this.current = to;
    this.thread?.keepsProcessAlive(to !== 'idle');
    this.events.moved(to);
  }
}
