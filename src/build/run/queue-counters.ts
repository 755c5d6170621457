/**
 * Counts what workers on other machines evaluated in a build, and the time that their slots were available.
 */
import type { QueueUse } from '../../observe/event.js';
import { stopwatch } from '../../stopwatch.js';
import type { WorkerSpan } from './worker-spans.js';

export class QueueCounters {
  private readonly workers = new Set<string>();
  private cells = 0;
  private requests = 0;
  private wallMs = 0;
  private slots = 0;
  private slotMs = 0;
  /** When the number of slots changed. */
  private since = 0;

  /** `now` is in milliseconds since any fixed moment. */
  constructor(private readonly now: () => number = () => stopwatch.now()) {}

  /** From now on, this many requests are answered at once. */
  offers(slots: number): void {
    this.slotMs = this.slotMsNow;
    this.slots = slots;
    this.since = this.now();
  }

  /** `worker` names a machine and a process. */
  add(worker: string, { what, units }: Pick<WorkerSpan, 'what' | 'units'>, wallMs: number): void {
    this.workers.add(worker);
    this.requests++;
    this.wallMs += wallMs;
    if (what === 'cells') this.cells += units;
  }

  get use(): QueueUse {
    const { cells, requests, wallMs, slotMsNow: slotMs } = this;
    const machines = [...new Set([...this.workers].map((name) => name.replace(/\/[^/]*$/, '')))].sort();
    return { workers: this.workers.size, machines, requests, cells, wallMs, slotMs };
  }

  private get slotMsNow(): number {
    return this.slotMs + this.slots * (this.now() - this.since);
  }
}
