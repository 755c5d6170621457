import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { answerOf, becomes, fixture, obedientPool, sharedWords } from './rig.js';

const good = { do: 'sum', numbers: [1, 2] };

const becomesEmpty = (pool: ReturnType<typeof obedientPool>) =>
  vi.waitUntil(() => pool.stats.starting === 0, { timeout: 60_000 });

describe('a warm-up', () => {
  it('starts one worker, once, which takes the first request', async () => {
    const pool = obedientPool({ size: 2 });
    pool.warmUp();
    pool.warmUp();
    expect(pool.stats).toMatchObject({ starting: 1, starts: 1 });
    expect(answerOf(await pool.run(good))).toBe(3);
    pool.warmUp();
    expect(pool.stats).toMatchObject({ starts: 1, answered: 1 });
  });

  it('of a closed pool starts nothing, and a worker that nobody needs ends with its pool', async () => {
    const pool = obedientPool();
    pool.warmUp();
    await pool.close();
    pool.warmUp();
    expect(pool.stats).toMatchObject({ starting: 0, idle: 0, starts: 1 });
  });

  it('that fails is no failure of the pool', async () => {
    const pool = obedientPool({ workerUrl: fixture('throws-at-start.mjs') });
    pool.warmUp();
    await becomesEmpty(pool);
    await expect(pool.run(good)).rejects.toThrow(/no worker can be started/);
  });
});

describe('close', () => {
  it('answers what runs and what waits, then takes no more', async () => {
    const pool = obedientPool();
    const replies = Array.from({ length: 10 }, () => pool.run(good));
    const closed = pool.close();
    await expect(pool.run(good)).rejects.toThrow('the pool is closed');
    expect((await Promise.all(replies)).map(answerOf)).toEqual(Array(10).fill(3));
    await closed;
    expect(pool.stats).toMatchObject({ starting: 0, idle: 0, busy: 0, waiting: 0 });
  });

  it('replaces a worker that dies meanwhile', async () => {
    const pool = obedientPool();
    const replies = [pool.run({ do: 'exit', code: 1, at: 0 }), pool.run(good)];
    await pool.close();
    expect((await Promise.all(replies)).map((reply) => reply.kind)).toEqual(['lost', 'answer']);
  });

  it('of an unused pool, and twice, ends at once', async () => {
    const pool = obedientPool();
    await Promise.all([pool.close(), pool.close()]);
    expect(pool.stats.starts).toBe(0);
  });

  it('ends when the waiting requests are rejected', async () => {
    const pool = obedientPool({ workerUrl: fixture('absent.mjs') });
    const reply = expect(pool.run(good)).rejects.toThrow(/no worker can be started/);
    await pool.close();
    await reply;
  });
});

describe('kill', () => {
  it('loses what runs, with its position, and what waits', async () => {
    const pool = obedientPool();
    const reached = sharedWords(1);
    const replies = [pool.run({ do: 'loop', at: 9, reached }), pool.run(good)];
    await becomes(reached, 0, 1);
    pool.kill();
    expect(await Promise.all(replies)).toEqual([
      { kind: 'lost', reason: 'aborted', detail: 'the pool was killed', at: 9 },
      { kind: 'lost', reason: 'aborted', detail: 'the pool was killed', at: -1 },
    ]);
    await pool.close();
    expect(pool.stats).toMatchObject({ starting: 0, idle: 0, busy: 0, waiting: 0, lost: 2 });
  });

  it('loses a request that is on its way to a worker', async () => {
    const pool = obedientPool();
    await pool.run(good);
    const reply = pool.run(good);
    expect(pool.stats.busy).toBe(1);
    pool.kill();
    const lost = await reply;
    expect(lost).toMatchObject({ kind: 'lost', reason: 'aborted' });
    // The worker may have begun with it: when it is told is up to the system.
    expect([-1, 0, 1]).toContain(lost.kind === 'lost' ? lost.at : null);
    expect(pool.stats).toMatchObject({ starts: 1, starting: 0 });
  });

  it('loses what comes later', async () => {
    const pool = obedientPool();
    pool.kill();
    expect(await pool.run(good)).toMatchObject({ kind: 'lost', reason: 'aborted', at: -1 });
    expect(pool.stats.starts).toBe(0);
  });

  it('ends a close that waits for a stuck worker', async () => {
    const pool = obedientPool();
    const reached = sharedWords(1);
    const stuck = pool.run({ do: 'loop', at: 1, reached });
    await becomes(reached, 0, 1);
    const closed = pool.close();
    pool.kill();
    await closed;
    expect(await stuck).toMatchObject({ reason: 'aborted' });
  });

  it('ends workers that are still starting', async () => {
    const pool = obedientPool({ size: 2 });
    const replies = [pool.run(good), pool.run(good)];
    pool.kill();
    await pool.close();
    expect((await Promise.all(replies)).map((reply) => reply.kind)).toEqual(['lost', 'lost']);
  });
});

describe('the process', () => {
  const script = fileURLToPath(fixture('process.mjs'));
  // The limit ends a process that hangs, and with it the test; no behaviour depends on it.
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', timeout: 60_000 });

  it.each([
    ['after close', ['close'], 'closed\n'],
    ['with an idle pool that nobody closed', ['forget'], 'forgotten\n'],
    ['after kill', ['kill'], 'aborted,aborted,aborted\n'],
    ['after a worker that was stuck', ['stall'], 'timeout\n'],
    [
      'after workers that could not start',
      ['failedStart', './absent.mjs'],
      expect.stringMatching(/^no worker can be started \(3 attempts\): .*absent\.mjs/),
    ],
  ])('ends by itself %s', (_name, args, stdout) => {
    expect(run(...args)).toMatchObject({ status: 0, signal: null, stdout, stderr: '' });
  });

  it('loads the library with the first worker only, and keeps exactly the signal listeners that it had', () => {
    expect(JSON.parse(run('listeners').stdout)).toEqual({
      unused: { listening: [1, 0], libraryLoaded: false },
      used: { listening: [1, 0], libraryLoaded: true },
    });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('dies of %s while a worker is busy', async (signal) => {
    const child = spawn(process.execPath, [script, 'interrupt'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([null, signal]);
  });
});
