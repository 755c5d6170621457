/** A real Redis server of a test's own; where none is installed, tests skip and say so. */
import { afterAll } from 'vitest';
import { RedisProcess, redisCommand } from '../../bench/reliability/queue/redis-process.js';

export { freePort, type RedisProcess, redisCommand } from '../../bench/reliability/queue/redis-process.js';

if (redisCommand === null) console.warn('skipped: no redis-server is installed');

const started: RedisProcess[] = [];

// Here, not in `startRedis`: a hook that a hook or a test adds is never run.
afterAll(() => Promise.all(started.map((server) => server.end())));

/** Starts a server, which ends with the tests of the file. */
export async function startRedis(...options: readonly string[]): Promise<RedisProcess> {
  const server = await RedisProcess.start(...options);
  started.push(server);
  return server;
}
