/** Placing what tasks publish: texts that they share are written by one of them. */
import { expect, it } from 'vitest';
import { Placing } from '../../src/build/place.js';
import { type WorkerPool, Workers } from '../../src/build/workers.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import type { Placed, Placement } from '../../src/workspace/place-files.js';

const NOTHING: Placed = { placed: [], looks: new Map(), changed: 0, problems: [] };

/** Workers that answer when they are told to. */
class HeldWorkers extends Workers {
  /** By the root of the placement that is under way. */
  private readonly held = new Map<string, () => void>();

  constructor() {
    super({ jobs: 1, wallSeconds: 1 });
  }

  override get started(): boolean {
    return true;
  }

  override async pool(): Promise<WorkerPool> {
    const run = ({ placement }: { readonly placement: Placement }) =>
      new Promise((resolve) => {
        const reply = { kind: 'answer', answer: NOTHING, busyMs: 1, cpuMs: 1 };
        this.held.set(placement.root, () => resolve(reply));
      });
    return { run } as unknown as WorkerPool;
  }

  /** The placements that workers are at, when everything else has come to a halt. */
  async busy(): Promise<string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return [...this.held.keys()].sort();
  }

  answer(root: string): void {
    this.held.get(root)?.();
    this.held.delete(root);
  }
}

function placementOf(root: string, ...texts: readonly string[]): Placement {
  const files = texts.map((file) => ({ file, text: file, target: null, ours: true, known: false }));
  const link = { file: 'dir/link', text: '', target: '../text', ours: true, known: false };
  return { root, files: [...files, link], before: new Map() };
}

it('makes a task wait for the one that writes a text of both', async () => {
  const workers = new HeldWorkers();
  const placing = new Placing(nodeFileSystem, workers, () => {});
  const first = placing.place('first', placementOf('first', 'a', 'shared'));
  const second = placing.place('second', placementOf('second', 'b', 'shared'));
  const third = placing.place('third', placementOf('third', 'c'));
  expect(await workers.busy()).toEqual(['first', 'third']);
  workers.answer('first');
  expect(await workers.busy()).toEqual(['second', 'third']);
  workers.answer('second');
  workers.answer('third');
  await Promise.all([first, second, third]);
});

it('makes nobody wait for a text that is in place', async () => {
  const workers = new HeldWorkers();
  const placing = new Placing(nodeFileSystem, workers, () => {});
  const first = placing.place('first', placementOf('first', 'shared'));
  await workers.busy();
  workers.answer('first');
  await first;
  const others = ['second', 'third'].map((root) => placing.place(root, placementOf(root, 'shared')));
  expect(await workers.busy()).toEqual(['second', 'third']);
  workers.answer('second');
  workers.answer('third');
  await Promise.all(others);
});

it('lets tasks that wait for each other in a ring through, one by one', async () => {
  const workers = new HeldWorkers();
  const placing = new Placing(nodeFileSystem, workers, () => {});
  const all = [
    placing.place('first', placementOf('first', 'a', 'b')),
    placing.place('second', placementOf('second', 'b', 'c')),
    placing.place('third', placementOf('third', 'c', 'a')),
  ];
  for (const root of ['first', 'second', 'third']) {
    expect(await workers.busy()).toEqual([root]);
    workers.answer(root);
  }
  await Promise.all(all);
});
