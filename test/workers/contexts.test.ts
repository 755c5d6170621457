import { expect, it, vi } from 'vitest';
import type { Reply } from '../../src/engine/reply.js';
import { answerOf, obedientPool, sharedWords } from './rig.js';

const context = (key: string, value = key) => ({ context: { key, data: { value } } });
const ask = { do: 'context' };

it('sends a context to a worker once, and gives the same object to later calls', async () => {
  const pool = obedientPool();
  expect(answerOf(await pool.run(ask, context('task')))).toEqual({ value: 'task', uses: 1 });
  // Different data with the same key shows that it was not sent.
  expect(answerOf(await pool.run(ask, context('task', 'not sent')))).toEqual({ value: 'task', uses: 2 });
  expect(answerOf(await pool.run(ask))).toBeNull();
});

it('sends a context again to a worker that was replaced', async () => {
  const pool = obedientPool();
  await pool.run(ask, context('task'));
  await pool.run({ do: 'exit', code: 1, at: 0 }, context('task'));
  expect(answerOf(await pool.run(ask, context('task', 'again')))).toEqual({ value: 'again', uses: 1 });
});

it('sends a context again after a request with it that could not be cloned', async () => {
  const pool = obedientPool();
  await expect(pool.run({ do: 'context', bad: () => {} }, context('task'))).rejects.toThrow(/cloned/);
  expect(answerOf(await pool.run(ask, context('task')))).toEqual({ value: 'task', uses: 1 });
});

it('drops the least recently used context beyond the bound', async () => {
  const pool = obedientPool({ contextsPerSlot: 2 });
  const uses = async (key: string) => (answerOf(await pool.run(ask, context(key))) as { uses: number }).uses;
  expect(await uses('a')).toBe(1);
  expect(await uses('b')).toBe(1);
  expect(await uses('a')).toBe(2);
  expect(await uses('c')).toBe(1);
  expect(await uses('a')).toBe(3);
  expect(await uses('b')).toBe(1);
});

it('forgets what it drops: contexts beyond the bound use no memory', async () => {
  const resourceLimits = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 };
  const pool = obedientPool({ contextsPerSlot: 2, resourceLimits });
  for (let index = 0; index < 60; index++) {
    // 60 times 2.4 MB would exceed the limit.
    const data = { numbers: Array.from({ length: 300_000 }, (_, n) => n + 0.5) };
    const reply = await pool.run({ do: 'sum', numbers: [index] }, { context: { key: `${index}`, data } });
    expect(answerOf(reply)).toBe(index);
  }
});

it('prefers an idle worker that holds the context', async () => {
  const pool = obedientPool({ size: 2 });
  const steps = [sharedWords(2), sharedWords(2)];
  const held = ['a', 'b'].map((key, index) =>
    pool.run({ do: 'steps', step: steps[index], last: 1 }, context(key)),
  );
  await vi.waitUntil(() => pool.stats.busy === 2, { timeout: 60_000 });
  for (const step of steps) {
    Atomics.store(step, 0, 1);
    Atomics.notify(step, 0);
  }
  const slotOf = (reply: Reply<unknown>) => (reply.kind === 'answer' ? reply.slot : reply);
  const [slotOfA, slotOfB] = (await Promise.all(held)).map(slotOf);
  expect([slotOfA, slotOfB].sort()).toEqual([0, 1]);
  for (const [key, slot] of [
    ['b', slotOfB],
    ['a', slotOfA],
    ['b', slotOfB],
  ] as const) {
    expect(slotOf(await pool.run(ask, context(key)))).toBe(slot);
  }
});
