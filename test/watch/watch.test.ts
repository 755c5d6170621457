/** The state machine of a watch: when it builds, with time and changes controlled by the test. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_BURST_MS, POLL_MS, QUIET_MS, Watch, type WatchState } from '../../src/watch/watch.js';
import { HeldBuilder } from './held-builder.js';
import { ManualTimers, settled } from './manual-timers.js';

class Rig {
  readonly timers = new ManualTimers();
  readonly builder = new HeldBuilder();
  readonly states: WatchState[] = [];
  readonly unseen: (string | null)[] = [];
  readonly watch = new Watch(this.builder, this.timers, {
    entered: (state) => this.states.push(state),
    unseen: (reason) => this.unseen.push(reason),
  });
  readonly ended = this.watch.start();

  /** Changes an input, with a hint. */
  edit(): void {
    this.builder.inputs++;
    this.watch.hint();
  }

  quiet(): void {
    this.timers.pass(QUIET_MS);
  }

  async finish(): Promise<void> {
    this.builder.finish();
    await settled();
  }

  /** The input of each build. */
  get built(): number[] {
    return this.builder.builds.map(({ inputs }) => inputs);
  }
}

async function idleRig(): Promise<Rig> {
  const rig = new Rig();
  await rig.finish();
  expect(rig.watch.state).toBe('idle');
  return rig;
}

describe('bursts', () => {
  it('builds at once when it starts', () => {
    expect(new Rig().built).toEqual([0]);
  });

  it('builds once it is quiet, not before', async () => {
    const rig = await idleRig();
    rig.edit();
    rig.timers.pass(QUIET_MS - 1);
    expect(rig.built).toEqual([0]);
    rig.timers.pass(1);
    expect(rig.built).toEqual([0, 1]);
  });

  it('counts the scan as a part of the wait', async () => {
    const rig = await idleRig();
    rig.builder.scanning = () => rig.timers.spend(10);
    rig.edit();
    rig.quiet();
    await rig.finish();
    expect(rig.built).toEqual([0, 1]);
    rig.edit();
    rig.timers.pass(QUIET_MS - 11);
    expect(rig.built).toEqual([0, 1]);
    rig.timers.pass(1);
    expect(rig.built).toEqual([0, 1, 2]);
  });

  it('waits for more than 50 ms before the scan, however long scans take', async () => {
    const rig = await idleRig();
    rig.builder.scanning = () => rig.timers.spend(400);
    rig.edit();
    rig.quiet();
    await rig.finish();
    rig.edit();
    rig.timers.pass(54);
    expect(rig.built).toEqual([0, 1]);
    rig.timers.pass(1);
    expect(rig.built).toEqual([0, 1, 2]);
  });

  it('makes one build of thousands of changes', async () => {
    const rig = await idleRig();
    for (let k = 0; k < 5000; k++) {
      rig.edit();
      if (k % 200 === 0) rig.timers.pass(QUIET_MS - 1);
    }
    expect(rig.built).toEqual([0]);
    rig.quiet();
    expect(rig.built).toEqual([0, 5000]);
    await rig.finish();
    expect(rig.watch.state).toBe('idle');
    expect(rig.timers.running).toBe(0);
  });

  it('builds in the middle of a burst that does not end', async () => {
    const rig = await idleRig();
    for (let passed = 0; passed < LONGEST_BURST_MS; passed += 50) {
      rig.edit();
      rig.timers.pass(50);
    }
    expect(rig.builder.builds).toHaveLength(2);
  });

  it('builds nothing for hints that mean nothing', async () => {
    const rig = await idleRig();
    rig.watch.hint();
    rig.quiet();
    expect(rig.built).toEqual([0]);
    expect(rig.watch.state).toBe('idle');
  });

  it('waits longer while somebody is at work without hints', async () => {
    const rig = await idleRig();
    rig.builder.settled = false;
    rig.edit();
    rig.timers.pass(10 * QUIET_MS);
    expect(rig.built).toEqual([0]);
    rig.builder.settled = true;
    rig.quiet();
    expect(rig.built).toEqual([0, 1]);
  });

  it('waits longer than the 50 ms in which the watcher of files drops a second change', () => {
    expect(QUIET_MS).toBeGreaterThanOrEqual(75);
  });
});

describe('changes during a build', () => {
  it('stops the build, and begins the next one only when it has ended', async () => {
    const rig = new Rig();
    rig.edit();
    expect(rig.builder.isToldToStop).toBe(false);
    rig.quiet();
    expect(rig.builder.isToldToStop).toBe(true);
    expect(rig.built).toEqual([0]);
    await rig.finish();
    expect(rig.built).toEqual([0, 1]);
    await rig.finish();
    expect(rig.builder.builds.map(({ outcome }) => outcome)).toEqual(['stopped', 'built']);
    expect(rig.watch.state).toBe('idle');
  });

  it('lets the build run on when a look finds its inputs as they were', async () => {
    const rig = new Rig();
    rig.watch.hint();
    rig.quiet();
    expect(rig.builder.isToldToStop).toBe(false);
    await rig.finish();
    expect(rig.watch.state).toBe('idle');
    expect(rig.built).toEqual([0]);
  });

  it('waits for quiet when the build ends before that', async () => {
    const rig = new Rig();
    rig.edit();
    await rig.finish();
    expect(rig.watch.state).toBe('gathering');
    rig.timers.pass(QUIET_MS - 1);
    rig.edit();
    rig.timers.pass(QUIET_MS - 1);
    expect(rig.built).toEqual([0]);
    rig.timers.pass(1);
    expect(rig.built).toEqual([0, 2]);
  });

  it('waits for quiet when changes go on while the build stops', async () => {
    const rig = new Rig();
    rig.edit();
    rig.quiet();
    rig.edit();
    await rig.finish();
    expect(rig.watch.state).toBe('gathering');
    rig.quiet();
    expect(rig.built).toEqual([0, 2]);
  });

  it('builds again after a stop though the change was taken back', async () => {
    const rig = new Rig();
    rig.edit();
    rig.quiet();
    rig.builder.inputs = 0;
    rig.watch.hint();
    await rig.finish();
    rig.quiet();
    expect(rig.built).toEqual([0, 0]);
    await rig.finish();
    expect(rig.watch.state).toBe('idle');
  });

  it('finds by a look after the build what nobody hinted at', async () => {
    const rig = new Rig();
    rig.builder.inputs++;
    await rig.finish();
    expect(rig.watch.state).toBe('gathering');
    rig.quiet();
    expect(rig.built).toEqual([0, 1]);
  });
});

