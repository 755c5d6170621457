/** Where published files are put in place: on a worker when there are any, since it takes as long as evaluating. */

import type { Workers } from '../../workers/workers.js';
import type { FileSystem } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { type OutputPlan, type WrittenOutput, writeOutput } from '../../workspace/write-output.js';
import { mainThreadSpan, type SpanListener, workerSpan } from './worker-spans.js';

export type TimedOutput = WrittenOutput & { readonly cpuMs: number };

/**
 * Places what the tasks of one build publish. Tasks share texts (all publish the differs): if two workers found the
 * same one missing both would write it, and what the first one recorded of it would be out of date at once. So whoever
 * comes second waits for the first, and finds it there.
 */
export class OutputWriter {
  /** By text: who puts it in place now. Texts that are in place are in `settled`, and nobody waits for them. */
  private readonly underWay = new Map<string, Promise<TimedOutput>>();
  private readonly settled = new Set<string>();

  constructor(
    private readonly files: FileSystem,
    private readonly workers: Workers,
    private readonly worked: SpanListener,
  ) {}

  async write(task: string, plan: OutputPlan): Promise<TimedOutput> {
    const texts = plan.files.flatMap(({ file, target }) => (target === null ? [file] : []));
    // Nobody holds anything while they wait, so that no two can wait for each other.
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
    // A worker knows the real file system only.
    if (workers.started && files === nodeFileSystem) {
      const reply = await workers.run({ kind: 'write', plan });
      if (reply.kind === 'answer') {
        this.worked(workerSpan(task, reply));
        return { ...(reply.answer as WrittenOutput), cpuMs: reply.cpuMs ?? reply.busyMs };
      }
      // The worker was lost: what it did is found done here, and the rest is done here.
    }
    const startedAt = performance.now();
    const written = writeOutput(plan, files);
    const cpuMs = performance.now() - startedAt;
    this.worked(mainThreadSpan(task, startedAt, cpuMs));
    return { ...written, cpuMs };
  }
}
