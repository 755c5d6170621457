/** A network that is slow, or is cut: by a proxy, and in a namespace of its own where the machine allows. */
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Namespace } from '../../bench/reliability/queue/namespace.js';
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

const first = redisCommand === null ? null : Namespace.make();
first?.remove();
const isAllowed = first !== null;
if (!isAllowed) console.warn('skipped: no network namespace can be made');

describe.skipIf(!isAllowed)('in a namespace', () => {
  async function inNamespace(): Promise<{ server: RedisProcess; namespace: Namespace }> {
    const namespace = Namespace.make() as Namespace;
    const server = await RedisProcess.startIn(namespace);
    onTestFinished(async () => {
      await server.end();
      namespace.remove();
    });
    return { server, namespace };
  }

  it('a cut that is mended costs what was lost, and it goes on', async () => {
    const { server, namespace } = await inNamespace();
    await obedientService(server.url);
    const remote = remotePool(server.url, { deadlineMs: 2000 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    namespace.cut();
    const during = await Promise.all(NUMBERS.map((k) => pool.run(sum(k))));
    namespace.mend();
    expect(during.map(answerOf)).toEqual(NUMBERS);
    // The system takes its time before it sends again what was lost.
    const works = async () => answerOf(await remote.pool.run(sum(1, 2), null, 1)) === 3;
    await vi.waitUntil(works, { timeout: 60_000 });
    expect(remote.troubles).toEqual([]);
  });

  it('a cut that is not mended is given up, once, and everything runs here', async () => {
    const { server, namespace } = await inNamespace();
    await obedientService(server.url);
    const remote = remotePool(server.url, { patienceMs: 1000 });
    const pool = sharingPool(remote);
    await remote.slots(1);
    namespace.cut();
    for (let round = 0; round < 3; round++) {
      expect((await Promise.all(NUMBERS.map((k) => pool.run(sum(k))))).map(answerOf)).toEqual(NUMBERS);
    }
    await vi.waitUntil(() => remote.troubles.length > 0, { timeout: 60_000 });
    expect(remote.troubles.map(({ kind }) => kind)).toEqual(['unreachable']);
  });
});
