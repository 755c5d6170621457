/** Distinct values: in order of arrival, and charged for as they arrive. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetMeter, spentCost } from '../../../src/dsl/meter.js';
import { DistinctValues } from '../../../src/dsl/value/distinct.js';
import { outcome, tuple } from '../evaluate.js';

const UNLIMITED = Number.POSITIVE_INFINITY;

function costOf(values: readonly number[]): number {
  resetMeter(UNLIMITED, UNLIMITED);
  const distinct = new DistinctValues(values.length);
  for (const value of values) distinct.add(value);
  return spentCost();
}

describe('distinct values', () => {
  it('are kept in order of arrival, and found again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 800 }), (values) => {
        resetMeter(UNLIMITED, UNLIMITED);
        const distinct = new DistinctValues(values.length);
        const wanted = [...new Set(values)];
        for (const value of values) expect(distinct.add(value)).toBe(wanted.indexOf(value));
        expect(distinct.values).toEqual(wanted);
        expect(distinct.has(500)).toBe(false);
      }),
    );
  });

  it('are equal by the language: one and true are the same, and so are equal tuples', () => {
    const distinct = new DistinctValues(4);
    expect([1, true, tuple(1, 2), tuple(true, 2)].map((value) => distinct.add(value))).toEqual([0, 0, 1, 1]);
  });

  it('cost more the more there are; repetitions cost little', () => {
    const many = Array.from({ length: 1000 }, (_, k) => k);
    const same = many.map(() => 7);
    expect(costOf(many)).toBeGreaterThan(3 * costOf(same));
    expect(costOf(many.slice(0, 100))).toBeLessThan(costOf(many) / 10);
  });

  it('are over budget before memory is full of them', () => {
    resetMeter(1_000_000, UNLIMITED);
    const distinct = new DistinctValues(0);
    let added = 0;
    expect(
      outcome(() => {
        while (added < 1_000_000) distinct.add(added++);
        return 0;
      }),
    ).toBe('error: budget');
    expect(added).toBeLessThan(50_000);
  });
});
