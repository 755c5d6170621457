import { expect, it, vi } from 'vitest';
import { answerOf, becomes, obedientPool, sharedWords } from './rig.js';

const sum = (...numbers: number[]) => ({ do: 'sum', numbers });

it('answers 500 requests of 40 units each with one worker', async () => {
  const pool = obedientPool();
  const requests = Array.from({ length: 500 }, (_, batch) => ({
    do: 'sum',
    numbers: Array.from({ length: 40 }, (_, sample) => batch * sample),
  }));
  const replies = await Promise.all(requests.map((request) => pool.run(request)));
  expect(replies.map(answerOf)).toEqual(requests.map((_, batch) => batch * 780));
  expect(pool.stats).toMatchObject({ answered: 500, lost: 0, starts: 1, waiting: 0, busy: 0, idle: 1 });
});

it('serves first come, first served', async () => {
  const pool = obedientPool();
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => pool.run(sum(index)).then(() => order.push(index))),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

it('starts no more workers than requests wait, and none before', async () => {
  const pool = obedientPool({ size: 3 });
  expect(pool.stats).toMatchObject({ starts: 0, starting: 0 });
  const first = pool.run(sum(1));
  expect(pool.stats.starting).toBe(1);
  const others = [2, 3, 4, 5].map((number) => pool.run(sum(number)));
  expect(pool.stats).toMatchObject({ starting: 3, waiting: 5 });
  await Promise.all([first, ...others]);
  expect(pool.stats.starts).toBe(3);
});

it('uses the idle worker rather than starting another', async () => {
  const pool = obedientPool({ size: 2 });
  await pool.run(sum(1));
  await pool.run(sum(2));
  expect(pool.stats.starts).toBe(1);
});

it('runs as many requests at a time as it has workers', async () => {
  const pool = obedientPool({ size: 2 });
  const [first, second] = [sharedWords(2), sharedWords(2)];
  const replies = [first, second].map((step) => pool.run({ do: 'steps', step, last: 1 }));
  await vi.waitUntil(() => pool.stats.busy === 2, { timeout: 60_000 });
  for (const step of [first, second]) {
    Atomics.store(step, 0, 1);
    Atomics.notify(step, 0);
  }
  const slots = (await Promise.all(replies)).map((reply) => reply.kind === 'answer' && reply.slot);
  expect(slots.sort()).toEqual([0, 1]);
});

it('rejects with what the worker function threw, and goes on', async () => {
  const pool = obedientPool();
  await expect(pool.run({ do: 'throw', message: 'a bug of ours' })).rejects.toMatchObject({
    name: 'RangeError',
    message: 'a bug of ours',
  });
  expect(answerOf(await pool.run(sum(1, 2)))).toBe(3);
});

it('rejects a request or an answer that cannot be cloned, and goes on', async () => {
  const pool = obedientPool();
  await expect(pool.run({ do: 'sum', numbers: () => {} })).rejects.toThrow(/could not be cloned/);
  await expect(pool.run({ do: 'unclonable' })).rejects.toThrow(/could not be cloned/);
  expect(answerOf(await pool.run(sum(1, 2)))).toBe(3);
});

it('hands buffers over in both directions', async () => {
  const pool = obedientPool();
  const bytes = Uint8Array.of(1, 2, 3);
  const reply = await pool.run({ do: 'reverse', bytes }, { transfer: [bytes.buffer] });
  expect(answerOf(reply)).toEqual(Uint8Array.of(3, 2, 1));
  expect(bytes.byteLength).toBe(0);
  expect(answerOf(await pool.run({ do: 'lengthLeftBehind' }))).toBe(0);
});

it('measures the time inside of the worker apart from the time until the answer', async () => {
  const pool = obedientPool();
  const reply = await pool.run({ do: 'sleep', milliseconds: 20 });
  if (reply.kind !== 'answer') throw new Error(reply.detail);
  expect(reply.busyMs).toBeGreaterThanOrEqual(19);
  expect(reply.wallMs).toBeGreaterThanOrEqual(reply.busyMs);
});

it.runIf(process.platform === 'linux')(
  'tells the CPU time of the worker, not that of the process',
  async () => {
    const pool = obedientPool({ size: 2 });
    const start = sharedWords(1);
    const burning = pool.run({ do: 'loop', at: 0, reached: start });
    await becomes(start, 0, 1);
    const usedBefore = process.cpuUsage();
    const reply = await pool.run({ do: 'sleep', milliseconds: 300 });
    const used = process.cpuUsage(usedBefore);
    pool.kill();
    await burning;
    if (reply.kind !== 'answer') throw new Error(reply.detail);
    expect(reply.cpuMs).not.toBeNull();
    // The sleeping thread used almost no CPU time while the other one worked.
    expect(reply.cpuMs).toBeLessThan((used.user + used.system) / 1000);
  },
);

it.runIf(process.platform === 'linux')(
  'tells CPU times that add up to no more than the process used',
  async () => {
    const pool = obedientPool();
    await pool.run(sum(1));
    const usedBefore = process.cpuUsage();
    let cpuMs = 0;
    for (let round = 0; round < 30; round++) {
      const reply = await pool.run({ do: 'burn', milliseconds: 5 });
      if (reply.kind === 'answer') cpuMs += reply.cpuMs ?? Number.NaN;
    }
    const used = process.cpuUsage(usedBefore);
    expect(cpuMs).toBeGreaterThan(0);
    // Two ticks: one of the request before, one of rounding.
    expect(cpuMs).toBeLessThanOrEqual((used.user + used.system) / 1000 + 8);
  },
);
