/** Where two grids differ. */
import { describe, expect, it } from 'vitest';
import { countDifferences, isDrawable, sizeOf } from '../../../../src/report/page/grids/grid-rows.js';

describe('differences', () => {
  it('are the cells that are not equal', () => {
    expect(
      countDifferences(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 0],
          [3, 0],
        ],
      ),
    ).toBe(2);
    expect(countDifferences([[1, 2]], [[1, 2]])).toBe(0);
  });

  it('are also the cells that only one of the grids has', () => {
    expect(
      countDifferences(
        [[1]],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).toBe(3);
    expect(countDifferences([[1, 2], [3]], [[1]])).toBe(2);
    expect(countDifferences([], [[5]])).toBe(1);
  });
});

it('the width of rows with different lengths is that of the longest', () => {
  expect(sizeOf([[1], [1, 2, 3]])).toBe('2 x 3');
  expect(sizeOf([])).toBe('0 x 0');
});

it('grids beyond 256 rows or columns are not drawn', () => {
  const row = (width: number) => Array.from({ length: width }, () => 0);
  expect(isDrawable(Array.from({ length: 256 }, () => row(256)))).toBe(true);
  expect(isDrawable([row(257)])).toBe(false);
  expect(isDrawable(Array.from({ length: 257 }, () => [0]))).toBe(false);
});
