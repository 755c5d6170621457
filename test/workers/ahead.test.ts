/** Requests that are sent ahead, to workers that are at another one. */
import { expect, it, vi } from 'vitest';
import { answerOf, becomes, obedientPool, sharedWords } from './rig.js';

const good = { do: 'sum', numbers: [1, 2] };

const release = (step: Int32Array) => {
  Atomics.store(step, 0, 1);
  Atomics.notify(step, 0);
};

it('a worker goes on to the next request without the thread of the pool', async () => {
  const pool = obedientPool();
  const [step, counts] = [sharedWords(2), sharedWords(3)];
  const first = pool.run({ do: 'steps', step, last: 1 });
  const others = [0, 1].map((index) => pool.run({ do: 'count', counts, index }, { expectedMs: 1000 }));
  await vi.waitUntil(() => pool.stats.busy === 1, { timeout: 60_000 });
  expect(pool.stats).toMatchObject({ busy: 1, waiting: 2 });
  release(step);
  // This thread does nothing else until the worker is at the second request.
  while (Atomics.load(counts, 0) === 0);
  // The third one waits here: of requests that take long, a worker has one ahead.
  expect(Atomics.load(counts, 1)).toBe(0);
  expect((await Promise.all([first, ...others])).map(answerOf)).toEqual([1, 0, 1]);
  expect(pool.stats).toMatchObject({ answered: 3, waiting: 0, busy: 0, starts: 1 });
});

it('a worker has several short requests ahead', async () => {
  const pool = obedientPool();
  const [step, counts] = [sharedWords(2), sharedWords(4)];
  const first = pool.run({ do: 'steps', step, last: 1 });
  const others = [0, 1, 2, 3].map((index) => pool.run({ do: 'count', counts, index }, { expectedMs: 1 }));
  await vi.waitUntil(() => pool.stats.busy === 1, { timeout: 60_000 });
  release(step);
  // This thread does nothing else until the worker has been at all of them.
  while (counts.some((_, index) => Atomics.load(counts, index) === 0));
  expect((await Promise.all([first, ...others])).map(answerOf)).toEqual([1, 0, 1, 2, 3]);
  expect([...counts]).toEqual([1, 1, 1, 1]);
});

it('an idle worker takes over all short requests that wait behind a long one', async () => {
  const pool = obedientPool({ size: 2 });
  const [long, short] = [sharedWords(2), sharedWords(2)];
  const counts = sharedWords(12);
  const replies = [long, short].map((step) => pool.run({ do: 'steps', step, last: 1 }));
  await vi.waitUntil(() => pool.stats.busy === 2, { timeout: 60_000 });
  const ahead = [...counts.keys()].map((index) =>
    pool.run({ do: 'count', counts, index }, { expectedMs: 1 }),
  );
  expect(pool.stats).toMatchObject({ busy: 2, waiting: 12 });
  release(short);
  expect((await Promise.all(ahead)).map(answerOf)).toEqual([...counts.keys()]);
  expect(pool.stats).toMatchObject({ busy: 1, waiting: 0 });
  release(long);
  expect((await Promise.all(replies)).map(answerOf)).toEqual([1, 1]);
  const later = await Promise.all(Array.from({ length: 20 }, () => pool.run(good, { expectedMs: 1 })));
  expect(later.map(answerOf)).toEqual(Array(20).fill(3));
  expect([...counts]).toEqual(Array(12).fill(1));
});

it('short requests whose worker dies of the first run once each, on the next worker', async () => {
  const pool = obedientPool();
  const counts = sharedWords(6);
  const deadly = pool.run({ do: 'exit', code: 1, at: 4 });
  const others = [...counts.keys()].map((index) =>
    pool.run({ do: 'count', counts, index }, { expectedMs: 1 }),
  );
  expect(await deadly).toMatchObject({ kind: 'lost', reason: 'crashed', at: 4 });
  expect((await Promise.all(others)).map(answerOf)).toEqual([...counts.keys()]);
  expect([...counts]).toEqual([1, 1, 1, 1, 1, 1]);
});

it('a request whose worker dies of the one before it runs once, on the next worker', async () => {
  const pool = obedientPool();
  const counts = sharedWords(2);
  const deadly = pool.run({ do: 'exit', code: 1, at: 4 });
  const others = [0, 1].map((index) => pool.run({ do: 'count', counts, index }));
  expect(await deadly).toMatchObject({ kind: 'lost', reason: 'crashed', at: 4 });
  expect((await Promise.all(others)).map(answerOf)).toEqual([0, 1]);
  expect([...counts]).toEqual([1, 1]);
});

