/** Random grids and patches in the layout with fast paths, and the same values in any other layout. */
import fc from 'fast-check';
import type { Kind } from '../../../src/dsl/primitive.js';
import { setOf } from '../../../src/dsl/value/construct.js';
import { elementsOf } from '../../../src/dsl/value/order.js';
import {
  Cell,
  Cells,
  Grid,
  Indices,
  Items,
  isTuple,
  MAX_COLOR,
  MAX_COORDINATE,
  Members,
  MIN_COLOR,
  MIN_COORDINATE,
  Pair,
  type Value,
} from '../../../src/dsl/value/value.js';

const near = fc.integer({ min: -2, max: 7 });
/** Coordinates near the limits of keys, on both sides of which different code runs. */
const far = fc.constantFrom(MIN_COORDINATE - 1, MIN_COORDINATE, MAX_COORDINATE, MAX_COORDINATE + 1);
const coordinate = fc.oneof({ weight: 30, arbitrary: near }, { weight: 1, arbitrary: far });
const color = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(MIN_COLOR - 1, MIN_COLOR, MAX_COLOR, MAX_COLOR + 1) },
);

export const pairs = fc.tuple(coordinate, coordinate).map(([i, j]) => new Pair(i, j));
export const nearPairs = fc.tuple(near, near).map(([i, j]) => new Pair(i, j));
const cells = fc.tuple(color, pairs).map(([value, position]) => new Cell(value, position.i, position.j));

/** Sets of positions. */
export const indices = fc.array(pairs, { maxLength: 14 }).map(setOf);
export const nearIndices = fc.array(nearPairs, { minLength: 1, maxLength: 14 }).map(setOf);

/** Sets of cells, some of which share a position. */
export const cellSets = fc.array(cells, { maxLength: 14 }).map(setOf);

export const patches: fc.Arbitrary<Value> = fc.oneof(indices, cellSets);

/** Grids of few colours, so that neighbours often agree. */
export function grids(maxHeight = 7, maxWidth = 7): fc.Arbitrary<Grid> {
  return fc
    .record({
      height: fc.integer({ min: 1, max: maxHeight }),
      width: fc.integer({ min: 1, max: maxWidth }),
      colors: fc.integer({ min: 1, max: 4 }),
    })
    .chain(({ height, width, colors }) =>
      fc
        .array(fc.integer({ min: 0, max: colors - 1 }), {
          minLength: height * width,
          maxLength: height * width,
        })
        .map((entries) => new Grid(height, width, Int8Array.from(entries))),
    );
}

/** Arguments for a parameter of this kind. */
export function argumentsOf(kind: Kind): fc.Arbitrary<Value> {
  switch (kind) {
    case 'patch':
      return patches;
    case 'piece':
      return fc.oneof(patches, grids());
    case 'object':
      return cellSets;
    case 'grid':
      return grids();
    case 'pair':
      return pairs;
    case 'boolean':
      return fc.boolean();
    case 'any':
      return fc.oneof(color, fc.constantFrom(true, null));
    default:
      throw new Error(`no arbitrary values of kind ${kind}`);
  }
}

/** An equal value in the most general layout, which has no fast path. */
export function inGeneralLayout(value: Value): Value {
  if (value instanceof Indices || value instanceof Cells) {
    return new Members(elementsOf(value).map(inGeneralLayout));
  }
  if (isTuple(value)) {
    const items = new Items(elementsOf(value).map(inGeneralLayout));
    // Marked as one that does not flatten into a Grid.
    items.grid = null;
    return items;
  }
  return value;
}
