/** Containers: flat and generic layouts give the same results; kinds, order and errors are preserved. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvaluationError } from '../../../src/dsl/errors.js';
import { setOf, tupleOf } from '../../../src/dsl/value/construct.js';
import { elementsOf } from '../../../src/dsl/value/order.js';
import {
  Cell,
  Cells,
  Grid,
  Indices,
  Items,
  isSet,
  Members,
  Pair,
  type SetValue,
  type Value,
} from '../../../src/dsl/value/value.js';
import { fn, outcome, run, set, tuple } from '../evaluate.js';

const coordinates = fc.integer({ min: -2, max: 4 });
const positions = fc.tuple(coordinates, coordinates).map(([i, j]) => new Pair(i, j));
const cells = fc
  .tuple(fc.integer({ min: 0, max: 2 }), positions)
  .map(([color, at]) => new Cell(color, at.i, at.j));
const scalars = fc.oneof(fc.integer({ min: -2, max: 3 }), fc.boolean(), fc.constant(null));
const farPositions = fc
  .tuple(fc.constantFrom(-1025, -1024, 1023, 1024), coordinates)
  .map(([i, j]) => new Pair(i, j));

/** Lists whose sets are Indices, Cells, or neither. */
const lists: fc.Arbitrary<readonly Value[]> = fc.oneof(
  fc.array(positions, { maxLength: 12 }),
  fc.array(cells, { maxLength: 12 }),
  fc.array(fc.oneof(positions, cells, scalars, farPositions), { maxLength: 8 }),
);

const flatSets = lists.map(setOf);
const grids = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([height, width]) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: height * width, maxLength: height * width })
      .map((colors) => new Grid(height, width, Int8Array.from(colors))),
  );
const containers = fc.oneof(flatSets, lists.map(tupleOf), grids);

/** The same value in the most general layout. */
function generic(container: Value): Value {
  if (container instanceof Indices || container instanceof Cells) return new Members(elementsOf(container));
  if (container instanceof Grid || container instanceof Pair || container instanceof Cell) {
    return new Items(elementsOf(container));
  }
  return container;
}

/** Functions of one argument that return for some elements and fail for others. */
const functions = fc.constantFrom(
  'identity',
  'first',
  'last',
  'size',
  'initset',
  'even',
  'increment',
  'toivec',
);

describe('one layout and another', () => {
  it.each([
    'size',
    'merge',
    'totuple',
    'first',
    'last',
    'dedupe',
    'mostcommon',
    'leastcommon',
    'maximum',
    'minimum',
  ])('give the same %s', (name) => {
    fc.assert(
      fc.property(containers, (container) => {
        expect(outcome(() => run(name, generic(container)))).toEqual(outcome(() => run(name, container)));
      }),
    );
  });

  it.each(['combine', 'intersection', 'difference', 'product', 'pair', 'contained', 'equality'])(
    'give the same %s',
    (name) => {
      fc.assert(
        fc.property(containers, containers, (a, b) => {
          const expected = outcome(() => run(name, generic(a), generic(b)));
          expect(outcome(() => run(name, a, b))).toEqual(expected);
          expect(outcome(() => run(name, a, generic(b)))).toEqual(expected);
          expect(outcome(() => run(name, generic(a), b))).toEqual(expected);
        }),
      );
    },
  );

  it.each(['insert', 'remove', 'contained'])('give the same %s', (name) => {
    fc.assert(
      fc.property(containers, fc.oneof(positions, cells, scalars, farPositions), (container, value) => {
        expect(outcome(() => run(name, value, generic(container)))).toEqual(
          outcome(() => run(name, value, container)),
        );
      }),
    );
  });

  it.each(['sfilter', 'mfilter', 'extract', 'order', 'argmax', 'argmin', 'valmax', 'valmin'])(
    'give the same %s',
    (name) => {
      fc.assert(
        fc.property(containers, functions, (container, f) => {
          expect(outcome(() => run(name, generic(container), fn(f)))).toEqual(
            outcome(() => run(name, container, fn(f))),
          );
        }),
      );
    },
  );

  it.each(['apply', 'mapply'])('give the same %s', (name) => {
    fc.assert(
      fc.property(containers, functions, (container, f) => {
        expect(outcome(() => run(name, fn(f), generic(container)))).toEqual(
          outcome(() => run(name, fn(f), container)),
        );
      }),
    );
  });

  it.each(['papply', 'mpapply', 'prapply'])('give the same %s', (name) => {
    const pairFunctions = fc.constantFrom('astuple', 'combine', 'add', 'difference');
    fc.assert(
      fc.property(containers, containers, pairFunctions, (a, b, f) => {
        expect(outcome(() => run(name, fn(f), generic(a), generic(b)))).toEqual(
          outcome(() => run(name, fn(f), a, b)),
        );
      }),
    );
  });
});

