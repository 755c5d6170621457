/** The worker threads of a build, or of all builds of a watch. They are started on first use. */

import type { Reply } from '../engine/reply.js';
import { Interpreters } from '../python/interpreters.js';
import type { Wheels } from '../workspace/wheels.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Outlet, OutletListener, OutletTrouble } from './outlet.js';
import type { Pool, RunOptions } from './pool.js';
import type { WorkerAnswer, WorkerRequest } from './protocol.js';

export type WorkerPool = Pool<WorkerRequest, WorkerAnswer, Uint8Array>;

export interface WorkersOptions {
  readonly jobs: number;
  /** Seconds without a new cell after which a worker is replaced. */
  readonly wallSeconds: number;
  /** What programs in Python may import besides the standard modules; absent if nothing. */
  readonly wheels?: Wheels;
  /** The compiled worker; tests use other modules, which hang or die. */
  readonly workerUrl?: URL | undefined;
  /** Opens the outlet to other machines; absent if there is none. */
  readonly openOutlet?: ((listener: OutletListener) => Promise<WorkerOutlet>) | undefined;
}

export type WorkerOutlet = Outlet<WorkerRequest, WorkerAnswer, Uint8Array>;

/** The compiled module, whether this module is compiled or run from its source. */
const WORKER = new URL('../../dist/bundle/worker-main.js', import.meta.url);

/** Heap of a worker in MB; a cell that needs more crashes without affecting other workers. */
const WORKER_HEAP_MEGABYTES = 1536;

/** The workers that a workspace's settings ask for. */
export function workersOf(
  { settings, wheels }: Workspace,
  workerUrl?: URL,
  openOutlet?: WorkersOptions['openOutlet'],
): Workers {
  const { jobs, 'budget.wallSeconds': wallSeconds } = settings;
  return new Workers({ jobs: jobs.value, wallSeconds: wallSeconds.value, wheels, workerUrl, openOutlet });
}

export class Workers {
  /** The interpreters of Python programs. */
  readonly interpreters: Interpreters;
  private current: Promise<WorkerPool> | null = null;
  /** Number of unanswered requests. */
  private open = 0;
  /** Called with the number of busy workers whenever it changes. */
  onBusy: ((workers: number) => void) | null = null;
  /** Called with the state of remote workers. */
  onOutlet: OutletListener | null = null;
  private outlet: WorkerOutlet | null = null;
  /** Problems between builds: the next build reports them. */
  private untold: OutletTrouble[] = [];
  /** Pools that were killed, until their threads have ended. */
  private readonly dying = new Set<Promise<void>>();

  constructor(private readonly options: WorkersOptions) {
    this.interpreters = new Interpreters(options);
  }

  /** Whether there is a pool for requests, even if its threads are not ready yet. */
  get started(): boolean {
    return this.current !== null;
  }

  /** Whether every worker is busy. */
  get areBusy(): boolean {
    return this.open >= this.options.jobs;
  }

  /** Whether some requests may go to other machines. */
  get isShared(): boolean {
    return this.options.openOutlet !== undefined;
  }

  /** A build begins; `listener` gets the state of remote workers. */
  begin(listener: OutletListener): void {
    this.onOutlet = listener;
    for (const trouble of this.untold.splice(0)) listener.trouble(trouble);
    this.outlet?.begin();
  }

  pool(): Promise<WorkerPool> {
    this.current ??= this.start();
    return this.current;
  }

  /** Sends a request to the next free worker. */
  async run(request: WorkerRequest, options: RunOptions<Uint8Array> = {}): Promise<Reply<WorkerAnswer>> {
    this.count(1);
    try {
      const pool = await this.pool();
      return await pool.run(request, options);
    } finally {
      this.count(-1);
    }
  }

  private count(step: 1 | -1): void {
    const { jobs } = this.options;
    const before = Math.min(jobs, this.open);
    this.open += step;
    // Every request gets a worker while there are more workers than requests.
    const now = Math.min(jobs, this.open);
    if (now !== before) this.onBusy?.(now);
  }

  /** Ends the threads at once: their requests are lost. Later requests get new threads. */
  kill(): void {
    this.interpreters.kill();
    if (this.current === null) return;
    const killed = this.current.then((pool) => {
      pool.kill();
      return pool.close();
    });
    this.current = null;
    this.dying.add(killed);
    void killed.finally(() => this.dying.delete(killed));
  }

  /** Ends the threads when they have answered. Resolves when they and the killed ones have ended. */
  async close(): Promise<void> {
    const closing = this.current?.then((pool) => pool.close());
    this.current = null;
    await Promise.all([...this.dying, closing, this.interpreters.close()]);
  }

  private async start(): Promise<WorkerPool> {
    const { Pool: WorkerPool } = await import('./pool.js');
    const outlet =
      (await this.options.openOutlet?.({
        changed: (state) => this.onOutlet?.changed(state),
        trouble: (trouble) => {
          if (this.onOutlet === null) this.untold.push(trouble);
          else this.onOutlet.trouble(trouble);
        },
      })) ?? null;
    this.outlet = outlet;
    return new WorkerPool({
      outlet,
      size: this.options.jobs,
      workerUrl: this.options.workerUrl ?? WORKER,
      stallSeconds: this.options.wallSeconds,
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES },
    });
  }
}
