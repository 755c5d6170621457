/**
 * A pool of workers on other machines. Requests are sent through the queue, several in one job, and come back
 * answered or lost. The caller must be ready to run a lost request itself: a dead worker, a missing Redis, and a late
 * or damaged answer are all treated as losses.
 */

import type { Lost, Reply } from '../engine/reply.js';
import { stopwatch } from '../stopwatch.js';
import type { Outlet, OutletListener, OutletState, OutletTrouble, OutsideAnswer } from '../workers/outlet.js';
import type { RunOptions } from '../workers/pool.js';
import type { Context } from '../workers/slots/slot.js';
import { contextDigest, decodeAnswers, decodeReply, encodeJob } from './messages/batch-codec.js';
import type { Codec } from './messages/codec.js';
import type { JobQueue, JobQueueEvents } from './redis/job-queue.js';
import { BEAT_MS, CONTEXT_TTL_MS } from './redis/key-names.js';
import type { WorkerEntry } from './redis/roster.js';
import { Sampling } from './sampling.js';
import { differentAnswer, otherVersion, unreachable } from './troubles.js';

export interface RemotePoolOptions<Request, Answer> {
  readonly codec: Codec<Request, Answer>;
  readonly version: string;
  /** Prefix of every job's name, unique. */
  readonly coordinator: string;
  /** The server's name in messages. */
  readonly place: string;
  /**
   * The problem to report if there are workers on these machines, but none of this version. Default: `otherVersion`.
   */
  readonly noTakers?: (place: string, machines: readonly string[]) => OutletTrouble;
  /** Opens the queue; also again after it was given up. */
  open(events: JobQueueEvents): JobQueue;
  readonly listener: OutletListener;
  /** Maximum milliseconds of silence of the server. */
  readonly patienceMs: number;
  /** Share of the answers that are compared, from 0 to 1. */
  readonly verify: number;
  /** A job that takes longer than this many milliseconds and ten times its expected time is lost. Default 30,000. */
  readonly deadlineMs?: number;
}

/** Target duration of a job in milliseconds: long compared with the round trip, short compared with the build. */
const LEAST_JOB_MS = 200;
const MOST_JOB_MS = 1000;
/** The target duration is at least this many round trips. */
const ROUND_TRIPS = 100;

/** Number of jobs sent for each request that workers answer at once: one runs, and the next one is already there. */
const JOBS_PER_SLOT = 2;

const DEADLINE_MS = 30_000;

/** Maximum milliseconds for closing. */
const CLOSE_MS = 1000;

const KILLED: Lost = { kind: 'lost', reason: 'aborted', detail: 'the pool was killed', at: -1 };

interface Errand<Request, Answer> {
  readonly request: Request;
  readonly bytes: Uint8Array;
  /** Null for a request without a context. */
  readonly context: { readonly digest: string; readonly data: Uint8Array } | null;
  readonly expectedMs: number;
  readonly settle: (reply: Reply<Answer>) => void;
  readonly fail: (error: Error) => void;
}

interface OutJob<Request, Answer> {
  /** Requests that have been neither settled nor forgotten. */
  readonly errands: (Errand<Request, Answer> | null)[];
  readonly dueAt: number;
}

type Data = Uint8Array;

export class RemotePool<Request, Answer> implements Outlet<Request, Answer, Data> {
  onRoom: (() => void) | null = null;
  private queue: JobQueue | null = null;
  private ending: 'no' | 'closing' | 'killed' = 'no';
  private quiet: (() => void) | null = null;
  private closed: Promise<void> | null = null;
  private readonly jobs = new Map<string, OutJob<Request, Answer>>();
  private gathered: Errand<Request, Answer>[] = [];
  private gatheredMs = 0;
  private flushing: NodeJS.Immediate | null = null;
  private heart: NodeJS.Timeout | null = null;
  private roster: readonly WorkerEntry[] = [];
  private roundTripMs = 1;
  /** When the current sign of life was begun. */
  private beatSince: number | null = null;
  private lastJob = 0;
  /** When each context was last sent, by digest. */
  private readonly sentContexts = new Map<string, number>();
  private readonly digests = new WeakMap<Uint8Array, string>();
  private readonly distrusted = new Set<string>();
  private readonly told = new Set<string>();
  private lastState = '';
  private readonly sampling: Sampling;
  /** Number of requests answered and lost so far. */
  answered = 0;
  lost = 0;

