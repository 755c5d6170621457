/** Primitives of the dialect depend on values, not on their layouts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetCallDepth } from '../../../src/dsl/calls/call.js';
import { tokpidjin } from '../../../src/dsl/dialects.js';
import { EvaluationError } from '../../../src/dsl/errors.js';
import { resetMeter } from '../../../src/dsl/meter.js';
import type { Kind, Primitive } from '../../../src/dsl/primitive.js';
import { pairOf, setOf, tupleOf } from '../../../src/dsl/value/construct.js';
import { equals } from '../../../src/dsl/value/equality.js';
import { elementsOf } from '../../../src/dsl/value/order.js';
import {
  Cells,
  Indices,
  Items,
  isTuple,
  Members,
  Triple,
  Triples,
  type Value,
} from '../../../src/dsl/value/value.js';
import { applied, CELL_LIMIT, COST_LIMIT } from '../evaluate.js';
import { grids, indices, pairs } from '../primitives/patch-arbitraries.js';

const coordinate = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: -2, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1025, -1024, 1023, 1024) },
);
const color = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(-129, -128, 127, 128) },
);
const triple = fc.tuple(coordinate, coordinate, color).map(([i, j, v]): Value => new Triple(i, j, v));
const triples = fc.array(triple, { maxLength: 12 }).map((cells): Value => setOf(cells));
const patches: fc.Arbitrary<Value> = fc.oneof(
  indices,
  triples,
  fc.array(triple, { maxLength: 5 }).map(tupleOf),
);
const members: fc.Arbitrary<Value> = fc.oneof(triples, indices, grids(), pairs, triple, fc.nat(4));
const containers = fc
  .tuple(fc.constantFrom(setOf, tupleOf), fc.oneof(fc.array(fc.nat(4)), fc.array(triples), fc.array(members)))
  .map(([made, list]): Value => made(list.slice(0, 6)));
const functions = fc.constantFrom(
  ...['size', 'height_f', 'color', 'identity', 'ulcorner', 'flip', 'toindices', 'palette_f', 'add'].map(
    (name) => tokpidjin.primitiveNamed(name)?.value as Value,
  ),
);
const samples = fc
  .array(fc.tuple(grids(3, 3), grids(3, 3)), { maxLength: 3 })
  .map((list): Value => tupleOf(list.map(([input, output]) => pairOf(input, output))));

function argumentOf(kind: Kind): fc.Arbitrary<Value> {
  switch (kind) {
    case 'grid':
      return grids();
    case 'triples':
      return triples;
    case 'triples-patch':
      return patches;
    case 'indices':
      return indices;
    case 'pair':
      return fc.oneof(pairs, fc.constant(tupleOf([])));
    case 'integer':
      return fc.integer({ min: -3, max: 8 });
    case 'number':
      return fc.oneof(coordinate, pairs);
    case 'boolean':
      return fc.boolean();
    case 'function':
      return functions;
    case 'tuple':
      return fc.oneof(grids(), samples, fc.array(members, { maxLength: 5 }).map(tupleOf));
    case 'set':
      return fc.oneof(triples, indices, fc.array(members, { maxLength: 5 }).map(setOf));
    case 'container':
      return fc.oneof(containers, triples, indices, grids());
    case 'any':
      return fc.oneof(color, members, fc.constantFrom(true, null));
    default:
      throw new Error(`no arguments of kind ${kind}`);
  }
}

/** An equal value in the most general layout, which has no fast path. */
function inGeneralLayout(value: Value): Value {
  if (
    value instanceof Indices ||
    value instanceof Cells ||
    value instanceof Triples ||
    value instanceof Members
  )
    return new Members(elementsOf(value).map(inGeneralLayout));
  if (!isTuple(value)) return value;
  const items = new Items(elementsOf(value).map(inGeneralLayout));
  // Marked as one that does not flatten into a Grid.
  items.grid = null;
  return items;
}

function resultOf(primitive: Primitive, args: readonly Value[]): Value | EvaluationError {
  resetMeter(COST_LIMIT, CELL_LIMIT);
  resetCallDepth();
  try {
    return applied(primitive.value, ...args);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

/** The dialect's guard catches all errors except `budget`, which depends on the layout. */
function isResult(result: Value | EvaluationError): result is Value {
  if (result instanceof EvaluationError) expect(result.errorClass).toBe('budget');
  return !(result instanceof EvaluationError);
}

describe.each(tokpidjin.primitives.map((primitive) => [primitive.name, primitive] as const))(
  '%s',
  (_name, primitive) => {
    const argumentLists = fc.tuple(...primitive.parameters.map(({ kind }) => argumentOf(kind)));

    it('comes to the same for equal arguments of any layout', () => {
      fc.assert(
        fc.property(argumentLists, fc.nat(15), (args, chosen) => {
          const others = args.map((value, k) => ((chosen >> k) & 1 ? inGeneralLayout(value) : value));
          const [flat, general] = [resultOf(primitive, args), resultOf(primitive, others)];
          if (!isResult(flat) || !isResult(general)) return;
          expect(equals(flat, general)).toBe(true);
        }),
        { numRuns: 100 },
      );
    });

    it('leaves its arguments as they were', () => {
      fc.assert(
        fc.property(argumentLists, (args) => {
          const before = args.map(inGeneralLayout);
          resultOf(primitive, args);
          expect(args.every((argument, k) => equals(argument, before[k]))).toBe(true);
        }),
        { numRuns: 30 },
      );
    });
  },
);
