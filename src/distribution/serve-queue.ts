/** Runs `battbuild worker`: a local pool, and the service with which it answers a queue. */
import type { WorkerRequest } from '../workers/protocol.js';
import { Workers } from '../workers/workers.js';
import { workerCodec } from './codec.js';
import { engineVersion } from './engine-version.js';
import { type ServiceEvent, WorkerService } from './worker-service.js';

export interface QueueServer {
  readonly entry: WorkerService<unknown, unknown>['entry'];
  /** Number of running jobs. */
  readonly busy: number;
  /** Finishes its jobs, and leaves. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly url: string;
  /** Number of worker threads. */
  readonly jobs: number;
  readonly wallSeconds: number;
  readonly emit: (event: ServiceEvent) => void;
  readonly workerUrl?: URL;
}

export async function serveQueue(options: ServeOptions): Promise<QueueServer> {
  const { url, jobs, wallSeconds, emit, workerUrl } = options;
  const workers = new Workers({ jobs, wallSeconds, workerUrl });
  const service = new WorkerService({
    url,
    version: engineVersion(),
    codec: workerCodec,
    pool: await workers.pool(),
    slots: jobs,
    unitsOf,
    emit,
  });
  return {
    entry: service.entry,
    get busy() {
      return service.busy;
    },
    async close() {
      await service.close();
      await workers.close();
    },
  };
}

function unitsOf(request: WorkerRequest): number {
  return request.kind === 'cells' ? request.cellPrograms.length : 0;
}