  constructor(private readonly options: RemotePoolOptions<Request, Answer>) {
    this.sampling = new Sampling(options.verify);
    this.open();
  }

  get stats() {
    const out = this.outCount();
    return { out, waiting: this.gathered.length, answered: this.answered, lost: this.lost };
  }

  /** Workers that may answer, without those whose answers differed. */
  private get takers(): readonly WorkerEntry[] {
    const { version } = this.options;
    return this.roster.filter((worker) => worker.version === version && !this.distrusted.has(worker.name));
  }

  private get slots(): number {
    return this.takers.reduce((sum, { slots }) => sum + slots, 0);
  }

  wants(request: Request, expectedMs: number): boolean {
    if (this.ending !== 'no' || this.queue?.isUp !== true || !this.options.codec.leaves(request))
      return false;
    const gathered = Math.ceil((this.gatheredMs + expectedMs) / this.leastJobMs);
    return this.jobs.size + gathered <= this.slots * JOBS_PER_SLOT;
  }

  /** Resolves to an answer or a loss. Rejects if the worker's function threw, or if the pool is closed. */
  run(
    request: Request,
    context: Context<Data> | RunOptions<Data> | null = null,
    expectedMs = LEAST_JOB_MS,
  ): Promise<Reply<Answer>> {
    if (this.ending === 'closing') return Promise.reject(new Error('the pool is closed'));
    if (this.ending === 'killed') return Promise.resolve(KILLED);
    const given = context !== null && 'key' in context ? context : (context?.context ?? null);
    const bytes = this.options.codec.encodeRequest(request);
    return new Promise((settle, fail) => {
      const data = given === null ? null : { digest: this.digestOf(given.data), data: given.data };
      this.gathered.push({ request, bytes, context: data, expectedMs, settle, fail });
      this.gatheredMs += expectedMs;
      this.flushing ??= setImmediate(() => this.flush());
    });
  }

  doubts({ worker = '' }: OutsideAnswer<Answer>): boolean {
    return this.distrusted.has(worker) || this.sampling.takes(worker);
  }

  compare({ worker = '', answer }: OutsideAnswer<Answer>, was: Answer): void {
    const { codec } = this.options;
    if (codec.agree(answer, was)) return;
    this.distrusted.add(worker);
    this.tell(differentAnswer(worker));
    this.tellState();
  }

  forget(request: Request): void {
    for (const [name, job] of this.jobs) {
      const at = job.errands.findIndex((errand) => errand?.request === request);
      if (at < 0) continue;
      job.errands[at] = null;
      if (job.errands.every((errand) => errand === null)) {
        this.jobs.delete(name);
        this.queue?.cancel([name]).catch(() => {});
      }
      break;
    }
    const waiting = this.gathered.findIndex((errand) => errand.request === request);
    if (waiting >= 0) this.gatheredMs -= this.gathered.splice(waiting, 1)[0].expectedMs;
    this.tellState();
  }

  begin(): void {
    this.told.clear();
    this.lastState = '';
    if (this.queue === null) this.open();
    this.tellState();
  }

  /** Accepts no more requests, waits for the pending ones, and leaves. */
  close(): Promise<void> {
    if (this.ending === 'no') this.ending = 'closing';
    this.closed ??= this.leave();
    return this.closed;
  }

  /** Loses and cancels the pending requests, and leaves. */
  kill(): void {
    this.ending = 'killed';
    const jobs = [...this.jobs.keys()];
    this.loseAll(KILLED.reason, KILLED.detail);
    this.queue?.cancel(jobs).catch(() => {});
    void this.close();
  }

  private async leave(): Promise<void> {
    if (!this.isQuiet) {
      await new Promise<void>((resolve) => {
        this.quiet = resolve;
      });
    }
    if (this.heart !== null) clearInterval(this.heart);
    if (this.flushing !== null) clearImmediate(this.flushing);
    const { queue } = this;
    this.queue = null;
    if (queue?.trouble != null) this.tell(unreachable(this.options.place, queue.trouble));
    await queue?.close(CLOSE_MS);
  }

