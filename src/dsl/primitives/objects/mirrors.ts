/** Mirrors of grids and patches (SPEC 3.8). A patch is mirrored within its own bounding box. */
import { minus, plus } from '../../arithmetic.js';
import { type CellForm, COLOR_FIRST } from '../../cell-form.js';
import { componentOf, exactInteger, integerOf, unpackTwo } from '../../components.js';
import { columnsOf, reversedRows, rowsOf, tupleRowsOf } from '../../grids/grid.js';
import { transposed } from '../../grids/transposed.js';
import { spendOnCells } from '../../meter.js';
import { type FlatPatch, isFlatPatch } from '../../patches/flat-patch.js';
import {
  keysAcrossAntidiagonal,
  keysAcrossDiagonal,
  keysLeftRight,
  keysUpsideDown,
} from '../../patches/mirrored-keys.js';
import { type Bounds, boundsOf, holdsCells } from '../../patches/patch.js';
import { newCells } from '../../value/arrays.js';
import { asGrid, gridOfRows, pairOf, setOf, tupleOf } from '../../value/construct.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import {
  Cells,
  Grid,
  Indices,
  isTuple,
  Pair,
  type SetValue,
  type Tuple,
  type Value,
} from '../../value/value.js';
import { lrcorner, ulcorner } from '../patches/corners.js';

export function hmirror(piece: Value): Value {
  if (isTuple(piece)) return tupleUpsideDown(piece);
  const bounds = boundsOf(piece);
  if (bounds === null) {
    const sum = plus(componentOf(ulcorner(piece), 0), componentOf(lrcorner(piece), 0));
    return mirroredLoosely(piece, (i, j) => pairOf(minus(sum, i), j));
  }
  if (isFlatPatch(piece)) return withKeys(piece, keysUpsideDown(piece, bounds));
  const { top, bottom } = bounds;
  return mirroredMembers(piece, (i, j) => new Pair(top + exactInteger(bottom - i), j), formOf(piece));
}

export function vmirror(piece: Value): Value {
  if (isTuple(piece)) return tupleLeftRight(piece);
  if (isFlatPatch(piece)) return withKeys(piece, keysLeftRight(piece));
  const bounds = boundsOf(piece);
  if (bounds === null) {
    const sum = plus(componentOf(ulcorner(piece), 1), componentOf(lrcorner(piece), 1));
    return mirroredLoosely(piece, (i, j) => pairOf(i, minus(sum, j)));
  }
  const { left, right } = bounds;
  return mirroredMembers(piece, (i, j) => new Pair(i, left + exactInteger(right - j)), formOf(piece));
}

export function dmirror(piece: Value): Value {
  if (isTuple(piece)) return tupleAcrossDiagonal(piece);
  const bounds = boundsOf(piece);
  const keys = bounds !== null && isFlatPatch(piece) ? keysAcrossDiagonal(piece, bounds) : null;
  if (keys !== null) return withKeys(piece as FlatPatch, keys);
  if (bounds === null) {
    const [top, left] = unpackTwo(ulcorner(piece));
    return mirroredLoosely(piece, (i, j) => {
      const row = plus(minus(j, left), top);
      return pairOf(row, plus(minus(i, top), left));
    });
  }
  const { top, left } = bounds;
  return mirroredMembers(
    piece,
    (i, j) => imageAt(bounds, exactInteger(j - left), exactInteger(i - top)),
    formOf(piece),
  );
}

export function cmirror(piece: Value): Value {
  if (isTuple(piece)) return tupleAcrossAntidiagonal(piece);
  const bounds = boundsOf(piece);
  if (bounds === null) return vmirror(dmirror(vmirror(piece)));
  const keys = isFlatPatch(piece) ? keysAcrossAntidiagonal(piece, bounds) : null;
  if (keys !== null) return withKeys(piece as FlatPatch, keys);
  const { bottom, right } = bounds;
  return mirroredMembers(
    piece,
    (i, j) => imageAt(bounds, exactInteger(right - j), exactInteger(bottom - i)),
    formOf(piece),
  );
}

function tupleUpsideDown(tuple: Tuple): Tuple {
  const grid = asGrid(tuple);
  if (grid === null) return tupleOf(elementsOf(tuple).toReversed());
  const { height, width, cells } = grid;
  const mirrored = newCells(cells.length);
  let at = 0;
  for (let start = cells.length - width; start >= 0; start -= width) {
    for (let k = start; k < start + width; k++) mirrored[at++] = cells[k];
  }
  return new Grid(height, width, mirrored);
}

function tupleLeftRight(tuple: Tuple): Tuple {
  const grid = asGrid(tuple);
  if (grid === null) return gridOfRows(reversedRows(tupleRowsOf(tuple)));
  const { height, width, cells } = grid;
  const mirrored = newCells(cells.length);
  let at = 0;
  for (let end = width; end <= cells.length; end += width) {
    for (let k = end - 1; k >= end - width; k--) mirrored[at++] = cells[k];
  }
  return new Grid(height, width, mirrored);
}

function tupleAcrossDiagonal(tuple: Tuple): Tuple {
  const grid = asGrid(tuple);
  if (grid === null) return gridOfRows(columnsOf(rowsOf(tuple)));
  return transposed(grid, false, false);
}

function tupleAcrossAntidiagonal(tuple: Tuple): Tuple {
  const grid = asGrid(tuple);
  if (grid === null) {
    return gridOfRows(columnsOf(reversedRows(tupleRowsOf(tuple)).reverse()));
  }
  return transposed(grid, true, true);
}

/** A patch of the same kind with other keys. */
function withKeys(patch: FlatPatch, keys: Int32Array): SetValue {
  return patch instanceof Cells ? new Cells(keys) : new Indices(keys);
}

/** The non-empty set of cells or positions with each position replaced by its `image`, for any coordinates. */
function mirroredLoosely(set: Value, image: (i: Value, j: Value) => Value): SetValue {
  const imageOf = (position: Value) => {
    const [i, j] = unpackTwo(position);
    return image(i, j);
  };
  spendOnCells(lengthOf(set));
  if (!holdsCells(set)) return setOf(elementsOf(set).map(imageOf));
  return setOf(
    elementsOf(set).map((cell) => {
      const [color, position] = unpackTwo(cell);
      return pairOf(color, imageOf(position));
    }),
  );
}

function formOf(patch: Value): CellForm | null {
  return holdsCells(patch) ? COLOR_FIRST : null;
}

/** The position this many rows below and columns to the right of the upper left corner. */
function imageAt({ top, left }: Bounds, down: number, right: number): Pair {
  return new Pair(exactInteger(top + down), exactInteger(left + right));
}

/** The non-empty set of cells in one form, or of positions, with each position replaced by its `image`. */
export function mirroredMembers(
  set: Value,
  image: (i: number, j: number) => Pair,
  form: CellForm | null,
): SetValue {
  const imageOf = (position: Value) => {
    const [i, j] = unpackTwo(position);
    return image(integerOf(i), integerOf(j));
  };
  spendOnCells(lengthOf(set));
  if (form === null) return setOf(elementsOf(set).map(imageOf));
  return setOf(
    elementsOf(set).map((cell) => {
      const [color, position] = form.unpack(cell);
      const { i, j } = imageOf(position);
      return form.cellOf(color, i, j);
    }),
  );
}