it('an idle worker takes over what waits behind another one', async () => {
  const pool = obedientPool({ size: 2 });
  const [long, short] = [sharedWords(2), sharedWords(2)];
  const counts = sharedWords(2);
  const replies = [long, short].map((step) => pool.run({ do: 'steps', step, last: 1 }));
  await vi.waitUntil(() => pool.stats.busy === 2, { timeout: 60_000 });
  const ahead = [0, 1].map((index) => pool.run({ do: 'count', counts, index }));
  expect(pool.stats).toMatchObject({ busy: 2, waiting: 2 });
  release(short);
  // One of them is behind the long one.
  expect((await Promise.all(ahead)).map(answerOf)).toEqual([0, 1]);
  expect(pool.stats).toMatchObject({ busy: 1, waiting: 0 });
  const later = pool.run(good, { context: { key: 'a', data: 1 } });
  expect(answerOf(await later)).toBe(3);
  release(long);
  expect((await Promise.all(replies)).map(answerOf)).toEqual([1, 1]);
  // The withdrawn one was passed over, and its worker goes on.
  const both = await Promise.all([good, good, good, good].map((order) => pool.run(order)));
  expect(both.map(answerOf)).toEqual([3, 3, 3, 3]);
  expect([...counts]).toEqual([1, 1]);
});

it('a context that went with a withdrawn request is there for the next one', async () => {
  const pool = obedientPool({ size: 2 });
  const [long, short] = [sharedWords(2), sharedWords(2)];
  const steps = [long, short].map((step) => pool.run({ do: 'steps', step, last: 1 }));
  await vi.waitUntil(() => pool.stats.busy === 2, { timeout: 60_000 });
  const context = { context: { key: 'task', data: { value: 'task' } } };
  const ask = { do: 'context' };
  const ahead = [pool.run(ask, context), pool.run(ask, context)];
  release(short);
  const answers = (await Promise.all(ahead)).map(answerOf) as { value: string }[];
  expect(answers.map(({ value }) => value)).toEqual(['task', 'task']);
  release(long);
  await Promise.all(steps);
  const more = await Promise.all(Array.from({ length: 6 }, () => pool.run(ask, context)));
  expect(more.map((reply) => (answerOf(reply) as { value: string }).value)).toEqual(Array(6).fill('task'));
});

it('a request with buffers that are handed over waits until a worker is idle', async () => {
  const pool = obedientPool();
  const step = sharedWords(2);
  const first = pool.run({ do: 'steps', step, last: 1 });
  await vi.waitUntil(() => pool.stats.busy === 1, { timeout: 60_000 });
  const bytes = Uint8Array.of(1, 2, 3);
  const reversed = pool.run({ do: 'reverse', bytes }, { transfer: [bytes.buffer] });
  expect(bytes.byteLength).toBe(3);
  release(step);
  await becomes(step, 1, 1);
  await first;
  expect(answerOf(await reversed)).toEqual(Uint8Array.of(3, 2, 1));
});

it('is short of requests while a worker has none, or none behind the one that it is at', async () => {
  const pool = obedientPool();
  expect(pool.isShort).toBe(false);
  const [step, reached, counts] = [sharedWords(2), sharedWords(1), sharedWords(1)];
  const first = pool.run({ do: 'stepsFrom', reached, step, last: 1 });
  expect(pool.isShort).toBe(false);
  await becomes(reached, 0, 1);
  expect(pool.isShort).toBe(true);
  const second = pool.run({ do: 'count', counts, index: 0 });
  expect(pool.isShort).toBe(false);
  release(step);
  await Promise.all([first, second]);
  expect(pool.isShort).toBe(true);
});

it('is short of requests when the worker has done all that it has, before the answers are read', async () => {
  const pool = obedientPool();
  const [step, reached, counts] = [sharedWords(2), sharedWords(1), sharedWords(2)];
  const first = pool.run({ do: 'stepsFrom', reached, step, last: 1 });
  await becomes(reached, 0, 1);
  const others = [0, 1].map((index) => pool.run({ do: 'count', counts, index }, { expectedMs: 1 }));
  expect(pool.isShort).toBe(false);
  release(step);
  // This thread reads no answer meanwhile.
  while (Atomics.load(counts, 1) === 0);
  expect(pool.isShort).toBe(true);
  await Promise.all([first, ...others]);
});
