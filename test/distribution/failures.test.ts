/** What becomes of requests when a part of the queue dies, lies, or is too slow. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { contextDigest } from '../../src/distribution/messages/batch-codec.js';
import { contextKey, coordinatorKey, queueKeys, queueName } from '../../src/distribution/redis/key-names.js';
import type { Reply } from '../../src/engine/reply.js';
import { answerOf } from '../workers/rig.js';
import { type RedisProcess, redisCommand, startRedis } from './redis-server.js';
import { obedientService, remotePool, ServiceProcess, sharingPool, VERSION } from './rig.js';

const sum = (...numbers: number[]) => ({ do: 'sum', numbers });
const sleep = (milliseconds: number) => ({ do: 'sleep', milliseconds });
const workerOf = (reply: Reply<unknown>) => (reply.kind === 'answer' ? (reply.worker ?? 'here') : 'lost');

describe.skipIf(redisCommand === null)('requests are answered, whatever happens', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await startRedis();
  });

  it('by workers here and elsewhere, which take from one list', async () => {
    const service = await obedientService(server.url);
    const remote = remotePool(server.url);
    const pool = sharingPool(remote);
    await remote.slots(1);
    // How soon the other takes its first is up to the system: there is work until both have had some.
    const answered = new Map<string, number>();
    const haveBoth = async () => {
      const sent = Array.from({ length: 30 }, () => pool.run(sleep(30), { expectedMs: 30 }));
      for (const name of (await Promise.all(sent)).map(workerOf)) {
        answered.set(name, (answered.get(name) ?? 0) + 1);
      }
      return answered.size === 2;
    };
    await vi.waitUntil(haveBoth, { timeout: 60_000 });
    expect(new Set(answered.keys())).toEqual(new Set(['here', service.name]));
    const all = [...answered.values()].reduce((sum, count) => sum + count, 0);
    expect(pool.stats).toMatchObject({ answered: all, lost: 0, waiting: 0, out: 0 });
  });

  it('here only, where they may not leave, or while a worker here is free', async () => {
    await obedientService(server.url);
    const remote = remotePool(server.url);
    const pool = sharingPool(remote);
    await remote.slots(1);
    const stay = Array.from({ length: 5 }, () => pool.run({ ...sum(1), stays: true }));
    expect((await Promise.all(stay)).map(workerOf)).toEqual(Array(5).fill('here'));
    for (let k = 0; k < 5; k++) expect(workerOf(await pool.run(sum(k)))).toBe('here');
  });

  it('by another worker when one is killed', async () => {
    const services = [await ServiceProcess.start(server.url), await ServiceProcess.start(server.url)];
    const remote = remotePool(server.url);
    await remote.slots(2);
    const reply = remote.pool.run(sleep(1500));
    const isActive = () => server.with(async (client) => (await client.hgetall(await onlyJob(client)))['pb']);
    const name = await vi.waitUntil(isActive, { timeout: 60_000, interval: 20 });
    const [had, other] = services[0].name === name ? services : services.toReversed();
    await had.kill();
    expect(workerOf(await reply)).toBe(other.name);
  });

  it('here when two workers died of them', async () => {
    for (let k = 0; k < 3; k++) await ServiceProcess.start(server.url);
    const remote = remotePool(server.url);
    await remote.slots(3);
    expect(await remote.pool.run({ do: 'killProcess' })).toMatchObject({
      kind: 'lost',
      reason: 'crashed',
      detail: 'no worker survived it',
    });
  });

  it('with grids that travel once, and again when they are gone', async () => {
    const service = await obedientService(server.url);
    const remote = remotePool(server.url);
    await remote.slots(1);
    const data = Uint8Array.of(1, 2, process.pid % 100);
    const ask = () => remote.pool.run({ do: 'addUp' }, { context: { key: 'task', data } });
    const sum = 3 + (process.pid % 100);
    const key = contextKey(contextDigest(data));
    expect(answerOf(await ask())).toBe(sum);
    expect(await server.with((client) => client.pttl(key))).toBeGreaterThan(0);
    await server.with((client) => client.del(key));
    expect(answerOf(await ask())).toBe(sum);
    expect(await server.with((client) => client.exists(key))).toBe(0);
    // Another worker has never had them.
    await service.close();
    await obedientService(server.url);
    expect(await ask()).toMatchObject({ kind: 'lost', detail: 'its grids were gone' });
    expect(answerOf(await ask())).toBe(sum);
  });

  it('here when their worker is stopped, and nothing else is to be done', async () => {
    const service = await ServiceProcess.start(server.url);
    const remote = remotePool(server.url);
    const pool = sharingPool(remote);
    await remote.slots(1);
    service.child.kill('SIGSTOP');
    const replies = await Promise.all(Array.from({ length: 8 }, (_, k) => pool.run(sum(k, 1))));
    expect(replies.map(answerOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(pool.stats).toMatchObject({ out: 0, lost: 0 });
  });

  it('lost after their deadline, when nobody else can tell', async () => {
    const service = await ServiceProcess.start(server.url);
    const remote = remotePool(server.url, { deadlineMs: 100 });
    await remote.slots(1);
    service.child.kill('SIGSTOP');
    expect(await remote.pool.run(sum(1), null, 1)).toMatchObject({
      kind: 'lost',
      reason: 'timeout',
      detail: 'no answer in time',
    });
  });

  it('for several coordinators at once, each with its own', async () => {
    await obedientService(server.url, { size: 2 });
    const remotes = [0, 1, 2].map(() => remotePool(server.url));
    for (const remote of remotes) await remote.slots(2);
    const answers = await Promise.all(
      remotes.map(({ pool }, k) =>
        Promise.all(Array.from({ length: 50 }, (_, n) => pool.run(sum(1000 * k, n)).then(answerOf))),
      ),
    );
    expect(answers).toEqual(remotes.map((_, k) => Array.from({ length: 50 }, (_, n) => 1000 * k + n)));
  });

  it('by no worker of another version, which is said once', async () => {
    await obedientService(server.url, { version: 'fedcba9876543210' });
    const remote = remotePool(server.url);
    const pool = sharingPool(remote);
    await vi.waitUntil(() => remote.troubles.length > 0, { timeout: 60_000 });
    const replies = await Promise.all(Array.from({ length: 8 }, () => pool.run(sleep(300))));
    expect(replies.map(workerOf)).toEqual(Array(8).fill('here'));
    expect(remote.troubles.map(({ kind }) => kind)).toEqual(['other-version']);
  });

  it('here, when a worker elsewhere answers wrongly: it is named, and used no more', async () => {
    const service = await ServiceProcess.start(server.url);
    const remote = remotePool(server.url, { verify: 1 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    const replies = await Promise.all(Array.from({ length: 12 }, () => pool.run({ do: 'processId' })));
    expect(replies.map(answerOf)).toEqual(Array(12).fill(process.pid));
    expect(remote.troubles.map(({ kind, message }) => [kind, message.includes(service.name)])).toEqual([
      ['different-answer', true],
    ]);
    expect(remote.states.at(-1)).toMatchObject({ workers: 0, slots: 0 });
    expect((await Promise.all([1, 2, 3].map(() => pool.run(sleep(5))))).map(workerOf)).toEqual(
      Array(3).fill('here'),
    );
  });

  it('and those of a coordinator that is gone are dropped', async () => {
    const remote = remotePool(server.url);
    await remote.connected();
    const lost = remote.pool.run(sum(1));
    const name = await vi.waitUntil(() => server.with(onlyJob), { timeout: 60_000, interval: 20 });
    const coordinator = name.replace(/^.*:(.*)-\d+$/, '$1');
    // As its expiry would.
    await server.with((client) => client.set(coordinatorKey(coordinator), '1', 'PX', 1));
    const { events } = await obedientService(server.url);
    await vi.waitUntil(() => events.some(({ type }) => type === 'dropped'), { timeout: 60_000 });
    expect(await lost).toMatchObject({ kind: 'lost', detail: 'it was dropped' });
  });

  it('and those of a coordinator that is killed are cancelled', async () => {
    const remote = remotePool(server.url);
    await remote.connected();
    const lost = Array.from({ length: 5 }, () => remote.pool.run(sleep(10)));
    await vi.waitUntil(() => server.with(onlyJob), { timeout: 60_000, interval: 20 });
    remote.pool.kill();
    await remote.pool.close();
    for (const reply of await Promise.all(lost)) expect(reply).toMatchObject({ reason: 'aborted' });
    expect(await server.with(onlyJob)).toBe('');
  });

  it('and what BullMQ makes anew in a Redis that came back empty expires, whoever made it', async () => {
    const emptied = await startRedis();
    const service = await obedientService(emptied.url);
    const remote = remotePool(emptied.url);
    await remote.slots(1);
    const running = remote.pool.run(sleep(400), null, 1);
    await vi.waitUntil(() => emptied.with(onlyJob), { timeout: 60_000, interval: 20 });
    const meta = queueKeys(queueName(VERSION)).find((key) => key.endsWith(':meta')) as string;
    await emptied.with((client) => client.del(meta));
    await running;
    expect(await emptied.with((client) => client.exists(meta))).toBe(1);
    await service.close();
    remote.pool.kill();
    await remote.pool.close();
    expect(await emptied.lasting()).toEqual([]);
  });

  it('and nothing stays in Redis but what expires', async () => {
    expect(await server.lasting()).toEqual([]);
  });
});

describe.skipIf(redisCommand === null)('a server', () => {
  it('that is killed and comes back empty costs what was out, and serves again', async () => {
    const server = await startRedis();
    const { events } = await obedientService(server.url);
    const remote = remotePool(server.url);
    const pool = sharingPool(remote);
    await remote.slots(1);
    const replies = Array.from({ length: 10 }, (_, k) => pool.run(sum(k)));
    await server.kill();
    await vi.waitUntil(() => events.some(({ type }) => type === 'disconnected'), { timeout: 60_000 });
    await server.up();
    expect((await Promise.all(replies)).map(answerOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await vi.waitUntil(() => events.filter(({ type }) => type === 'connected').length === 2, {
      timeout: 60_000,
    });
    expect(workerOf(await remote.pool.run(sum(1)))).not.toBe('lost');
    expect(remote.troubles).toEqual([]);
  });

  it('that does not come back is given up: said once, the rest runs here', async () => {
    const server = await startRedis();
    await obedientService(server.url);
    const remote = remotePool(server.url, { patienceMs: 300 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    const replies = Array.from({ length: 10 }, (_, k) => pool.run(sum(k)));
    await server.kill();
    expect((await Promise.all(replies)).map(answerOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await vi.waitUntil(() => remote.troubles.length > 0, { timeout: 60_000 });
    expect((await Promise.all([1, 2, 3].map((k) => pool.run(sum(k))))).map(answerOf)).toEqual([1, 2, 3]);
    expect(remote.troubles.map(({ kind }) => kind)).toEqual(['unreachable']);
    // The next build tries again.
    await server.up();
    remote.pool.begin();
    await remote.slots(1);
  });

  it('that is stopped is given up as well', async () => {
    const server = await startRedis();
    await obedientService(server.url);
    const remote = remotePool(server.url, { patienceMs: 300 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    server.freeze();
    try {
      const replies = Array.from({ length: 10 }, (_, k) => pool.run(sum(k)));
      expect((await Promise.all(replies)).map(answerOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      await vi.waitUntil(() => remote.troubles.length > 0, { timeout: 60_000 });
      expect(remote.troubles[0].message).toContain('it does not answer');
    } finally {
      server.thaw();
    }
  });

  it('without memory is given up', async () => {
    const server = await startRedis('--maxmemory', '3mb', '--maxmemory-policy', 'noeviction');
    await obedientService(server.url);
    const remote = remotePool(server.url);
    const pool = sharingPool(remote);
    await remote.slots(1);
    const numbers = Array.from({ length: 400_000 }, () => 1);
    const replies = Array.from({ length: 8 }, () => pool.run({ do: 'sum', numbers }));
    expect((await Promise.all(replies)).map(answerOf)).toEqual(Array(8).fill(400_000));
    expect(remote.troubles.map(({ message }) => message)).toEqual([
      'the queue at redis://test cannot be reached: it has no memory left',
    ]);
  });

  it('that wants a password is given up at once without, and serves with it', async () => {
    const server = await startRedis('--requirepass', 'geheim:/@');
    const without = remotePool(server.url);
    await vi.waitUntil(() => without.troubles.length > 0, { timeout: 60_000 });
    expect(without.troubles[0].message).toContain('NOAUTH');
    const url = server.url.replace('//', `//:${encodeURIComponent('geheim:/@')}@`);
    await obedientService(url);
    const remote = remotePool(url);
    await remote.slots(1);
    expect(answerOf(await remote.pool.run(sum(1, 2)))).toBe(3);
  });
});

/** The key of the one job that there is; empty without one. */
async function onlyJob(client: { keys(pattern: string): Promise<string[]> }): Promise<string> {
  const jobs = await client.keys(`battbuild:${queueName(VERSION)}:test-*`);
  return jobs.find((key) => !key.endsWith(':lock')) ?? '';
}
