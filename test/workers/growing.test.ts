/** When workers are started: some as soon as requests wait, others only for requests that have waited long. */
import { expect, it, vi } from 'vitest';
import { ManualClock } from './manual-clock.js';
import { answerOf, obedientPool, sharedWords } from './rig.js';

const good = { do: 'sum', numbers: [1, 2] };

/** A request that takes until it is released. */
function held() {
  const step = sharedWords(2);
  const order = { do: 'steps', step, last: 1 };
  const release = () => {
    Atomics.store(step, 0, 1);
    Atomics.notify(step, 0);
  };
  return { order, release };
}

it('starts a worker for each request at once', async () => {
  const pool = obedientPool({ size: 3 });
  const replies = [good, good, good, good].map((order) => pool.run(order));
  expect(pool.stats).toMatchObject({ starts: 3 });
  expect((await Promise.all(replies)).map(answerOf)).toEqual([3, 3, 3, 3]);
});

it('starts one more for requests that have waited for a second, and then the next one', async () => {
  const clock = new ManualClock();
  const pool = obedientPool({ size: 4, sizeAtFirst: 2, clock });
  const works = Array.from({ length: 8 }, held);
  const replies = works.map(({ order }) => pool.run(order, { expectedMs: 1 }));
  await vi.waitUntil(() => pool.stats.busy === 2, { timeout: 60_000 });
  clock.pass(0.75);
  expect(pool.stats).toMatchObject({ starts: 2, waiting: 6 });
  clock.pass(0.25);
  expect(pool.stats).toMatchObject({ starts: 3, starting: 1 });
  // It takes over a request that waits behind another one.
  await vi.waitUntil(() => pool.stats.busy === 3, { timeout: 60_000 });
  clock.pass(0.25);
  expect(pool.stats).toMatchObject({ starts: 4 });
  clock.pass(10);
  expect(pool.stats).toMatchObject({ starts: 4 });
  for (const { release } of works) release();
  expect((await Promise.all(replies)).map(answerOf)).toEqual(Array(8).fill(1));
});

it('starts no other for requests that those at first answer soon', async () => {
  const clock = new ManualClock();
  const pool = obedientPool({ size: 4, sizeAtFirst: 1, clock });
  for (let k = 0; k < 20; k++) {
    expect(answerOf(await pool.run(good))).toBe(3);
    clock.pass(0.6);
  }
  expect(pool.stats).toMatchObject({ starts: 1, answered: 20 });
});

it('replaces one of the first at once', async () => {
  const clock = new ManualClock();
  const pool = obedientPool({ size: 2, sizeAtFirst: 1, clock });
  expect(await pool.run({ do: 'exit', code: 1, at: 4 })).toMatchObject({ kind: 'lost' });
  expect(answerOf(await pool.run(good))).toBe(3);
  expect(pool.stats).toMatchObject({ starts: 2 });
});
