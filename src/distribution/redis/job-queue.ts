/**
 * The coordinator's side of the queue: adds and cancels jobs, learns of their ends, and fetches answers. It knows
 * nothing about requests.
 */
import { Job, Queue, QueueEvents } from 'bullmq';
import { stopwatch } from '../../stopwatch.js';
import {
  ALIVE_MS,
  answersKey,
  CONTEXT_TTL_MS,
  contextKey,
  coordinatorKey,
  JOB_TTL_MS,
  jobKey,
  QUEUE_TTL_MS,
  queueKeys,
  queueName,
  requestsKey,
} from './key-names.js';
import { Link } from './link.js';
import { expireQueue, readRoster, type WorkerEntry } from './roster.js';
import { within } from './within.js';

export interface JobQueueEvents {
  up(anew: boolean): void;
  givenUp(why: string): void;
  /** A worker has finished the job: its answer is there, or the job was dropped. */
  done(job: string): void;
  /** Every worker that took it died. */
  failed(job: string): void;
}

export interface JobQueueOptions {
  readonly url: string;
  readonly version: string;
  /** Name of the coordinator, unique. */
  readonly coordinator: string;
  /** Maximum milliseconds without Redis. */
  readonly patienceMs: number;
}

/** The data of a job: everything else is in keys that expire. */
export interface JobData {
  readonly coordinator: string;
}

/** Number of stored events; BullMQ's default is 10,000. */
const EVENTS_KEPT = 1000;

/** Maximum milliseconds for BullMQ to close. */
const CLOSE_MS = 500;

/** BullMQ waits 5 s after its connection was closed, and keeps the process alive meanwhile. */
const PAUSE_MS = 50;

class PromptEvents extends QueueEvents {
  protected override checkConnectionError<Result>(task: () => Promise<Result>) {
    return super.checkConnectionError(task, PAUSE_MS);
  }
}

export class JobQueue {
  private readonly link: Link;
  private readonly queue: Queue<JobData>;
  private readonly queueEvents: QueueEvents;
  private readonly name: string;

  constructor(
    private readonly options: JobQueueOptions,
    events: JobQueueEvents,
  ) {
    this.name = queueName(options.version);
    this.link = new Link(options.url, options.patienceMs, events);
    this.queue = new Queue<JobData>(this.name, {
      ...this.link.options,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    this.queueEvents = new PromptEvents(this.name, this.link.options);
    this.queue.on('error', this.link.failed);
    this.queueEvents.on('error', this.link.failed);
    this.queueEvents.on('completed', ({ jobId }) => events.done(jobId));
    this.queueEvents.on('failed', ({ jobId }) => events.failed(jobId));
    this.link.follow(this.queue);
    this.link.keep(this.queueEvents.backend.client);
  }

  get isUp(): boolean {
    return this.link.isUp;
  }

  /** Adds a job with its requests, and with data that workers may not have yet, by digest. Rejects if that fails. */
  async add(job: string, requests: Buffer, contexts: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const { client } = this.link;
    const { coordinator } = this.options;
    const transaction = client.multi();
    for (const [digest, data] of contexts) {
      transaction.set(contextKey(digest), Buffer.from(data), 'PX', CONTEXT_TTL_MS);
    }
    transaction.set(coordinatorKey(coordinator), '1', 'PX', ALIVE_MS);
    transaction.set(requestsKey(job), requests, 'PX', JOB_TTL_MS);
    const options = { jobId: job, removeOnComplete: true, removeOnFail: true };
    // In one transaction with its expiry, so that no kill leaves a job for ever.
    await new Job(this.queue, 'cells', { coordinator }, options, job).addJob(
      transaction as unknown as Parameters<Job['addJob']>[0],
    );
    transaction.pexpire(jobKey(this.name, job), JOB_TTL_MS);
    for (const key of queueKeys(this.name)) transaction.pexpire(key, QUEUE_TTL_MS);
    const results = await transaction.exec();
    for (const [error] of results ?? []) if (error !== null) throw error;
  }

  /** The answer of a finished job; it can be fetched once. Null if there is none. */
  async take(job: string): Promise<Buffer | null> {
    const key = answersKey(job);
    const results = await this.link.client.multi().getBuffer(key).del(key, requestsKey(job)).exec();
    return (results?.[0]?.[1] as Buffer | null | undefined) ?? null;
  }

  /** Removes jobs that no worker has started. */
  async cancel(jobs: readonly string[]): Promise<void> {
    if (!this.isUp || jobs.length === 0) return;
    await this.link.client.del(...jobs.flatMap((job) => [requestsKey(job), answersKey(job)]));
    await Promise.all(jobs.map((job) => this.queue.remove(job)));
    await expireQueue(this.link.client, this.name);
  }

  /** Makes no further attempt. */
  giveUp(why: string): void {
    this.link.giveUp(why);
  }

  /** Gives a sign of life; resolves to the live workers, and to the time that Redis took to answer. */
  async beat(): Promise<{ readonly workers: WorkerEntry[]; readonly roundTripMs: number }> {
    const { client } = this.link;
    const startedAt = stopwatch.now();
    await client.set(coordinatorKey(this.options.coordinator), '1', 'PX', ALIVE_MS);
    const roundTripMs = stopwatch.now() - startedAt;
    await expireQueue(client, this.name);
    return { workers: await readRoster(client), roundTripMs };
  }

  /** The problem, if Redis was never reached. */
  get trouble(): string | null {
    return this.link.trouble;
  }

  /** Leaves: workers drop the remaining jobs of this coordinator. Resolves soon, with or without Redis. */
  async close(withinMs: number): Promise<void> {
    const leave = async () => {
      if (!this.isUp) return;
      await this.link.client.del(coordinatorKey(this.options.coordinator));
      await expireQueue(this.link.client, this.name);
    };
    await within(leave(), withinMs);
    // Everything that still waits for Redis fails now.
    this.link.end();
    await within(Promise.allSettled([this.queue.close(), this.queueEvents.close()]), CLOSE_MS);
    this.link.cut();
  }
}
