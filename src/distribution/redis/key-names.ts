/** The keys in Redis and their lifetimes. All begin with `battbuild:`, and all expire. */

/** The prefix of BullMQ's keys. */
export const PREFIX = 'battbuild';

/** Milliseconds between signs of life of workers and coordinators. */
export const BEAT_MS = 1000;

/** A process that was silent for longer counts as ended. */
export const ALIVE_MS = 10_000;

/** Lifetime of the programs and answers of a job. */
export const JOB_TTL_MS = 10 * 60_000;

/** Lifetime of a task's grids; renewed after half of it. */
export const CONTEXT_TTL_MS = 20 * 60_000;

/** BullMQ's own keys have no expiry: every user of the queue renews this one. */
export const QUEUE_TTL_MS = 60 * 60_000;

/** BullMQ's keys of a queue. */
const QUEUE_KEYS = [
  'wait',
  'active',
  'meta',
  'id',
  'events',
  'stalled',
  'marker',
  'paused',
  'failed',
  'completed',
];

/** BullMQ does not allow ":" in it. */
export function queueName(version: string): string {
  return `cells-${version}`;
}

export function queueKeys(queue: string): string[] {
  return QUEUE_KEYS.map((key) => `${PREFIX}:${queue}:${key}`);
}

export function jobKey(queue: string, job: string): string {
  return `${PREFIX}:${queue}:${job}`;
}

/** The workers of all versions: a sorted set by their last sign of life. */
export const WORKERS_KEY = `${PREFIX}:workers`;

/** Exists while the coordinator lives. */
export function coordinatorKey(coordinator: string): string {
  return `${PREFIX}:coordinator:${coordinator}`;
}

/** The requests of a job. */
export function requestsKey(job: string): string {
  return `${PREFIX}:requests:${job}`;
}

export function answersKey(job: string): string {
  return `${PREFIX}:answers:${job}`;
}

/** `digest` has 32 characters of one byte each. */
export function contextKey(digest: string): string {
  return `${PREFIX}:context:${Buffer.from(digest, 'latin1').toString('hex')}`;
}
