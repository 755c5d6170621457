/** What `battbuild worker` does: a pool of this machine, and the service that has it answer a queue. */
import type { WorkerRequest } from '../workers/protocol.js';
import { Workers } from '../workers/workers.js';
import { workerCodec } from './codec.js';
import { engineVersion } from './engine-version.js';
import { type ServiceEvent, WorkerService } from './worker-service.js';

export interface QueueServer {
  readonly entry: WorkerService<unknown, unknown>['entry'];
  /** Jobs under way. */
  readonly busy: number;
  /** Finishes what it has, and leaves. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly url: string;
  /** Worker threads. */
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
