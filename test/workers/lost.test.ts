import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ManualClock } from './manual-clock.js';
import { answerOf, becomes, fixture, type Order, obedientPool, sharedWords } from './rig.js';

const good = { do: 'sum', numbers: [1, 2] };

describe('a worker that is stuck', () => {
  it('loses its request with the position of its beacon, and the next one is answered', async () => {
    const clock = new ManualClock();
    const pool = obedientPool({ stallSeconds: 10, clock });
    const reached = sharedWords(1);
    const stuck = pool.run({ do: 'loop', at: 7, reached });
    const next = pool.run(good);
    await becomes(reached, 0, 1);
    clock.pass(9.9);
    expect(pool.stats.busy).toBe(1);
    clock.pass(0.5);
    expect(await stuck).toEqual({ kind: 'lost', reason: 'timeout', detail: 'no progress for 10 s', at: 7 });
    expect(answerOf(await next)).toBe(3);
    expect(pool.stats).toMatchObject({ starts: 2, answered: 1, lost: 1 });
  });

  it('lives as long as its beacon shows progress', async () => {
    const clock = new ManualClock();
    const pool = obedientPool({ stallSeconds: 10, clock });
    const step = sharedWords(2);
    const reply = pool.run({ do: 'steps', step, last: 5 });
    for (let n = 1; n <= 5; n++) {
      await vi.waitUntil(() => pool.stats.busy === 1, { timeout: 60_000 });
      clock.pass(9);
      Atomics.store(step, 0, n);
      Atomics.notify(step, 0);
      await becomes(step, 1, n);
      if (n < 5) clock.pass(1);
    }
    expect(answerOf(await reply)).toBe(5);
  });

  it('is not blamed for time in which the pool itself could not look', async () => {
    const clock = new ManualClock();
    const pool = obedientPool({ stallSeconds: 10, clock });
    const step = sharedWords(2);
    const reply = pool.run({ do: 'steps', step, last: 1 });
    await vi.waitUntil(() => pool.stats.busy === 1, { timeout: 60_000 });
    clock.leap(3600);
    clock.leap(3600);
    expect(pool.stats.busy).toBe(1);
    Atomics.store(step, 0, 1);
    Atomics.notify(step, 0);
    expect(answerOf(await reply)).toBe(1);
  });

  it('tells -1 when it never said where it is', async () => {
    const clock = new ManualClock();
    const pool = obedientPool({ stallSeconds: 10, clock });
    await pool.run({ do: 'sum', numbers: [5, 5, 5] });
    const reached = sharedWords(1);
    const stuck = pool.run({ do: 'hang', reached });
    await becomes(reached, 0, 1);
    clock.pass(11);
    expect(await stuck).toMatchObject({ reason: 'timeout', at: -1 });
  });

  it.skipIf(process.platform === 'win32')('is left behind when it is stuck in native code', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'battbuild-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    // Opened for reading and writing: a read blocks until this test writes.
    const descriptor = openSync(pipe, constants.O_RDWR);
    try {
      const clock = new ManualClock();
      const pool = obedientPool({ stallSeconds: 10, clock });
      const reached = sharedWords(1);
      const stuck = pool.run({ do: 'read', descriptor, at: 3, reached });
      await becomes(reached, 0, 1);
      clock.pass(11);
      expect(await stuck).toMatchObject({ reason: 'timeout', at: 3 });
      expect(answerOf(await pool.run(good))).toBe(3);
      await pool.close();
    } finally {
      writeSync(descriptor, 'x');
      closeSync(descriptor);
      rmSync(folder, { recursive: true });
    }
  });

  it('is looked at only while there is something to see', async () => {
    const clock = new ManualClock();
    const pool = obedientPool({ clock });
    expect(clock.running).toBe(false);
    const reply = pool.run(good);
    expect(clock.running).toBe(true);
    await reply;
    clock.pass(1);
    expect(clock.running).toBe(false);
    const second = pool.run(good);
    expect(clock.running).toBe(true);
    await second;
    await pool.close();
    expect(clock.running).toBe(false);
  });
});

