/** Which files are placed when: in batches, and not while workers evaluate and few wait. */
import { expect, it } from 'vitest';
import type { TaskOutput, TimedOutputs } from '../../../../src/build/run/placing/output-writer.js';
import { PublishQueue } from '../../../../src/build/run/placing/publish-queue.js';
import type { Placing } from '../../../../src/phases/publish.js';
import type { WrittenOutput } from '../../../../src/workspace/output/write-output.js';

const NOTHING: WrittenOutput = { written: [], fileStats: new Map(), linked: [], changed: 0, problems: [] };

/** A queue whose writer and workers do what they are told, and what happened. */
class Rig {
  readonly log: string[] = [];
  hasFreeWorker = false;
  started = true;
  fails = false;
  readonly queue = new PublishQueue({
    writer: this.writer(),
    workers: this,
    reading: (body) => body(),
    transaction: (body) => {
      this.log.push('(');
      body();
      this.log.push(')');
    },
  });

  private writer() {
    const rig = this;
    return {
      get hasFreeWorker() {
        return rig.hasFreeWorker;
      },
      async write(batch: readonly TaskOutput[]): Promise<TimedOutputs> {
        rig.log.push(`write ${batch.map(({ task }) => task).join(' ')}`);
        // A worker has one batch.
        rig.hasFreeWorker = false;
        if (rig.fails) throw new Error('no more');
        return { outputs: batch.map(() => NOTHING), cpuMs: 1 };
      },
    };
  }

  place(task: string, { files = 10, fresh = true, stale = false } = {}): Promise<number> {
    const step = (what: string) => () => void this.log.push(`${what} ${task}`);
    const placing: Placing = {
      task,
      files,
      prepare: () => ({ root: '/out', links: 'hard', texts: [], before: new Map() }),
      register: fresh ? step('register') : null,
      accept: () => {},
      settle: stale ? step('settle') : null,
      end: step('end'),
    };
    return this.queue.place(placing);
  }

  /** What happened once everything else waits. */
  async happened(): Promise<string[]> {
    for (let k = 0; k < 4; k++) await new Promise((resolve) => setImmediate(resolve));
    return this.log.splice(0);
  }
}

it('gives what waits to a worker that is free, in one batch with one transaction for all', async () => {
  const rig = new Rig();
  rig.hasFreeWorker = true;
  const all = [rig.place('a'), rig.place('b', { stale: true }), rig.place('c', { fresh: false })];
  expect(await rig.happened()).toEqual([
    ...['(', 'register a', 'register b', ')', 'write a b c'],
    ...['(', 'settle b', ')', 'end a', 'end b', 'end c'],
  ]);
  await Promise.all(all);
});

it('gives a full batch to a free worker at once, before this thread turns to anything else', async () => {
  const rig = new Rig();
  rig.hasFreeWorker = true;
  const all = ['a', 'b', 'c'].map((task) => rig.place(task, { files: 100, fresh: false }));
  expect(rig.log).toEqual(['write a b c']);
  await Promise.all(all);
});

it('makes no transaction where nothing is new or stale', async () => {
  const rig = new Rig();
  rig.hasFreeWorker = true;
  const placed = rig.place('a', { fresh: false });
  expect(await rig.happened()).toEqual(['write a', 'end a']);
  await placed;
});

it('lets files wait while all workers evaluate, until one is free', async () => {
  const rig = new Rig();
  const placed = rig.place('a', { fresh: false });
  expect(await rig.happened()).toEqual([]);
  rig.hasFreeWorker = true;
  rig.queue.pumpSoon();
  expect(await rig.happened()).toEqual(['write a', 'end a']);
  await placed;
});

it('places some itself when too many wait', async () => {
  const rig = new Rig();
  const all = Array.from({ length: 21 }, (_, k) => rig.place(`${k}`, { files: 100, fresh: false }));
  expect(await rig.happened()).toEqual(['write 0 1 2', 'end 0', 'end 1', 'end 2']);
  expect([rig.queue.tasksOpen, rig.queue.filesOpen]).toEqual([18, 1800]);
  rig.queue.hurry();
  await Promise.all(all);
  expect([rig.queue.tasksOpen, rig.queue.filesOpen]).toEqual([0, 0]);
});

it('places all that waits, and all that comes, when nothing is left to evaluate', async () => {
  const rig = new Rig();
  const first = [rig.place('a', { files: 300, fresh: false }), rig.place('b', { fresh: false })];
  rig.queue.hurry();
  expect(await rig.happened()).toEqual(['write a', 'end a', 'write b', 'end b']);
  const late = rig.place('c', { fresh: false });
  expect(await rig.happened()).toEqual(['write c', 'end c']);
  await Promise.all([...first, late]);
});

it('places at once where no worker was started', async () => {
  const rig = new Rig();
  rig.started = false;
  const placed = rig.place('a', { fresh: false });
  expect(await rig.happened()).toEqual(['write a', 'end a']);
  await placed;
});

it('tells the tasks of a batch of its failure, and goes on with the others', async () => {
  const rig = new Rig();
  const lost = [rig.place('a', { files: 300, fresh: false }), rig.place('b', { fresh: false })];
  rig.fails = true;
  rig.queue.hurry();
  const ends = await Promise.allSettled(lost);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  rig.fails = false;
  await rig.place('c', { fresh: false });
  expect(rig.queue.tasksOpen).toBe(0);
});
