/** Grids as text. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packGrid, unpackGrid } from '../../../src/report/task/packed-grid.js';

it('writes a grid as rows of digits', () => {
  expect(
    packGrid([
      [1, 0, 9],
      [2, 2, 2],
    ]),
  ).toBe('109/222');
});

it('keeps rows that no text of digits could tell as they are', () => {
  for (const rows of [[], [[]], [[1], [2, 3]], [[10]], [[-1, 0]], [[0, 1], []]]) {
    expect(packGrid(rows)).toBe(rows);
  }
});

it('gives back what was packed', () => {
  const rows = fc.array(fc.array(fc.integer({ min: -2, max: 11 }), { maxLength: 4 }), { maxLength: 4 });
  const grids = fc
    .record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) })
    .chain(({ width, height }) => {
      const row = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width });
      return fc.array(row, { minLength: height, maxLength: height });
    });
  fc.assert(
    fc.property(fc.oneof(rows, grids), (grid) => {
      expect(unpackGrid(packGrid(grid))).toEqual(grid);
    }),
  );
});
