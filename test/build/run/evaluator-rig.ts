/** An evaluator with workers that misbehave at marked programs (../fixtures/misbehaving.mjs). */
import { onTestFinished } from 'vitest';
import { Evaluator } from '../../../src/build/run/evaluator.js';
import type { CellTimes } from '../../../src/distribution/cell-times.js';
import type { BuildEvent } from '../../../src/observe/event.js';
import { Pool } from '../../../src/workers/pool.js';
import { type WorkerPool, Workers } from '../../../src/workers/workers.js';
import { ManualClock } from '../../workers/manual-clock.js';

/** Integers in a program that make the worker misbehave. */
export const MARK = { stuck: 700001, exit: 700002, memory: 700003, throws: 700004, exitInCompany: 700005 };

const STALL_SECONDS = 10;

export class EvaluatorRig {
  readonly events: BuildEvent[] = [];
  readonly evaluator: Evaluator;
  readonly pool: WorkerPool;
  private readonly clock = new ManualClock();
  /** How often a worker hung; how many cells workers have begun. */
  private readonly words = new Int32Array(new SharedArrayBuffer(8));

  /** With `times`, requests may go to other machines as far as the evaluator knows. */
  constructor({
    jobs = 1,
    mainThreadCells = 0,
    times,
  }: { jobs?: number; mainThreadCells?: number; times?: CellTimes } = {}) {
    this.pool = new Pool({
      size: jobs,
      workerUrl: new URL('../fixtures/misbehaving.mjs', import.meta.url),
      stallSeconds: STALL_SECONDS,
      resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 },
      workerData: this.words.buffer,
      clock: this.clock,
    });
    this.evaluator = new Evaluator({
      budget: { cost: 100_000, cells: 100_000 },
      emit: (event) => this.events.push(event),
      workers: new GivenPool(this.pool, times !== undefined),
      ...(times === undefined ? {} : { times }),
      mainThreadCells,
    });
    onTestFinished(async () => {
      this.pool.kill();
      await this.pool.close();
    });
  }

  get begunByWorkers(): number {
    return Atomics.load(this.words, 1);
  }

  /** Why workers were lost, in order. */
  get losses(): string[] {
    return this.events.flatMap((event) => (event.type === 'worker-lost' ? [event.reason] : []));
  }

  /** Waits for the answer. Time passes only while a worker reports that it hangs. For one worker only. */
  async whileStuckTimePasses<Result>(answer: Promise<Result>): Promise<Result> {
    let over = false;
    const finished = answer.finally(() => {
      over = true;
    });
    for (let seen = 0; !over; await new Promise((resolve) => setTimeout(resolve, 2))) {
      const stuck = Atomics.load(this.words, 0);
      if (stuck > seen) this.clock.pass(STALL_SECONDS + 1);
      seen = stuck;
    }
    return finished;
  }
}

class GivenPool extends Workers {
  private asked = false;

  constructor(
    private readonly given: WorkerPool,
    private readonly shared: boolean,
  ) {
    super({ jobs: 1, wallSeconds: STALL_SECONDS });
  }

  override get isShared(): boolean {
    return this.shared;
  }

  override get started(): boolean {
    return this.asked;
  }

  override pool(): Promise<WorkerPool> {
    this.asked = true;
    return Promise.resolve(this.given);
  }

  override kill(): void {
    this.given.kill();
  }
}
