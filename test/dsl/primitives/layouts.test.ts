/**
 * Colour and grid primitives do not depend on the layout of values: fast paths and generic paths give the same
 * results.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetCallDepth } from '../../../src/dsl/calls/call.js';
import { type ErrorClass, EvaluationError } from '../../../src/dsl/errors.js';
import { resetMeter } from '../../../src/dsl/meter.js';
import type { Kind, Primitive } from '../../../src/dsl/primitive.js';
import { colors } from '../../../src/dsl/primitives/colors.js';
import { grids } from '../../../src/dsl/primitives/grids/grids.js';
import { setOf, tupleOf } from '../../../src/dsl/value/construct.js';
import { equals } from '../../../src/dsl/value/equality.js';
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
  type Value,
} from '../../../src/dsl/value/value.js';
import { applied, CELL_LIMIT, COST_LIMIT } from '../evaluate.js';

const smallNumbers = fc.integer({ min: -3, max: 6 });
const positions = fc.tuple(smallNumbers, smallNumbers).map(([i, j]) => new Pair(i, j));
const edgePositions = fc
  .tuple(fc.constantFrom(-1024, -1023, 0, 1022, 1023), fc.constantFrom(-1024, 0, 1, 1023))
  .map(([i, j]) => new Pair(i, j));
const places = fc.oneof({ weight: 9, arbitrary: positions }, { weight: 1, arbitrary: edgePositions });
const shades = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom(-128, 127));
const flatGrids = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([height, width]) =>
    fc
      .array(shades, { minLength: height * width, maxLength: height * width })
      .map((entries): Value => new Grid(height, width, Int8Array.from(entries))),
  );
const indices = fc.array(places, { maxLength: 10 }).map((members): Value => setOf(members));
const objects = fc
  .array(
    fc.tuple(shades, places).map(([color, at]) => new Cell(color, at.i, at.j)),
    { maxLength: 10 },
  )
  .map((members): Value => setOf(members));
const numbers = fc.oneof(smallNumbers, fc.boolean());
const values = fc.oneof(shades, fc.boolean(), fc.constantFrom(128, -129, 2 ** 32, null));
const pairs = fc.oneof(positions, fc.constantFrom(new Pair(2000, 1), new Pair(1, -2047)));

/** Arguments that fit a parameter of this kind, in the layout with fast paths. */
function flatArgument(kind: Kind): fc.Arbitrary<Value> {
  switch (kind) {
    case 'grid':
      return flatGrids;
    case 'object':
      return objects;
    case 'patch':
      return fc.oneof(indices, objects);
    case 'element':
      return fc.oneof(flatGrids, objects);
    case 'container':
      return fc.array(objects, { maxLength: 5 }).map(setOf);
    case 'integer':
      return numbers;
    case 'pair':
      return pairs;
    case 'any':
      return values;
    default:
      throw new Error(`no arguments of kind ${kind}`);
  }
}

/** The same value in the most general layout. */
function generic(value: Value): Value {
  if (value instanceof Grid) {
    const rows = new Items(elementsOf(value).map((row) => new Items(elementsOf(row))));
    // Marked as not flat, so that no primitive flattens it.
    rows.grid = null;
    return rows;
  }
  if (value instanceof Indices || value instanceof Cells) return new Members(elementsOf(value));
  if (isSet(value)) return new Members(elementsOf(value).map(generic));
  return value instanceof Pair ? new Items([value.i, value.j]) : value;
}

function outcomeOf(primitive: Primitive, args: readonly Value[]): Value | { readonly error: ErrorClass } {
  resetMeter(COST_LIMIT, CELL_LIMIT);
  resetCallDepth();
  try {
    return applied(primitive.value, ...args);
  } catch (error) {
    if (error instanceof EvaluationError) return { error: error.errorClass };
    throw error;
  }
}

function isError(outcome: unknown): outcome is { readonly error: ErrorClass } {
  return typeof outcome === 'object' && outcome !== null && 'error' in outcome;
}

describe.each([...colors, ...grids])('$name', (primitive) => {
  const flatArguments = fc.tuple(...primitive.parameters.map(({ kind }) => flatArgument(kind)));

  it('gives equal results, or errors of one class, for every layout of its arguments', () => {
    fc.assert(
      fc.property(flatArguments, fc.nat(15), (args, chosen) => {
        const mixed = args.map((argument, k) => ((chosen >> k) & 1 ? generic(argument) : argument));
        const flatOutcome = outcomeOf(primitive, args);
        const mixedOutcome = outcomeOf(primitive, mixed);
        if (isError(flatOutcome) || isError(mixedOutcome)) expect(mixedOutcome).toEqual(flatOutcome);
        else expect(equals(mixedOutcome, flatOutcome)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('leaves its arguments as they were', () => {
    fc.assert(
      fc.property(flatArguments, (args) => {
        const before = args.map((argument) => generic(argument));
        outcomeOf(primitive, args);
        expect(args.every((argument, k) => equals(argument, before[k]))).toBe(true);
      }),
    );
  });
});

describe('a tuple of cells or positions in place of a patch', () => {
  const cells = fc.array(
    fc.tuple(shades, positions).map(([color, at]): Value => new Cell(color, at.i, at.j)),
    { maxLength: 8 },
  );

  it.each(['fill', 'underfill'])('is written by %s as the set is', (name) => {
    const primitive = [...grids].find((candidate) => candidate.name === name) as Primitive;
    fc.assert(
      fc.property(flatGrids, shades, cells, (grid, color, members) => {
        const written = outcomeOf(primitive, [grid, color, tupleOf(members)]);
        expect(equals(written as Value, outcomeOf(primitive, [grid, color, setOf(members)]) as Value)).toBe(
          true,
        );
      }),
    );
  });
});
