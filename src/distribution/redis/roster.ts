/** The roster of live workers: workers register, coordinators read it; all times are on Redis's clock. */
import type { Redis } from 'ioredis';
import { ALIVE_MS, QUEUE_TTL_MS, queueKeys, queueName, WORKERS_KEY } from './key-names.js';

/** A process of `battbuild worker`. */
export interface WorkerEntry {
  /** Machine and process. */
  readonly name: string;
  readonly machine: string;
  readonly version: string;
  /** Number of requests that it answers at once. */
  readonly slots: number;
}

/** Milliseconds since the epoch, on the clock of Redis. */
async function timeOf(client: Redis): Promise<number> {
  const [seconds, micros] = await client.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}

/** Gives a worker's sign of life. */
export async function announce(client: Redis, worker: WorkerEntry): Promise<void> {
  const now = await timeOf(client);
  const transaction = client
    .multi()
    .zadd(WORKERS_KEY, now, JSON.stringify(worker))
    .zremrangebyscore(WORKERS_KEY, '-inf', now - ALIVE_MS)
    .pexpire(WORKERS_KEY, QUEUE_TTL_MS);
  for (const key of queueKeys(queueName(worker.version))) transaction.pexpire(key, QUEUE_TTL_MS);
  await transaction.exec();
}

/** Gives all keys of a queue their expiry: BullMQ creates them without one, in a Redis that came back empty again. */
export async function expireQueue(client: Redis, queue: string): Promise<void> {
  const pipeline = client.pipeline();
  for (const key of queueKeys(queue)) pipeline.pexpire(key, QUEUE_TTL_MS);
  await pipeline.exec();
}

export async function withdraw(client: Redis, worker: WorkerEntry): Promise<void> {
  await client.zrem(WORKERS_KEY, JSON.stringify(worker));
}

/** The live workers. */
export async function readRoster(client: Redis): Promise<WorkerEntry[]> {
  const now = await timeOf(client);
  const entries = await client.zrangebyscore(WORKERS_KEY, now - ALIVE_MS, '+inf');
  return entries.flatMap((entry) => {
    const worker = readEntry(entry);
    return worker === null ? [] : [worker];
  });
}

function readEntry(text: string): WorkerEntry | null {
  try {
    const { name, machine, version, slots } = JSON.parse(text) as Partial<WorkerEntry>;
    if (typeof name !== 'string' || typeof machine !== 'string' || typeof version !== 'string') return null;
    if (typeof slots !== 'number' || !Number.isSafeInteger(slots) || slots < 1) return null;
    return { name, machine, version, slots };
  } catch {
    // An entry of another program.
    return null;
  }
}
