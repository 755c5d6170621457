/**
 * The only file that imports the `threads` library: it starts and stops a worker thread, calls it and, in the worker,
 * answers the calls. The library has the protocol of calls; this file adds the detection of a worker's death.
 */
import { createRequire } from 'node:module';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

type Listener = (event: { data: unknown }) => void;

/** The part of a worker that the library's `spawn` needs. */
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
 * Loads one half of the library on demand, and removes the listeners that it adds to `process`: on the main thread
 * they would turn Ctrl-C into exit code 0, and in a worker they would keep it alive but silent after an uncaught
 * error. It uses `require` instead of `import()`, so that no other code runs meanwhile and all new listeners are the
 * library's.
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
  /** Limits of V8's heap in the worker; a worker that exceeds one dies. */
  resourceLimits?: ResourceLimits;
  workerData?: unknown;
}

export interface ThreadEvents {
  /** The worker's module has run and has called `answerCalls`. */
  ready(): void;
  /** The worker has ended, for any reason except `stop`. Emitted at most once, and last. */
  died(detail: string): void;
}

/** The longest start that the library allows: the pool has its own deadline. */
const FOREVER_MS = 2 ** 31 - 1;

/** A running worker thread. */
export class Thread {
  private readonly worker: Worker;
  private readonly library: PoolSide;
  private readonly listeners = new Set<Listener>();
  private callee: Callee | null = null;
  private over = false;

  /** Starts the compiled module at `url`. Throws if Node cannot create the thread; all other failures are events. */
  constructor(
    url: URL,
    options: ThreadOptions,
    private readonly events: ThreadEvents,
  ) {
    this.library = load('threads', ['SIGINT', 'SIGTERM']) as PoolSide;
    this.worker = new Worker(url, options);
    this.worker.on('message', (message) => this.deliver(message));
    let failure: string | null = null;
    // Its exit follows. Until then, answers that it sent before may arrive.
    this.worker.on('error', (error) => {
      failure ??= describe(error);
    });
    // What has arrived is settled first.
    this.worker.on('exit', (code) => {
      setImmediate(() => this.end(failure ?? `exited with code ${code}`));
    });
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
   * Sends a message and resolves to the answer. Rejects if the worker's function throws, or if the message or the
   * answer cannot be cloned. Never settles if the worker dies meanwhile; only `died` tells that.
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

  /** Ends the worker without an event. Resolves when it has ended, which it cannot within native code. */
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
    // `spawn` only clears its timer on success; otherwise the timer would keep the process alive.
    if (!this.callee) this.deliver({ type: 'init', exposed: { type: 'function' } });
    this.listeners.clear();
  }
}

/**
 * Worker: answers each call with `answer`; `transfer` returns the buffers of an answer to transfer instead of
 * copying.
 */
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
