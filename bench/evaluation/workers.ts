/**
 * Evaluation as in a build, but without the build: requests to a pool of workers, with several tasks running at once.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BatchAnswer, encodeTaskGrids, readOutcomes, readOutputs } from '../../src/engine/batch.js';
import type { Outcome } from '../../src/engine/outcome.js';
import { Pool } from '../../src/workers/pool.js';
import { packRequest, type WorkerAnswer, type WorkerRequest } from '../../src/workers/protocol.js';
import { DEFAULT_WALL_SECONDS } from '../../src/workspace/config/config-keys.js';
import { PROJECT } from '../paths.js';
import type { EvaluationWork } from './workload.js';

const WORKER = pathToFileURL(join(PROJECT, 'dist/bundle/worker-main.js'));

export class BenchWorkers {
  private readonly pool: Pool<WorkerRequest, WorkerAnswer, Uint8Array>;

  /** Starts no worker yet; the first evaluation does. */
  constructor(private readonly size: number) {
    this.pool = new Pool({ size, workerUrl: WORKER, stallSeconds: DEFAULT_WALL_SECONDS });
  }

  /** The outcomes of all cells, in the order of the batches. Throws if a worker is lost. */
  async evaluate(work: readonly EvaluationWork[]): Promise<Outcome[]> {
    const outcomes: Outcome[][] = [];
    let next = 0;
    const lane = async () => {
      while (next < work.length) {
        const at = next++;
        outcomes[at] = await this.ask(work[at]);
      }
    };
    // As many tasks at once as in a build.
    await Promise.all(Array.from({ length: 2 * this.size }, lane));
    return outcomes.flat();
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async ask({ task, grids, batch }: EvaluationWork): Promise<Outcome[]> {
    const request = packRequest(batch);
    const context = { key: task, data: encodeTaskGrids(grids) };
    const transfer = [request.programs.buffer as ArrayBuffer];
    const reply = await this.pool.run(request, { context, transfer });
    if (reply.kind === 'lost') throw new Error(`a worker was lost at ${task}: ${reply.detail}`);
    // A build needs both.
    const answer = reply.answer as BatchAnswer;
    readOutputs(answer);
    return readOutcomes(answer);
  }
}
