/** The worker's side of the pool: a worker module calls `serve` once, with the function that does its work. */
import { openSync, readSync } from 'node:fs';
import type { TransferListItem } from 'node:worker_threads';
import { answerCalls } from './threads.js';
import { Beacon, type CallMessage, type CallOutcome } from './wire.js';

/** What a call knows besides its request. */
export interface Call<Context> {
  /** Tell it each unit of work before beginning it. */
  readonly beacon: Pick<Beacon, 'at'>;
  /** The context data of the call, the same object for every call with its key; null for a call without. */
  readonly context: Context | null;
  /** Hands buffers of the answer over instead of copying them; they are gone from the worker afterwards. */
  transfer(...items: TransferListItem[]): void;
}

export type Handler<Request, Answer, Context> = (
  request: Request,
  call: Call<Context>,
) => Answer | Promise<Answer>;

/**
 * Answers the pool's calls by `handler`, one at a time. What it throws rejects the pool's `run`. An error that it lets
 * escape elsewhere (a timer, a promise nobody awaits) ends the worker, and costs the request that it has then.
 */
export function serve<Request, Answer, Context = never>(handler: Handler<Request, Answer, Context>): void {
  const contexts = new Map<string, Context>();
  const cpuMs = threadCpuTimer();

  answerCalls(async (message) => {
    const { request, context, forget, beacon: memory } = message as CallMessage<Request, Context>;
    const beacon = new Beacon(memory);
    beacon.received();
    if (forget !== null) contexts.delete(forget);
    if (context?.fresh) contexts.set(context.key, context.data);
    const transfer: TransferListItem[] = [];
    const startedAt = performance.now();
    const answer = await handler(request, {
      beacon,
      context: context ? (contexts.get(context.key) as Context) : null,
      transfer: (...items) => void transfer.push(...items),
    });
    const outcome: CallOutcome<Answer> = { answer, busyMs: performance.now() - startedAt, cpuMs: cpuMs() };
    return { outcome, transfer };
  });
}

/**
 * A function that returns the milliseconds of CPU time of this thread since it was last called, or null where that
 * cannot be had: Node 20 tells the CPU time of the whole process only, Linux tells it per thread.
 *
 * The kernel counts a running thread in ticks (4 ms): so what a short call used may be told with the next one. Sums are
 * right, single short calls are not.
 */
function threadCpuTimer(): () => number | null {
  let file: number;
  try {
    file = openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    // Another system than Linux, or a Linux without this file.
    return () => null;
  }
  const bytes = Buffer.alloc(96);
  // The first of three numbers: nanoseconds on a CPU.
  const read = () =>
    Number.parseInt(bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0)), 10) / 1e6;
  let last = read();
  // A thread that has come this far has used some: zero says that the kernel does not count.
  if (!(last > 0)) return () => null;
  return () => {
    const used = read() - last;
    last += used;
    return used;
  };
}
