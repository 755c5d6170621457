/**
 * The pool's own thread as one more worker: it takes requests while it has nothing else to do, in short slices, so that
 * answers, signals and files' events never wait for long. It cannot be killed, so it must only get work that ends soon.
 */
import type { Slice } from '../../engine/reply.js';
import type { Job } from './slot.js';
import { NO_POSITION } from './wire.js';

/** How the thread does requests itself. */
export interface MainThreadWork<Request, Answer, Data> {
  /** Whether it can. */
  accepts(request: Request): boolean;
  /** Yields after each unit of work. */
  steps(request: Request, data: Data | null): Generator<void, Answer>;
}

/** The pool as the thread sees it. */
interface MainThreadEvents<Request, Answer, Data> {
  /** Milliseconds on the pool's clock. */
  now(): number;
  /** Takes a request that no worker has begun, among those for which `accepts` holds; null if there is none. */
  take(accepts: (request: Request) => boolean): Job<Request, Answer, Data> | null;
  /** Called after each request. */
  ended(): void;
}

/** After this many milliseconds the thread looks for other work. A unit of work takes up to 100. */
const SLICE_MS = 15;

interface Current<Request, Answer, Data> {
  readonly job: Job<Request, Answer, Data>;
  readonly steps: Generator<void, Answer>;
  readonly slices: Slice[];
}

export class MainThread<Request, Answer, Data> {
  private timer: NodeJS.Immediate | null = null;
  private current: Current<Request, Answer, Data> | null = null;

  constructor(
    private readonly work: MainThreadWork<Request, Answer, Data>,
    private readonly pool: MainThreadEvents<Request, Answer, Data>,
  ) {}

  get isBusy(): boolean {
    return this.current !== null;
  }

  /** Requests may be waiting. The thread has nothing else to do when it has handled all events that are there. */
  wake(): void {
    this.timer ??= setImmediate(() => {
      this.timer = null;
      this.slice();
    });
  }

  /** The current request is lost. */
  abort(): void {
    if (this.timer !== null) clearImmediate(this.timer);
    this.timer = null;
    const { current } = this;
    this.current = null;
    current?.job.settle({ kind: 'lost', reason: 'aborted', detail: 'the pool was killed', at: NO_POSITION });
  }

  private slice(): void {
    this.current ??= this.begin();
    if (this.current === null) return;
    const { job } = this.current;
    try {
      const answer = this.proceed(this.current);
      if (answer === null) this.wake();
      else this.end(() => job.settle(answer));
    } catch (error) {
      this.end(() => job.fail(error));
    }
  }

  /** Null if the request is not done at the end of the slice. */
  private proceed({ steps, slices }: Current<Request, Answer, Data>) {
    const startedAt = this.pool.now();
    let units = 0;
    let step: IteratorResult<void, Answer>;
    do {
      step = steps.next();
      if (!step.done) units++;
    } while (!step.done && this.pool.now() - startedAt < SLICE_MS);
    slices.push({ startedAt, endedAt: this.pool.now(), units });
    return step.done ? replyOf(step.value, slices) : null;
  }

  private begin(): Current<Request, Answer, Data> | null {
    const job = this.pool.take((request) => this.work.accepts(request));
    if (job === null) return null;
    return { job, steps: this.work.steps(job.request, job.context?.data ?? null), slices: [] };
  }

  private end(settle: () => void): void {
    this.current = null;
    settle();
    this.pool.ended();
  }
}

function replyOf<Answer>(answer: Answer, slices: readonly Slice[]) {
  const busyMs = slices.reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0);
  const takenAt = slices[0].startedAt;
  const wallMs = slices[slices.length - 1].endedAt - takenAt;
  return { kind: 'answer' as const, answer, busyMs, cpuMs: busyMs, takenAt, wallMs, slot: NO_SLOT, slices };
}

const NO_SLOT = -1;
