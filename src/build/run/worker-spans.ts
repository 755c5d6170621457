/** A span: one request to a worker, or the same work on the main thread, from beginning to end. */

import type { Reply } from '../../engine/reply.js';
import type { BuildEvent } from '../../observe/event.js';

export interface WorkerSpan {
  /** The task. */
  readonly subject: string;
  readonly what: Extract<BuildEvent, { type: 'worked' }>['what'];
  /** Number of steps. */
  readonly units: number;
  /** The worker's slot; null for the main thread. */
  readonly slot: number | null;
  /** The worker on another machine that has the slot; absent for this machine. */
  readonly worker?: string;
  /** On the stopwatch, in milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Null if the platform does not tell. */
  readonly cpuMs: number | null;
}

export type SpanListener = (work: WorkerSpan) => void;

type Task = Pick<WorkerSpan, 'subject' | 'what' | 'units'>;

/** Reports answered work: one span if a worker did it, several if the main thread did it with pauses. */
export function reportSpans<Answer>(
  task: Task,
  { slot, takenAt, wallMs, cpuMs, worker, slices }: Extract<Reply<Answer>, { kind: 'answer' }>,
  listener: SpanListener,
): void {
  if (slices === undefined) {
    const where = worker === undefined ? { slot } : { slot, worker };
    listener({ ...task, ...where, startedAt: takenAt, endedAt: takenAt + wallMs, cpuMs });
    return;
  }
  for (const { startedAt, endedAt, units } of slices)
    listener(mainThreadSpan({ ...task, units }, startedAt, endedAt - startedAt));
}

/** The span of work that the main thread did itself. All of its time is CPU time. */
export function mainThreadSpan(task: Task, startedAt: number, busyMs: number): WorkerSpan {
  return { ...task, slot: null, startedAt, endedAt: startedAt + busyMs, cpuMs: busyMs };
}
