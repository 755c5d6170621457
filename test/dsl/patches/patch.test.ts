/** Positions, bounds and shifting of patches. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { resetMeter } from '../../../src/dsl/meter.js';
import { boundsOf, extremeOf, locationsOf, shiftAlong, shiftPatch } from '../../../src/dsl/patches/patch.js';
import { setOf, tupleOf } from '../../../src/dsl/value/construct.js';
import { equals } from '../../../src/dsl/value/equality.js';
import { elementsOf, isGreater } from '../../../src/dsl/value/order.js';
import {
  Cell,
  Cells,
  Indices,
  Members,
  Pair,
  type SetValue,
  type Value,
} from '../../../src/dsl/value/value.js';
import { CELL_LIMIT, COST_LIMIT, outcome, set, tuple } from '../evaluate.js';

const coordinates = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom(-1024, -1000, 1000, 1023));
const positions = fc.tuple(coordinates, coordinates).map(([i, j]) => new Pair(i, j));
const cells = fc
  .tuple(fc.integer({ min: -128, max: 127 }), positions)
  .map(([color, at]) => new Cell(color, at.i, at.j));
const patches: fc.Arbitrary<SetValue> = fc
  .oneof(fc.array(positions, { minLength: 1, maxLength: 8 }), fc.array(cells, { minLength: 1, maxLength: 8 }))
  .map(setOf);
const steps = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.constantFrom(-5000, -2048, -2047, 2047, 2048, 2 ** 40),
);

function generic(patch: SetValue): SetValue {
  return new Members(elementsOf(patch));
}

beforeEach(() => resetMeter(COST_LIMIT, CELL_LIMIT));

describe('locationsOf', () => {
  it('is the same for every layout', () => {
    fc.assert(
      fc.property(patches, (patch) => {
        expect(equals(locationsOf(generic(patch)), locationsOf(patch))).toBe(true);
      }),
    );
  });

  it('is the patch itself where it holds positions, by the look of its first element', () => {
    const indices = set(new Pair(1, 2));
    const list = tuple(new Pair(1, 2), 7, 8);
    expect(locationsOf(indices)).toBe(indices);
    expect(locationsOf(list)).toBe(list);
    expect(outcome(() => locationsOf(tuple(new Cell(1, 1, 2), 7, 8)))).toBe('error: type');
    expect(outcome(() => locationsOf(tuple(7)))).toBe('error: type');
    expect(outcome(() => locationsOf(tuple(tuple(7))))).toBe('error: index');
    expect(outcome(() => locationsOf(7))).toBe('error: type');
  });

  it('has each position once', () => {
    const object = set(new Cell(1, 0, 0), new Cell(2, 0, 0));
    expect(locationsOf(object)).toEqual(set(new Pair(0, 0)));
  });
});

describe('boundsOf', () => {
  it('encloses all positions, tightly, for every layout', () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const places = elementsOf(locationsOf(patch)) as Pair[];
        const rows = places.map(({ i }) => i);
        const columns = places.map(({ j }) => j);
        const bounds = {
          top: Math.min(...rows),
          bottom: Math.max(...rows),
          left: Math.min(...columns),
          right: Math.max(...columns),
        };
        expect(boundsOf(patch)).toEqual(bounds);
        expect(boundsOf(generic(patch))).toEqual(bounds);
      }),
    );
  });

  it('is null without positions, an error where positions are none', () => {
    expect(boundsOf(set())).toBe(null);
    expect(boundsOf(tuple())).toBe(null);
    expect(boundsOf(tuple(tuple(true, 4)))).toBe(null);
    const rightmost = (patch: Value) => outcome(() => extremeOf(patch, 1, isGreater));
    expect(rightmost(tuple(tuple(true, 4)))).toBe(outcome(() => 4));
    expect(rightmost(set(tuple(1, 2, 3)))).toBe('error: value');
    expect(rightmost(set(tuple(1, null), tuple(1, 2)))).toBe('error: type');
  });
});

describe('shiftPatch', () => {
  it('is the same for every layout, and the other way round brings the patch back', () => {
    fc.assert(
      fc.property(patches, steps, steps, (patch, di, dj) => {
        const shifted = shiftPatch(patch, di, dj);
        expect(equals(shiftPatch(generic(patch), di, dj), shifted)).toBe(true);
        expect(equals(shiftPatch(shifted, -di, -dj), patch)).toBe(true);
      }),
    );
  });

  it('stays flat within packing range and leaves it beyond', () => {
    expect(shiftPatch(set(new Pair(1000, 0)), 23, -1024)).toBeInstanceOf(Indices);
    expect(shiftPatch(set(new Pair(1000, 0)), 24, 0)).toBeInstanceOf(Members);
    expect(shiftPatch(set(new Pair(1000, 0)), 0, -1025)).toBeInstanceOf(Members);
    expect(shiftPatch(set(new Cell(3, -1000, 0)), -24, 1023)).toBeInstanceOf(Cells);
    expect(shiftPatch(set(new Cell(3, -1000, 0)), -25, 0)).toBeInstanceOf(Members);
  });

  it('makes a set of a tuple', () => {
    expect(shiftPatch(tupleOf([new Pair(0, 1), new Pair(0, 1)]), 1, 1)).toEqual(set(new Pair(1, 2)));
  });

  it('is over budget beyond the exact integers', () => {
    expect(outcome(() => shiftPatch(set(new Pair(1, 0)), Number.MAX_SAFE_INTEGER, 0))).toBe('error: budget');
  });
});

describe('shiftAlong', () => {
  it('unpacks the vector only for patches that have elements', () => {
    const empty = tuple();
    expect(shiftAlong(empty, null)).toBe(empty);
    expect(outcome(() => shiftAlong(set(new Pair(0, 0)), null))).toBe('error: type');
    expect(outcome(() => shiftAlong(set(new Pair(0, 0)), tuple(1)))).toBe('error: value');
    expect(outcome(() => shiftAlong(set(new Pair(0, 0)), tuple(1, null)))).toBe('error: type');
    expect(shiftAlong(set(new Pair(0, 0)), tuple(true, 0))).toEqual(set(new Pair(1, 0)));
  });
});
