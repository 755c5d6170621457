/** Which tasks are under way together, and in which order they begin. */
import { expect, it } from 'vitest';
import type { Leases } from '../../../src/build/run/leases.js';
import type { Run } from '../../../src/build/run/run-phases.js';
import { Interrupted } from '../../../src/build/run/run-phases.js';
import { TaskLanes } from '../../../src/build/run/task-lanes.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lanes whose tasks end when they are told to. */
function lanesWith(jobs: number, signal: AbortSignal = new AbortController().signal) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const lanes = new TaskLanes({
    run: { signal, emit: () => {} } as unknown as Run,
    leases: { release: () => {} } as unknown as Leases,
    jobs,
    cellsOf: () => 1,
    states: new Map(),
    build: (id) => {
      begun.push(id);
      return new Promise<void>((resolve) => void ends.set(id, resolve));
    },
    idle: () => {},
  });
  const endAll = () => {
    for (const [id, end] of [...ends]) {
      ends.delete(id);
      end();
    }
  };
  return { lanes, begun, endAll };
}

const names = Array.from({ length: 40 }, (_, k) => `t${String(k).padStart(2, '0')}`);

it('begins one task at once, and more in each turn, so that the first is with a worker early', async () => {
  const { lanes, begun, endAll } = lanesWith(1);
  const done = lanes.run(names);
  const counts = [begun.length];
  for (let k = 0; k < 6; k++) {
    await turn();
    counts.push(begun.length);
  }
  expect(counts).toEqual([1, 2, 4, 8, 16, 17, 17]);
  expect(begun).toEqual(names.slice(0, 17));
  while (begun.length < names.length) {
    endAll();
    await turn();
  }
  endAll();
  await done;
  expect(begun).toEqual(names);
});

it('begins all tasks of a short list, however many workers there are', async () => {
  const { lanes, begun, endAll } = lanesWith(8);
  const done = lanes.run(['a', 'b', 'c']);
  for (let k = 0; k < 4; k++) await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
  endAll();
  await done;
});

it('begins no task after it was stopped', async () => {
  const stop = new AbortController();
  const { lanes, begun, endAll } = lanesWith(1, stop.signal);
  const done = expect(lanes.run(names)).rejects.toThrow(Interrupted);
  stop.abort();
  for (let k = 0; k < 6; k++) await turn();
  endAll();
  await done;
  expect(begun).toEqual(['t00']);
});
