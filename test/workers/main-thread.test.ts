/** Requests that the pool's own thread does, while much work waits and it has nothing else to do. */
import { expect, it } from 'vitest';
import type { MainThreadWork } from '../../src/workers/slots/main-thread.js';
import { ManualClock } from './manual-clock.js';
import { answerOf, becomes, type Order, obedientPool, sharedWords } from './rig.js';

/** Adds numbers up, one in each step. `step` is called before each. */
function adding(step: (order: Order) => void = () => {}): MainThreadWork<Order, unknown, unknown> {
  return {
    accepts: (order) => order.do === 'sum',
    *steps(order, data) {
      let sum = 0;
      for (const number of order['numbers'] as number[]) {
        step(order);
        sum += number;
        yield;
      }
      return data === null ? sum : [sum, data];
    },
  };
}

/** An estimate for which this thread helps. */
const MUCH = { expectedMs: 2000 };

const sum = (...numbers: number[]): Order => ({ do: 'sum', numbers });

const release = (step: Int32Array) => {
  Atomics.store(step, 0, 1);
  Atomics.notify(step, 0);
};

/** A pool whose only worker is at a request until `step` is released. */
async function withBusyWorker(mainThread: MainThreadWork<Order, unknown, unknown>, clock?: ManualClock) {
  const pool = obedientPool({ mainThread, ...(clock && { clock }) });
  const step = sharedWords(2);
  const reached = sharedWords(1);
  const long = pool.run({ do: 'stepsFrom', step, last: 1, reached });
  await becomes(reached, 0, 1);
  return { pool, step, long };
}

it('does what waits for a worker, and says when', async () => {
  const { pool, step, long } = await withBusyWorker(adding());
  const replies = await Promise.all([pool.run(sum(1, 2), MUCH), pool.run(sum(3, 4, 5), MUCH)]);
  expect(replies.map(answerOf)).toEqual([3, 12]);
  for (const [k, units] of [2, 3].entries()) {
    const reply = replies[k];
    if (reply.kind !== 'answer' || !reply.slices) throw new Error('a worker answered');
    expect(reply.slot).toBe(-1);
    expect(reply.slices.reduce((count, slice) => count + slice.units, 0)).toBe(units);
    expect(reply.cpuMs).toBe(reply.busyMs);
    expect(reply.wallMs).toBeGreaterThanOrEqual(reply.busyMs);
  }
  release(step);
  expect(answerOf(await long)).toBe(1);
  expect(pool.stats).toMatchObject({ answered: 3, waiting: 0, busy: 0 });
});

it('gets the data of the context', async () => {
  const { pool, step } = await withBusyWorker(adding());
  const data = new Uint8Array([7]);
  expect(answerOf(await pool.run(sum(1), { ...MUCH, context: { key: 'a', data } }))).toEqual([1, data]);
  release(step);
});

it('leaves what it cannot do to the workers', async () => {
  const { pool, step } = await withBusyWorker(adding());
  const counts = sharedWords(1);
  const counted = pool.run({ do: 'count', counts, index: 0 });
  expect(answerOf(await pool.run(sum(1, 2), MUCH))).toBe(3);
  expect(pool.stats).toMatchObject({ waiting: 1, busy: 1 });
  release(step);
  expect(answerOf(await counted)).toBe(0);
  expect([...counts]).toEqual([1]);
});

it('leaves little work to the workers', async () => {
  const { pool, step } = await withBusyWorker(adding());
  const little = { expectedMs: 400 };
  const few = Array.from({ length: 4 }, () => pool.run(sum(1, 2), little));
  for (let k = 0; k < 10; k++) await new Promise((resolve) => setImmediate(resolve));
  expect(pool.stats).toMatchObject({ waiting: 4, answered: 0 });
  // Together with these it is much.
  const more = [pool.run(sum(3, 4), little)];
  await Promise.any([...few, ...more]);
  expect(pool.stats).toMatchObject({ answered: 1, busy: 1 });
  release(step);
  expect((await Promise.all([...few, ...more])).map(answerOf)).toEqual([3, 3, 3, 3, 7]);
});

it('begins while the first worker starts', async () => {
  const pool = obedientPool({
    mainThread: adding(),
    workerUrl: new URL('data:text/javascript,await new Promise(() => {})'),
  });
  expect(answerOf(await pool.run(sum(1, 2), MUCH))).toBe(3);
  expect(pool.stats).toMatchObject({ starting: 1, answered: 1 });
});

it('pauses for other events', async () => {
  const clock = new ManualClock();
  const seen: string[] = [];
  const slow = adding(() => {
    seen.push('step');
    clock.pass(0.02);
  });
  const { pool, step } = await withBusyWorker(slow, clock);
  let isDone = false;
  const tick = () => {
    seen.push('event');
    if (!isDone) setImmediate(tick);
  };
  setImmediate(tick);
  const reply = await pool.run(sum(1, 2, 3), MUCH);
  isDone = true;
  expect(answerOf(reply)).toBe(6);
  expect(seen.join(' ')).toMatch(/step( event)+ step( event)+ step/);
  if (reply.kind !== 'answer') throw new Error(reply.detail);
  expect(reply.slices?.map(({ units }) => units)).toEqual([1, 1, 1, 0]);
  expect(reply.busyMs).toBe(60);
  release(step);
});

it('rejects with what its work threw, and goes on', async () => {
  const { pool, step } = await withBusyWorker(
    adding(({ numbers }) => {
      if ((numbers as number[])[0] === 0) throw new RangeError('a bug of ours');
    }),
  );
  await expect(pool.run(sum(0), MUCH)).rejects.toMatchObject({ message: 'a bug of ours' });
  expect(answerOf(await pool.run(sum(1), MUCH))).toBe(1);
  release(step);
});

it('loses its request when the pool is killed', async () => {
  const clock = new ManualClock();
  const { pool } = await withBusyWorker(
    adding(() => {
      clock.pass(0.02);
      setImmediate(() => pool.kill());
    }),
    clock,
  );
  expect(await pool.run(sum(1, 2, 3, 4), MUCH)).toMatchObject({ kind: 'lost', reason: 'aborted' });
  await pool.close();
});

it('ends its request before the pool is closed', async () => {
  const clock = new ManualClock();
  const { pool, step, long } = await withBusyWorker(
    adding(() => clock.pass(0.02)),
    clock,
  );
  const added = pool.run(sum(1, 2, 3), MUCH);
  await new Promise((resolve) => setImmediate(resolve));
  release(step);
  await long;
  await pool.close();
  expect(answerOf(await added)).toBe(6);
});

it('shares requests with workers, each of which is answered once', async () => {
  const pool = obedientPool({ size: 2, mainThread: adding() });
  const orders = Array.from({ length: 400 }, (_, k) =>
    k % 7 === 3 ? { do: 'exit', code: 1, at: k } : sum(k, 1),
  );
  const replies = await Promise.all(orders.map((order) => pool.run(order, { expectedMs: 1 })));
  expect(replies.map((reply) => (reply.kind === 'answer' ? reply.answer : -reply.at))).toEqual(
    orders.map((_, k) => (k % 7 === 3 ? -k : k + 1)),
  );
});
