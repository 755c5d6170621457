/** Mirrors of grids and patches. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equals } from '../../../../src/dsl/value/equality.js';
import { Cell, Pair, type Value } from '../../../../src/dsl/value/value.js';
import { outcome, run, set, tuple } from '../../evaluate.js';
import { argumentsOf, cellSets, grids, patches } from '../patch-arbitraries.js';

const MIRRORS = ['hmirror', 'vmirror', 'dmirror', 'cmirror'];

function expectEqual(actual: Value, expected: Value): void {
  expect(outcome(() => actual)).toEqual(outcome(() => expected));
}

describe.each(MIRRORS)('%s', (mirror) => {
  it('undoes itself', () => {
    fc.assert(
      fc.property(argumentsOf('piece'), (piece) => {
        if (run('size', piece) === 0) return;
        expect(equals(run(mirror, run(mirror, piece)), piece)).toBe(true);
      }),
    );
  });

  it('does to all cells of a grid what it does to the grid', () => {
    fc.assert(
      fc.property(grids(), (grid) => {
        expectEqual(run(mirror, run('asobject', grid)), run('asobject', run(mirror, grid)));
      }),
    );
  });

  it('goes with a shift, into the packing range and out of it', () => {
    const vectors = fc.constantFrom(
      new Pair(1020, 0),
      new Pair(0, 1018),
      new Pair(-1023, 5000),
      new Pair(3, -4),
    );
    fc.assert(
      fc.property(patches, vectors, (patch, vector) => {
        if (run('size', patch) === 0) return;
        expect(
          equals(run(mirror, run('shift', patch, vector)), run('shift', run(mirror, patch), vector)),
        ).toBe(true);
      }),
    );
  });

  it('mirrors the positions of an object like the object', () => {
    fc.assert(
      fc.property(cellSets, (object) => {
        if (run('size', object) === 0) return;
        const positions = run('toindices', object);
        expect(equals(run('toindices', run(mirror, object)), run(mirror, positions))).toBe(true);
      }),
    );
  });
});

describe('mirrors of tuples', () => {
  it('reverse pairs and cells like any tuple', () => {
    expectEqual(run('hmirror', new Pair(1, 2)), new Pair(2, 1));
    expectEqual(run('hmirror', new Cell(3, 1, 2)), tuple(new Pair(1, 2), 3));
    expect(outcome(() => run('vmirror', new Pair(1, 2)))).toBe('error: type');
  });

  it('take sets for rows only where rows are walked', () => {
    const rows = tuple(set(2, 1), tuple(3, 4, 5));
    expectEqual(run('hmirror', rows), tuple(tuple(3, 4, 5), set(1, 2)));
    expectEqual(run('dmirror', rows), tuple(tuple(1, 3), tuple(2, 4)));
    expect(outcome(() => run('vmirror', rows))).toBe('error: type');
    expect(outcome(() => run('cmirror', rows))).toBe('error: type');
  });

  it('stop at the shortest row, from the side that comes first', () => {
    const ragged = tuple(tuple(1, 2, 3), tuple(4));
    expectEqual(run('dmirror', ragged), tuple(tuple(1, 4)));
    expectEqual(run('cmirror', ragged), tuple(tuple(4, 3)));
    expectEqual(run('vmirror', ragged), tuple(tuple(3, 2, 1), tuple(4)));
  });

  it('keep booleans apart from integers', () => {
    expectEqual(run('vmirror', tuple(tuple(true, 0, 2))), tuple(tuple(2, 0, true)));
  });
});