describe('changes that nobody tells of', () => {
  it('looks at regular times', async () => {
    const rig = await idleRig();
    rig.watch.misses('too many folders');
    rig.quiet();
    rig.builder.inputs++;
    rig.timers.pass(POLL_MS);
    expect(rig.built).toEqual([0, 1]);
    await rig.finish();
    rig.builder.inputs++;
    rig.timers.pass(POLL_MS + QUIET_MS);
    expect(rig.built).toEqual([0, 1, 2]);
  });

  it('says so once, and when it is over', async () => {
    const rig = await idleRig();
    rig.watch.misses('too many folders');
    rig.watch.misses('and another');
    rig.watch.sees();
    rig.watch.sees();
    expect(rig.unseen).toEqual(['too many folders', null]);
    rig.quiet();
    expect(rig.timers.running).toBe(0);
  });

  it('looks when hints begin, since something may have been missed before', async () => {
    const rig = await idleRig();
    rig.builder.inputs++;
    rig.watch.sees();
    rig.quiet();
    expect(rig.built).toEqual([0, 1]);
  });
});

describe('the end', () => {
  it('ends at once when no build runs', async () => {
    const rig = await idleRig();
    rig.edit();
    rig.watch.misses('too many folders');
    rig.watch.end();
    await rig.ended;
    expect(rig.watch.state).toBe('ended');
    expect(rig.timers.running).toBe(0);
  });

  it.each(['building', 'disturbed', 'stopping'] as const)('stops a build that is %s first', async (state) => {
    const rig = new Rig();
    if (state !== 'building') rig.edit();
    if (state === 'stopping') rig.quiet();
    expect(rig.watch.state).toBe(state);
    rig.watch.end();
    expect(rig.watch.state).toBe('ending');
    expect(rig.builder.isToldToStop).toBe(true);
    rig.edit();
    await rig.finish();
    await rig.ended;
    expect(rig.built).toEqual([0]);
    expect(rig.timers.running).toBe(0);
  });

  it('takes nothing more', async () => {
    const rig = await idleRig();
    rig.watch.end();
    rig.edit();
    rig.watch.misses('too many folders');
    rig.watch.end();
    expect(rig.watch.state).toBe('ended');
    expect(rig.timers.running).toBe(0);
  });

  it('comes with the error when a build or a look throws', async () => {
    const failing = new Watch(
      {
        scan: () => ({ changes: [], settled: true }),
        peek: () => false,
        build: () => Promise.reject(new Error('a bug')),
      },
      new ManualTimers(),
      { entered: () => {}, unseen: () => {} },
    );
    await expect(failing.start()).rejects.toThrow('a bug');
    const rig = await idleRig();
    rig.builder.scan = () => {
      throw new Error('another');
    };
    rig.edit();
    rig.quiet();
    await expect(rig.ended).rejects.toThrow('another');
    expect(rig.watch.state).toBe('ended');
  });
});

describe('whatever happens', () => {
  type Step =
    | { readonly kind: 'edit' | 'hint' | 'finish' | 'misses' | 'sees' }
    | { readonly kind: 'second edit within'; readonly milliseconds: number }
    | { readonly kind: 'pass'; readonly milliseconds: number };
  const anyStep: fc.Arbitrary<Step> = fc.oneof(
    fc.constantFrom('edit', 'hint', 'finish', 'finish', 'misses', 'sees').map((kind) => ({ kind }) as Step),
    fc.record({ kind: fc.constant('second edit within' as const), milliseconds: fc.nat(50) }),
    fc.record({ kind: fc.constant('pass' as const), milliseconds: fc.nat(200) }),
  );

  it('builds what is there at last, never two builds at once, and comes to rest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const rig = new Rig();
        for (const step of steps) {
          if (step.kind === 'edit') rig.edit();
          else if (step.kind === 'hint') rig.watch.hint();
          else if (step.kind === 'misses') rig.watch.misses('no reason');
          else if (step.kind === 'sees') rig.watch.sees();
          else if (step.kind === 'pass') rig.timers.pass(step.milliseconds);
          else if (step.kind === 'second edit within') {
            rig.edit();
            rig.timers.pass(step.milliseconds);
            // The file watcher gives no hint for this change.
            rig.builder.inputs++;
          } else if (rig.builder.isRunning) await rig.finish();
        }
        rig.watch.sees();
        for (let round = 0; round < 5; round++) {
          rig.quiet();
          if (rig.builder.isRunning) await rig.finish();
        }
        expect(rig.watch.state).toBe('idle');
        expect(rig.timers.running).toBe(0);
        expect(rig.builder.builds.at(-1)).toEqual({ inputs: rig.builder.inputs, outcome: 'built' });
      }),
      { numRuns: 500 },
    );
  });
});
