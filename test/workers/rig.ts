/** Pools of the obedient worker that are killed when their test ends. */
import { afterEach, vi } from 'vitest';
import type { Reply } from '../../src/engine/reply.js';
import { Pool, type PoolOptions } from '../../src/workers/pool.js';

/** The action of fixtures/obedient.mjs and its arguments. */
export type Order = { do: string } & Record<string, unknown>;

export const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);

const pools: Pool<Order, unknown, unknown>[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) {
    pool.kill();
    await pool.close();
  }
});

export function obedientPool(
  options: Partial<PoolOptions<Order, unknown, unknown>> = {},
): Pool<Order, unknown, unknown> {
  const pool = new Pool<Order, unknown, unknown>({
    size: 1,
    stallSeconds: 60,
    workerUrl: fixture('obedient.mjs'),
    ...options,
  });
  pools.push(pool);
  return pool;
}

/** Words that a worker and its test share. */
export const sharedWords = (count: number) => new Int32Array(new SharedArrayBuffer(4 * count));

/** Resolves when the worker has set the word. */
export const becomes = (words: Int32Array, index: number, value: number) =>
  vi.waitUntil(() => Atomics.load(words, index) === value, { timeout: 60_000, interval: 2 });

/** The answer, or the reply without one. */
export const answerOf = (reply: Reply<unknown>) => (reply.kind === 'answer' ? reply.answer : reply);
