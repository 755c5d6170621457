/**
 * A build as a Chrome trace, for chrome://tracing, Perfetto and similar programs: the phases of every subject, the
 * requests of each worker, and the transactions of the store. All spans are wall time; CPU time is only among the
 * arguments of a span.
 */
import type { BuildEvent } from './event.js';

type PhaseSpan = Extract<BuildEvent, { type: 'phase-ended' }>;
type FetchSpan = Extract<BuildEvent, { type: 'fetched' }>;
type WorkSpan = Extract<BuildEvent, { type: 'worked' }>;

interface Span {
  /** Milliseconds since the build began. */
  readonly startMs: number;
  readonly endMs: number;
}

/** The rows of a trace, as processes and threads. What happens at the same time has separate rows. */
const MAIN = { pid: 1, name: 'battbuild' };
const BUILD_ROW = 0;
const STORE_ROW = 1;
/** Work of the main thread that a worker could have done. */
const WORK_ROW = 2;
const SUBJECTS = { pid: 2, name: 'files and tasks' };
const WORKERS = { pid: 3, name: 'workers' };
/** Workers of other machines, each with a row a slot. */
const ELSEWHERE_PID = 4;

/** Reads the events of one build. */
export class Trace {
  private readonly subjects = new Map<string, PhaseSpan[]>();
  /** Steps from a shared cache, by subject. */
  private readonly fetches = new Map<string, FetchSpan[]>();
  private readonly works: WorkSpan[] = [];
  private readonly transactions: Span[] = [];

  read(event: BuildEvent): void {
    if (event.type === 'phase-ended') {
      const spans = this.subjects.get(event.subject);
      if (spans === undefined) this.subjects.set(event.subject, [event]);
      else spans.push(event);
    } else if (event.type === 'fetched') {
      this.fetches.set(event.subject, [...(this.fetches.get(event.subject) ?? []), event]);
    } else if (event.type === 'worked') this.works.push(event);
    else if (event.type === 'stored') this.transactions.push(event);
  }

  /** The trace as JSON: one event a line, each row sorted by time. */
  json(): string {
    const lines = [...this.events()].map((event) => JSON.stringify(event));
    return `{"displayTimeUnit":"ms","traceEvents":[\n${lines.join(',\n')}\n]}\n`;
  }

  private *events(): Generator<object> {
    yield* this.mainEvents();
    yield* this.subjectEvents();
    const here = this.works.filter(({ worker }) => worker === undefined);
    yield* slotEvents(WORKERS, here);
    const others = new Set(this.works.flatMap(({ worker }) => (worker === undefined ? [] : [worker])));
    for (const [k, worker] of [...others].sort().entries()) {
      const works = this.works.filter((work) => work.worker === worker);
      yield* slotEvents({ pid: ELSEWHERE_PID + k, name: `worker ${worker}` }, works);
    }
  }

  private *mainEvents(): Generator<object> {
    const { pid } = MAIN;
    yield processName(MAIN);
    yield rowName(pid, BUILD_ROW, 'build');
    const spans = [...[...this.subjects.values()].flat(), ...this.works, ...this.transactions];
    const endMs = spans.reduce((last, span) => Math.max(last, span.endMs), 0);
    yield complete('build', { startMs: 0, endMs }, pid, BUILD_ROW);
    yield rowName(pid, STORE_ROW, 'store');
    for (const span of this.transactions) yield complete('transaction', span, pid, STORE_ROW);
    yield rowName(pid, WORK_ROW, 'main thread');
    for (const work of this.works) if (work.slot === null) yield workEvent(work, pid, WORK_ROW);
  }

  private *subjectEvents(): Generator<object> {
    const { pid } = SUBJECTS;
    const ordered = [...this.subjects].map(([subject, phases]) => ({ subject, phases, span: whole(phases) }));
    ordered.sort((a, b) => a.span.startMs - b.span.startMs);
    if (ordered.length > 0) yield processName(SUBJECTS);
    /** By row: the end of the last subject in it. */
    const rows: number[] = [];
    for (const { subject, phases, span } of ordered) {
      const free = rows.findIndex((endMs) => endMs <= span.startMs);
      const row = free < 0 ? rows.length : free;
      if (free < 0) yield rowName(pid, row, `row ${row + 1}`);
      rows[row] = span.endMs;
      yield complete(subject, span, pid, row);
      for (const phase of phases) {
        yield complete(phase.phase, phase, pid, row, { subject });
        const fetches = this.fetches.get(subject)?.filter((fetch) => fetch.phase === phase.phase) ?? [];
        for (const fetch of fetches)
          yield complete('shared cache', fetch, pid, row, { subject, steps: fetch.steps });
      }
    }
  }
}

/** A row a slot. */
function* slotEvents(process: { readonly pid: number; readonly name: string }, works: readonly WorkSpan[]) {
  const slots = new Set(works.flatMap(({ slot }) => (slot === null ? [] : [slot])));
  if (slots.size > 0) yield processName(process);
  for (const slot of [...slots].sort((a, b) => a - b)) {
    yield rowName(process.pid, slot, `worker ${slot + 1}`);
    for (const work of works) if (work.slot === slot) yield workEvent(work, process.pid, slot);
  }
}

function whole(spans: readonly Span[]): Span {
  return {
    startMs: Math.min(...spans.map(({ startMs }) => startMs)),
    endMs: Math.max(...spans.map(({ endMs }) => endMs)),
  };
}

function workEvent({ what, subject, units, cpuMs, ...span }: WorkSpan, pid: number, tid: number): object {
  return complete(what, span, pid, tid, { subject, units, ...(cpuMs === null ? {} : { cpuMs }) });
}

/** `ts` and `dur` are whole microseconds. Both ends are rounded, so that separate spans stay separate. */
function complete(name: string, { startMs, endMs }: Span, pid: number, tid: number, args: object = {}) {
  const ts = Math.round(startMs * 1000);
  return { name, ph: 'X', pid, tid, ts, dur: Math.round(endMs * 1000) - ts, args };
}

function processName({ pid, name }: { readonly pid: number; readonly name: string }) {
  return { name: 'process_name', ph: 'M', pid, tid: 0, args: { name } };
}

function rowName(pid: number, tid: number, name: string) {
  return { name: 'thread_name', ph: 'M', pid, tid, args: { name } };
}
