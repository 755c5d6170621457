/** The simulation of a shared build: what must come out where everybody can tell. */
import { expect, it } from 'vitest';
import { type Scenario, simulate } from '../../bench/scale-out/simulation.js';
import { Random } from '../../bench/workspace/random.js';

const PLAIN: Scenario = {
  ...{ cells: 100_000, evaluateMs: 1, coordinateMs: 0, publishMs: 0, jobMs: 0, workerJobMs: 0, warmUpMs: 0 },
  ...{ roundTripMs: 0, jobSizeMs: 500, workers: 0, own: 1 },
  ...{ slow: 0, slowness: 1, dead: 0, cores: Number.POSITIVE_INFINITY },
};
const of = (scenario: Partial<Scenario>) => simulate({ ...PLAIN, ...scenario }, new Random('x'));

it('one worker does one thing after another', () => {
  const { wallMs, efficiency } = of({});
  expect(wallMs / 100_000).toBeCloseTo(1, 1);
  expect(efficiency).toBeCloseTo(1, 5);
});

it('ten workers are nearly ten times as fast, until the coordinator has no more time', () => {
  const alone = of({}).wallMs;
  expect(alone / of({ workers: 9 }).wallMs).toBeGreaterThan(9);
  const limited = of({ workers: 99, coordinateMs: 0.1 });
  expect(limited.wallMs).toBeGreaterThanOrEqual(10_000 * 0.999);
  expect(limited.coordinatorBusy).toBeGreaterThan(0.9);
  // Ten coordinators have ten times as much.
  expect(of({ workers: 90, coordinateMs: 0.1, coordinators: 10 }).wallMs).toBeLessThan(limited.wallMs / 3);
});

it('two cores do what two cores can', () => {
  expect(of({ workers: 4, cores: 2 }).wallMs).toBeGreaterThanOrEqual(50_000 * 0.98);
});

it('a worker that dies costs its job some seconds, and nothing twice but what was backed up', () => {
  const { wallMs, wasted } = of({ workers: 9, dead: 0.05 });
  expect(wallMs).toBeGreaterThan(of({ workers: 9 }).wallMs);
  expect(wasted).toBeGreaterThanOrEqual(0);
});
