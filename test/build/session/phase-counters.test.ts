/** Counters: busy time is the sum over everything that ran at once, wall time is not. */
import { describe, expect, it } from 'vitest';
import { PhaseCounters } from '../../../src/build/session/phase-counters.js';

describe('the wall time of a phase', () => {
  it('is the time in which any part of it was under way', () => {
    let now = 0;
    const counters = new PhaseCounters({ now: () => now });
    const at = (time: number, act: 'enter' | 'leave') => {
      now = time;
      counters.of('validate')[act]();
    };
    at(10, 'enter');
    at(12, 'enter');
    at(15, 'leave');
    at(20, 'leave');
    at(100, 'enter');
    at(101, 'leave');
    expect(counters.counts().get('validate')?.wallMs).toBe(11);
  });
});

describe('the counters', () => {
  it('are one set a phase', () => {
    const counters = new PhaseCounters({ now: () => 0 });
    counters.of('load').hits += 2;
    counters.of('score').misses += 3;
    counters.of('load').cpuMs += 1.5;
    expect([...counters.counts()]).toEqual([
      ['load', { hits: 2, misses: 0, wallMs: 0, cpuMs: 1.5, savedMs: 0 }],
      ['score', { hits: 0, misses: 3, wallMs: 0, cpuMs: 0, savedMs: 0 }],
    ]);
  });

  it('take steps that nobody looked at for hits that saved what they took', () => {
    const counters = new PhaseCounters({ now: () => 0 });
    counters.skipped('score', 5, 2500);
    counters.skipped('score', 1, 500);
    expect(counters.counts().get('score')).toEqual({ hits: 6, misses: 0, wallMs: 0, cpuMs: 0, savedMs: 3 });
  });
});
