/** Turning grids by quarters (SPEC 3.6). */
import { columnsOf, requireTuple, reversedRows, rowsOf, tupleRowsOf } from '../../grids/grid.js';
import { transposed } from '../../grids/transposed.js';
import { copyOfCells } from '../../value/arrays.js';
import { asGrid, gridOfRows } from '../../value/construct.js';
import { Grid, type Tuple, type Value } from '../../value/value.js';

/** A quarter turn clockwise. A ragged grid is cut to its shortest row; `type` if it is no tuple of containers. */
export function rot90(grid: Value): Tuple {
  const flat = asGrid(grid);
  if (flat === null) return gridOfRows(columnsUpward(grid));
  return transposed(flat, true, false);
}

/** A half turn. Rows keep their lengths; `type` if it is no tuple of tuples. */
export function rot180(grid: Value): Tuple {
  const flat = asGrid(grid);
  if (flat !== null) return new Grid(flat.height, flat.width, copyOfCells(flat.cells).reverse());
  return gridOfRows(reversedRows(tupleRowsOf(grid)).reverse());
}

/** A quarter turn anticlockwise; the same rules as for `rot90`. */
export function rot270(grid: Value): Tuple {
  const flat = asGrid(grid);
  if (flat === null) {
    const columns = columnsUpward(grid).map((column) => column.reverse());
    return gridOfRows(columns.reverse());
  }
  return transposed(flat, false, true);
}

/** The columns of a grid of any layout, each read from bottom to top. */
function columnsUpward(grid: Value): Value[][] {
  return columnsOf(rowsOf(requireTuple(grid)).toReversed());
}
