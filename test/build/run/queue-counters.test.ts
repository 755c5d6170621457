/** What workers of other machines did, and what they could have done. */
import { expect, it } from 'vitest';
import { QueueCounters } from '../../../src/build/run/queue-counters.js';
import { queueText } from '../../../src/cli/render/build/summary.js';

const cells = (units: number) => ({ what: 'cells' as const, units });

it('counts workers, machines, cells, and the time of all slots while there were any', () => {
  let now = 1000;
  const counters = new QueueCounters(() => now);
  counters.offers(2);
  now += 100;
  counters.offers(4);
  counters.add('b/12-ab', cells(5), 60);
  counters.add('b/13-cd', cells(6), 70);
  counters.add('a/1-ef', { what: 'comparisons', units: 9 }, 20);
  now += 100;
  counters.offers(0);
  now += 500;
  const use = { workers: 3, machines: ['a', 'b'], requests: 3, cells: 11, wallMs: 150, slotMs: 600 };
  expect(counters.use).toEqual(use);
  expect(queueText(use, 20)).toBe(
    '11 of 20 cells by 3 workers on a and b, in 150 ms of theirs (busy 25 % of the time)',
  );
});

it.each([
  [['a'], 'on a,'],
  [['a', 'b', 'c', 'd'], 'on a, b, c and d,'],
  [['a', 'b', 'c', 'd', 'e', 'f'], 'on a, b, c and 3 others,'],
])('names at most four machines: %j', (machines, text) => {
  const use = { workers: 9, machines, requests: 1, cells: 1, wallMs: 1, slotMs: 1 };
  expect(queueText(use, 1)).toContain(text);
});

it('says of an older run what it knows of it', () => {
  const use = { workers: 1, requests: 1, cells: 7, wallMs: 2000 };
  expect(queueText(use, 9)).toBe('7 of 9 cells by 1 worker, in 2.00 s of theirs');
});