describe('a worker that dies', () => {
  const resourceLimits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 8 };
  const deaths: [string, Order, object][] = [
    ['exit code 3', { do: 'exit', code: 3, at: 4 }, { at: 4, detail: 'exited with code 3' }],
    ['exit code 0', { do: 'exit', code: 0, at: 5 }, { at: 5, detail: 'exited with code 0' }],
    ['out of memory', { do: 'memory', at: 6 }, { at: 6, detail: expect.stringContaining('memory limit') }],
    ['an error from a timer', { do: 'throwLater', message: 'oh' }, { at: -1, detail: 'Error: oh' }],
    ['throw null', { do: 'rejectLater', reason: null }, { detail: expect.stringContaining('null') }],
    ['a rejection', { do: 'rejectLater', reason: 'no' }, { detail: expect.stringContaining('no') }],
  ];

  it.each(deaths)('loses its request only: %s', async (_name, order, expected) => {
    const pool = obedientPool({ resourceLimits });
    const [lost, next] = await Promise.all([pool.run(order), pool.run(good)]);
    expect(lost).toMatchObject({ kind: 'lost', reason: 'crashed', ...expected });
    expect(answerOf(next)).toBe(3);
    expect(pool.stats.starts).toBe(2);
  });

  it('while idle is replaced when the next request needs it', async () => {
    const pool = obedientPool();
    const words = sharedWords(2);
    expect(answerOf(await pool.run({ do: 'dieLater', words }))).toBe('answered');
    expect(pool.stats.idle).toBe(1);
    Atomics.store(words, 0, 1);
    Atomics.notify(words, 0);
    await vi.waitUntil(() => pool.stats.idle === 0, { timeout: 60_000 });
    expect(pool.stats.starting).toBe(0);
    expect(answerOf(await pool.run(good))).toBe(3);
  });

  it('in the moment of its answer has answered or is lost, not both', async () => {
    const pool = obedientPool();
    for (let round = 1; round <= 5; round++) {
      await pool.run(good);
      const word = sharedWords(1);
      const reply = pool.run({ do: 'answerAndExit', word });
      // Both the answer and the death have happened before this thread can read either.
      Atomics.wait(word, 0, 0);
      expect(['answered', 'crashed']).toContain(
        await reply.then((r) => (r.kind === 'answer' ? r.answer : r.reason)),
      );
      expect(answerOf(await pool.run(good))).toBe(3);
      expect(pool.stats.answered + pool.stats.lost).toBe(3 * round);
    }
  });

  describe('unseen, before the next request reaches it', () => {
    /** A pool that still believes its dead worker to be idle. */
    const poolOfDead = async () => {
      const pool = obedientPool();
      const words = sharedWords(2);
      await pool.run({ do: 'dieLater', words });
      Atomics.store(words, 0, 1);
      Atomics.notify(words, 0);
      // Blocks this thread, so that it cannot learn of the death.
      Atomics.wait(words, 1, 0);
      expect(pool.stats.idle).toBe(1);
      return pool;
    };

    it('does not cost that request, which keeps its place', async () => {
      const pool = await poolOfDead();
      const order: number[] = [];
      const replies = [1, 2, 3].map(async (number) => {
        const reply = await pool.run({ do: 'sum', numbers: [number] });
        order.push(number);
        return answerOf(reply);
      });
      expect(await Promise.all(replies)).toEqual([1, 2, 3]);
      expect(order).toEqual([1, 2, 3]);
      expect(pool.stats).toMatchObject({ answered: 4, lost: 0, starts: 2 });
    });

    it('loses the request when buffers were handed over with it', async () => {
      const pool = await poolOfDead();
      const bytes = Uint8Array.of(1, 2);
      const reply = await pool.run({ do: 'reverse', bytes }, { transfer: [bytes.buffer] });
      expect(reply).toMatchObject({ kind: 'lost', reason: 'crashed', at: -1 });
    });
  });

  it('never costs or doubles another request: good and deadly ones mixed over two workers', async () => {
    const pool = obedientPool({ size: 2, resourceLimits });
    const counts = sharedWords(60);
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 5 === 2
          ? pool.run(deaths[((index - 2) / 5) % deaths.length][1])
          : pool.run({ do: 'count', counts, index }),
      ),
    );
    expect(replies.map((reply) => reply.kind)).toEqual(
      replies.map((_, index) => (index % 5 === 2 ? 'lost' : 'answer')),
    );
    expect([...counts]).toEqual(replies.map((_, index) => (index % 5 === 2 ? 0 : 1)));
    expect(pool.stats).toMatchObject({ answered: 48, lost: 12, waiting: 0, busy: 0 });
  });

  it('any mix of requests gets, each, the reply that it gets alone', async () => {
    const kinds = ['count', 'exit', 'throwLater', 'throw'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.constantFrom(...kinds), { maxLength: 8 }),
        async (size, sequence) => {
          const pool = obedientPool({ size });
          const counts = sharedWords(8);
          const orders: Order[] = sequence.map((kind, index) => ({ do: kind, counts, index, message: 'm' }));
          const outcomes = await Promise.all(
            orders.map((order) =>
              pool.run(order).then(
                (reply) => (reply.kind === 'answer' ? reply.answer : reply.reason),
                (error: Error) => error.message,
              ),
            ),
          );
          await pool.close();
          expect(outcomes).toEqual(
            sequence.map(
              (kind, index) => ({ count: index, exit: 'crashed', throwLater: 'crashed', throw: 'm' })[kind],
            ),
          );
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('a worker that cannot start', () => {
  /** A pool whose workers fail at the given attempts, counted from 1, or at all of them. */
  const failing = (failures: number[] | 'all', size = 1) => {
    const attempts = sharedWords(1);
    const workerUrl = fixture('throws-at-start.mjs');
    return { attempts, pool: obedientPool({ size, workerUrl, workerData: { attempts, failures } }) };
  };

  it('rejects all that waits after three attempts, with the cause', async () => {
    const { attempts, pool } = failing('all');
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => pool.run(good)));
    for (const outcome of outcomes) {
      expect(outcome.status === 'rejected' && outcome.reason.message).toBe(
        'no worker can be started (3 attempts): Error: no such table',
      );
    }
    expect(attempts[0]).toBe(3);
  });

  it('is tried once more for a later request', async () => {
    const { attempts, pool } = failing([1, 2, 3]);
    await expect(pool.run(good)).rejects.toThrow(/no worker can be started/);
    expect(answerOf(await pool.run(good))).toBe('started');
    expect(attempts[0]).toBe(4);
  });

  it('costs nothing but time when a later attempt works, and is forgiven then', async () => {
    const { attempts, pool } = failing([1, 2, 4, 5]);
    expect(answerOf(await pool.run(good))).toBe('started');
    expect(attempts[0]).toBe(3);
    expect(await pool.run({ do: 'exit' })).toMatchObject({ reason: 'crashed' });
    expect(answerOf(await pool.run(good))).toBe('started');
    expect(attempts[0]).toBe(6);
  });

  it('ends the attempts of a pool of several, too', async () => {
    const { attempts, pool } = failing('all', 4);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => pool.run(good)));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(attempts[0]).toBeLessThanOrEqual(4 + 2);
  });

  it('is one that dies before its first call, however ready it said it was', async () => {
    const attempts = sharedWords(1);
    const workerUrl = fixture('dies-when-ready.mjs');
    const pool = obedientPool({ workerUrl, workerData: { attempts, working: 1 } });
    expect(await pool.run(good)).toMatchObject({ reason: 'crashed', detail: 'exited with code 8' });
    await expect(pool.run(good)).rejects.toThrow('(3 attempts): exited with code 9');
    expect(attempts[0]).toBe(1 + 3);
  });

  it('is told of a module that does not exist', async () => {
    const pool = obedientPool({ workerUrl: fixture('absent.mjs') });
    await expect(pool.run(good)).rejects.toThrow(/absent\.mjs/);
  });

  it('is told of what Node refuses to start at all', async () => {
    const pool = obedientPool({ size: 2, workerUrl: new URL('https://worker.invalid/worker.mjs') });
    await expect(Promise.all([pool.run(good), pool.run(good)])).rejects.toThrow(/no worker can be started/);
    expect(pool.stats).toMatchObject({ starting: 0, waiting: 0 });
  });

  it('is given up when it is not ready in time', async () => {
    const clock = new ManualClock();
    const reached = sharedWords(1);
    const pool = obedientPool({
      clock,
      startSeconds: 30,
      startAttempts: 1,
      workerUrl: fixture('never-ready.mjs'),
      workerData: { reached },
    });
    const reply = pool.run(good);
    await becomes(reached, 0, 1);
    clock.pass(29);
    expect(pool.stats.starting).toBe(1);
    clock.pass(2);
    await expect(reply).rejects.toThrow('no worker can be started (1 attempts): not ready after 30 s');
  });
});
