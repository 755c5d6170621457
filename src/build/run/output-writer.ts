/** Writes published files, on a worker if there are any: it takes as long as evaluating. */

import type { Workers } from '../../workers/workers.js';
import type { FileSystem } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { type OutputPlan, type WrittenOutput, writeOutput } from '../../workspace/write-output.js';
import { mainThreadSpan, type SpanListener, workerSpan } from './worker-spans.js';

export type TimedOutput = WrittenOutput & { readonly cpuMs: number };

/**
 * Writes the published files of the tasks of one build. Tasks share texts (every task publishes the differs). If two
 * workers found a shared text missing, both would write it, and the stat recorded by the first would be out of date
 * at once. So the second waits for the first, and then finds the text in place.
 */
export class OutputWriter {
  /** By text: the task that is writing it. Texts that are in place are in `settled`; nothing waits for them. */
  private readonly underWay = new Map<string, Promise<TimedOutput>>();
  private readonly settled = new Set<string>();

  constructor(
    private readonly files: FileSystem,
    private readonly workers: Workers,
    private readonly worked: SpanListener,
  ) {}

  async write(task: string, plan: OutputPlan): Promise<TimedOutput> {
    const texts = plan.files.flatMap(({ file, target }) => (target === null ? [file] : []));
    // A waiting task holds no text, so two tasks cannot wait for each other.
    for (let first = this.waitFor(texts); first !== undefined; first = this.waitFor(texts)) await first;
    const mine = texts.filter((text) => !this.settled.has(text));
    const written = this.run(task, plan);
    for (const text of mine) this.underWay.set(text, written);
    try {
      return await written;
    } finally {
      for (const text of mine) {
        this.underWay.delete(text);
        this.settled.add(text);
      }
    }
  }

  private waitFor(texts: readonly string[]): Promise<TimedOutput> | undefined {
    const text = texts.find((one) => this.underWay.has(one));
    return text === undefined ? undefined : this.underWay.get(text);
  }

  private async run(subject: string, plan: OutputPlan): Promise<TimedOutput> {
    const { files, workers } = this;
    const task = { subject, what: 'files' as const, units: plan.files.length };
    // Workers have only the real file system. If all are busy, this thread has time to write.
    if (workers.started && !workers.areBusy && files === nodeFileSystem) {
      const reply = await workers.run({ kind: 'write', plan });
      if (reply.kind === 'answer') {
        this.worked(workerSpan(task, reply));
        return { ...(reply.answer as WrittenOutput), cpuMs: reply.cpuMs ?? reply.busyMs };
      }
      // The worker was lost: files that it wrote are found in place here, and the rest is written here.
    }
    const startedAt = performance.now();
    const written = writeOutput(plan, files);
    const cpuMs = performance.now() - startedAt;
    this.worked(mainThreadSpan(task, startedAt, cpuMs));
    return { ...written, cpuMs };
  }
}
