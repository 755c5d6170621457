/** The live line of a terminal. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveLine } from '../../../src/cli/live/live-line.js';
import { Style } from '../../../src/cli/render/style.js';
import type { BuildEvent } from '../../../src/observe/event.js';

const CLEAR = '\r\u001b[J';

/** A live line with a clock controlled by the test, and its output since the last call. */
function liveLine(columns: number, label = '') {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns });
  let now = 0;
  const line = new LiveLine(stream, new Style(1), () => now, label);
  onTestFinished(() => line.end());
  return {
    line,
    stream,
    happens: (ms: number, event: BuildEvent) => {
      now += ms;
      line.read(event);
    },
    written: () => String(stream.read() ?? ''),
  };
}

const STARTED: BuildEvent = { type: 'started', workspace: '/work', jobs: 2 };
const PLANNED: BuildEvent = { type: 'planned', tasks: 40, dirtyTasks: 3, dryRun: false };
const BEGUN: BuildEvent = { type: 'task-started', task: 't', share: 0.5 };
const LOOKED_UP: BuildEvent = { type: 'looked-up', phase: 'validate', subject: 't', hits: 7, misses: 5 };
const BUSY: BuildEvent = { type: 'busy', workers: 1 };
const ENDED: BuildEvent = { type: 'task-ended', task: 't' };

function ran(steps: number): BuildEvent {
  return { type: 'ran', phase: 'validate', subject: 't', steps, startMs: 0, endMs: 1, cpuMs: 1 };
}

/** The line when half of the work is done. */
function halfDone(columns: number, label = '') {
  const line = liveLine(columns, label);
  for (const event of [STARTED, PLANNED, BEGUN, LOOKED_UP, BUSY, ran(5)]) line.happens(0, event);
  line.happens(5000, ENDED);
  return line;
}

const WHOLE = 'validate  1/3 of 40 tasks  7 hits  1 cells/s  1/2 workers  5 s left';

describe('the live line', () => {
  it('shows phase, tasks, hits, pace, workers and time, rewritten in place', () => {
    const { happens, written } = liveLine(80);
    happens(0, STARTED);
    happens(0, { type: 'loading', files: 2 });
    happens(110, { type: 'looked-up', phase: 'load', subject: 'solvers/a.py', hits: 0, misses: 1 });
    expect(written()).toBe(`${CLEAR}load      1/2 files  110 ms\r`);
    for (const event of [PLANNED, BEGUN, LOOKED_UP, BUSY]) happens(0, event);
    expect(written()).toBe('');
    happens(100, ran(5));
    expect(written()).toBe(`${CLEAR}validate  0/3 of 40 tasks  7 hits  50 cells/s  1/2 workers  210 ms\r`);
    happens(5000, ENDED);
    expect(written()).toBe(`${CLEAR}${WHOLE}\r`);
  });

  it('shows what is out to workers of other machines, while there are any', () => {
    const { happens, written } = halfDone(120);
    const elsewhere = { type: 'elsewhere', workers: 3, machines: ['a', 'b'] } as const;
    written();
    happens(100, { ...elsewhere, slots: 8, out: 5 });
    expect(written()).toContain('  1/2 workers  5 out to 8 slots on 2 machines  ');
    happens(100, { ...elsewhere, workers: 0, slots: 0, machines: [], out: 0 });
    expect(written()).not.toContain('out to');
  });

  it('is written about ten times a second, however many events there are', () => {
    const { happens, written } = liveLine(80);
    happens(0, PLANNED);
    for (let k = 0; k < 1000; k++) happens(1, ran(1));
    expect(written().split(CLEAR).length - 1).toBe(10);
  });

  it('leaves out what matters least where the terminal is narrow, and never wraps', () => {
    const shown = (columns: number) => halfDone(columns).written().slice(CLEAR.length, -1);
    expect(shown(WHOLE.length + 1)).toBe(WHOLE);
    expect(shown(WHOLE.length)).toBe('validate  1/3 of 40 tasks  7 hits  1 cells/s  5 s left');
    expect(shown(50)).toBe('validate  1/3 of 40 tasks  1 cells/s  5 s left');
    expect(shown(40)).toBe('validate  1/3 of 40 tasks  5 s left');
    expect(shown(30)).toBe('1/3 of 40 tasks  5 s left');
    expect(shown(20)).toBe('1/3 of 40 tasks');
    for (let columns = 2; columns < 90; columns++) expect(shown(columns).length).toBeLessThan(columns);
  });

  it('fits at once when the terminal becomes another', () => {
    const { stream, written } = halfDone(80);
    written();
    stream.columns = 41;
    stream.emit('resize');
    expect(written()).toBe(`${CLEAR}validate  1/3 of 40 tasks  5 s left\r`);
    stream.columns = 100;
    stream.emit('resize');
    expect(written()).toBe(`${CLEAR}${WHOLE}\r`);
  });

  it('takes a terminal that does not know its width for a usual one', () => {
    expect(halfDone(0).written()).toBe(`${CLEAR}${WHOLE}\r`);
  });

  it('says which build it is of', () => {
    expect(halfDone(80, 'round 3').written()).toBe(`${CLEAR}round 3  ${WHOLE}\r`);
  });

  it('is gone at the end', () => {
    const { line, stream, happens, written } = liveLine(80);
    happens(200, ran(1));
    written();
    line.end();
    expect(written()).toBe(CLEAR);
    line.end();
    stream.emit('resize');
    expect(written()).toBe('');
    expect(stream.listenerCount('resize')).toBe(0);
  });

  it('is never there when the build is over at once', () => {
    const { line, happens, written } = liveLine(80);
    happens(20, PLANNED);
    line.end();
    expect(written()).toBe('');
  });
});