  private get isQuiet(): boolean {
    return this.jobs.size === 0 && this.gathered.length === 0;
  }

  private open(): void {
    const queue: JobQueue = this.options.open({
      up: (anew) => this.isUp(anew),
      givenUp: (why) => this.givenUp(queue, why),
      done: (job) => void this.done(job),
      failed: (job) => this.loseJob(job, 'crashed', 'no worker survived it'),
    });
    this.queue = queue;
    this.heart ??= setInterval(() => void this.beat(), BEAT_MS).unref();
  }

  private isUp(anew: boolean): void {
    if (anew) {
      this.sentContexts.clear();
      this.loseAll('crashed', 'the server began anew');
    }
    void this.beat();
  }

  private givenUp(queue: JobQueue, why: string): void {
    this.queue = null;
    this.roster = [];
    this.sentContexts.clear();
    this.loseAll('crashed', 'the server is gone');
    void queue.close(0);
    this.tell(unreachable(this.options.place, why));
    this.tellState();
  }

  private async beat(): Promise<void> {
    const now = stopwatch.now();
    for (const [name, { dueAt }] of this.jobs) {
      if (now < dueAt) continue;
      this.loseJob(name, 'timeout', 'no answer in time');
      this.queue?.cancel([name]).catch(() => {});
    }
    const { queue } = this;
    if (queue?.isUp !== true) return;
    if (this.beatSince !== null) {
      // Connected but silent: a stopped server, or a network that loses everything.
      if (now - this.beatSince > this.options.patienceMs) queue.giveUp('it does not answer');
      return;
    }
    this.beatSince = now;
    try {
      const { workers, roundTripMs } = await queue.beat();
      if (this.queue !== queue) return;
      this.roster = workers;
      this.roundTripMs = roundTripMs;
    } catch {
      // The link reports when Redis is away.
      return;
    } finally {
      this.beatSince = null;
    }
    this.tellVersions();
    this.tellState();
    this.onRoom?.();
  }

  private tellVersions(): void {
    if (this.roster.length === 0 || this.roster.some(({ version }) => version === this.options.version))
      return;
    const { noTakers = otherVersion, place } = this.options;
    this.tell(noTakers(place, machinesOf(this.roster)));
  }

  /** Once in a build. */
  private tell(trouble: OutletTrouble): void {
    const said = trouble.kind === 'different-answer' ? trouble.message : trouble.kind;
    if (this.told.has(said)) return;
    this.told.add(said);
    this.options.listener.trouble(trouble);
  }

  private tellState(): void {
    if (this.isQuiet) this.quiet?.();
    const { takers } = this;
    const state: OutletState = {
      workers: takers.length,
      slots: this.slots,
      machines: machinesOf(takers),
      out: this.outCount(),
    };
    const text = JSON.stringify(state);
    if (text === this.lastState) return;
    this.lastState = text;
    this.options.listener.changed(state);
  }

  private outCount(): number {
    let count = 0;
    for (const { errands } of this.jobs.values()) {
      for (const errand of errands) if (errand !== null) count++;
    }
    return count;
  }

  private get leastJobMs(): number {
    return Math.min(MOST_JOB_MS, Math.max(LEAST_JOB_MS, this.roundTripMs * ROUND_TRIPS));
  }

  /** Makes jobs from the collected requests: as many as there are free slots, but not too small. */
  private flush(): void {
    this.flushing = null;
    const free = Math.max(1, Math.min(this.slots, this.slots * JOBS_PER_SLOT - this.jobs.size));
    const share = Math.min(MOST_JOB_MS, Math.max(this.leastJobMs, this.gatheredMs / free));
    let batch: Errand<Request, Answer>[] = [];
    let ms = 0;
    for (const errand of this.gathered) {
      if (batch.length > 0 && ms + errand.expectedMs > share) {
        void this.send(batch, ms);
        batch = [];
        ms = 0;
      }
      batch.push(errand);
      ms += errand.expectedMs;
    }
    this.gathered = [];
    this.gatheredMs = 0;
    if (batch.length > 0) void this.send(batch, ms);
    this.tellState();
  }

