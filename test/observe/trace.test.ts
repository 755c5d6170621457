/** The trace of a build: spans nest, and nothing overlaps within a row. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuildEvent } from '../../src/observe/event.js';
import { Trace } from '../../src/observe/trace.js';
import { task } from '../build/example.js';
import { buildIn, temporaryFolder, writeFiles } from '../build/rig.js';
import { expectSoundTrace, parseTrace, rowsOf } from './traces.js';

function traceOf(events: readonly BuildEvent[]): string {
  const trace = new Trace();
  for (const event of events) trace.read(event);
  return trace.json();
}

const phase = (subject: string, name: string, startMs: number, endMs: number): BuildEvent => {
  return { type: 'phase-ended', phase: name, subject, startMs, endMs };
};

const worked = (slot: number | null, startMs: number, endMs: number, cpuMs: number | null): BuildEvent => {
  return { type: 'worked', what: 'cells', subject: 'a', units: 7, slot, startMs, endMs, cpuMs };
};

describe('a trace', () => {
  it('has times in whole microseconds since the build began', () => {
    const spans = parseTrace(traceOf([worked(0, 1.2345, 10.0004, null)]));
    expect(spans.find(({ name }) => name === 'cells')).toMatchObject({ ph: 'X', ts: 1235, dur: 8765 });
  });

  it('has a row for each worker, one for the main thread and one for the store', () => {
    const text = traceOf([
      worked(1, 0, 1, 0),
      worked(null, 1, 2, 1),
      { type: 'stored', startMs: 3, endMs: 4 },
      worked(0, 0, 5, 0),
      worked(1, 1, 3, 0),
    ]);
    const names = rowsOf(text).map(({ process, row, spans }) => [process, row, spans.length]);
    expect(names).toEqual([
      ['battbuild', 'build', 1],
      ['battbuild', 'store', 1],
      ['battbuild', 'main thread', 1],
      ['workers', 'worker 1', 1],
      ['workers', 'worker 2', 2],
    ]);
  });

  it('says CPU time beside wall time, where it is known', () => {
    const spans = parseTrace(traceOf([worked(0, 0, 10, 4), worked(0, 10, 30, null)]));
    const works = spans.filter(({ name }) => name === 'cells');
    expect(works.map(({ dur, args }) => [dur, args])).toEqual([
      [10_000, { subject: 'a', units: 7, cpuMs: 4 }],
      [20_000, { subject: 'a', units: 7 }],
    ]);
  });

  it('puts subjects that were under way at once in rows of their own, and others one after another', () => {
    const text = traceOf([
      phase('a', 'filter', 0, 2),
      phase('b', 'filter', 1, 3),
      phase('a', 'score', 2, 4),
      phase('c', 'filter', 4, 5),
      phase('b', 'score', 3, 6),
    ]);
    const rows = rowsOf(text).filter(({ process }) => process === 'files and tasks');
    expect(rows.map(({ spans }) => spans.map(({ name }) => name))).toEqual([
      ['a', 'filter', 'score', 'c', 'filter'],
      ['b', 'filter', 'score'],
    ]);
    expectSoundTrace(text);
  });

  it('is sound whatever ran at once', () => {
    const anySubject = fc.record({
      startMs: fc.double({ min: 0, max: 20, noNaN: true }),
      lengths: fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(anySubject, { maxLength: 12 }), (subjects) => {
        const events = subjects.flatMap(({ startMs, lengths }, k) => {
          let at = startMs;
          return lengths.map((length, n) => {
            const span = phase(`subject ${k}`, `phase ${n}`, at, at + length);
            at += length;
            return span;
          });
        });
        expectSoundTrace(traceOf(events));
      }),
    );
  });

  it('of nothing is a trace', () => {
    expectSoundTrace(traceOf([]));
  });
});

describe('the trace of a build', () => {
  const SOLVERS = ['vmirror(I)', 'hmirror(I)', 'rot180(I)', 'first(I)'];

  /** Six tasks of six solvers each. */
  function workspace(): string {
    const root = temporaryFolder();
    const files: Record<string, string> = { 'config/battbuild.json': '{}' };
    for (let k = 0; k < 6; k++) {
      const id = `aaaa000${k}`;
      files[`tasks/${id}.json`] = task([{ input: [[k, 1]], output: [[1, k]] }], [{ input: [[2, k]] }]);
      const functions = SOLVERS.map((text, n) => `def solver_${n}(I):\n    return ${text}\n`);
      files[`solvers/${id}.py`] = functions.join('\n');
    }
    files['differs/d.py'] =
      'def differ(S, I, C):\n    return astuple(size(difference(asobject(I), asobject(C))), 1)\n';
    writeFiles(root, files);
    return root;
  }

  it('has all phases of all subjects, and all that workers did, without overlaps', async () => {
    const { events, summary } = await buildIn(workspace(), {
      flags: { jobs: '2' },
      world: { mainThreadCells: 0 },
    });
    // Whatever the store is told afterwards.
    expect(events.at(-1)?.type).toBe('summary');
    const text = traceOf(events);
    expectSoundTrace(text);
    const spans = parseTrace(text);
    const count = (name: string) => spans.filter((span) => span.name === name).length;
    expect(count('load')).toBe(7);
    for (const name of ['filter', 'inline', 'validate', 'score', 'differs', 'publish'])
      expect([name, count(name)]).toEqual([name, 6]);
    const units = (name: string) =>
      spans
        .filter((span) => span.name === name)
        .reduce((sum, { args }) => sum + (args['units'] as number), 0);
    expect(units('cells')).toBe(summary.cellsRun);
    expect(count('comparisons')).toBeGreaterThan(0);
    // One for each batch of tasks. Each program of a task has a text and a link.
    expect(count('files')).toBeGreaterThan(0);
    expect(units('files')).toBe(2 * summary.programs);
    expect(count('transaction')).toBeGreaterThan(0);
    const workers = rowsOf(text).filter(({ process }) => process === 'workers');
    expect(workers.length).toBeGreaterThan(0);
    const last = Math.max(...spans.map(({ ts, dur }) => ts + dur));
    expect(spans.find(({ name }) => name === 'build')).toMatchObject({ ts: 0, dur: last });
  });

  it('has what the main thread evaluated while much work waited, if a core is left to it', async () => {
    const root = workspace();
    const world = { mainThreadCells: 0, helpMs: 0 };
    const { events, summary } = await buildIn(root, { cores: 2, world });
    expectSoundTrace(traceOf(events));
    const works = events.filter((event) => event.type === 'worked' && event.what === 'cells');
    const cells = (here: boolean) =>
      works.reduce(
        (sum, work) => sum + ('slot' in work && (work.slot === null) === here ? work.units : 0),
        0,
      );
    // The worker takes longer to start.
    expect(cells(true)).toBeGreaterThan(0);
    expect(cells(true) + cells(false)).toBe(summary.cellsRun);
    const alone = await buildIn(root, { flags: { jobs: '1' }, force: true, world });
    expect(
      alone.events.some((event) => event.type === 'worked' && event.slot === null && event.what === 'cells'),
    ).toBe(false);
    expect(alone.summary.cellsRun).toBe(summary.cellsRun);
  });

  it('is there, and sound, when the build was stopped in the middle', async () => {
    const stop = new AbortController();
    const { events, summary } = await buildIn(workspace(), {
      signal: stop.signal,
      watch: (event) => {
        if (event.type === 'ran' && event.phase === 'validate') stop.abort();
      },
    });
    expect(summary.interrupted).toBe(true);
    const text = traceOf(events);
    expectSoundTrace(text);
    expect(parseTrace(text).some(({ name }) => name === 'validate')).toBe(true);
  });
});
