/** In any order of tasks, requests and files, the published files and records are the same. */
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Random } from '../../bench/workspace/random.js';
import type { FileSystem } from '../../src/workspace/file-system.js';
import { FileProblem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { buildIn, linesOf, recordedIn, temporaryFolder, treeOf } from '../build/rig.js';
import { stepsIn, writeInputs } from './inputs.js';

/** Null while nothing is shuffled. */
const shuffling = vi.hoisted(() => ({ random: null as Random | null, shuffled: 0 }));

/** A queue of the pool that returns any of the waiting requests. */
vi.mock('../../src/workers/queue.js', () => ({
  Queue: class<Item> {
    private items: Item[] = [];
    get length(): number {
      return this.items.length;
    }
    get head(): Item | null {
      const { random } = shuffling;
      if (this.items.length > 1 && random !== null) {
        random.shuffle(this.items);
        shuffling.shuffled++;
      }
      return this.items[0] ?? null;
    }
    push(item: Item): void {
      this.items.push(item);
    }
    unshift(item: Item): void {
      this.items.unshift(item);
    }
    shift(): Item | null {
      return this.items.shift() ?? null;
    }
    [Symbol.iterator](): Iterator<Item> {
      return this.items[Symbol.iterator]();
    }
    *drain(): Generator<Item> {
      yield* this.items.splice(0);
    }
  },
}));

/** The order of tasks depends on the times that they took. */
vi.mock('../../src/build/run/progress-weights.js', async (original) => ({
  ...(await original<object>()),
  recordedMicros: () => shuffling.random?.next() ?? 0,
}));

/** Lists folders in another order each time. */
function shuffledFiles(random: Random): FileSystem {
  return {
    ...nodeFileSystem,
    list(folder) {
      const entries = nodeFileSystem.list(folder);
      return entries instanceof FileProblem ? entries : random.shuffle([...entries]);
    },
  };
}

async function builtWith(seed: string | null): Promise<unknown> {
  const root = join(temporaryFolder(), 'workspace');
  writeInputs(root);
  shuffling.random = seed === null ? null : new Random(seed);
  const files = seed === null ? nodeFileSystem : shuffledFiles(new Random(`${seed} files`));
  // Every cell on a worker, because the main thread has no queue.
  const { diagnostics } = await buildIn(root, { flags: { jobs: '2' }, world: { files, mainThreadCells: 0 } });
  return {
    diagnostics,
    results: recordedIn(root),
    published: linesOf(treeOf(join(root, 'out'))),
    steps: stepsIn(join(root, 'cache')),
  };
}

describe('a build with shuffled queues and folders', () => {
  it('comes to what one in order comes to', async () => {
    const expected = await builtWith(null);
    for (const seed of ['1', '2', '3']) expect(await builtWith(seed), seed).toEqual(expected);
    expect(shuffling.shuffled).toBeGreaterThan(10);
  });
});
