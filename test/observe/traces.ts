/** Reads Chrome traces, and checks what viewers rely on. */
import { expect } from 'vitest';

export interface TraceSpan {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface TraceRow {
  readonly process: string;
  readonly row: string;
  /** In the order of the trace. */
  readonly spans: readonly TraceSpan[];
}

function eventsOf(text: string): TraceSpan[] {
  return (JSON.parse(text) as { traceEvents: TraceSpan[] }).traceEvents;
}

/** The spans of a trace, without the names of rows. */
export function parseTrace(text: string): TraceSpan[] {
  return eventsOf(text).filter(({ ph }) => ph === 'X');
}

/** The rows of a trace that have a name and spans, in their order. */
export function rowsOf(text: string): TraceRow[] {
  const events = eventsOf(text);
  const processes = new Map(events.flatMap(named('process_name')));
  const rows: TraceRow[] = [];
  for (const { pid, tid, args } of events.filter(({ name }) => name === 'thread_name')) {
    const spans = events.filter((one) => one.ph === 'X' && one.pid === pid && one.tid === tid);
    const process = processes.get(pid) ?? '';
    if (spans.length > 0) rows.push({ process, row: String(args['name']), spans });
  }
  return rows;
}

function named(kind: string) {
  return ({ name, pid, args }: TraceSpan): [number, string][] =>
    name === kind ? [[pid, String(args['name'])]] : [];
}

/**
 * Every span has its numbers and a named row. Spans of a row do not overlap, except phases, which are inside their
 * subject.
 */
export function expectSoundTrace(text: string): void {
  const spans = parseTrace(text);
  const rows = rowsOf(text);
  expect(rows.flatMap((row) => row.spans).length).toBe(spans.length);
  for (const { ts, dur } of spans) {
    expect(Number.isInteger(ts) && Number.isInteger(dur) && ts >= 0 && dur >= 0).toBe(true);
  }
  for (const { process, spans: inRow } of rows) {
    if (process !== 'files and tasks') expectApart(inRow);
    else expectNested(inRow);
  }
}

/** Spans one after another. */
function expectApart(spans: readonly TraceSpan[]): void {
  const ordered = [...spans].sort((a, b) => a.ts - b.ts || a.dur - b.dur);
  const overlaps = ordered.slice(1).filter(({ ts }, k) => ts < endOf(ordered[k]));
  expect(overlaps).toEqual([]);
}

/** Subjects one after another, and in each of them its phases. */
function expectNested(spans: readonly TraceSpan[]): void {
  const subjects = spans.filter(({ args }) => args['subject'] === undefined);
  expectApart(subjects);
  const phases = subjects.map(({ name }) => spans.filter(({ args }) => args['subject'] === name));
  expect(phases.flat().length + subjects.length).toBe(spans.length);
  phases.forEach((own, k) => {
    expect(own.length).toBeGreaterThan(0);
    expectApart(own);
    expect(Math.min(...own.map(({ ts }) => ts))).toBe(subjects[k].ts);
    expect(Math.max(...own.map(endOf))).toBe(endOf(subjects[k]));
  });
}

function endOf({ ts, dur }: TraceSpan): number {
  return ts + dur;
}
