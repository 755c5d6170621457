/** The contract of all pools of workers, local or remote: the suite runs for each. */
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/engine/reply.js';
import type { RunOptions } from '../../src/workers/pool.js';
import { answerOf, type Order } from './rig.js';

export interface ContractPool {
  run(order: Order, options?: RunOptions<Uint8Array>): Promise<Reply<unknown>>;
  close(): Promise<void>;
  kill(): void;
}

export interface ContractOptions {
  /** Number of threads. Default 1. */
  readonly size?: number;
}

const sum = (...numbers: number[]) => ({ do: 'sum', numbers });
const context = (key: string, ...bytes: number[]) => ({ context: { key, data: Uint8Array.from(bytes) } });

/** `make` returns a pool of the obedient worker (fixtures/obedient.mjs), which ends with its test. */
export function describePool(name: string, make: (options?: ContractOptions) => Promise<ContractPool>): void {
  describe(name, () => {
    it('answers 300 requests of 40 units each, every one with its own answer', async () => {
      const pool = await make();
      const requests = Array.from({ length: 300 }, (_, batch) =>
        sum(...Array.from({ length: 40 }, (_, sample) => batch * sample)),
      );
      const replies = await Promise.all(requests.map((request) => pool.run(request)));
      expect(replies.map(answerOf)).toEqual(requests.map((_, batch) => batch * 780));
    });

    it('tells how long the worker was at it, and which of its slots', async () => {
      const pool = await make();
      const reply = await pool.run({ do: 'sleep', milliseconds: 20 });
      if (reply.kind !== 'answer') throw new Error(reply.detail);
      expect(reply.busyMs).toBeGreaterThanOrEqual(19);
      expect(reply.wallMs).toBeGreaterThanOrEqual(reply.busyMs);
      expect(reply.slot).toBe(0);
    });

    it('rejects with what the worker function threw, and goes on', async () => {
      const pool = await make();
      await expect(pool.run({ do: 'throw', message: 'a bug of ours' })).rejects.toMatchObject({
        name: 'RangeError',
        message: 'a bug of ours',
      });
      expect(answerOf(await pool.run(sum(1, 2)))).toBe(3);
    });

    it('gives each request the data of its context, to a worker that was replaced, too', async () => {
      const pool = await make();
      const ask = { do: 'addUp' };
      expect(answerOf(await pool.run(ask, context('a', 1, 2)))).toBe(3);
      expect(answerOf(await pool.run(ask, context('b', 10)))).toBe(10);
      expect(await pool.run({ do: 'exit', code: 1, at: 0 }, context('a', 1, 2))).toMatchObject({
        kind: 'lost',
      });
      expect(answerOf(await pool.run(ask, context('a', 1, 2)))).toBe(3);
      expect(answerOf(await pool.run(ask))).toBeNull();
    });

    it.each([
      ['exit code 3', { do: 'exit', code: 3, at: 4 }, { at: 4, detail: 'exited with code 3' }],
      ['an error from a timer', { do: 'throwLater', message: 'oh' }, { at: -1, detail: 'Error: oh' }],
    ])('loses the request of a worker that dies, and no other: %s', async (_name, order, expected) => {
      const pool = await make();
      const [lost, next] = await Promise.all([pool.run(order), pool.run(sum(1, 2))]);
      expect(lost).toMatchObject({ kind: 'lost', reason: 'crashed', ...expected });
      expect(answerOf(next)).toBe(3);
    });

    it('never mixes up good and deadly requests over two workers', async () => {
      const pool = await make({ size: 2 });
      const orders = Array.from(
        { length: 30 },
        (_, index): Order => (index % 5 === 2 ? { do: 'exit', code: 1, at: index } : sum(index, 1)),
      );
      const replies = await Promise.all(orders.map((order) => pool.run(order)));
      expect(replies.map((reply) => (reply.kind === 'answer' ? reply.answer : reply.at))).toEqual(
        orders.map((_, index) => (index % 5 === 2 ? index : index + 1)),
      );
    });

    it('closed, answers what it has, then takes no more', async () => {
      const pool = await make();
      const replies = Array.from({ length: 10 }, () => pool.run(sum(1, 2)));
      const closed = pool.close();
      await expect(pool.run(sum(1))).rejects.toThrow('the pool is closed');
      expect((await Promise.all(replies)).map(answerOf)).toEqual(Array(10).fill(3));
      await closed;
      await pool.close();
    });

    it('killed, loses what it has and what comes later', async () => {
      const pool = await make();
      const replies = [pool.run({ do: 'sleep', milliseconds: 20 }), pool.run(sum(1))];
      pool.kill();
      replies.push(pool.run(sum(1)));
      const killed = { kind: 'lost', reason: 'aborted', detail: 'the pool was killed' };
      for (const reply of await Promise.all(replies)) expect(reply).toMatchObject(killed);
      await pool.close();
    });
  });
}
