/** A network that is slow, or is cut: by a proxy, and in a namespace of its own where the machine allows. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { RedisProcess } from '../../bench/reliability/queue/redis-process.js';
import { answerOf } from '../workers/rig.js';
import { redisCommand, startRedis } from './redis-server.js';
import { obedientService, remotePool, sharingPool } from './rig.js';

const sum = (...numbers: number[]) => ({ do: 'sum', numbers });
const NUMBERS = Array.from({ length: 12 }, (_, k) => k);

/** Passes everything on, so many milliseconds later each way; cut, it passes nothing on and closes nothing. */
class SlowProxy {
  isCut = false;

  private constructor(
    private readonly target: number,
    private readonly delayMs: number,
  ) {}

  static async start(target: number, delayMs: number): Promise<SlowProxy & { url: string }> {
    const proxy = new SlowProxy(target, delayMs);
    const server = createServer((socket) => proxy.connect(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    return Object.assign(proxy, { url: `redis://127.0.0.1:${port}` });
  }

  private connect(near: Socket): void {
    const far = createConnection(this.target, '127.0.0.1');
    onTestFinished(() => {
      near.destroy();
      far.destroy();
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      from.on('data', (data) => {
        if (!this.isCut) setTimeout(() => void (to.destroyed || to.write(data)), this.delayMs);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  }
}

describe.skipIf(redisCommand === null)('by a proxy', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await startRedis();
  });

  it('25 ms each way cost time, and jobs are larger for it', async () => {
    const proxy = await SlowProxy.start(server.port, 25);
    const service = await obedientService(proxy.url);
    const remote = remotePool(proxy.url);
    await remote.slots(1);
    // Twelve requests of 100 ms each: 100 round trips of 50 ms are more than the second that a job takes at most.
    const replies = await Promise.all(NUMBERS.map((k) => remote.pool.run(sum(k), null, 100)));
    expect(replies.map(answerOf)).toEqual(NUMBERS);
    expect(service.events.filter(({ type }) => type === 'job')).toHaveLength(2);
  });

  it('silence is noticed, and everything runs here', async () => {
    const proxy = await SlowProxy.start(server.port, 1);
    await obedientService(server.url);
    const remote = remotePool(proxy.url, { patienceMs: 500 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    proxy.isCut = true;
    expect((await Promise.all(NUMBERS.map((k) => pool.run(sum(k))))).map(answerOf)).toEqual(NUMBERS);
    await vi.waitUntil(() => remote.troubles.length > 0, { timeout: 60_000 });
    expect(remote.troubles[0].message).toContain('it does not answer');
  });
});

const NAMESPACE = `battbuild-${process.pid}`;
const HERE = '10.231.77.1';
const THERE = '10.231.77.2';
const LINK = `bb${process.pid}`.slice(0, 13);

function ip(...args: readonly string[]): boolean {
  return spawnSync('ip', args).status === 0;
}

/** Whether this process may make a namespace with a link to it. */
function makeNamespace(): boolean {
  return (
    ip('netns', 'add', NAMESPACE) &&
    ip('link', 'add', LINK, 'type', 'veth', 'peer', 'name', `${LINK}x`) &&
    ip('link', 'set', `${LINK}x`, 'netns', NAMESPACE) &&
    ip('addr', 'add', `${HERE}/30`, 'dev', LINK) &&
    ip('link', 'set', LINK, 'up') &&
    ip('netns', 'exec', NAMESPACE, 'ip', 'addr', 'add', `${THERE}/30`, 'dev', `${LINK}x`) &&
    ip('netns', 'exec', NAMESPACE, 'ip', 'link', 'set', `${LINK}x`, 'up')
  );
}

function removeNamespace(): void {
  ip('link', 'del', LINK);
  ip('netns', 'del', NAMESPACE);
}

const isAllowed = redisCommand !== null && makeNamespace();
removeNamespace();
if (!isAllowed) console.warn('skipped: no network namespace can be made');

describe.skipIf(!isAllowed)('in a namespace', () => {
  async function inNamespace(): Promise<RedisProcess> {
    makeNamespace();
    const server = await RedisProcess.startIn(NAMESPACE, THERE);
    onTestFinished(async () => {
      await server.end();
      removeNamespace();
    });
    return server;
  }

  it('a cut that is mended costs what was lost, and it goes on', async () => {
    const server = await inNamespace();
    await obedientService(server.url);
    const remote = remotePool(server.url, { deadlineMs: 2000 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    ip('link', 'set', LINK, 'down');
    const during = await Promise.all(NUMBERS.map((k) => pool.run(sum(k))));
    ip('link', 'set', LINK, 'up');
    expect(during.map(answerOf)).toEqual(NUMBERS);
    // The system takes its time before it sends again what was lost.
    const works = async () => answerOf(await remote.pool.run(sum(1, 2), null, 1)) === 3;
    await vi.waitUntil(works, { timeout: 60_000 });
    expect(remote.troubles).toEqual([]);
  });

  it('a cut that is not mended is given up, once, and everything runs here', async () => {
    const server = await inNamespace();
    await obedientService(server.url);
    const remote = remotePool(server.url, { patienceMs: 1000 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    ip('link', 'set', LINK, 'down');
    for (let round = 0; round < 3; round++) {
      expect((await Promise.all(NUMBERS.map((k) => pool.run(sum(k))))).map(answerOf)).toEqual(NUMBERS);
    }
    await vi.waitUntil(() => remote.troubles.length > 0, { timeout: 60_000 });
    expect(remote.troubles.map(({ kind }) => kind)).toEqual(['unreachable']);
  });
});
