/** Placing published files: by workers that have nothing else to do; texts that tasks share are written by one of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OutputWriter, type TaskOutput } from '../../../../src/build/run/placing/output-writer.js';
import type { Reply } from '../../../../src/engine/reply.js';
import type { WorkerAnswer, WorkerRequest } from '../../../../src/workers/protocol.js';
import { type WorkerPool, Workers } from '../../../../src/workers/workers.js';
import { nodeFileSystem } from '../../../../src/workspace/node-file-system.js';
import type { OutputPlan, WrittenOutput } from '../../../../src/workspace/output/write-output.js';

const NOTHING: WrittenOutput = { written: [], fileStats: new Map(), linked: [], changed: 0, problems: [] };

/** Workers that answer when they are told to. */
class HeldWorkers extends Workers {
  /** By the root of the current request. */
  private readonly held = new Map<string, () => void>();
  private asked = 0;

  constructor() {
    super({ jobs: 3, wallSeconds: 1 });
  }

  override get areShort(): boolean {
    return this.asked < 3;
  }

  override async run(request: WorkerRequest): Promise<Reply<WorkerAnswer>> {
    this.asked++;
    try {
      return await super.run(request);
    } finally {
      this.asked--;
    }
  }

  override async pool(): Promise<WorkerPool> {
    const run = ({ plans: [{ root }] }: { readonly plans: readonly OutputPlan[] }) =>
      new Promise((resolve) => {
        const reply = { kind: 'answer', answer: [NOTHING], busyMs: 1, cpuMs: 1 };
        this.held.set(root, () => resolve(reply));
      });
    return { run } as unknown as WorkerPool;
  }

  /** The requests that workers are handling once everything else waits. */
  async busy(): Promise<string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return [...this.held.keys()].sort();
  }

  answer(root: string): void {
    this.held.get(root)?.();
    this.held.delete(root);
  }
}

function planOf(root: string, ...names: readonly string[]): TaskOutput[] {
  const links = [{ file: 'dir/link', ours: true, known: false }];
  const texts = names.map((file) => ({ file, text: file, ours: true, links }));
  return [{ task: root, plan: { root, links: 'symbolic', texts, before: new Map() } }];
}

it('makes a task wait for the one that writes a text of both', async () => {
  const workers = new HeldWorkers();
  const writer = new OutputWriter(nodeFileSystem, workers, () => {});
  const first = writer.write(planOf('first', 'a', 'shared'));
  const second = writer.write(planOf('second', 'b', 'shared'));
  const third = writer.write(planOf('third', 'c'));
  expect(await workers.busy()).toEqual(['first', 'third']);
  workers.answer('first');
  expect(await workers.busy()).toEqual(['second', 'third']);
  workers.answer('second');
  workers.answer('third');
  await Promise.all([first, second, third]);
});

it('makes nobody wait for a text that is in place', async () => {
  const workers = new HeldWorkers();
  const writer = new OutputWriter(nodeFileSystem, workers, () => {});
  const first = writer.write(planOf('first', 'shared'));
  await workers.busy();
  workers.answer('first');
  await first;
  const others = ['second', 'third'].map((root) => writer.write(planOf(root, 'shared')));
  expect(await workers.busy()).toEqual(['second', 'third']);
  workers.answer('second');
  workers.answer('third');
  await Promise.all(others);
});

it('lets tasks that wait for each other in a ring through, one by one', async () => {
  const workers = new HeldWorkers();
  const writer = new OutputWriter(nodeFileSystem, workers, () => {});
  const all = [
    writer.write(planOf('first', 'a', 'b')),
    writer.write(planOf('second', 'b', 'c')),
    writer.write(planOf('third', 'c', 'a')),
  ];
  for (const root of ['first', 'second', 'third']) {
    expect(await workers.busy()).toEqual([root]);
    workers.answer(root);
  }
  await Promise.all(all);
});

it('leaves busy workers alone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'battbuild-writer-'));
  try {
    const workers = new HeldWorkers();
    const writer = new OutputWriter(nodeFileSystem, workers, () => {});
    const others = ['first', 'second', 'third'].map((name) => writer.write(planOf(name, name)));
    const texts = [{ file: 'dir/text', text: 'here', ours: true, links: [] }];
    const plan: OutputPlan = { root, links: 'hard', texts, before: new Map() };
    const { outputs } = await writer.write([{ task: 'fourth', plan }]);
    expect(outputs.map(({ written }) => written)).toEqual([['dir/text']]);
    expect(readFileSync(join(root, 'dir/text'), 'utf8')).toBe('here');
    for (const name of await workers.busy()) workers.answer(name);
    await Promise.all(others);
  } finally {
    rmSync(root, { recursive: true });
  }
});
