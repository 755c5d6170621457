/**
 * The one file that knows the `threads` library: starting and stopping a worker thread, calling it, and, in the worker,
 * answering the calls. The library brings the protocol of calls; what it lacks is here: noticing that a worker died.
 */
import { createRequire } from 'node:module';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

type Listener = (event: { data: unknown }) => void;

/** All that the library's `spawn` needs of a worker. */
interface WorkerLike {
  addEventListener(type: string, listener: Listener): void;
  removeEventListener(type: string, listener: Listener): void;
  postMessage(message: unknown, transfer?: TransferListItem[]): void;
}

type Transfer = (payload: unknown, transfer: readonly TransferListItem[]) => unknown;
type Callee = (message: unknown) => PromiseLike<unknown>;

interface PoolSide {
  spawn(worker: WorkerLike, options: { timeout: number }): Promise<Callee>;
  Transfer: Transfer;
}

interface WorkerSide {
  expose(answer: (message: unknown) => unknown): void;
  Transfer: Transfer;
}

/**
 * Loads one half of the library when it is needed, and removes the listeners that it puts on `process`: in the main
 * thread they would turn Ctrl-C into exit code 0, in a worker they would keep it alive, mute, after an uncaught error.
 * `require`, not `import()`: nothing else runs meanwhile, so the listeners that appear are the library's own.
 */
function load(half: 'threads' | 'threads/worker', events: readonly string[]): unknown {
  const before = events.map((event) => process.rawListeners(event));
  const library: unknown = createRequire(import.meta.url)(half);
  events.forEach((event, index) => {
    for (const listener of process.rawListeners(event)) {
      if (!before[index].includes(listener)) process.off(event, listener as () => void);
    }
  });
  return library;
}

export interface ThreadOptions {
  /** Limits of V8's heap in the worker; exceeding one kills the worker. */
  resourceLimits?: ResourceLimits;
  workerData?: unknown;
}

export interface ThreadEvents {
  /** The worker's script ran and called `answerCalls`. */
  ready(): void;
  /** The worker is gone, for any reason but `stop`; at most once, and nothing comes after it. */
  died(detail: string): void;
}

/** The library's own patience for a start, at its longest: the pool has a deadline itself. */
const FOREVER_MS = 2 ** 31 - 1;

/** A running worker thread. */
export class Thread {
  private readonly worker: Worker;
  private readonly library: PoolSide;
  private readonly listeners = new Set<Listener>();
  private callee: Callee | null = null;
  private over = false;

  /** Starts the compiled module at `url`. Throws when Node cannot even try; all else is told by an event. */
  constructor(
    url: URL,
    options: ThreadOptions,
    private readonly events: ThreadEvents,
  ) {
    this.library = load('threads', ['SIGINT', 'SIGTERM']) as PoolSide;
    this.worker = new Worker(url, options);
    this.worker.on('message', (message) => this.deliver(message));
    this.worker.on('error', (error) => this.end(describe(error)));
    this.worker.on('exit', (code) => this.end(`exited with code ${code}`));
    this.library.spawn(this.asLibraryWorker(), { timeout: FOREVER_MS }).then(
      (callee) => {
        if (this.over) return;
        this.callee = callee;
        this.events.ready();
      },
      (error) => this.end(describe(error)),
    );
  }

  /**
   * Sends a message and resolves to the answer; rejects with what the worker's function threw, or when the message or
   * the answer cannot be cloned. Never settles when the worker dies meanwhile: `died` is the only news of that.
   */
  call(message: unknown, transfer: readonly TransferListItem[]): PromiseLike<unknown> {
    if (!this.callee) throw new Error('a worker was called before it was ready');
    return this.callee(transfer.length ? this.library.Transfer(message, transfer) : message);
  }

  /** A busy worker keeps the process alive, an idle one does not. */
  keepsProcessAlive(yes: boolean): void {
    if (yes) this.worker.ref();
    else this.worker.unref();
  }

  /** Ends the worker without an event; resolves when it is gone (not before native code that it is in returns). */
  async stop(): Promise<void> {
    this.silence();
    await this.worker.terminate();
  }

  private asLibraryWorker(): WorkerLike {
    return {
      addEventListener: (type, listener) => {
        if (type === 'message') this.listeners.add(listener);
      },
      removeEventListener: (_type, listener) => this.listeners.delete(listener),
      postMessage: (message, transfer) => this.worker.postMessage(message, transfer),
    };
  }

  private deliver(message: unknown): void {
    for (const listener of this.listeners) listener({ data: message });
  }

  private end(detail: string): void {
    if (this.over) return;
    void this.stop();
    this.events.died(detail);
  }

  private silence(): void {
    this.over = true;
    // `spawn` clears its timer only when it succeeds: let it, or the timer keeps the process alive.
    if (!this.callee) this.deliver({ type: 'init', exposed: { type: 'function' } });
    this.listeners.clear();
  }
}

/** Worker: answers each call by `answer`; `transfer` tells which buffers of a finished call go over, not copied. */
export function answerCalls(
  answer: (message: unknown) => Promise<{ outcome: unknown; transfer: readonly TransferListItem[] }>,
): void {
  const { expose, Transfer } = load('threads/worker', [
    'uncaughtException',
    'unhandledRejection',
  ]) as WorkerSide;
  expose(async (message) => {
    const { outcome, transfer } = await answer(message);
    return transfer.length ? Transfer(outcome, transfer) : outcome;
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `threw ${String(error)}`;
}
