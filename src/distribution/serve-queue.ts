/** Serves a queue with this machine's workers: what `battbuild worker` does. */

import type { Reply } from '../engine/reply.js';
import type { SharedCacheOptions } from '../remote-cache/shared-cache.js';
import type { Context } from '../workers/pool.js';
import type { WorkerAnswer, WorkerRequest } from '../workers/protocol.js';
import { answerPython } from '../workers/python-requests.js';
import { Workers } from '../workers/workers.js';
import { workerCodec } from './messages/codec.js';
import { engineVersion, pythonVersion } from './messages/engine-version.js';
import type { StepCache } from './step-cache.js';
import { type ServiceEvent, WorkerService, type WorkerServiceOptions } from './worker-service.js';

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
  /** Whether programs in Python are evaluated, too. */
  readonly python: boolean;
  /** The shared cache to read and to fill; null for none. */
  readonly shared: SharedCacheOptions | null;
  readonly emit: (event: ServiceEvent) => void;
  readonly workerUrl?: URL;
}

export async function serveQueue(options: ServeOptions): Promise<QueueServer> {
  const { url, jobs, wallSeconds, python, emit, workerUrl } = options;
  const workers = new Workers({ jobs, wallSeconds, workerUrl });
  const steps = options.shared === null ? null : await stepCacheOn(options.shared);
  const told = (event: ServiceEvent) => {
    emit(event);
    const message = event.type === 'job' ? (steps?.trouble() ?? null) : null;
    if (message !== null) emit({ type: 'trouble', message });
  };
  const around: Around = steps === null ? {} : { around: (request, run) => steps.answer(request, run) };
  const common = { url, codec: workerCodec, slots: jobs, unitsOf, ...around };
  const service = new WorkerService<WorkerRequest, WorkerAnswer>({
    ...common,
    version: engineVersion(),
    pool: await workers.pool(),
    emit: told,
  });
  const services = [service];
  if (python) {
    services.push(
      new WorkerService<WorkerRequest, WorkerAnswer>({
        ...common,
        version: pythonVersion(),
        pool: { run: (request, { context } = {}) => runPython(workers.interpreters, request, context) },
        // The first service reports the connection.
        emit: (event) => void (event.type === 'connected' || event.type === 'disconnected' || told(event)),
      }),
    );
  }
  return {
    entry: service.entry,
    get busy() {
      return services.reduce((sum, { busy }) => sum + busy, 0);
    },
    async close() {
      await Promise.all(services.map((one) => one.close()));
      await steps?.close();
      await workers.close();
    },
  };
}

type Around = Pick<WorkerServiceOptions<WorkerRequest, WorkerAnswer>, 'around'>;

async function runPython(
  interpreters: Workers['interpreters'],
  request: WorkerRequest,
  context: Context<Uint8Array> | undefined,
): Promise<Reply<WorkerAnswer>> {
  if (request.kind !== 'cells' || context === undefined) throw new RangeError('not a request for Python');
  return answerPython(interpreters, request, context.data);
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
