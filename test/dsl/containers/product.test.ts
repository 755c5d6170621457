/** The product of two containers: its members are distinct and in canonical order without hashing or sorting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setOf, tupleOf } from '../../../src/dsl/value/construct.js';
import { equals } from '../../../src/dsl/value/equality.js';
import { compare, elementsOf } from '../../../src/dsl/value/order.js';
import { Cell, Cells, depthOf, Indices, Pair, type Value, weightOf } from '../../../src/dsl/value/value.js';
import { fn, outcome, run, set, tuple } from '../evaluate.js';

const integers = fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constantFrom(1023, 1024, 5000), fc.boolean());
const pairs = fc.tuple(integers, integers).map(([i, j]) => tuple(i, j));
const values: fc.Arbitrary<Value> = fc.oneof(
  integers,
  pairs,
  fc.tuple(integers, pairs).map(([color, at]) => tuple(color, at)),
  fc.constantFrom<Value>(null, tuple(), tuple(1), tuple(1, null), tuple(null, 1), set(), set(2), fn('add')),
);
const containers = fc
  .tuple(fc.array(fc.oneof(integers, pairs, values), { maxLength: 6 }), fc.boolean())
  .map(([list, asSet]) => (asSet ? setOf(list) : tupleOf(list)));

describe('the product', () => {
  it('has the members of the set of all pairs, in canonical order', () => {
    fc.assert(
      fc.property(containers, containers, (a, b) => {
        const all: Value[] = [];
        for (const x of elementsOf(a)) for (const y of elementsOf(b)) all.push(tuple(x, y));
        const product = run('product', a, b);
        const members = elementsOf(product);
        expect(equals(product, setOf(all))).toBe(true);
        expect(members).toHaveLength((setOf(all) as { size: number }).size);
        for (let k = 1; k < members.length; k++) expect(compare(members[k - 1], members[k])).toBeLessThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives functions what a set of made pairs gives them, whether they need the pair itself or not', () => {
    const conditions = [
      run('fork', fn('equality'), fn('first'), fn('last')),
      run('compose', fn('flip'), run('fork', fn('equality'), fn('first'), fn('last'))),
      run('matcher', fn('identity'), tuple(null, 2)),
      run('compose', fn('flip'), run('matcher', fn('identity'), tuple(null, 2))),
      run('matcher', fn('last'), 2),
      run('matcher', fn('size'), 2),
    ];
    fc.assert(
      fc.property(
        containers,
        containers,
        fc.constantFrom(...conditions),
        fc.constantFrom(...conditions),
        (a, b, f, g) => {
          const product = run('product', a, b);
          const made = setOf([...elementsOf(run('product', a, b))]);
          for (const name of ['sfilter', 'argmax', 'valmin', 'order']) {
            expect(outcome(() => run(name, product, f))).toEqual(outcome(() => run(name, made, f)));
          }
          const some = run('sfilter', product, f);
          const same = run('sfilter', made, f);
          expect(equals(some, same)).toBe(true);
          expect(weightOf(some)).toBe(weightOf(same));
          expect(depthOf(some)).toBe(depthOf(same));
          expect(equals(run('sfilter', some, g), run('sfilter', same, g))).toBe(true);
          expect(equals(run('apply', g, some), run('apply', g, same))).toBe(true);
          expect(outcome(() => run('totuple', some))).toEqual(outcome(() => run('totuple', same)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has the flat layout where it fits', () => {
    expect(run('product', tuple(2, 1, 2), set(3, 4))).toBeInstanceOf(Indices);
    expect(run('product', set(1, 2), set(new Pair(0, 1), new Pair(1, 0)))).toBeInstanceOf(Cells);
    expect(elementsOf(run('product', tuple(7), tuple(new Pair(0, 1))))).toEqual([new Cell(7, 0, 1)]);
  });
});
