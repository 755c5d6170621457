/** The progress of a build, computed from its events. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressSentence } from '../../src/cli/live/progress-text.js';
import type { BuildEvent } from '../../src/observe/event.js';
import { ProgressReader } from '../../src/observe/progress.js';

/** A reader with a clock controlled by the test. */
function reader() {
  let now = 1000;
  const read = new ProgressReader(() => now);
  return {
    happens: (ms: number, ...events: readonly BuildEvent[]) => {
      now += ms;
      for (const event of events) read.read(event);
      return read.progress();
    },
  };
}

const STARTED: BuildEvent = { type: 'started', workspace: '/work', jobs: 2 };

function planned(dirtyTasks: number, tasks = dirtyTasks): BuildEvent {
  return { type: 'planned', dirtyTasks, tasks, dryRun: false };
}

function begins(task: string, share: number): BuildEvent {
  return { type: 'task-started', task, share };
}

function ends(task: string): BuildEvent {
  return { type: 'task-ended', task };
}

function lookedUp(subject: string, hits: number, misses: number, phase = 'validate'): BuildEvent {
  return { type: 'looked-up', phase, subject, hits, misses };
}

function ran(subject: string, steps: number): BuildEvent {
  return { type: 'ran', phase: 'validate', subject, steps, startMs: 0, endMs: 1, cpuMs: 1 };
}

describe('progress', () => {
  it('counts files until the tasks are known', () => {
    const { happens } = reader();
    expect(happens(5, STARTED)).toMatchObject({ phase: 'scan', files: null, tasks: null, elapsedMs: 5 });
    expect(happens(5, { type: 'loading', files: 3 }).files).toEqual({ done: 0, toDo: 3 });
    const loaded = happens(5, lookedUp('solvers/a.py', 0, 1, 'load'));
    expect(loaded).toMatchObject({ phase: 'load', files: { done: 1, toDo: 3 }, tasks: null });
    expect(happens(5, planned(2, 9))).toMatchObject({ files: null, tasks: { done: 0, toDo: 2, all: 9 } });
  });

  it('counts tasks, hits, cells and busy workers', () => {
    const { happens } = reader();
    happens(0, STARTED, { type: 'loading', files: 0 }, planned(2), begins('a', 0.5), begins('b', 0.5));
    happens(0, { type: 'busy', workers: 2 }, lookedUp('a', 10, 30), lookedUp('b', 1, 39));
    const progress = happens(500, ran('a', 30), ends('a'), { type: 'busy', workers: 1 });
    expect(progress).toMatchObject({ hits: 11, cellsPerSecond: 60, busy: 1, jobs: 2 });
    expect(progress.tasks).toEqual({ done: 1, toDo: 2, all: 2 });
  });

  it('tells of files that are still being placed when all results are there', () => {
    const { happens } = reader();
    expect(happens(0, STARTED, planned(1), begins('a', 1), ran('a', 5)).placing).toBeNull();
    const progress = happens(5, { type: 'placing', tasks: 1, files: 1234 });
    expect(progress).toMatchObject({ phase: 'publish', placing: 1234 });
    expect(progressSentence(progress, '')).toContain(
      'publish, results are there, placing 1,234 files, 0/1 tasks',
    );
  });

  it('tells for which process there is nothing to do but wait', () => {
    const { happens } = reader();
    happens(0, STARTED, planned(2), begins('a', 0.5), begins('b', 0.5));
    const waits = (task: string, process: number): BuildEvent => ({ type: 'deferred', task, process });
    expect(happens(2000, waits('a', 77), ran('b', 5))).toMatchObject({ phase: 'validate' });
    expect(happens(2000, ends('b'))).toMatchObject({ phase: 'waiting for process 77', leftMs: null });
    expect(happens(2000, lookedUp('a', 5, 0))).toMatchObject({ phase: 'validate' });
  });

  it('says nothing of the time left before there is a pace', () => {
    const { happens } = reader();
    happens(0, STARTED, planned(10), begins('a', 0.1));
    expect(happens(1999, ends('a')).leftMs).toBeNull();
    expect(happens(1).leftMs).toBe(18_000);
  });

  it('tells the time left within a task, by its cells', () => {
    const { happens } = reader();
    happens(0, STARTED, planned(1), begins('a', 1), lookedUp('a', 0, 100));
    // A quarter of its cells is an eighth of its work.
    expect(happens(2000, ran('a', 25)).leftMs).toBe(14_000);
  });

  it('forgets the first two thirds of the time', () => {
    const { happens } = reader();
    happens(0, STARTED, planned(3), begins('a', 0.1), begins('b', 0.4), begins('c', 0.5));
    happens(2000, ends('a'));
    // 0.4 in the last third of the time; 0.5 is left.
    expect(happens(1000, ends('b')).leftMs).toBe(1250);
    // Nothing since then.
    expect(happens(10_000).leftMs).toBeNull();
  });

  it('is right from the first task on where the shares are', () => {
    const anyCosts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(anyCosts, (costs) => {
        const { happens } = reader();
        const total = costs.reduce((sum, cost) => sum + cost, 0);
        happens(0, STARTED, planned(costs.length));
        let elapsed = 0;
        costs.forEach((cost, k) => {
          happens(0, begins(`${k}`, cost / total));
          const ms = cost * 1000;
          elapsed += ms;
          const { leftMs } = happens(ms, ends(`${k}`));
          if (leftMs !== null && cost / total >= 0.02) expect(leftMs).toBeCloseTo(total * 1000 - elapsed, 0);
        });
      }),
    );
  });

  it('is never over before the end, and never negative', () => {
    const { happens } = reader();
    happens(0, STARTED, planned(1), begins('a', 1), lookedUp('a', 0, 10));
    // More rounds than were announced.
    expect(happens(2000, ran('a', 50)).leftMs).toBe(2000);
    expect(happens(1000, ends('a')).leftMs).toBe(0);
  });
});
