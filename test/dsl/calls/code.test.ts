/** Functions that are made ready for many calls do, raise and charge what they do call by call, with pairs and without. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_DEPTH_LIMIT, resetCallDepth } from '../../../src/dsl/calls/call.js';
import { call1 } from '../../../src/dsl/calls/code.js';
import { encodeValue } from '../../../src/dsl/conformance.js';
import { EvaluationError, fail } from '../../../src/dsl/errors.js';
import { allocatedCells, resetMeter, spend, spentCost } from '../../../src/dsl/meter.js';
import { primitiveNamed } from '../../../src/dsl/table.js';
import { equalsDirectly } from '../../../src/dsl/value/equality.js';
import { describe as inWords } from '../../../src/dsl/value/order.js';
import { isFunction, Members, type Value, weightOf } from '../../../src/dsl/value/value.js';
import { CELL_LIMIT, COST_LIMIT, fn, set, tuple } from '../evaluate.js';

/** The definition: one call after the other, each looked at when it is made. */
function called(f: Value, args: readonly Value[], depth: number): Value {
  if (!isFunction(f)) return fail('type', `cannot call ${inWords(f)}`);
  if (f.arity !== args.length) {
    const wanted = `${f.arity} argument${f.arity === 1 ? '' : 's'}`;
    return fail('type', `${inWords(f)} takes ${wanted}, got ${args.length}`);
  }
  if (depth > CALL_DEPTH_LIMIT) fail('budget', `calls are nested more than ${CALL_DEPTH_LIMIT} levels deep`);
  spend(10);
  const [a = null, b = null, c = null, d = null] = args;
  if (!f.combined) {
    spend(1 + f.primitive.charge(a, b, c, d));
    return f.primitive.run(a, b, c, d);
  }
  const { fixed } = f;
  const inner = (g: Value, ...given: readonly Value[]) => called(g, given, depth + 1);
  switch (f.primitive.name) {
    case 'compose':
      return inner(fixed[0], inner(fixed[1], a));
    case 'chain':
      return inner(fixed[0], inner(fixed[1], inner(fixed[2], a)));
    case 'matcher': {
      const result = inner(fixed[0], a);
      spend(Math.min(weightOf(result), weightOf(fixed[1])));
      return equalsDirectly(result, fixed[1]);
    }
    case 'fork': {
      const left = inner(fixed[1], a);
      return inner(fixed[0], left, inner(fixed[2], a));
    }
    case 'power': {
      let result = a;
      for (let left = fixed[1] as number; left > 0; left--) result = inner(fixed[0], result);
      return result;
    }
    case 'rbind':
      return inner(
        fixed[0],
        ...[...args, ...new Array<Value>(missing(fixed[0]) - args.length).fill(null), fixed[1]],
      );
    case 'lbind':
      return inner(
        fixed[0],
        ...[fixed[1], ...args, ...new Array<Value>(missing(fixed[0]) - args.length).fill(null)],
      );
    default:
      throw new Error(`${f.primitive.name} is no combinator`);
  }
}

/** How many arguments are open when one of a function is fixed. */
function missing(f: Value): number {
  const arity = isFunction(f) ? f.arity : 0;
  return arity === 2 ? 1 : arity === 3 ? 2 : 3;
}

/** What a computation comes to, with what it was charged. */
function account(cost: number, cells: number, compute: () => Value): unknown {
  resetMeter(cost, cells);
  resetCallDepth();
  try {
    return { value: encodeValue(compute()), cost: spentCost(), cells: allocatedCells() };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    // What is over budget counts as the budget, whatever was spent.
    return error.errorClass === 'budget' ? error.text : { error: error.text, cost: spentCost() };
  } finally {
    resetMeter(COST_LIMIT, CELL_LIMIT);
  }
}

const one = [
  'first',
  'last',
  'identity',
  'size',
  'increment',
  'toivec',
  'neighbors',
  'initset',
  'normalize',
  'flip',
];
const two = [
  'add',
  'equality',
  'combine',
  'astuple',
  'greater',
  'contained',
  'apply',
  'sfilter',
  'connect',
  'product',
];
const three = ['branch', 'interval', 'replace', 'papply'];

const scalar = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.boolean(), fc.constant(null));
const pair = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .map(([i, j]) => tuple(i, j));
const piece = fc.oneof(
  scalar,
  pair,
  fc.array(pair, { maxLength: 4 }).map((pairs) => set(...pairs)),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  piece,
  fc.array(piece, { maxLength: 4 }).map((items) => tuple(...items)),
  fc.array(piece, { maxLength: 4 }).map((items) => set(...items)),
);

const named = (names: readonly string[]) => fc.constantFrom(...names).map(fn);

