/**
 * The worker's side of the queue: takes jobs, evaluates their requests in its own pool, and answers. It knows no
 * workspace.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Job, Queue, Worker } from 'bullmq';
import type { Reply } from '../engine/reply.js';
import { stopwatch } from '../stopwatch.js';
import type { Pool } from '../workers/pool.js';
import { ContextCache } from './context-cache.js';
import {
  contextDigest,
  decodeJob,
  encodeAnswers,
  encodeReply,
  type SentReply,
} from './messages/batch-codec.js';
import type { Codec } from './messages/codec.js';
import type { JobData } from './redis/job-queue.js';
import {
  answersKey,
  BEAT_MS,
  contextKey,
  coordinatorKey,
  JOB_TTL_MS,
  queueName,
  requestsKey,
} from './redis/key-names.js';
import { Link } from './redis/link.js';
import { announce, expireQueue, type WorkerEntry, withdraw } from './redis/roster.js';
import { within } from './redis/within.js';

/** The events of a worker. */
export type ServiceEvent =
  | { readonly type: 'connected' }
  /** Redis is away; the worker tries again until it is back. */
  | { readonly type: 'disconnected'; readonly why: string }
  | {
      readonly type: 'job';
      readonly coordinator: string;
      readonly job: string;
      readonly requests: number;
      readonly units: number;
      readonly ms: number;
    }
  /** There was a problem with the shared cache. */
  | { readonly type: 'trouble'; readonly message: string }
  /** A job that nobody waits for any more, or that cannot be read. */
  | { readonly type: 'dropped'; readonly job: string; readonly why: string };

export interface WorkerServiceOptions<Request, Answer> {
  readonly url: string;
  readonly version: string;
  readonly codec: Codec<Request, Answer>;
  readonly pool: Pick<Pool<Request, Answer, Uint8Array>, 'run'>;
  /** Number of requests that the pool answers at once. */
  readonly slots: number;
  /** Answers a request, if necessary with `evaluate`. If absent, every request is evaluated. */
  readonly around?: (
    request: Request,
    evaluate: (request: Request) => Promise<Reply<Answer>>,
  ) => Promise<Reply<Answer>>;
  /** The size of a request, for messages. */
  unitsOf(request: Request): number;
  readonly emit: (event: ServiceEvent) => void;
}

/**
 * A job whose lock was not renewed for this time is given to another worker. This thread renews the lock and never
 * evaluates. All workers of a queue must check for such jobs equally often, because one key in Redis controls that
 * for all.
 */
const LOCK_MS = 5000;
const STALLED_CHECK_MS = 2500;

/** After the second worker has died of a job, the job fails and the build runs it itself. */
const MOST_STALLS = 1;

/** Maximum milliseconds for Redis when a worker leaves. */
const CLOSE_MS = 1000;

/** Number of jobs that are fetched in advance, to hide the latency of the network. */
const AHEAD = 1;

export class WorkerService<Request, Answer> {
  readonly entry: WorkerEntry;
  private readonly link: Link;
  private readonly queue: Queue;
  private readonly worker: Worker<JobData>;
  private readonly contexts = new ContextCache();
  private heart: NodeJS.Timeout | null = null;
  private isConnected = false;
  /** Number of running jobs. */
  busy = 0;

