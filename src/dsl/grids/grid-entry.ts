/** Single entries of grids of any layout. */
import { componentOf } from '../components.js';
import { Grid, type Value } from '../value/value.js';

/**
 * The entry of a grid in row `i` and column `j`, neither negative; `type` if the value is no tuple of tuples, `index`
 * if there is no such entry.
 */
export function entryOf(grid: Value, i: number, j: number): Value {
  if (grid instanceof Grid && i < grid.height && j < grid.width) return grid.cells[i * grid.width + j];
  return componentOf(componentOf(grid, i), j);
}
