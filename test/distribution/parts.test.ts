/** The small parts: addresses, samples, estimates, what a worker keeps. */
import { expect, it } from 'vitest';
import { CellTimes } from '../../src/distribution/cell-times.js';
import { ContextCache } from '../../src/distribution/context-cache.js';
import { engineVersion } from '../../src/distribution/messages/engine-version.js';
import { placeOf, redisOptions } from '../../src/distribution/redis/redis-url.js';
import { Sampling } from '../../src/distribution/sampling.js';

it.each([
  ['redis://host', { host: 'host', port: 6379 }, 'redis://host'],
  ['redis://host:1/', { host: 'host', port: 1 }, 'redis://host:1'],
  ['redis://:p%40ss@host:1/2', { host: 'host', port: 1, password: 'p@ss', db: 2 }, 'redis://host:1/2'],
  ['redis://me:x@[::1]:1', { host: '::1', port: 1, username: 'me', password: 'x' }, 'redis://[::1]:1'],
  ['rediss://10.0.0.5', { host: '10.0.0.5', port: 6379, tls: {} }, 'rediss://10.0.0.5'],
  ['rediss://host', { host: 'host', port: 6379, tls: { servername: 'host' } }, 'rediss://host'],
])('%s is taken apart, and shown without its password', (url, options, place) => {
  expect(redisOptions(url)).toEqual(options);
  expect(placeOf(url)).toBe(place);
});

it('the first answer of every worker is compared, then a share of them, evenly', () => {
  const taken = (share: number, count: number) => {
    const sampling = new Sampling(share);
    return Array.from({ length: count }, () => sampling.takes('a'))
      .map(Number)
      .join('');
  };
  expect(taken(0, 5)).toBe('00000');
  expect(taken(1, 5)).toBe('11111');
  expect(taken(0.25, 9)).toBe('100010001');
  const sampling = new Sampling(0.01);
  expect(['a', 'b', 'a', 'b'].map((worker) => sampling.takes(worker))).toEqual([true, true, false, false]);
});

it('cells are expected to take what those of their task took, else what all took', () => {
  const times = new CellTimes((task) => (task === 'known' ? { cells: 10, micros: 20_000 } : null));
  expect(times.expect('known', 3)).toBe(6);
  expect(times.expect('new', 7)).toBe(100);
  times.took('known', 10, 40);
  expect(times.expect('known', 1)).toBe(3);
  expect(times.expect('new', 1)).toBe(4);
  times.took('new', 2, 2);
  expect(times.expect('new', 1)).toBe(1);
});

it('a context is fetched once, however many ask, and again when it was nowhere', async () => {
  const cache = new ContextCache();
  let fetched = 0;
  const there = async () => {
    fetched++;
    return Uint8Array.of(1);
  };
  const both = await Promise.all([cache.get('a', there), cache.get('a', there)]);
  expect([both[0] === both[1], fetched]).toEqual([true, 1]);
  expect(await cache.get('b', async () => null)).toBeNull();
  expect(await cache.get('b', there)).toEqual(Uint8Array.of(1));
});

it('the version is the same for the same code', () => {
  expect(engineVersion()).toMatch(/^[0-9a-f]{16}$/);
  expect(engineVersion()).toBe(engineVersion());
});
