/** When a watch scans without a hint, with time controlled by the test. */
import { describe, expect, it } from 'vitest';
import { CHECK_MS, LONGEST_REST_MS, Reconciler } from '../../src/watch/reconciler.js';
import { ManualTimers } from './manual-timers.js';

class Rig {
  readonly timers = new ManualTimers();
  checks = 0;
  /** The times of its scans. */
  readonly scans: number[] = [];
  checkMs = 0;
  scanMs = 0;
  /** Of the time that something takes, how much is CPU time of its own. */
  share = 1;
  found: 'check' | 'scan' | null = null;
  readonly reconciler = new Reconciler(
    {
      check: () => {
        this.checks++;
        this.timers.spend(this.checkMs, this.checkMs * this.share);
        return this.found === 'check';
      },
      scan: () => {
        this.scans.push(this.timers.now());
        this.timers.spend(this.scanMs, this.scanMs * this.share);
        return this.found === 'scan';
      },
    },
    this.timers,
  );

  constructor() {
    this.reconciler.begin();
  }
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;

describe('while all is quiet', () => {
  it('the folders are compared once a second', () => {
    const rig = new Rig();
    rig.timers.pass(60 * SECOND);
    expect(rig.checks).toBe((60 * SECOND) / CHECK_MS);
  });

  it('the inputs are looked at within 3 s of any moment at first, and within ten in the end', () => {
    const rig = new Rig();
    rig.timers.pass(HOUR);
    const rests = rig.scans.map((at, k) => at - (rig.scans[k - 1] ?? 0));
    const early = rests.filter((_, k) => rig.scans[k] <= 20 * SECOND);
    expect(Math.max(...early)).toBeLessThanOrEqual(3 * SECOND);
    expect(Math.max(...rests)).toBeLessThanOrEqual(LONGEST_REST_MS + CHECK_MS);
    expect(rig.scans.length).toBeLessThan(HOUR / LONGEST_REST_MS + 40);
  });

  it('what that takes is a hundredth of the time at most, however long looks take', () => {
    const rig = new Rig();
    rig.checkMs = 20;
    rig.scanMs = 400;
    rig.timers.pass(HOUR);
    expect(rig.checks * rig.checkMs + rig.scans.length * rig.scanMs).toBeLessThan((HOUR / 100) * 2.1);
    expect(rig.scans.length).toBeGreaterThan(60);
  });

  it('what others do meanwhile on a busy machine delays the next look little', () => {
    const [idle, busy] = [new Rig(), new Rig()];
    for (const rig of [idle, busy]) {
      rig.scanMs = 10;
      rig.timers.pass(20 * SECOND);
    }
    busy.scanMs = 200;
    busy.share = 0.05;
    for (const rig of [idle, busy]) rig.timers.pass(HOUR);
    expect(busy.scans.length).toBeGreaterThan(idle.scans.length * 0.9);
  });

  it('looks that wait for a slow disk take a tenth of the time at most', () => {
    const rig = new Rig();
    rig.scanMs = 5000;
    rig.share = 0;
    rig.timers.pass(HOUR);
    expect(rig.scans.length * rig.scanMs).toBeLessThan(HOUR / 9);
    expect(rig.scans.length).toBeGreaterThan(50);
  });

  it('it comes to an end, and begins anew', () => {
    const rig = new Rig();
    rig.timers.pass(HOUR);
    rig.reconciler.end();
    expect(rig.timers.running).toBe(0);
    const { length } = rig.scans;
    rig.reconciler.begin();
    rig.reconciler.begin();
    rig.timers.pass(SECOND);
    expect(rig.scans).toHaveLength(length + 1);
    expect(rig.timers.running).toBe(1);
  });

  it.each(['check', 'scan'] as const)(
    'a %s that finds something is the last until all is quiet again',
    (found) => {
      const rig = new Rig();
      rig.found = found;
      rig.timers.pass(HOUR);
      expect([rig.checks, rig.scans.length, rig.timers.running]).toEqual([1, found === 'scan' ? 1 : 0, 0]);
    },
  );
});
