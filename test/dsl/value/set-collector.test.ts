/** Sets that are collected value by value: the same set, for the same charge, as from a list of the values. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetMeter, spend, spentCost } from '../../../src/dsl/meter.js';
import { setOf } from '../../../src/dsl/value/construct.js';
import { equals } from '../../../src/dsl/value/equality.js';
import { SetCollector } from '../../../src/dsl/value/set-collector.js';
import { Cell, Pair, Triple, type Value, weightOf } from '../../../src/dsl/value/value.js';
import { fn, outcome, set, tuple } from '../evaluate.js';

const UNLIMITED = Number.POSITIVE_INFINITY;

const near = fc.integer({ min: -2, max: 4 });
const coordinates = fc.oneof(near, near, near, fc.constantFrom(-1025, -1024, 1023, 1024, 1e9));
const pairs = fc.tuple(coordinates, coordinates).map(([i, j]) => new Pair(i, j));
const cells = fc.tuple(coordinates, pairs).map(([color, { i, j }]) => new Cell(color, i, j));
const triples = fc.tuple(pairs, coordinates).map(([{ i, j }, color]) => new Triple(i, j, color));
const others = fc.constantFrom<Value>(null, 0, 1, true, tuple(), tuple(true, 2), set(2), set(2), fn('add'));
const values = fc.oneof<fc.Arbitrary<Value>[]>(pairs, cells, triples, others);
const lists = fc.oneof(
  fc.array(pairs, { maxLength: 60 }),
  fc.array(cells, { maxLength: 60 }),
  fc.array(triples, { maxLength: 60 }),
  fc.array(values, { maxLength: 60 }),
);

function fromList(list: readonly Value[]): Value {
  spend(list.reduce<number>((sum, value) => sum + weightOf(value), 0));
  return setOf(list);
}

function collected(list: readonly Value[]): Value {
  const collector = new SetCollector();
  for (const value of list) collector.add(value);
  return collector.finish();
}

describe('a collected set', () => {
  it('equals the set of the list, in the same layout, and costs the same', () => {
    fc.assert(
      fc.property(lists, (list) => {
        resetMeter(UNLIMITED, UNLIMITED);
        const wanted = fromList(list);
        const cost = spentCost();
        resetMeter(UNLIMITED, UNLIMITED);
        const made = collected(list);
        expect(spentCost()).toBe(cost);
        expect(equals(made, wanted)).toBe(true);
        expect(made?.constructor).toBe(wanted?.constructor);
      }),
      { numRuns: 1000 },
    );
  });

  it('is over budget exactly if the set of the list is', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 0, max: 900 }), (list, limit) => {
        resetMeter(limit, UNLIMITED);
        const wanted = outcome(() => fromList(list));
        resetMeter(limit, UNLIMITED);
        const made = outcome(() => collected(list));
        expect(made).toEqual(wanted);
      }),
    );
  });

  it('charges nothing before all values are there', () => {
    resetMeter(10, UNLIMITED);
    const collector = new SetCollector();
    for (let k = 0; k < 1000; k++) collector.add(k);
    expect(spentCost()).toBe(0);
    expect(outcome(() => collector.finish())).toMatch(/budget/);
  });
});
