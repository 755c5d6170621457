/** The columns of a grid as rows, in either direction and either order, also for more columns than are read together. */
import { describe, expect, it } from 'vitest';
import { transposed } from '../../../src/dsl/grids/transposed.js';
import { Grid } from '../../../src/dsl/value/value.js';

describe('a transposed grid', () => {
  it('has the columns as rows', () => {
    for (const [height, width] of [
      [1, 1],
      [2, 3],
      [5, 32],
      [40, 33],
      [3, 100],
    ]) {
      const cells = Int8Array.from({ length: height * width }, (_, k) => (k * 7) % 101);
      const grid = new Grid(height, width, cells);
      for (const upward of [false, true]) {
        for (const fromRight of [false, true]) {
          const turned = transposed(grid, upward, fromRight);
          expect([turned.height, turned.width]).toEqual([width, height]);
          for (let i = 0; i < height; i++) {
            for (let j = 0; j < width; j++) {
              const row = fromRight ? width - 1 - j : j;
              const column = upward ? height - 1 - i : i;
              expect(turned.cells[row * height + column]).toBe(cells[i * width + j]);
            }
          }
        }
      }
    }
  });
});
