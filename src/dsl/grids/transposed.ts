/** Grids whose rows are the columns of another: quarter turns and diagonal mirrors. */
import { newCells } from '../value/arrays.js';
import { Grid } from '../value/value.js';

/** Columns that are read together. One by one, every cell of a large grid would be read from memory anew. */
const TOGETHER = 32;

/**
 * The columns of a grid as rows. `upward`: each column is read from its last row to its first; `fromRight`: the last
 * column becomes the first row.
 */
export function transposed({ height, width, cells }: Grid, upward: boolean, fromRight: boolean): Grid {
  const result = newCells(cells.length);
  const step = fromRight ? -height : height;
  for (let left = 0; left < width; left += TOGETHER) {
    const right = Math.min(left + TOGETHER, width);
    const start = (fromRight ? width - 1 - left : left) * height;
    for (let i = 0; i < height; i++) {
      let to = start + (upward ? height - 1 - i : i);
      for (let k = i * width + left; k < i * width + right; k++, to += step) result[to] = cells[k];
    }
  }
  return new Grid(width, height, result);
}
