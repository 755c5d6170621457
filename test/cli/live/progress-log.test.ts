/** The progress of a build in a log. */
import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { ProgressLog } from '../../../src/cli/live/progress-log.js';
import type { BuildEvent } from '../../../src/observe/event.js';

/** A log with a clock controlled by the test. */
function progressLog(label = '') {
  const stream = new PassThrough();
  let now = 0;
  const log = new ProgressLog(stream, () => now, label);
  onTestFinished(() => log.end());
  return {
    happens: (ms: number, event: BuildEvent) => {
      now += ms;
      log.read(event);
    },
    lines: () =>
      String(stream.read() ?? '')
        .split('\n')
        .slice(0, -1),
  };
}

const STARTED: BuildEvent = { type: 'started', workspace: '/work', jobs: 2 };
const PLANNED: BuildEvent = { type: 'planned', tasks: 1200, dirtyTasks: 1200, dryRun: false };
const BUSY: BuildEvent = { type: 'busy', workers: 2 };

it('says nothing of a short build', () => {
  const { happens, lines } = progressLog();
  for (const event of [STARTED, PLANNED, BUSY]) happens(1500, event);
  expect(lines()).toEqual([]);
});

it('is a sentence with the estimate every five seconds', () => {
  const { happens, lines } = progressLog('round 2');
  for (const event of [STARTED, PLANNED, BUSY]) happens(0, event);
  happens(0, { type: 'task-started', task: 'a', share: 0.25 });
  happens(0, { type: 'looked-up', phase: 'validate', subject: 'a', hits: 3000, misses: 12_500 });
  happens(4999, BUSY);
  expect(lines()).toEqual([]);
  happens(1, BUSY);
  expect(lines()).toEqual([
    'round 2, validate, 0/1,200 tasks, 3,000 hits, 2/2 workers, 3 min 20 s left, 5.00 s so far',
  ]);
  happens(5000, { type: 'task-ended', task: 'a' });
  expect(lines()).toEqual([
    'round 2, validate, 1/1,200 tasks, 3,000 hits, 2/2 workers, 17 s left, 10.0 s so far',
  ]);
});

it('is rarer the longer it takes', () => {
  const { happens, lines } = progressLog();
  happens(0, STARTED);
  for (let second = 0; second < 3600; second++) happens(1000, BUSY);
  const said = lines().length;
  expect(said).toBeGreaterThan(80);
  expect(said).toBeLessThan(100);
});
