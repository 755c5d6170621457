/** Sets of pairs too far out for position keys: like any generic set, and already in canonical order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetMeter, spentCost } from '../../../src/dsl/meter.js';
import { setOf } from '../../../src/dsl/value/construct.js';
import { distantPairSet } from '../../../src/dsl/value/distant-pairs.js';
import { DistinctValues } from '../../../src/dsl/value/distinct.js';
import { equals } from '../../../src/dsl/value/equality.js';
import { compare } from '../../../src/dsl/value/order.js';
import { Members, Pair, type Value } from '../../../src/dsl/value/value.js';
import { tuple } from '../evaluate.js';

const UNLIMITED = Number.POSITIVE_INFINITY;
const REACH = 2 ** 25;

const coordinates = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: 1000, max: 1100 }),
  fc.constantFrom(-REACH, 1 - REACH, REACH - 1),
);
const lists = fc.array(
  fc.tuple(coordinates, coordinates).map(([i, j]) => new Pair(i, j)),
  { minLength: 1, maxLength: 300 },
);

describe('a set of distant pairs', () => {
  it('has each pair once, in canonical order, for the charge of generic members', () => {
    fc.assert(
      fc.property(lists, (pairs) => {
        resetMeter(UNLIMITED, UNLIMITED);
        const distinct = new DistinctValues(pairs.length);
        for (const pair of pairs) distinct.add(pair);
        const cost = spentCost();
        resetMeter(UNLIMITED, UNLIMITED);
        const made = distantPairSet(pairs) as Members;
        expect(spentCost()).toBe(cost);
        expect(made.members).toEqual([...distinct.values].sort(compare));
        expect(made.ordered).toBe(made.members);
      }),
    );
  });

  it('is none if a value is no pair, or has no exact key; then the set is a generic one', () => {
    for (const odd of [new Pair(0, REACH), new Pair(-REACH - 1, 0), tuple(1, 2, 3), 7] as Value[]) {
      const values = [new Pair(5000, 1), odd, new Pair(5000, 1)];
      expect(distantPairSet(values)).toBeNull();
      const made = setOf(values);
      expect(made).toBeInstanceOf(Members);
      expect(made.size).toBe(2);
      expect(equals(made, setOf([odd, new Pair(5000, 1)]))).toBe(true);
    }
  });
});
