/** The worker threads of a build, or of all builds of a watch. They are started on first use. */

import type { Reply } from '../engine/reply.js';
import { Interpreters } from '../python/interpreters.js';
import { FULL_YOUNG_SPACE } from '../v8-options.js';
import { DEFAULT_CELLS, DEFAULT_COST } from '../workspace/config/config-keys.js';
import type { Wheels } from '../workspace/discovery/wheels.js';
import type { Setting, Workspace } from '../workspace/workspace.js';
import type { OutletListener } from './outlet.js';
import { type OpenOutlet, Outlets } from './outlets.js';
import type { Context, Pool, RunOptions } from './pool.js';
import type { EvaluationRequest, WorkerAnswer, WorkerRequest } from './protocol.js';

export type WorkerPool = Pool<WorkerRequest, WorkerAnswer, Uint8Array>;

export interface WorkersOptions {
  readonly jobs: number;
  /** Number of workers that are started at once; others only if requests wait long. Default `jobs`. */
  readonly jobsAtFirst?: number;
  /** Seconds without a new cell after which a worker is replaced. */
  readonly wallSeconds: number;
  /** What programs in Python may import besides the standard modules; absent if nothing. */
  readonly wheels?: Wheels;
  /** The compiled worker; tests use other modules, which hang or die. */
  readonly workerUrl?: URL | undefined;
  /** Milliseconds of work for which the main thread helps, see the pool; tests use other numbers. */
  readonly helpMs?: number | undefined;
  /** Whether the main thread evaluates, too, while much work waits and it has nothing else to do. */
  readonly mainThread?: boolean;
  /** Opens an outlet to other machines; absent if there is none. */
  readonly openOutlet?: OpenOutlet | undefined;
}

/** What tests change. */
export type GivenWorkers = Pick<WorkersOptions, 'workerUrl' | 'helpMs'>;

/** The compiled module, whether this module is compiled or run from its source. */
const WORKER = new URL('../../dist/bundle/worker-main.js', import.meta.url);

/** Heap of a worker in MB; a cell that needs more crashes without affecting other workers. */
const WORKER_HEAP_MEGABYTES = 1536;

/** Part of it for new values. Nearly all of them live shortly: more would only take memory. */
const WORKER_YOUNG_MEGABYTES = 48;

/**
 * By default, half of the cores have a worker at first: in most builds the main thread has no work for more, and each
 * takes memory, and the time of V8's helpers until its code is optimized.
 */
function atFirst({ value, origin }: Setting<number>): number {
  return origin.kind === 'default' ? Math.ceil(value / 2) : value;
}

/**
 * The workers that a workspace's settings ask for. If they leave a core to the main thread, it evaluates, too, unless a
 * cell may take more time or memory than by default: it cannot be killed.
 */
export function workersOf(
  { settings, wheels, leavesCore }: Workspace,
  { workerUrl, helpMs }: GivenWorkers = {},
  openOutlet?: WorkersOptions['openOutlet'],
): Workers {
  const { jobs, 'budget.wallSeconds': wallSeconds, 'budget.cost': cost, 'budget.cells': cells } = settings;
  return new Workers({
    jobs: jobs.value,
    jobsAtFirst: atFirst(jobs),
    wallSeconds: wallSeconds.value,
    wheels,
    workerUrl,
    helpMs,
    mainThread: leavesCore && cost.value <= DEFAULT_COST && cells.value <= DEFAULT_CELLS,
    openOutlet,
  });
}

export class Workers {
  /** The interpreters of Python programs. */
  readonly interpreters: Interpreters;
  private current: Promise<WorkerPool> | null = null;
  /** The current pool, once it is there. */
  private live: WorkerPool | null = null;
  /** Requests for programs in Python that may go to other machines wait here. */
  private python: Promise<WorkerPool> | null = null;
  /** Number of unanswered requests. */
  private open = 0;
  /** Number of workers that have some of them, as it was last reported. */
  private reported = 0;
  /** Called with the number of busy workers whenever it changes. */
  onBusy: ((workers: number) => void) | null = null;
  /** Called after each answer. */
  onAnswer: (() => void) | null = null;
  private readonly outlets: Outlets | null;
  /** Pools that were killed, until their threads have ended. */
  private readonly dying = new Set<Promise<void>>();

  constructor(private readonly options: WorkersOptions) {
    this.interpreters = new Interpreters(options);
    this.outlets = options.openOutlet === undefined ? null : new Outlets(options.openOutlet);
  }

  /** Whether there is a pool for requests, even if its threads are not ready yet. */
  get started(): boolean {
    return this.current !== null;
  }