/** Builds what a combinator makes, or gives null where it raises. */
function made(combinator: string, ...fixed: readonly Value[]): Value {
  resetMeter(COST_LIMIT, CELL_LIMIT);
  const [a = null, b = null, c = null] = fixed;
  try {
    return primitiveNamed(combinator)?.run(a, b, c, null) ?? null;
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

const { anyFunction } = fc.letrec<{ anyFunction: Value; part: Value }>((tie) => ({
  part: fc.oneof({ weight: 12, arbitrary: tie('anyFunction') }, value),
  anyFunction: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    named(one),
    named(two),
    named(three),
    fc.tuple(tie('part'), tie('part')).map(([f, g]) => made('compose', f, g)),
    fc.tuple(tie('part'), tie('part')).map(([f, g]) => made('compose', f, g)),
    fc.tuple(tie('part'), tie('part'), tie('part')).map(([f, g, h]) => made('chain', f, g, h)),
    fc
      .tuple(fc.oneof(named(two), tie('part')), tie('part'), tie('part'))
      .map(([f, g, h]) => made('fork', f, g, h)),
    fc.tuple(tie('part'), value).map(([f, target]) => made('matcher', f, target)),
    fc.tuple(tie('part'), fc.integer({ min: 1, max: 3 })).map(([f, times]) => made('power', f, times)),
    fc
      .tuple(fc.oneof(named(two), named(three), tie('part')), value)
      .map(([f, last]) => made('rbind', f, last)),
    fc
      .tuple(fc.oneof(named(two), named(three), tie('part')), value)
      .map(([f, first]) => made('lbind', f, first)),
  ),
}));

const limit = fc.oneof(fc.constant(100_000), fc.integer({ min: 0, max: 400 }));

describe('a function that is made ready', () => {
  it('is what it is call by call', () => {
    fc.assert(
      fc.property(anyFunction, value, limit, limit, (f, x, cost, cells) => {
        const wanted = account(cost, cells, () => called(f, [x], 1));
        expect(account(cost, cells, () => call1(f, x))).toEqual(wanted);
        // Once more, now that it is.
        expect(account(cost, cells, () => call1(f, x))).toEqual(wanted);
      }),
      { numRuns: 3000 },
    );
  });

  it('nests as deep as it may, and no deeper', () => {
    for (let levels = 100; levels < 140; levels++) {
      let f = fn('increment');
      for (let k = 0; k < levels; k++) f = made('compose', made('lbind', fn('apply'), f), fn('initset'));
      expect(account(COST_LIMIT, CELL_LIMIT, () => call1(f, 1))).toEqual(
        account(COST_LIMIT, CELL_LIMIT, () => called(f, [1], 1)),
      );
    }
  });
});

/** The same set, its pairs made. */
function withPairs(product: Value): Value {
  return product instanceof Members ? new Members([...product.members]) : product;
}

const objects = fc.uniqueArray(fc.array(pair, { minLength: 1, maxLength: 3 }), {
  maxLength: 5,
  selector: String,
});

/** Functions of what is in pairs, and any. */
const side = fc.constantFrom(...['first', 'last'].map(fn));
const onSide = fc.oneof(
  side,
  fc.tuple(fc.oneof(named(one), anyFunction), side).map(([f, g]) => made('compose', f, g)),
  fc.tuple(side, fc.integer({ min: 1, max: 2 })).map(([f, times]) => made('power', f, times)),
  fc.tuple(side, value).map(([f, target]) => made('matcher', f, target)),
  fc.tuple(named(one), named(one), side).map(([f, g, h]) => made('chain', f, g, h)),
);
const onSides = fc.oneof(
  fc.tuple(named(two), onSide, onSide).map(([f, g, h]) => made('fork', f, g, h)),
  fc
    .tuple(named(two), named(two), onSide, onSide, onSide)
    .map(([f, g, a, b, c]) => made('fork', f, a, made('fork', g, b, c))),
  onSide,
  anyFunction,
);

describe('a function of the pairs of a product', () => {
  it.each(['sfilter', 'apply', 'mapply', 'mfilter', 'extract', 'argmax'])('%s', (name) => {
    fc.assert(
      fc.property(onSides, objects, objects, limit, (f, a, b, cost) => {
        const product = () => {
          resetMeter(COST_LIMIT, CELL_LIMIT);
          const sets = [a, b].map((patches) => set(...patches.map((patch) => set(...patch))));
          return primitiveNamed('product')?.run(sets[0], sets[1], null, null) as Value;
        };
        const [lazy, eager] = [product(), withPairs(product())];
        const calling = (container: Value) => () => {
          const isFirst = name === 'apply' || name === 'mapply';
          const [x, y] = isFirst ? [f, container] : [container, f];
          return primitiveNamed(name)?.run(x, y, null, null) as Value;
        };
        expect(account(cost, CELL_LIMIT, calling(lazy))).toEqual(account(cost, CELL_LIMIT, calling(eager)));
      }),
      { numRuns: 500 },
    );
  });
});