describe('laws', () => {
  it('mapply is merge of apply', () => {
    fc.assert(
      fc.property(containers, functions, (container, f) => {
        expect(outcome(() => run('mapply', fn(f), container))).toEqual(
          outcome(() => run('merge', run('apply', fn(f), container))),
        );
      }),
    );
  });

  it('mfilter is merge of sfilter', () => {
    fc.assert(
      fc.property(containers, functions, (container, f) => {
        expect(outcome(() => run('mfilter', container, fn(f)))).toEqual(
          outcome(() => run('merge', run('sfilter', container, fn(f)))),
        );
      }),
    );
  });

  it('every set is a part of its union, and the intersection and the difference make up the set', () => {
    fc.assert(
      fc.property(flatSets, flatSets, (a, b) => {
        const union = run('combine', a, b) as SetValue;
        for (const member of [...elementsOf(a), ...elementsOf(b)])
          expect(run('contained', member, union)).toBe(true);
        const common = run('intersection', a, b) as SetValue;
        const rest = run('difference', a, b) as SetValue;
        expect(common.size + rest.size).toBe(a.size);
        expect(union.size).toBe(a.size + b.size - common.size);
        expect(run('equality', run('combine', common, rest), a)).toBe(true);
      }),
    );
  });

  it('a merge of sets is the union of all', () => {
    fc.assert(
      fc.property(fc.array(fc.array(positions, { maxLength: 6 }), { maxLength: 9 }), (parts) => {
        const sets = parts.map(setOf);
        expect(run('equality', run('merge', setOf(sets)), setOf(parts.flat()))).toBe(true);
      }),
    );
  });

  it('order is stable and ascending', () => {
    fc.assert(
      fc.property(fc.array(positions, { maxLength: 20 }), (list) => {
        const sorted = elementsOf(run('order', tupleOf(list), fn('last')));
        const expected = list
          .map((at, k) => ({ at, k }))
          .sort((a, b) => a.at.j - b.at.j || a.k - b.k)
          .map(({ at }) => at);
        expect(outcome(() => tupleOf(sorted))).toEqual(outcome(() => tupleOf(expected)));
      }),
    );
  });
});

describe('flat layouts', () => {
  const row = (...colors: number[]) => tuple(...colors);

  it('are kept where they fit', () => {
    const indices = set(new Pair(0, 1), new Pair(2, 3));
    const object = set(new Cell(1, 0, 1), new Cell(2, 0, 0));
    const grid = new Grid(3, 3, Int8Array.of(1, 2, 3, 4, 5, 6, 1, 2, 3));
    for (const result of [
      run('combine', indices, set(new Pair(5, 5))),
      run('insert', new Pair(9, 9), indices),
      run('product', tuple(1, 2), tuple(1, 2)),
      run('merge', set(indices, set(new Pair(1, 1)))),
      run('sfilter', indices, fn('first')),
      run('remove', new Pair(0, 1), indices),
    ]) {
      expect(result).toBeInstanceOf(Indices);
    }
    for (const result of [run('combine', object, object), run('sfilter', object, fn('first'))]) {
      expect(result).toBeInstanceOf(Cells);
    }
    for (const result of [
      run('dedupe', grid),
      run('combine', grid, grid),
      run('order', grid, fn('first')),
      run('remove', row(4, 5, 6), grid),
      run('merge', tuple(grid, grid, grid)),
    ]) {
      expect(result).toBeInstanceOf(Grid);
    }
  });

  it('are left when a member is out of packing range, and taken again when it goes', () => {
    const near = set(new Pair(0, 1));
    const far = run('insert', new Pair(1024, 0), near);
    expect(far).toBeInstanceOf(Members);
    expect(run('size', far)).toBe(2);
    expect(run('remove', new Pair(1024, 0), far)).toBeInstanceOf(Indices);
    expect(outcome(() => run('product', tuple(1023, 1024), tuple(-1025)))).toEqual({
      si: [
        [1023, -1025],
        [1024, -1025],
      ],
    });
  });

  it('return the argument itself where nothing changes', () => {
    const indices = set(new Pair(0, 1), new Pair(2, 3));
    expect(run('combine', indices, set(new Pair(2, 3)))).toBe(indices);
    expect(run('difference', indices, set(new Pair(7, 7)))).toBe(indices);
    expect(run('insert', new Pair(0, 1), indices)).toBe(indices);
    expect(run('sfilter', indices, fn('identity'))).toBe(indices);
  });
});

