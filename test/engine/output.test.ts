/** Outputs as bytes: equal exactly for equal outputs, in any layout. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetMeter } from '../../src/dsl/meter.js';
import { setOf, tupleOf } from '../../src/dsl/value/construct.js';
import { equals } from '../../src/dsl/value/equality.js';
import { Grid, type Value } from '../../src/dsl/value/value.js';
import { isValid, SKIPPED } from '../../src/engine/outcome.js';
import {
  describeNoGrid,
  digestOutput,
  encodeOutput,
  gridOfOutput,
  rowsOfOutput,
} from '../../src/engine/output.js';

type Entry = number | boolean;

/** The value with these rows, entry by entry, in the generic layout. */
function tupleOfRows(rows: readonly (readonly Value[])[]): Value {
  resetMeter(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return tupleOf(rows.map((row) => tupleOf([...row])));
}

function encoded(value: Value) {
  const output = encodeOutput(value);
  if (output === null) throw new Error('no output');
  return output;
}

const digestOf = (value: Value) => digestOutput(encoded(value).bytes);
const repeated = (height: number, width: number, entry: Entry) =>
  Array.from({ length: height }, () => new Array<Entry>(width).fill(entry));

const entry = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }) },
  fc.integer({ min: -130, max: 130 }),
  fc.maxSafeInteger(),
  fc.boolean(),
);
const side = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 29, max: 32 }));
const rectangle = fc.tuple(side, side).chain(([height, width]) =>
  fc.array(fc.array(entry, { minLength: width, maxLength: width }), {
    minLength: height,
    maxLength: height,
  }),
);
const digits = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
  .chain(([height, width]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  );
const ragged = fc
  .array(fc.array(entry, { maxLength: 4 }), { maxLength: 4 })
  .filter((rows) => (rows[0]?.length ?? 0) === 0 || rows.some((row) => row.length !== rows[0].length));

describe('the rows of an output', () => {
  it('are those of the grid, booleans as 0 and 1', () => {
    fc.assert(
      fc.property(fc.oneof(rectangle, digits), (rows) => {
        const { bytes } = encoded(tupleOfRows(rows));
        expect(rowsOfOutput(bytes)).toEqual(rows.map((row) => row.map(Number)));
      }),
      { numRuns: 300 },
    );
  });

  it('are those of a flat grid', () => {
    const grid = new Grid(2, 3, Int8Array.of(0, 9, 5, -128, 127, 10));
    expect(rowsOfOutput(encoded(grid).bytes)).toEqual([
      [0, 9, 5],
      [-128, 127, 10],
    ]);
  });

  it.each([
    ['a large integer', [[Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]]],
    ['a colour beyond 9', [[1, 10]]],
  ])('are kept for %s, which is no grid of a task', (_what, rows) => {
    const { bytes, side } = encoded(tupleOfRows(rows));
    expect(rowsOfOutput(bytes)).toEqual(rows);
    expect(side).toBe(0);
  });

  it.each([
    ['65,536', 'a grid', repeated(256, 256, 1), repeated(257, 256, 1)],
    ['10,000', 'a grid of large integers', repeated(100, 100, 1000), repeated(101, 100, 1000)],
  ])('are kept for %s entries of %s, and not for more', (_count, _what, kept, omitted) => {
    expect(rowsOfOutput(encoded(tupleOfRows(kept)).bytes)).toEqual(kept);
    const { bytes, side } = encoded(tupleOfRows(omitted));
    expect(rowsOfOutput(bytes)).toBeNull();
    expect(side).toBe(0);
    expect(bytes.length).toBeLessThan(100);
  });
});

describe('validity', () => {
  it('is 0 to 9 in rows and columns up to what the task has', () => {
    fc.assert(
      fc.property(fc.oneof(rectangle, digits), fc.integer({ min: 1, max: 40 }), (rows, largest) => {
        const valid =
          rows.length <= largest &&
          rows[0].length <= largest &&
          rows.every((row) => row.every((e) => Number(e) >= 0 && Number(e) <= 9));
        const { side } = encoded(tupleOfRows(rows));
        expect(isValid({ ...SKIPPED, status: 'ok', side }, largest)).toBe(valid);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a digest', () => {
  it('is equal exactly for equal outputs', () => {
    // Few values, so that equal grids are frequent.
    const few = fc
      .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }))
      .chain(([height, width]) => {
        const row = fc.array(fc.constantFrom<Entry>(0, 1, false, true, 200), {
          minLength: width,
          maxLength: width,
        });
        return fc.array(row, { minLength: height, maxLength: height });
      });
    fc.assert(
      fc.property(few, few, (a, b) => {
        const [left, right] = [tupleOfRows(a), tupleOfRows(b)];
        expect(digestOf(left) === digestOf(right)).toBe(equals(left, right));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a valid grid', repeated(3, 3, 1), repeated(3, 3, true)],
    ['a grid with a 10 in it', [[1, 10]], [[true, 10]]],
    ['a grid that is too high', repeated(31, 2, 0), repeated(31, 2, false)],
    ['a grid that is too large to keep', repeated(257, 256, 1), repeated(257, 256, true)],
    ['a grid with a large integer in it', [[1, 1000]], [[true, 1000]]],
  ])('does not tell booleans from integers in %s', (_what, integers, booleans) => {
    expect(digestOf(tupleOfRows(booleans))).toBe(digestOf(tupleOfRows(integers)));
  });

  it('does not depend on the layout', () => {
    fc.assert(
      fc.property(digits, (rows) => {
        const flat = new Grid(rows.length, rows[0].length, Int8Array.from(rows.flat()));
        expect(digestOf(flat)).toBe(digestOf(tupleOfRows(rows)));
      }),
    );
  });

  it('tells grids of the same cells and another shape apart', () => {
    const cells = new Int8Array(20_000);
    const shapes = [
      [200, 100],
      [100, 200],
      [2, 3],
      [3, 2],
    ].map(([height, width]) => digestOf(new Grid(height, width, cells.slice(0, height * width))));
    expect(new Set(shapes).size).toBe(4);
  });

  it('is 16 characters of one byte each', () => {
    expect(digestOf(tupleOfRows([[1]]))).toMatch(/^[\0-\xff]{16}$/s);
  });
});

describe('what is no grid has no output:', () => {
  it.each<[string, Value]>([
    ['None', null],
    ['an integer', 5],
    ['a boolean', true],
    ['a pair of integers', tupleOf([1, 2])],
    ['a cell', tupleOf([1, tupleOf([2, 3])])],
    ['a set of rows', setOf([tupleOf([1, 2, 3])])],
    ['a tuple with a row that is none', tupleOf([tupleOf([1, 2, 3]), 4])],
    ['a tuple with a row that is a set', tupleOf([setOf([1])])],
    ['rows with None in them', tupleOf([tupleOf([1, null])])],
    ['rows of pairs', tupleOf([tupleOf([tupleOf([1, 2])])])],
    ['a tuple of grids', tupleOf([new Grid(2, 2, Int8Array.of(1, 2, 3, 4))])],
    ['the empty tuple', tupleOf([])],
    ['one empty row', tupleOfRows([[]])],
    ['empty rows', tupleOfRows([[], [], []])],
    ['rows of different lengths', tupleOfRows([[1, 2], [3], []])],
    ['a row too short after 10,000 entries', tupleOfRows([...repeated(100, 100, 1), [1]])],
  ])('%s', (_what, value) => {
    expect(encodeOutput(value)).toBeNull();
  });

  it('ragged rows of any entries', () => {
    fc.assert(fc.property(ragged, (rows) => encodeOutput(tupleOfRows(rows)) === null));
  });

  it.each<[string, Value]>([
    ['an empty tuple', tupleOf([])],
    ['a tuple of empty rows', tupleOfRows([[], []])],
    ['rows of different lengths', tupleOfRows([[1, 2], [3]])],
    ['a tuple of 2', tupleOf([tupleOf([1, 2, 3]), 4])],
    ['a set of 1', setOf([tupleOf([1, 2, 3])])],
  ])('it is said to be %s instead', (words, value) => {
    expect(describeNoGrid(value)).toBe(words);
  });
});

describe('an output as a grid', () => {
  it('is the grid, where it is kept and all its entries fit', () => {
    fc.assert(
      fc.property(digits, (rows) => {
        const value = tupleOfRows(rows);
        const grid = gridOfOutput(encoded(value).bytes);
        expect(grid !== null && equals(grid, value)).toBe(true);
      }),
    );
  });

  it.each([
    ['with large entries', [[1000]]],
    ['too large to keep', repeated(257, 256, 1)],
  ])('is none when it is %s', (_what, rows) => {
    expect(gridOfOutput(encoded(tupleOfRows(rows)).bytes)).toBeNull();
  });
});
