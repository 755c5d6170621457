/** What a pool sends out, takes back, and runs here as well. */
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Reply } from '../../src/engine/reply.js';
import type { Outlet } from '../../src/workers/outlet.js';
import { Pool } from '../../src/workers/pool.js';
import { ManualClock } from './manual-clock.js';
import { answerOf, becomes, fixture, type Order, sharedWords } from './rig.js';

type Answer = Extract<Reply<unknown>, { kind: 'answer' }>;

/** Holds what it is given until a test settles it. */
class HeldOutlet implements Outlet<Order, unknown, unknown> {
  onRoom: (() => void) | null = null;
  room = 0;
  isDoubtful = false;
  readonly held = new Map<Order, (reply: Reply<unknown>) => void>();
  readonly forgotten: Order[] = [];
  readonly compared: [unknown, unknown][] = [];

  wants(): boolean {
    return this.room > 0;
  }

  run(request: Order): Promise<Reply<unknown>> {
    this.room--;
    return new Promise((resolve) => this.held.set(request, resolve));
  }

  answer(request: Order, answer: unknown): void {
    const reply: Answer = {
      ...{ kind: 'answer', answer, busyMs: 1, cpuMs: 1, takenAt: 0, wallMs: 1 },
      ...{ slot: 0, worker: 'elsewhere' },
    };
    this.held.get(request)?.(reply);
  }

  lose(request: Order): void {
    this.held.get(request)?.({ kind: 'lost', reason: 'crashed', detail: 'gone', at: -1 });
  }

  doubts(): boolean {
    return this.isDoubtful;
  }

  compare({ answer }: Answer, was: unknown): void {
    this.compared.push([answer, was]);
  }

  forget(request: Order): void {
    this.forgotten.push(request);
  }

  begin(): void {}

  async close(): Promise<void> {}
}

const sum = (...numbers: number[]): Order => ({ do: 'sum', numbers });

/** A pool of one worker, which is at a request until the test lets it go. */
async function busyPool(room: number) {
  const outlet = new HeldOutlet();
  const clock = new ManualClock();
  const pool = new Pool<Order, unknown, unknown>({
    size: 1,
    stallSeconds: 600,
    workerUrl: fixture('obedient.mjs'),
    clock,
    outlet,
  });
  onTestFinished(async () => {
    pool.kill();
    await pool.close();
  });
  const step = sharedWords(2);
  const first = pool.run({ do: 'steps', step, last: 1 });
  await vi.waitUntil(() => pool.stats.busy === 1, { timeout: 60_000 });
  outlet.room = room;
  const free = async () => {
    Atomics.store(step, 0, 1);
    Atomics.notify(step, 0);
    await becomes(step, 1, 1);
    await first;
  };
  return { outlet, clock, pool, free };
}

it('sends out what waits while its workers are busy, as far as there is room', async () => {
  const { outlet, pool, free } = await busyPool(2);
  const orders = [sum(1), sum(2), sum(3)];
  const replies = orders.map((order) => pool.run(order));
  expect([...outlet.held.keys()]).toEqual(orders.slice(0, 2));
  expect(pool.stats).toMatchObject({ busy: 1, waiting: 1, out: 2 });
  outlet.answer(orders[1], 'two');
  outlet.answer(orders[0], 'one');
  await free();
  expect((await Promise.all(replies)).map(answerOf)).toEqual(['one', 'two', 3]);
  expect(pool.stats).toMatchObject({ answered: 4, lost: 0, out: 0 });
});

it('sends out what waits when there is room again', async () => {
  const { outlet, pool } = await busyPool(0);
  const order = sum(1);
  void pool.run(order);
  expect(pool.stats.waiting).toBe(1);
  outlet.room = 1;
  outlet.onRoom?.();
  expect(pool.stats).toMatchObject({ waiting: 0, out: 1 });
});

it('runs here what is lost out there, before all that waits, and does not send it again', async () => {
  const { outlet, pool, free } = await busyPool(1);
  const order = sum(1);
  const settled: string[] = [];
  const replies = [order, sum(2)].map((one, k) =>
    pool.run(one).then((reply) => {
      settled.push(`${k}`);
      return reply;
    }),
  );
  outlet.lose(order);
  await vi.waitUntil(() => pool.stats.waiting === 2);
  outlet.room = 0;
  await free();
  expect((await Promise.all(replies)).map(answerOf)).toEqual([1, 2]);
  expect(settled).toEqual(['0', '1']);
  expect(outlet.held.size).toBe(1);
});

it('runs here, too, what is out for too long, once nothing waits; the first answer counts', async () => {
  const { outlet, clock, pool, free } = await busyPool(2);
  const [short, long] = [sum(1), sum(2)];
  const replies = [pool.run(short, { expectedMs: 100 }), pool.run(long, { expectedMs: 4000 })];
  await free();
  clock.pass(0.9);
  expect(pool.stats).toMatchObject({ busy: 0, out: 2 });
  clock.pass(0.5);
  expect(answerOf(await replies[0])).toBe(1);
  expect(outlet.forgotten).toEqual([short]);
  // Whatever comes of it now is too late.
  outlet.answer(short, 'late');
  clock.pass(5);
  expect(pool.stats.out).toBe(1);
  expect(pool.stats.busy).toBe(0);
  outlet.answer(long, 'two');
  expect(answerOf(await replies[1])).toBe('two');
  expect(pool.stats).toMatchObject({ answered: 3, lost: 0, out: 0 });
});

it('compares an answer that is doubted with its own, which counts', async () => {
  const { outlet, pool, free } = await busyPool(1);
  outlet.isDoubtful = true;
  const order = sum(1, 2);
  const reply = pool.run(order);
  outlet.answer(order, 'a lie');
  await free();
  expect(answerOf(await reply)).toBe(3);
  expect(outlet.compared).toEqual([['a lie', 3]]);
});

it('loses what is out when it is killed', async () => {
  const { outlet, pool } = await busyPool(1);
  const order = sum(1);
  const reply = pool.run(order);
  pool.kill();
  expect(await reply).toMatchObject({ kind: 'lost', reason: 'aborted' });
  expect(outlet.forgotten).toEqual([order]);
});
