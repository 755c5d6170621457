/** The worker threads of a build, or of all builds of a process that watches: started when first asked for. */

import { Interpreters } from '../python/interpreters.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Pool, Reply, RunOptions } from './pool.js';
import type { WorkerAnswer, WorkerRequest } from './protocol.js';

export type WorkerPool = Pool<WorkerRequest, WorkerAnswer, Uint8Array>;

export interface WorkersOptions {
  readonly jobs: number;
  /** A worker that begins no new cell for so long is replaced, seconds. */
  readonly wallSeconds: number;
  /** The compiled worker; tests give others that get stuck or die. */
  readonly workerUrl?: URL | undefined;
}

/** Compiled, whether this module runs compiled or from its source. */
const WORKER = new URL('../../dist/bundle/worker-main.js', import.meta.url);

/** Heap of a worker: a cell that needs more crashes alone. */
const WORKER_HEAP_MEGABYTES = 1536;

/** The workers that a workspace's settings ask for. */
export function workersOf({ settings }: Workspace, workerUrl?: URL): Workers {
  const { jobs, 'budget.wallSeconds': wallSeconds } = settings;
  return new Workers({ jobs: jobs.value, wallSeconds: wallSeconds.value, workerUrl });
}

export class Workers {
  /** What runs programs in Python. */
  readonly interpreters: Interpreters;
  private current: Promise<WorkerPool> | null = null;
  /** Requests that were not answered yet. */
  private open = 0;
  /** Told how many workers have something to do, whenever that changes. */
  onBusy: ((workers: number) => void) | null = null;
  /** Pools that were killed, until their threads are gone. */
  private readonly dying = new Set<Promise<void>>();

  constructor(private readonly options: WorkersOptions) {
    this.interpreters = new Interpreters(options);
  }

  /** Whether a request would find a pool, be its threads ready or not. */
  get started(): boolean {
    return this.current !== null;
  }

  pool(): Promise<WorkerPool> {
    this.current ??= this.start();
    return this.current;
  }

  /** Asks a worker, as soon as one is free. */
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
    // Every request gets a worker as long as there are workers without one.
    const now = Math.min(jobs, this.open);
    if (now !== before) this.onBusy?.(now);
  }

  /** Ends the threads at once: what they were asked is lost. Whoever asks from now on gets new ones. */
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

  /** Ends the threads when they have answered; resolves when they and those that were killed are gone. */
  async close(): Promise<void> {
    const closing = this.current?.then((pool) => pool.close());
    this.current = null;
    await Promise.all([...this.dying, closing, this.interpreters.close()]);
  }

  private async start(): Promise<WorkerPool> {
    const { Pool: WorkerPool } = await import('./pool.js');
    return new WorkerPool({
      size: this.options.jobs,
      workerUrl: this.options.workerUrl ?? WORKER,
      stallSeconds: this.options.wallSeconds,
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES },
    });
  }
}
