/** The live line of a terminal. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OutputStream } from '../../../src/cli/context.js';
import { LiveLine } from '../../../src/cli/render/live-line.js';
import { Style } from '../../../src/cli/render/style.js';
import type { BuildEvent } from '../../../src/observe/event.js';

const CLEAR = '\r\u001b[K';

/** A live line with a clock that tests move, and what it wrote since it was last asked. */
function liveLine(columns: number) {
  const stream: OutputStream = Object.assign(new PassThrough(), { isTTY: true, columns });
  let now = 0;
  const line = new LiveLine(stream, new Style(1), () => now);
  onTestFinished(() => line.end());
  return {
    line,
    happens: (ms: number, event: BuildEvent) => {
      now += ms;
      line.read(event);
    },
    written: () => String((stream as unknown as PassThrough).read() ?? ''),
  };
}

const PLANNED: BuildEvent = { type: 'planned', tasks: 40, dirtyTasks: 3, dryRun: false };

function ran(steps: number): BuildEvent {
  return { type: 'ran', phase: 'validate', subject: 't', steps, startMs: 0, endMs: 1, cpuMs: 1 };
}

describe('the live line', () => {
  it('shows phase, tasks, hits, cells and time, rewritten in place', () => {
    const { happens, written } = liveLine(80);
    happens(0, PLANNED);
    happens(50, { type: 'looked-up', phase: 'validate', subject: 't', hits: 7, misses: 5 });
    expect(written()).toBe('');
    happens(60, ran(5));
    expect(written()).toBe(`${CLEAR}validate  0/3 of 40 tasks  7 hits  5 cells run  110 ms`);
    happens(100, ran(5));
    expect(written()).toBe(`${CLEAR}validate  0/3 of 40 tasks  7 hits  10 cells run  210 ms`);
  });

  it('is written about ten times a second, however many events there are', () => {
    const { happens, written } = liveLine(80);
    happens(0, PLANNED);
    for (let k = 0; k < 1000; k++) happens(1, ran(1));
    expect(written().split(CLEAR).length - 1).toBe(10);
  });

  it('never wraps', () => {
    const { happens, written } = liveLine(30);
    happens(0, PLANNED);
    happens(200, ran(1));
    expect(written().slice(CLEAR.length)).toHaveLength(29);
  });

  it('is gone at the end', () => {
    const { line, happens, written } = liveLine(80);
    happens(200, ran(1));
    written();
    line.end();
    expect(written()).toBe(CLEAR);
    line.end();
    expect(written()).toBe('');
  });

  it('is never there when the build is over at once', () => {
    const { line, happens, written } = liveLine(80);
    happens(20, PLANNED);
    line.end();
    expect(written()).toBe('');
  });
});