describe('kinds and errors', () => {
  it('look at the second container of a difference only if the first has elements', () => {
    expect(outcome(() => run('difference', tuple(), 5))).toEqual({ t: [] });
    expect(outcome(() => run('difference', set(), 5))).toEqual({ s: [] });
    expect(outcome(() => run('difference', tuple(1), 5))).toBe('error: type');
  });

  it('look at the first container of a product only if the second has elements', () => {
    for (const args of [[], [fn('add')]]) {
      const name = args.length === 0 ? 'product' : 'prapply';
      expect(outcome(() => run(name, ...args, 5, tuple()))).toEqual({ s: [] });
      expect(outcome(() => run(name, ...args, 5, tuple(1)))).toBe('error: type');
      expect(outcome(() => run(name, ...args, tuple(), 5))).toBe('error: type');
    }
  });

  it('take None for a value like any other', () => {
    expect(run('first', tuple(null))).toBe(null);
    expect(run('last', set(null))).toBe(null);
    expect(run('mostcommon', tuple(null, null, 1))).toBe(null);
    expect(run('extract', tuple(null), run('matcher', fn('identity'), null))).toBe(null);
    expect(run('other', tuple(1, null), 1)).toBe(null);
  });

  it('raise what the applied function raises, at the first element in canonical order', () => {
    // first(()) is `stop`, first(5) is `type`: in a set integers come before tuples, whatever the order of insertion.
    const mixed = new Members([tuple(), 5]);
    for (const name of ['sfilter', 'argmax', 'order', 'extract']) {
      expect(outcome(() => run(name, mixed, fn('first')))).toBe('error: type');
    }
    expect(outcome(() => run('apply', fn('first'), mixed))).toBe('error: type');
    expect(outcome(() => run('apply', fn('first'), tuple(tuple(), 5)))).toBe('error: stop');
  });

  it('apply every function before they merge', () => {
    expect(outcome(() => run('mapply', fn('first'), tuple(tuple(1), tuple())))).toBe('error: stop');
    expect(outcome(() => run('mapply', fn('first'), tuple(tuple(1))))).toBe('error: type');
  });

  it('keep booleans and integers apart in tuples', () => {
    expect(outcome(() => run('merge', tuple(tuple(true), tuple(1))))).toEqual({ t: [true, 1] });
    expect(outcome(() => run('dedupe', tuple(1, true, 0)))).toEqual({ t: [1, 0] });
  });

  it('keep the kind of the first container', () => {
    fc.assert(
      fc.property(containers, containers, (a, b) => {
        for (const name of ['combine', 'difference']) expect(isSet(run(name, a, b))).toBe(isSet(a));
      }),
    );
  });
});

describe('the error of a set in which members have no length', () => {
  /** The text of the error that ends a call. */
  function errorOf(name: string, ...args: readonly Value[]): string {
    try {
      run(name, ...args);
    } catch (error) {
      if (error instanceof EvaluationError) return error.text;
    }
    throw new Error(`${name} raises no error`);
  }

  it.each([
    ['sizefilter', [1]],
    ['merge', []],
  ])('is that of the first in iteration order, whoever has sorted the set before: %s', (name, rest) => {
    for (const sorted of [false, true]) {
      const functions = set(fn('vmirror'), fn('identity'), fn('rot90'));
      if (sorted) run('totuple', functions);
      expect(errorOf(name, functions, ...rest)).toBe('type: the function identity has no length');
    }
  });
});
