/** Counts what workers on other machines evaluated in a build. */
import type { QueueUse } from '../../observe/event.js';
import type { WorkerSpan } from './worker-spans.js';

export class QueueCounters {
  private readonly workers = new Set<string>();
  private cells = 0;
  private requests = 0;
  private wallMs = 0;

  add(worker: string, { what, units }: Pick<WorkerSpan, 'what' | 'units'>, wallMs: number): void {
    this.workers.add(worker);
    this.requests++;
    this.wallMs += wallMs;
    if (what === 'cells') this.cells += units;
  }

  get use(): QueueUse {
    const { cells, requests, wallMs } = this;
    return { workers: this.workers.size, requests, cells, wallMs };
  }
}
