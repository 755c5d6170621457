/** The pool's contract, held by workers elsewhere, and by workers here and there together. */
import { beforeAll, describe } from 'vitest';
import { describePool } from '../workers/contract.js';
import { type RedisProcess, redisCommand, startRedis } from './redis-server.js';
import { obedientService, remotePool, sharingPool } from './rig.js';

describe.skipIf(redisCommand === null)('with a real server', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await startRedis();
  });

  describePool('a pool whose workers are elsewhere', async ({ size = 1 } = {}) => {
    await obedientService(server.url, { size });
    const remote = remotePool(server.url);
    await remote.slots(size);
    return remote.pool;
  });

  describePool('a pool of both', async ({ size = 1 } = {}) => {
    await obedientService(server.url, { size });
    const remote = remotePool(server.url);
    await remote.slots(size);
    return sharingPool(remote, size);
  });
});