  constructor(private readonly options: WorkerServiceOptions<Request, Answer>) {
    const { url, version, slots } = options;
    const machine = hostname();
    const name = `${machine}/${process.pid}-${randomUUID().slice(0, 4)}`;
    this.entry = { name, machine, version, slots };
    this.link = new Link(url, null, {
      up: () => {
        this.isConnected = true;
        options.emit({ type: 'connected' });
        void this.beat();
      },
      givenUp: (why) => options.emit({ type: 'disconnected', why }),
    });
    const queue = queueName(version);
    this.queue = new Queue(queue, this.link.options);
    this.worker = new Worker<JobData>(queue, (job) => this.serve(job), {
      ...this.link.options,
      name,
      concurrency: slots + AHEAD,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MOST_STALLS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    const failed = (error: Error) => {
      this.link.failed(error);
      if (!this.isConnected || this.link.isUp) return;
      this.isConnected = false;
      options.emit({ type: 'disconnected', why: error.message });
    };
    this.queue.on('error', failed);
    this.worker.on('error', failed);
    const expire = () => {
      // The link reports when Redis is away.
      if (this.link.isUp) expireQueue(this.link.client, queue).catch(() => {});
    };
    this.worker.on('completed', expire);
    this.worker.on('failed', expire);
    this.link.follow(this.queue);
    this.link.keep(this.worker.backend.client);
    const { blockingClient } = this.worker.backend;
    if (blockingClient !== undefined) this.link.keep(blockingClient);
    this.heart = setInterval(() => void this.beat(), BEAT_MS);
  }

  /** Takes no more jobs, finishes those that it has, and leaves. */
  async close(): Promise<void> {
    if (this.heart !== null) clearInterval(this.heart);
    const withdrawn = this.link.isUp && (await within(withdraw(this.link.client, this.entry), CLOSE_MS));
    if (withdrawn) {
      const closed = this.worker.close();
      // First as long as jobs take; then as long as Redis may take.
      while (!(await within(closed, CLOSE_MS)) && this.busy > 0);
    }
    this.link.end();
    await within(Promise.allSettled([this.worker.close(true), this.queue.close()]), CLOSE_MS);
    this.link.cut();
  }

  private async beat(): Promise<void> {
    if (!this.link.isUp) return;
    // The link reports when Redis is away.
    await announce(this.link.client, this.entry).catch(() => {});
  }

  private async serve(job: Job<JobData>): Promise<null> {
    const { emit } = this.options;
    const name = job.id ?? '';
    const startedAt = stopwatch.now();
    this.busy++;
    try {
      // Only the name of an expired job is left.
      const coordinator: string | undefined = job.data?.coordinator;
      const sent = coordinator === undefined ? null : await this.requestsOf(name, coordinator);
      if (coordinator === undefined || sent === null) {
        emit({ type: 'dropped', job: name, why: 'nobody waits for it' });
        return null;
      }
      const requests = decodeJob(sent, this.options.codec);
      const replies = await Promise.all(
        requests.map(async ({ request, context }) => {
          const reply = await this.reply(request, context);
          return { reply, at: stopwatch.now() };
        }),
      );
      const now = stopwatch.now();
      const answers = encodeAnswers(
        this.entry.name,
        replies.map(({ reply, at }) => encodeReply(reply, now - at, this.options.codec)),
      );
      await this.link.client.set(answersKey(name), answers, 'PX', JOB_TTL_MS);
      const units = requests.reduce((sum, { request }) => sum + this.options.unitsOf(request), 0);
      emit({ type: 'job', job: name, coordinator, requests: requests.length, units, ms: now - startedAt });
    } catch (error) {
      // Its coordinator finds no answer and runs it itself; a further attempt here would fail again.
      emit({ type: 'dropped', job: name, why: (error as Error).message });
    } finally {
      this.busy--;
    }
    return null;
  }

  /** Null if its coordinator has ended or did not wait for it. */
  private async requestsOf(job: string, coordinator: string): Promise<Buffer | null> {
    const results = await this.link.client
      .multi()
      .exists(coordinatorKey(coordinator))
      .getBuffer(requestsKey(job))
      .exec();
    const [lives, requests] = (results ?? []).map(([, result]) => result);
    return lives === 1 ? (requests as Buffer | null) : null;
  }

  private async reply(request: Request, digest: string | null): Promise<SentReply<Answer>> {
    const data = digest === null ? null : await this.contexts.get(digest, () => this.fetch(digest));
    if (digest !== null && data === null) return { kind: 'unready' };
    try {
      const { pool, around } = this.options;
      const context = digest === null || data === null ? {} : { context: { key: digest, data } };
      const evaluate = (asked: Request) => pool.run(asked, context);
      return await (around === undefined ? evaluate(request) : around(request, evaluate));
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return { kind: 'threw', name, message };
    }
  }

  private async fetch(digest: string): Promise<Uint8Array | null> {
    const bytes = await this.link.client.getBuffer(contextKey(digest));
    if (bytes === null || contextDigest(bytes) !== digest) return null;
    // Not a view of a shared buffer.
    return Uint8Array.from(bytes);
  }
}
