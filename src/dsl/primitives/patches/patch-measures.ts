/** Positions and sizes of patches (SPEC 3.7); `height`, `width` and similar primitives also measure grids. */
import { minus, plus } from '../../arithmetic.js';
import { componentOf, exactInteger, integerOf } from '../../components.js';
import { columnsOf } from '../../grids/grid.js';
import { type FlatPatch, isFlatPatch, positionBit, ROW_BITS, ROW_MASK } from '../../patches/flat-patch.js';
import { type Bounds, boundsOf, extremeOf, locationsOf } from '../../patches/patch.js';
import { tupleOf } from '../../value/construct.js';
import { equals } from '../../value/equality.js';
import { elementsOf, isGreater, isLess, lengthOf } from '../../value/order.js';
import {
  columnOfPosition,
  EMPTY_TUPLE,
  Grid,
  isTuple,
  MIN_COORDINATE,
  Pair,
  type Tuple,
  type Value,
} from '../../value/value.js';

export function uppermost(patch: Value): Value {
  return boundsOf(patch)?.top ?? extremeOf(patch, 0, isLess);
}

export function lowermost(patch: Value): Value {
  return boundsOf(patch)?.bottom ?? extremeOf(patch, 0, isGreater);
}

export function leftmost(patch: Value): Value {
  if (isFlatPatch(patch)) return columnOfPosition(patch.keys[0] >> positionBit(patch));
  return boundsOf(patch)?.left ?? extremeOf(patch, 1, isLess);
}

export function rightmost(patch: Value): Value {
  if (isFlatPatch(patch)) return columnOfPosition(patch.keys[patch.keys.length - 1] >> positionBit(patch));
  return boundsOf(patch)?.right ?? extremeOf(patch, 1, isGreater);
}

export function height(piece: Value): number {
  if (isTuple(piece)) return piece.length;
  const bounds = boundsOf(piece);
  if (bounds !== null) return heightOfBounds(bounds);
  return lengthOf(piece) === 0 ? 0 : distance(lowermost(piece), uppermost(piece));
}

export function width(piece: Value): number {
  if (isTuple(piece)) return piece.length === 0 ? 0 : firstRowLength(piece);
  const bounds = boundsOf(piece);
  if (bounds !== null) return widthOfBounds(bounds);
  return lengthOf(piece) === 0 ? 0 : distance(rightmost(piece), leftmost(piece));
}

export function shape(piece: Value): Pair {
  const bounds = isTuple(piece) ? null : boundsOf(piece);
  if (bounds !== null) return new Pair(heightOfBounds(bounds), widthOfBounds(bounds));
  const rows = height(piece);
  return new Pair(rows, width(piece));
}

/** The number of integers from the first to the last; `type` if they are none. */
function distance(last: Value, first: Value): number {
  return integerOf(plus(minus(last, first), 1));
}

function heightOfBounds({ top, bottom }: Bounds): number {
  return exactInteger(bottom - top + 1);
}

function widthOfBounds({ left, right }: Bounds): number {
  return exactInteger(right - left + 1);
}

function firstRowLength(grid: Tuple): number {
  return grid instanceof Grid ? grid.width : lengthOf(componentOf(grid, 0));
}

export function portrait(piece: Value): boolean {
  const { i, j } = shape(piece);
  return i > j;
}

export function square(piece: Value): boolean {
  if (isTuple(piece)) return firstRowLength(piece) === piece.length;
  const { i, j } = shape(piece);
  return i === j && i * j === lengthOf(piece);
}

export function vline(patch: Value): boolean {
  const bounds = isTuple(patch) ? null : boundsOf(patch);
  if (bounds !== null) return heightOfBounds(bounds) === lengthOf(patch) && widthOfBounds(bounds) === 1;
  return height(patch) === lengthOf(patch) && width(patch) === 1;
}

export function hline(patch: Value): boolean {
  const bounds = isTuple(patch) ? null : boundsOf(patch);
  if (bounds !== null) return widthOfBounds(bounds) === lengthOf(patch) && heightOfBounds(bounds) === 1;
  return width(patch) === lengthOf(patch) && height(patch) === 1;
}

export function bordering(patch: Value, grid: Value): boolean {
  const bounds = boundsOf(patch);
  // The grid is only examined if the patch does not decide.
  if (equals(bounds?.top ?? uppermost(patch), 0) || equals(bounds?.left ?? leftmost(patch), 0)) return true;
  if (equals(bounds?.bottom ?? lowermost(patch), lengthOf(grid) - 1)) return true;
  const last = bounds?.right ?? rightmost(patch);
  return equals(last, (grid instanceof Grid ? grid.width : lengthOf(componentOf(grid, 0))) - 1);
}

export function center(patch: Value): Pair {
  const bounds = boundsOf(patch);
  if (bounds === null) {
    const row = middle(uppermost(patch), height(patch));
    return new Pair(row, middle(leftmost(patch), width(patch)));
  }
  const { top, left, bottom, right } = bounds;
  // A tuple of positions is measured like a grid (SPEC 1.1).
  const rows = isTuple(patch) ? patch.length : exactInteger(bottom - top + 1);
  const columns = isTuple(patch) ? firstRowLength(patch) : exactInteger(right - left + 1);
  return new Pair(middle(top, rows), middle(left, columns));
}

/** The first plus half the extent; `type` if that is no integer. */
function middle(first: Value, extent: number): number {
  return integerOf(plus(first, Math.floor(extent / 2)));
}

export function centerofmass(patch: Value): Tuple {
  const members = lengthOf(patch);
  if (members === 0) return EMPTY_TUPLE;
  if (isFlatPatch(patch)) {
    const { i, j } = sumOfKeys(patch);
    return new Pair(Math.floor(i / members), Math.floor(j / members));
  }
  const sums = sumsOf(elementsOf(locationsOf(patch)));
  return tupleOf(sums.map((sum) => Math.floor(sum / members)));
}

/** The sum of the positions of a flat patch, each counted once. */
function sumOfKeys(patch: FlatPatch): Pair {
  const { keys } = patch;
  const low = positionBit(patch);
  let rows = 0;
  let columns = 0;
  let previous = -1;
  for (let k = 0; k < keys.length; k++) {
    const position = keys[k] >> low;
    if (position === previous) continue;
    rows += (position & ROW_MASK) + MIN_COORDINATE;
    columns += (position >> ROW_BITS) + MIN_COORDINATE;
    previous = position;
  }
  return new Pair(rows, columns);
}

/** The sum of each component that all these positions have; `type` if one is no integer. */
function sumsOf(locations: readonly Value[]): readonly number[] {
  const columns = locations.every((location) => location instanceof Pair)
    ? [locations.map(({ i }) => i), locations.map(({ j }) => j)]
    : columnsOf(locations.map(elementsOf));
  return columns.map((column) => column.reduce<number>((sum, x) => exactInteger(sum + integerOf(x)), 0));
}
