/** Writes published files, on a worker that has nothing else to do next, because it takes as long as evaluating. */

import { stopwatch } from '../../../stopwatch.js';
import type { Workers } from '../../../workers/workers.js';
import type { FileStat, FileSystem } from '../../../workspace/file-system.js';
import { nodeFileSystem } from '../../../workspace/node-file-system.js';
import { isText } from '../../../workspace/output/published-path.js';
import { type OutputPlan, type WrittenOutput, writeOutputs } from '../../../workspace/output/write-output.js';
import { mainThreadSpan, reportSpans, type SpanListener } from '../worker-spans.js';

/** The files to write for one task. */
export interface TaskOutput {
  readonly task: string;
  readonly plan: OutputPlan;
}

/** Estimated duration of a batch in milliseconds. */
const BATCH_MS = 10;

export interface TimedOutputs {
  /** One answer for each task, in the same order. */
  readonly outputs: readonly WrittenOutput[];
  readonly cpuMs: number;
}

/**
 * Writes the published files of the tasks of one build. Tasks share texts (every task publishes the differs). If two
 * threads found a shared text missing, both would write it, and hard links to the first would lead to a file that is
 * replaced at once. So the second waits for the first, and then finds the text in place.
 */
export class OutputWriter {
  /** By text: the batch that is writing it. Texts that are in place are in `settled`; nothing waits for them. */
  private readonly underWay = new Map<string, Promise<TimedOutputs>>();
  private readonly settled = new Set<string>();
  private readonly stats = new Map<string, FileStat>();

  constructor(
    private readonly files: FileSystem,
    private readonly workers: Workers,
    private readonly worked: SpanListener,
  ) {}

  /** The stats of texts when they were last placed. */
  get placed(): ReadonlyMap<string, FileStat> {
    return this.stats;
  }

  /** Whether a worker would write files now. */
  get hasFreeWorker(): boolean {
    // A worker has only the real file system.
    return this.workers.areShort && this.files === nodeFileSystem;
  }

  async write(batch: readonly TaskOutput[]): Promise<TimedOutputs> {
    const texts = new Set(batch.flatMap(({ plan }) => plan.texts.map(({ file }) => file)));
    // A waiting batch holds no text, so two batches cannot wait for each other.
    for (let first = this.waitFor(texts); first !== undefined; first = this.waitFor(texts)) await first;
    const mine = [...texts].filter((text) => !this.settled.has(text));
    const written = this.run(batch, this.placedOf(texts));
    for (const text of mine) this.underWay.set(text, written);
    try {
      const done = await written;
      for (const { fileStats } of done.outputs)
        for (const [file, stat] of fileStats) if (isText(file)) this.stats.set(file, stat);
      return done;
    } finally {
      for (const text of mine) {
        this.underWay.delete(text);
        this.settled.add(text);
      }
    }
  }

  private placedOf(texts: Iterable<string>): Map<string, FileStat> {
    const placed = new Map<string, FileStat>();
    for (const text of texts) {
      const stat = this.stats.get(text);
      if (stat !== undefined) placed.set(text, stat);
    }
    return placed;
  }

  private waitFor(texts: Iterable<string>): Promise<TimedOutputs> | undefined {
    for (const text of texts) {
      const batch = this.underWay.get(text);
      if (batch !== undefined) return batch;
    }
    return undefined;
  }

  private async run(
    batch: readonly TaskOutput[],
    placed: ReadonlyMap<string, FileStat>,
  ): Promise<TimedOutputs> {
    const { files, workers } = this;
    const plans = batch.map(({ plan }) => plan);
    const span = { subject: subjectOf(batch), what: 'files' as const, units: filesOf(plans) };
    // If all workers have work ahead, this thread has time to write.
    if (this.hasFreeWorker) {
      const reply = await workers.run({ kind: 'write', plans, placed }, { expectedMs: BATCH_MS });
      if (reply.kind === 'answer') {
        reportSpans(span, reply, this.worked);
        return { outputs: reply.answer as readonly WrittenOutput[], cpuMs: reply.cpuMs ?? reply.busyMs };
      }
      // The worker was lost: files that it wrote are found in place here, and the rest is written here.
    }
    const startedAt = stopwatch.now();
    const outputs = writeOutputs(plans, placed, files);
    const cpuMs = stopwatch.now() - startedAt;
    this.worked(mainThreadSpan(span, startedAt, cpuMs));
    return { outputs, cpuMs };
  }
}

/** `a`, or `a and 3 more`. */
function subjectOf([first, ...others]: readonly TaskOutput[]): string {
  return others.length === 0 ? first.task : `${first.task} and ${others.length} more`;
}

/** Number of texts and links. */
function filesOf(plans: readonly OutputPlan[]): number {
  const links = plans.flatMap(({ texts }) => texts.map((text) => text.links.length));
  return links.reduce((sum, count) => sum + 1 + count, 0);
}
