/** How the work of a build is divided among its tasks. */
import { describe, expect, it } from 'vitest';
import type { TaskState } from '../../../src/build/record/task-state.js';
import { progressWeights } from '../../../src/build/run/progress-weights.js';

function state(cells: number, micros: number): TaskState {
  const work = new Map([
    ['validate', { steps: cells, micros: micros / 2 }],
    ['publish', { steps: 1, micros: micros / 2 }],
  ]);
  return { cells, work } as unknown as TaskState;
}

describe('shares', () => {
  it('go by cells where nothing ran before', () => {
    const cells = new Map([
      ['a', 10],
      ['b', 30],
    ]);
    const shares = progressWeights(['a', 'b'], new Map(), (id) => cells.get(id) ?? 0);
    expect([...shares]).toEqual([
      ['a', 0.25],
      ['b', 0.75],
    ]);
  });

  it('go by what tasks took, and by their cells', () => {
    const states = new Map([
      ['a', state(10, 300)],
      ['b', state(10, 100)],
    ]);
    const shares = progressWeights(['a', 'b'], states, () => 0);
    expect([...shares.values()]).toEqual([(0.5 + 0.75) / 2, (0.5 + 0.25) / 2]);
  });

  it('take a task that never ran for one like the others', () => {
    const states = new Map([['a', state(10, 500)]]);
    const shares = progressWeights(['a', 'b'], states, () => 30);
    expect([...shares.values()]).toEqual([0.25, 0.75]);
  });

  it('are equal where there are no cells', () => {
    expect([...progressWeights(['a', 'b'], new Map(), () => 0).values()]).toEqual([0.5, 0.5]);
    expect(progressWeights([], new Map(), () => 0).size).toBe(0);
  });
});
