/** A slot of the pool whose requests are answered by an asynchronous function of this process. */
import type { Lost, Reply } from '../../engine/reply.js';
import type { Context, Job, PoolSlot, SlotEvents, SlotState } from './slot.js';
import { NO_POSITION } from './wire.js';

export class FunctionSlot<Request, Answer, Data> implements PoolSlot<Request, Answer, Data> {
  /** It takes one request after another. */
  readonly ahead = [];
  readonly canTakeAhead = false;
  private current: SlotState = 'idle';
  private job: Job<Request, Answer, Data> | null = null;

  constructor(
    private readonly answer: (request: Request, context: Context<Data> | null) => Promise<Reply<Answer>>,
    private readonly events: SlotEvents<Job<Request, Answer, Data>>,
  ) {}

  get state(): SlotState {
    return this.current;
  }

  /** The function gets the context data with every request. */
  holds(): boolean {
    return true;
  }

  /** The slot is only empty after its end. */
  start(): void {}

  take(job: Job<Request, Answer, Data>): void {
    this.job = job;
    this.current = 'busy';
    this.events.moved('busy');
    this.answer(job.request, job.context).then(
      (reply) => this.end(job, () => job.settle(reply)),
      (error) => this.end(job, () => job.fail(error)),
    );
  }

  withdraw(): null {
    return null;
  }

  /** The function detects missing progress itself. */
  look(): void {}

  async abort(): Promise<void> {
    const { job } = this;
    this.job = null;
    this.current = 'empty';
    job?.settle(KILLED);
  }

  private end(job: Job<Request, Answer, Data>, settle: () => void): void {
    // After the end of the pool, nobody waits for the answer.
    if (this.job !== job) return;
    this.job = null;
    settle();
    this.current = 'idle';
    this.events.moved('idle');
  }
}

const KILLED: Lost = { kind: 'lost', reason: 'aborted', detail: 'the pool was killed', at: NO_POSITION };
