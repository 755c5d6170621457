import { expect, it } from 'vitest';
import { answerOf, obedientPool } from './rig.js';

const context = (key: string, value = key) => ({ context: { key, data: { value } } });
const ask = { do: 'context' };

it('sends a context to a worker once, and gives the same object to later calls', async () => {
  const pool = obedientPool();
  expect(answerOf(await pool.run(ask, context('task')))).toEqual({ value: 'task', uses: 1 });
  // Data that would differ shows that it was not sent.
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

it('prefers an idle worker that holds the context', async () => {
  const pool = obedientPool({ size: 2 });
  const both = ['a', 'b'].map((key) => pool.run({ do: 'sleep', milliseconds: 1 }, context(key)));
  await Promise.all(both);
  await expect.poll(() => pool.stats.idle).toBe(2);
  for (const key of ['b', 'a', 'b', 'a']) {
    const [reply, again] = [await pool.run(ask, context(key)), await pool.run(ask, context(key))];
    expect([reply, again].map((each) => each.kind === 'answer' && each.slot)).toEqual([
      reply.kind === 'answer' && reply.slot,
      reply.kind === 'answer' && reply.slot,
    ]);
  }
});
