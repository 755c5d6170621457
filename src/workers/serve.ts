/** The worker's side of the pool: a worker module calls `serve` once, with the function that handles requests. */
import { openSync, readSync } from 'node:fs';
import type { TransferListItem } from 'node:worker_threads';
import { stopwatch } from '../stopwatch.js';
import { answerCalls } from './slots/threads.js';
import { Beacon, type CallMessage, type CallOutcome } from './slots/wire.js';

/** What the handler gets besides the request. */
export interface Call<Context> {
  /** Call it before each unit of work. */
  readonly beacon: Pick<Beacon, 'at'>;
  /**
   * The context data of the call, the same object for every call with the same key; null for a call without a
   * context.
   */
  readonly context: Context | null;
  /** Transfers buffers of the answer instead of copying them; the worker can no longer use them. */
  transfer(...items: TransferListItem[]): void;
}

export type Handler<Request, Answer, Context> = (
  request: Request,
  call: Call<Context>,
) => Answer | Promise<Answer>;

/**
 * Answers the pool's calls with `handler`, one at a time. If the handler throws, the pool's `run` rejects. An
 * uncaught error elsewhere (in a timer or a promise) ends the worker, and its current request is lost.
 */
export function serve<Request, Answer, Context = never>(handler: Handler<Request, Answer, Context>): void {
  const contexts = new Map<string, Context>();
  const cpuMs = threadCpuTimer();

  const answer = async (message: CallMessage<Request, Context>) => {
    const { request, call, context, forget, beacon: memory } = message;
    // Also for a call that was withdrawn: the pool counts on it.
    if (forget !== null) contexts.delete(forget);
    if (context?.fresh) contexts.set(context.key, context.data);
    const transfer: TransferListItem[] = [];
    const beacon = new Beacon(memory);
    if (!beacon.begin(call)) return { outcome: null, transfer };
    const startedAt = stopwatch.now();
    const answered = await handler(request, {
      beacon,
      context: context ? (contexts.get(context.key) as Context) : null,
      transfer: (...items) => void transfer.push(...items),
    });
    const busyMs = stopwatch.now() - startedAt;
    const outcome: CallOutcome<Answer> = { answer: answered, startedAt, busyMs, cpuMs: cpuMs() };
    return { outcome, transfer };
  };

  let last: Promise<unknown> | null = null;
  answerCalls((message) => {
    // The library tells the pool of every promise that it gets. If there is no call before this one, it runs before its
    // promise is there, so that both messages come together and wake the pool once.
    const next = () => answer(message as CallMessage<Request, Context>);
    const answered = last === null ? next() : last.then(next, next);
    last = answered;
    const ended = () => {
      if (last === answered) last = null;
    };
    answered.then(ended, ended);
    return answered;
  });
}

/**
 * Returns a function that gives the milliseconds of this thread's CPU time since its last call, or null if unknown:
 * Node 20 only knows the CPU time of the whole process; Linux knows it for each thread.
 *
 * The kernel counts the time of a running thread in ticks (4 ms), so the time of a short call may be counted with the
 * next one. Sums are right, single short calls are not.
 */
function threadCpuTimer(): () => number | null {
  let file: number;
  try {
    file = openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    // Not Linux, or a Linux without this file.
    return () => null;
  }
  const bytes = Buffer.alloc(96);
  // The first of three numbers: nanoseconds on a CPU.
  const read = () =>
    Number.parseInt(bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0)), 10) / 1e6;
  let last = read();
  // By now the thread has used CPU time, so zero means that the kernel does not count it.
  if (!(last > 0)) return () => null;
  return () => {
    const used = read() - last;
    last += used;
    return used;
  };
}
