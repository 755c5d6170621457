/**
 * The tasks whose files must be written. They wait while workers evaluate, and are written in batches: by a worker
 * that has nothing to evaluate, or by this thread if too many wait or nothing is left to evaluate. A batch registers
 * all its names in one transaction, and removes stale files in another.
 */

import { failPoint } from '../../../fail-points.js';
import type { Placing } from '../../../phases/publish.js';
import { stopwatch } from '../../../stopwatch.js';
import type { Workers } from '../../../workers/workers.js';
import type { OutputWriter } from './output-writer.js';

export interface PublishQueueOptions {
  readonly writer: Pick<OutputWriter, 'hasFreeWorker' | 'write'>;
  readonly workers: Pick<Workers, 'started'>;
  /** Runs `body`, which reads the store much. */
  reading<Result>(body: () => Result): Result;
  /** Runs `body` as one transaction of the store. */
  transaction(body: () => void): void;
}

/**
 * Maximum number of files in a batch: about 10 ms of work, so that requests to evaluate do not wait for long.
 */
const BATCH = 256;

/** Maximum number of waiting files, because the results of their tasks stay in memory. */
const MOST = 2048;

interface Waiting {
  readonly placing: Placing;
  readonly placed: (cpuMs: number) => void;
  readonly failed: (reason: unknown) => void;
}

export class PublishQueue {
  private readonly waiting: Waiting[] = [];
  private files = 0;
  private isHurried = false;
  private timer: NodeJS.Immediate | null = null;
  /** Number of tasks whose files have not been written yet. */
  tasksOpen = 0;
  /** Number of these files. */
  filesOpen = 0;

  constructor(private readonly given: PublishQueueOptions) {}

  /** Resolves with the CPU time when the files of a task have been written. */
  async place(placing: Placing): Promise<number> {
    this.tasksOpen++;
    this.filesOpen += placing.files;
    this.files += placing.files;
    try {
      return await new Promise<number>((placed, failed) => {
        this.waiting.push({ placing, placed, failed });
        if (this.files >= MOST || (this.files >= BATCH && this.given.writer.hasFreeWorker)) this.pump();
        else this.pumpSoon();
      });
    } finally {
      this.tasksOpen--;
      this.filesOpen -= placing.files;
    }
  }

  /** Nothing is left to evaluate, so waiting files are written at once. */
  hurry(): void {
    this.isHurried = true;
    this.pumpSoon();
  }

  /** A worker may have become free. */
  pumpSoon(): void {
    if (this.waiting.length > 0) this.timer ??= setImmediate(() => this.pump());
  }

  private pump(): void {
    if (this.timer !== null) clearImmediate(this.timer);
    this.timer = null;
    const { writer, workers } = this.given;
    while (this.waiting.length > 0 && writer.hasFreeWorker) void this.placeBatch();
    if (this.waiting.length === 0) return;
    const isDue = this.isHurried || this.files >= MOST || !workers.started;
    if (!isDue) return;
    void this.placeBatch();
    // Not at once, because a worker may become free.
    if (this.isHurried || !workers.started) this.pumpSoon();
  }

  private async placeBatch(): Promise<void> {
    const batch = this.takeBatch();
    try {
      const cpuMs = await this.placeAll(batch.map(({ placing }) => placing));
      for (const { placing, placed } of batch) placed((cpuMs * placing.files) / Math.max(1, filesOf(batch)));
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
    this.pumpSoon();
  }

  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    for (let files = 0; files < BATCH && this.waiting.length > 0; ) {
      const next = this.waiting.shift() as Waiting;
      files += next.placing.files;
      batch.push(next);
    }
    this.files -= filesOf(batch);
    return batch;
  }

  private async placeAll(batch: readonly Placing[]): Promise<number> {
    const { writer, reading } = this.given;
    const startedAt = stopwatch.now();
    const outputs = reading(() => batch.map((placing) => ({ task: placing.task, plan: placing.prepare() })));
    if (this.together(batch, (placing) => placing.register)) failPoint('names stored');
    const registeredMs = stopwatch.now() - startedAt;
    const written = await writer.write(outputs);
    const writtenAt = stopwatch.now();
    failPoint('files in place');
    batch.forEach((placing, k) => {
      placing.accept(written.outputs[k]);
    });
    if (this.together(batch, (placing) => placing.settle)) failPoint('stale names forgotten');
    for (const placing of batch) placing.end();
    return registeredMs + written.cpuMs + stopwatch.now() - writtenAt;
  }

  /** Runs the remaining work of each task in one transaction; false if there is none. */
  private together(batch: readonly Placing[], stepOf: (placing: Placing) => (() => void) | null): boolean {
    const steps = batch.flatMap((placing) => stepOf(placing) ?? []);
    if (steps.length === 0) return false;
    this.given.transaction(() => {
      for (const step of steps) step();
    });
    return true;
  }
}

function filesOf(batch: readonly Waiting[]): number {
  return batch.reduce((sum, { placing }) => sum + placing.files, 0);
}
