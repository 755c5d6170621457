/** Serves a queue with this machine's workers: what `battbuild worker` does. */

import type { SharedCacheOptions } from '../remote-cache/shared-cache.js';
import type { WorkerAnswer, WorkerRequest } from '../workers/protocol.js';
import { Workers } from '../workers/workers.js';
import { workerCodec } from './messages/codec.js';
import { engineVersion } from './messages/engine-version.js';
import type { StepCache } from './step-cache.js';
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
  /** The shared cache to read and to fill; null for none. */
  readonly shared: SharedCacheOptions | null;
  readonly emit: (event: ServiceEvent) => void;
  readonly workerUrl?: URL;
}

export async function serveQueue(options: ServeOptions): Promise<QueueServer> {
  const { url, jobs, wallSeconds, emit, workerUrl } = options;
  const workers = new Workers({ jobs, wallSeconds, workerUrl });
  const steps = options.shared === null ? null : await stepCacheOn(options.shared);
  const told = (event: ServiceEvent) => {
    emit(event);
    const message = event.type === 'job' ? (steps?.trouble() ?? null) : null;
    if (message !== null) emit({ type: 'trouble', message });
  };
  const service = new WorkerService<WorkerRequest, WorkerAnswer>({
    url,
    version: engineVersion(),
    codec: workerCodec,
    pool: await workers.pool(),
    slots: jobs,
    unitsOf,
    emit: told,
    ...(steps === null ? {} : { around: (request, evaluate) => steps.answer(request, evaluate) }),
  });
  return {
    entry: service.entry,
    get busy() {
      return service.busy;
    },
    async close() {
      await service.close();
      await steps?.close();
      await workers.close();
    },
  };
}

async function stepCacheOn(options: SharedCacheOptions): Promise<StepCache> {
  const [{ SharedCache }, { StepCache: Cache }] = await Promise.all([
    import('../remote-cache/shared-cache.js'),
    import('./step-cache.js'),
  ]);
  return new Cache(new SharedCache(options));
}

function unitsOf(request: WorkerRequest): number {
  return request.kind === 'cells' ? request.cellPrograms.length : 0;
}
