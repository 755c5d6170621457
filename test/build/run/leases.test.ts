/** Leases: one holder at a time, and none that has ended. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Leases } from '../../../src/build/run/leases.js';
import { Interrupted } from '../../../src/build/run/run-phases.js';
import { newHolder } from '../../../src/store/holder.js';
import { Store } from '../../../src/store/store.js';
import { temporaryFolder } from '../rig.js';

/** Two users of one store, like two processes. */
class Rig {
  readonly folder = temporaryFolder();
  readonly aborter = new AbortController();
  readonly one = this.user();
  readonly other = this.user();

  user(staleMs?: number): { readonly store: Store; readonly leases: Leases } {
    const store = Store.open(this.folder);
    const leases = new Leases(store, this.aborter.signal, staleMs);
    onTestFinished(() => {
      leases.close();
      store.close();
    });
    return { store, leases };
  }

  get subjects(): string[] {
    return this.one.store.leases.all().map(({ subject }) => subject);
  }

  /** Makes the given process the holder of the task `t`. */
  give(holder: string, beat = 1): void {
    this.one.store.write(() => this.one.store.leases.give({ subject: 't', holder, beat }));
  }
}

/** A name like that of this process, with some of its words replaced. */
function holderWith(words: { boot?: string; space?: string; pid?: number; started?: string }): string {
  const [boot, space, pid, started, token] = newHolder().split(' ');
  const { boot: b = boot, space: s = space, pid: p = pid, started: t = started } = words;
  return [b, s, p, t, token].join(' ');
}

describe('a lease', () => {
  it('is held by one, and waited for by the other, who is told by whom', async () => {
    const { one, other } = new Rig();
    await one.leases.hold('t');
    const deferred: number[] = [];
    const order: string[] = [];
    const waiting = other.leases
      .hold('t', (process) => deferred.push(process))
      .then(() => order.push('other'));
    await other.leases.hold('another');
    expect(deferred).toEqual([process.pid]);
    order.push('released');
    one.leases.release('t');
    await waiting;
    expect(order).toEqual(['released', 'other']);
    expect([one.leases.has('t'), other.leases.has('t')]).toEqual([false, true]);
  });

  it('is taken with others at once, as far as they are free, and passed on', () => {
    const rig = new Rig();
    const { one, other } = rig;
    one.leases.take(['b']);
    other.leases.take(['a', 'b', 'c']);
    expect(['a', 'b', 'c'].map((subject) => other.leases.has(subject))).toEqual([true, false, true]);
    other.store.write(() => other.leases.pass('a', 'b'));
    other.store.write(() => other.leases.pass('c', 'd'));
    expect(rig.subjects).toEqual(['b', 'd']);
    expect(['a', 'b', 'c', 'd'].map((subject) => other.leases.has(subject))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    other.leases.close();
    expect(rig.subjects).toEqual(['b']);
  });

  it('stays with a process that lives', () => {
    const rig = new Rig();
    rig.give(newHolder());
    rig.other.leases.take(['t']);
    expect(rig.other.leases.has('t')).toBe(false);
  });

  it('is not waited for by whoever is told to stop', async () => {
    const { one, other, aborter } = new Rig();
    await one.leases.hold('t');
    const waiting = other.leases.hold('t', () => aborter.abort());
    await expect(waiting).rejects.toThrow(Interrupted);
  });

  it('is asked of nobody where nothing can be written', async () => {
    const { one, other } = new Rig();
    await one.leases.hold('t');
    other.store.condemn('it is damaged');
    await other.leases.hold('t');
    expect(other.leases.has('t')).toBe(true);
  });
});

describe('a holder that is gone', () => {
  const ended = spawnSync(process.execPath, ['-e', '']).pid;

  it.each([
    ['because its process has ended', holderWith({ pid: ended, started: '1' })],
    ['because the system was started again', holderWith({ boot: 'another' })],
    ['though another process has its number', holderWith({ started: '1' })],
  ])('keeps nothing: %s', (_, holder) => {
    const rig = new Rig();
    rig.give(holder);
    rig.other.leases.take(['t']);
    expect(rig.other.leases.has('t')).toBe(true);
  });

  it('elsewhere keeps its lease as long as it shows signs of life, and no longer', () => {
    const rig = new Rig();
    const { leases } = rig.user(0);
    const holder = holderWith({ space: 'elsewhere' });
    rig.give(holder);
    const takes = () => {
      leases.take(['t']);
      return leases.has('t');
    };
    expect(takes()).toBe(false);
    rig.one.store.write(() => rig.one.store.leases.beat(holder, 2));
    expect(takes()).toBe(false);
    expect(takes()).toBe(true);
  });

  it('frees those who wait already', async () => {
    const rig = new Rig();
    const { leases } = rig.user(0);
    rig.give(holderWith({ space: 'elsewhere' }));
    await leases.hold('t');
    expect(leases.has('t')).toBe(true);
  });
});