  /** Whether a worker has nothing to do after what it is at. */
  get areShort(): boolean {
    return this.live?.isShort ?? false;
  }

  /** Whether some requests may go to other machines. */
  get isShared(): boolean {
    return this.outlets !== null;
  }

  /** A build begins; `listener` gets the state of remote workers. */
  begin(listener: OutletListener): void {
    this.outlets?.begin(listener);
  }

  /** The build has ended; problems are reported to the next one. */
  end(): void {
    if (this.outlets !== null) this.outlets.listener = null;
  }

  pool(): Promise<WorkerPool> {
    if (this.current !== null) return this.current;
    const starting = this.start();
    this.current = starting;
    return starting.then((pool) => {
      if (this.current === starting) this.live = pool;
      return pool;
    });
  }

  /** Starts a worker that will have work soon. */
  async warmUp(): Promise<void> {
    (await this.pool()).warmUp();
  }

  /** Sends a request to the next free worker. */
  async run(request: WorkerRequest, options: RunOptions<Uint8Array> = {}): Promise<Reply<WorkerAnswer>> {
    this.count(1);
    try {
      // At once if it can be, so that `areShort` knows.
      const pool = this.live ?? (await this.pool());
      return await pool.run(request, options);
    } finally {
      this.count(-1);
      this.onAnswer?.();
    }
  }

  /** Sends cells of programs in Python to the next free interpreter, or to one of another machine. */
  async runPython(request: EvaluationRequest, options: RunOptions<Uint8Array>): Promise<Reply<WorkerAnswer>> {
    this.python ??= this.startPython();
    return (await this.python).run(request, options);
  }

  private count(step: 1 | -1): void {
    this.open += step;
    // Every request gets a worker while there are more workers than requests.
    const busy = Math.min(Math.max(1, this.live?.workers ?? 1), this.open);
    if (busy !== this.reported) this.onBusy?.(busy);
    this.reported = busy;
  }

  /** Ends the threads at once: their requests are lost. Later requests get new threads. */
  kill(): void {
    this.interpreters.kill();
    for (const pool of [this.current, this.python]) {
      if (pool === null) continue;
      const killed = pool.then((started) => {
        started.kill();
        return started.close();
      });
      this.dying.add(killed);
      void killed.finally(() => this.dying.delete(killed));
    }
    this.current = null;
    this.live = null;
    this.python = null;
  }

  /** Ends the threads when they have answered. Resolves when they and the killed ones have ended. */
  async close(): Promise<void> {
    const closing = [this.current, this.python].map((pool) => pool?.then((started) => started.close()));
    this.current = null;
    this.live = null;
    this.python = null;
    await Promise.all([...this.dying, ...closing]);
    await this.interpreters.close();
  }

  private async start(): Promise<WorkerPool> {
    const [{ Pool: WorkerPool }, { evaluateHere }] = await Promise.all([
      import('./pool.js'),
      import('./evaluate-here.js'),
    ]);
    process.getBuiltinModule('node:v8').setFlagsFromString(FULL_YOUNG_SPACE);
    return new WorkerPool({
      mainThread: this.options.mainThread ? evaluateHere : null,
      helpMs: this.options.helpMs,
      outlet: (await this.outlets?.open('solver')) ?? null,
      size: this.options.jobs,
      sizeAtFirst: this.options.jobsAtFirst,
      workerUrl: this.options.workerUrl ?? WORKER,
      stallSeconds: this.options.wallSeconds,
      resourceLimits: {
        maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES,
        maxYoungGenerationSizeMb: WORKER_YOUNG_MEGABYTES,
      },
    });
  }

  private async startPython(): Promise<WorkerPool> {
    const [{ Pool: WorkerPool }, { FunctionSlot }, { answerPython }] = await Promise.all([
      import('./pool.js'),
      import('./slots/function-slot.js'),
      import('./python-requests.js'),
    ]);
    const answer = async (request: WorkerRequest, context: Context<Uint8Array> | null) => {
      if (request.kind !== 'cells' || context === null) throw new Error('not a request for Python');
      return answerPython(this.interpreters, request, context.data);
    };
    // Workers on other machines do not have the packages of this workspace.
    const isOffered = (this.options.wheels?.digest ?? null) !== null;
    return new WorkerPool<WorkerRequest, WorkerAnswer, Uint8Array>({
      outlet: isOffered ? null : ((await this.outlets?.open('python')) ?? null),
      size: this.options.jobs,
      slotOf: (events) => new FunctionSlot(answer, events),
    });
  }
}
