/** The simulation of a build on other numbers of cores: what must come out where everybody can tell. */
import { expect, it } from 'vitest';
import { type RecordedBuild, wallOnCores } from '../../bench/evaluation/on-cores.js';

const PLAIN: RecordedBuild = {
  tasks: Array.from({ length: 1000 }, () => ({ evaluateMs: 10, mainMs: 1 })),
  ...{ warmUpMs: 0, mainHelpersMs: 0, workerHelpersMs: 0 },
};

/** Without the main thread's help. */
const wall = (build: RecordedBuild, cores: number, workers: number) =>
  wallOnCores(build, { cores, workers, atFirst: workers, mainHelps: false });

const helped = (build: RecordedBuild, cores: number, workers: number) =>
  wallOnCores(build, { cores, workers, atFirst: workers, mainHelps: true });

const growing = (build: RecordedBuild, cores: number, workers: number, atFirst: number) =>
  wallOnCores(build, { cores, workers, atFirst, mainHelps: false });

it('one core does one thing after another, however many workers there are', () => {
  for (const workers of [1, 2, 5]) expect(wall(PLAIN, 1, workers)).toBeCloseTo(11_000, 0);
});

it('with cores enough, more workers are faster until the main thread has no more time', () => {
  expect(wall(PLAIN, 2, 1)).toBeCloseTo(10_000, -2);
  expect(wall(PLAIN, 5, 4)).toBeCloseTo(2500, -2);
  expect(wall(PLAIN, 64, 32)).toBeCloseTo(1000, -2);
});

it('a worker that has to warm up takes that much longer, and its helpers take their share of the cores', () => {
  expect(wall({ ...PLAIN, warmUpMs: 500 }, 2, 1)).toBeCloseTo(10_500, -2);
  expect(wall({ ...PLAIN, workerHelpersMs: 4000 }, 1, 1)).toBeCloseTo(15_000, -1);
});

it('a main thread that helps takes what time it has left, where much work waits', () => {
  const long = { ...PLAIN, tasks: Array(100).fill({ evaluateMs: 500, mainMs: 50 }) };
  expect(wall(long, 2, 1)).toBeGreaterThan(50_000);
  expect(helped(long, 2, 1)).toBeLessThan(30_000);
  expect(helped(long, 1, 1)).toBeCloseTo(55_000, 0);
  // Little waits.
  expect(helped(PLAIN, 2, 1)).toBe(wall(PLAIN, 2, 1));
  // It has no time left.
  expect(helped(PLAIN, 64, 32)).toBeCloseTo(1000, -2);
});

it('more workers than at first come where tasks wait long, and only there', () => {
  const long = { ...PLAIN, tasks: Array(1000).fill({ evaluateMs: 100, mainMs: 1 }) };
  expect(growing(long, 16, 8, 4)).toBeGreaterThan(wall(long, 16, 8));
  expect(growing(long, 16, 8, 4)).toBeLessThan(wall(long, 16, 4) * 0.6);
  expect(growing(PLAIN, 16, 15, 12)).toBe(wall(PLAIN, 16, 12));
});
