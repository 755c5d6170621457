/**
 * How figures are computed: alternating runs, CPU time of evaluation, parts of a workspace, estimates of the
 * remaining time.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { progressOf } from '../../bench/figures/scale.js';
import { evaluationIn } from '../../bench/measure/process.js';
import { alternate } from '../../bench/measure/statistics.js';
import { splitWorkspace } from '../../bench/workspace/split.js';
import type { BuildEvent } from '../../src/observe/event.js';

it('measures in turn, and does not count the first round', async () => {
  const order: string[] = [];
  const values = { a: [100, 1, 2, 9], b: [100, 5, 4, 3] };
  const measure = (name: 'a' | 'b') => async () => {
    order.push(name);
    return values[name].shift() as number;
  };
  expect(await alternate(3, [measure('a'), measure('b')])).toEqual([2, 4]);
  expect(order.join('')).toBe('abababab');
  expect(await alternate(1, [() => 7], 0)).toEqual([7]);
});

it('counts the CPU of workers at cells as evaluation, and nothing else', () => {
  const worked = (what: 'cells' | 'comparisons' | 'files', cpuMs: number | null): BuildEvent => {
    return { type: 'worked', what, subject: 't', units: 1, slot: 0, startMs: 10, endMs: 17, cpuMs };
  };
  const ran: BuildEvent = {
    type: 'ran',
    phase: 'validate',
    subject: 't',
    steps: 1,
    startMs: 0,
    endMs: 9,
    cpuMs: 50,
  };
  expect(evaluationIn([worked('cells', 3), worked('files', 100), worked('cells', null), ran])).toBe(3 + 7);
});

it('splits a workspace into parts that share a store, and one workspace of all parts', () => {
  const root = mkdtempSync(join(tmpdir(), 'battbuild-split-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const ids = ['a', 'b', 'c', 'd', 'e'];
  for (const part of ['tasks', 'solvers']) mkdirSync(join(root, 'all', part), { recursive: true });
  for (const id of ids) {
    writeFileSync(join(root, 'all/tasks', `${id}.json`), id);
    writeFileSync(join(root, 'all/solvers', `${id}.py`), id);
  }
  const { parts, whole, sharedCache } = splitWorkspace(join(root, 'all'), join(root, 'split'), 2);
  const config = (folder: string) => JSON.parse(readFileSync(join(folder, 'config/battbuild.json'), 'utf8'));
  expect(parts.map((part) => readdirSync(join(part, 'tasks')))).toEqual([
    ['a.json', 'c.json', 'e.json'],
    ['b.json', 'd.json'],
  ]);
  expect(parts.map((part) => readdirSync(join(part, 'solvers')))).toEqual([
    ['a.py', 'c.py', 'e.py'],
    ['b.py', 'd.py'],
  ]);
  for (const part of parts) expect(join(part, config(part).cache)).toBe(sharedCache);
  expect(config(whole).tasks.map((folder: string) => join(whole, folder))).toEqual(
    parts.map((part) => join(part, 'tasks')),
  );
  expect(join(whole, config(whole).cache)).not.toBe(sharedCache);
});

describe('the estimate of the time left', () => {
  const TASKS = 10;

  /** A build of tasks that take equally long, one after another. */
  function eventsOf(msPerTask: number): BuildEvent[] {
    const tasks = Array.from({ length: TASKS }, (_, k): BuildEvent[] => {
      const [startMs, endMs] = [k * msPerTask, (k + 1) * msPerTask];
      return [
        { type: 'task-started', task: `${k}`, share: 1 / TASKS },
        { type: 'phase-ended', phase: 'publish', subject: `${k}`, startMs, endMs },
        { type: 'task-ended', task: `${k}` },
      ];
    });
    return [{ type: 'planned', tasks: TASKS, dirtyTasks: TASKS, dryRun: false }, ...tasks.flat()];
  }

  it('is held against the time that was left', () => {
    const { measured, baseline, met, notes } = progressOf(eventsOf(2000), TASKS);
    expect(met).toBe(true);
    expect(baseline?.value).toBe(10);
    expect(Math.abs(measured - 10)).toBeLessThan(3);
    expect(notes).toEqual({ firstAfterSeconds: 2 });
  });

  it('is missed where nothing was told', () => {
    expect(progressOf(eventsOf(1), TASKS)).toMatchObject({
      met: false,
      notes: { firstAfterSeconds: 'never' },
    });
  });
});