  private async send(errands: Errand<Request, Answer>[], ms: number): Promise<void> {
    const { coordinator, deadlineMs = DEADLINE_MS } = this.options;
    const name = `${coordinator}-${++this.lastJob}`;
    const now = stopwatch.now();
    this.jobs.set(name, { errands, dueAt: now + deadlineMs + 10 * ms });
    const contexts = new Map<string, Uint8Array>();
    for (const { context } of errands) {
      if (context === null) continue;
      const sentAt = this.sentContexts.get(context.digest) ?? Number.NEGATIVE_INFINITY;
      if (now - sentAt < CONTEXT_TTL_MS / 2) continue;
      this.sentContexts.set(context.digest, now);
      contexts.set(context.digest, context.data);
    }
    const requests = encodeJob(
      errands.map(({ bytes, context }) => ({ bytes, context: context?.digest ?? null })),
    );
    try {
      if (this.queue === null) throw new Error('the server is gone');
      await this.queue.add(name, requests, contexts);
    } catch (error) {
      for (const digest of contexts.keys()) this.sentContexts.delete(digest);
      const why = (error as Error).message;
      this.loseJob(name, 'crashed', why);
      // A server without free memory stays so: requests that it refuses run here.
      if (/\bOOM\b/.test(why) && this.queue !== null) this.queue.giveUp('it has no memory left');
    }
  }

  private async done(name: string): Promise<void> {
    if (!this.jobs.has(name)) return;
    let answers: Buffer | null;
    try {
      answers = (await this.queue?.take(name)) ?? null;
    } catch (error) {
      return this.loseJob(name, 'crashed', (error as Error).message);
    }
    if (answers === null) return this.loseJob(name, 'crashed', 'it was dropped');
    const job = this.jobs.get(name);
    this.jobs.delete(name);
    if (job !== undefined) this.settle(job, answers);
    this.tellState();
    this.onRoom?.();
  }

  private settle({ errands }: OutJob<Request, Answer>, bytes: Buffer): void {
    let worker = '';
    let replies: readonly Uint8Array[] = [];
    try {
      ({ worker, replies } = decodeAnswers(bytes));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    errands.forEach((errand, k) => {
      if (errand !== null)
        this.settleOne(errand, replies.length === errands.length ? replies[k] : null, worker);
    });
  }

  private settleOne(errand: Errand<Request, Answer>, bytes: Uint8Array | null, worker: string): void {
    try {
      if (bytes === null) throw new RangeError('a damaged answer');
      const asked = { request: errand.request, worker, now: stopwatch.now() };
      const reply = decodeReply(bytes, asked, this.options.codec);
      if (reply.kind === 'threw') errand.fail(named(reply.name, reply.message));
      else if (reply.kind === 'unready') {
        if (errand.context !== null) this.sentContexts.delete(errand.context.digest);
        this.lose(errand, 'crashed', 'its grids were gone');
      } else {
        if (reply.kind === 'answer') this.answered++;
        else this.lost++;
        errand.settle(reply);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.lose(errand, 'crashed', error.message);
    }
  }

  private loseAll(reason: Lost['reason'], detail: string): void {
    for (const name of [...this.jobs.keys()]) this.loseJob(name, reason, detail);
    for (const errand of this.gathered.splice(0)) this.lose(errand, reason, detail);
    this.gatheredMs = 0;
  }

  private loseJob(name: string, reason: Lost['reason'], detail: string): void {
    const job = this.jobs.get(name);
    this.jobs.delete(name);
    for (const errand of job?.errands ?? []) if (errand !== null) this.lose(errand, reason, detail);
    this.tellState();
  }

  private lose({ settle }: Errand<Request, Answer>, reason: Lost['reason'], detail: string): void {
    this.lost++;
    settle({ kind: 'lost', reason, detail, at: -1 });
  }

  private digestOf(data: Uint8Array): string {
    let digest = this.digests.get(data);
    if (digest === undefined) {
      digest = contextDigest(data);
      this.digests.set(data, digest);
    }
    return digest;
  }
}

function machinesOf(workers: readonly WorkerEntry[]): string[] {
  return [...new Set(workers.map(({ machine }) => machine))].sort();
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
