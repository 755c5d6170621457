/** Names of what lies in Redis, and how long it stays. Everything begins with `battbuild:`, and everything expires. */

/** What BullMQ puts before its keys. */
export const PREFIX = 'battbuild';

/** Workers and coordinators show that they live so often, milliseconds. */
export const BEAT_MS = 1000;

/** Whoever was silent for so long is gone. */
export const ALIVE_MS = 10_000;

/** Programs and answers of one job. */
export const JOB_TTL_MS = 10 * 60_000;

/** Grids of a task; renewed when half of it has passed. */
export const CONTEXT_TTL_MS = 20 * 60_000;

/** BullMQ's own keys have no expiry: whoever uses the queue renews this one. */
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

/** BullMQ allows no ":" in it. */
export function queueName(version: string): string {
  return `cells-${version}`;
}

export function queueKeys(queue: string): string[] {
  return QUEUE_KEYS.map((key) => `${PREFIX}:${queue}:${key}`);
}

export function jobKey(queue: string, job: string): string {
  return `${PREFIX}:${queue}:${job}`;
}

/** The workers of all versions: a sorted set by when each was last heard of. */
export const WORKERS_KEY = `${PREFIX}:workers`;

/** Exists as long as the coordinator lives. */
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
