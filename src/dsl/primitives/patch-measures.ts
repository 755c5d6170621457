/** Where a patch lies and how large it is (SPEC 3.7); `height` and its kin also measure grids. */
import { componentOf, exactInteger, integerOf, unpackTwo } from '../components.js';
import { fail } from '../errors.js';
import { type FlatPatch, isFlatPatch, positionBit, ROW_BITS, ROW_MASK } from '../patches/flat-patch.js';
import { type Bounds, boundsOf, locationsOf } from '../patches/patch.js';
import { packsBounds } from '../patches/rectangles.js';
import { newKeys } from '../value/arrays.js';
import { setOf, sortedDistinct } from '../value/construct.js';
import { elementsOf, lengthOf } from '../value/order.js';
import {
  columnOfPosition,
  EMPTY_TUPLE,
  Grid,
  Indices,
  isTuple,
  MIN_COORDINATE,
  Pair,
  positionKey,
  type Tuple,
  type Value,
} from '../value/value.js';

/** The bounding box of a patch that must have one. */
function requiredBounds(patch: Value): Bounds {
  return boundsOf(patch) ?? fail('empty', 'the patch is empty');
}

export function uppermost(patch: Value): number {
  return requiredBounds(patch).top;
}

export function lowermost(patch: Value): number {
  return requiredBounds(patch).bottom;
}

export function leftmost(patch: Value): number {
  if (isFlatPatch(patch)) return columnOfPosition(patch.keys[0] >> positionBit(patch));
  return requiredBounds(patch).left;
}

export function rightmost(patch: Value): number {
  if (isFlatPatch(patch)) return columnOfPosition(patch.keys[patch.keys.length - 1] >> positionBit(patch));
  return requiredBounds(patch).right;
}

export function ulcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? EMPTY_TUPLE : new Pair(bounds.top, bounds.left);
}

export function urcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? EMPTY_TUPLE : new Pair(bounds.top, bounds.right);
}

export function llcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? EMPTY_TUPLE : new Pair(bounds.bottom, bounds.left);
}

export function lrcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? EMPTY_TUPLE : new Pair(bounds.bottom, bounds.right);
}

export function corners(patch: Value): Value {
  const bounds = boundsOf(patch);
  if (bounds === null) return setOf([EMPTY_TUPLE]);
  const { top, bottom, left, right } = bounds;
  if (packsBounds(bounds)) {
    const keys = newKeys(4);
    keys[0] = positionKey(top, left);
    keys[1] = positionKey(bottom, left);
    keys[2] = positionKey(top, right);
    keys[3] = positionKey(bottom, right);
    return new Indices(sortedDistinct(keys));
  }
  return setOf([new Pair(top, left), new Pair(bottom, left), new Pair(top, right), new Pair(bottom, right)]);
}

export function height(piece: Value): number {
  if (isTuple(piece)) return piece.length;
  const bounds = boundsOf(piece);
  return bounds === null ? 0 : heightOfBounds(bounds);
}

export function width(piece: Value): number {
  if (isTuple(piece)) return piece.length === 0 ? 0 : firstRowLength(piece);
  const bounds = boundsOf(piece);
  return bounds === null ? 0 : widthOfBounds(bounds);
}

export function shape(piece: Value): Pair {
  if (isTuple(piece)) return new Pair(height(piece), width(piece));
  const bounds = boundsOf(piece);
  return bounds === null ? new Pair(0, 0) : new Pair(heightOfBounds(bounds), widthOfBounds(bounds));
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
  const { i, j } = shape(patch);
  return i === lengthOf(patch) && j === 1;
}

export function hline(patch: Value): boolean {
  const { i, j } = shape(patch);
  return j === lengthOf(patch) && i === 1;
}

export function bordering(patch: Value, grid: Value): boolean {
  const { top, bottom, left, right } = requiredBounds(patch);
  // The grid is looked at only when the patch does not decide.
  if (top === 0 || left === 0 || bottom === lengthOf(grid) - 1) return true;
  return right === (grid instanceof Grid ? grid.width : lengthOf(componentOf(grid, 0))) - 1;
}

export function center(patch: Value): Pair {
  const { top, left, bottom, right } = requiredBounds(patch);
  // A tuple of positions is measured as a grid (SPEC 1.1).
  const rows = isTuple(patch) ? patch.length : exactInteger(bottom - top + 1);
  const columns = isTuple(patch) ? firstRowLength(patch) : exactInteger(right - left + 1);
  return new Pair(exactInteger(top + Math.floor(rows / 2)), exactInteger(left + Math.floor(columns / 2)));
}

export function centerofmass(patch: Value): Tuple {
  const members = lengthOf(patch);
  if (members === 0) return EMPTY_TUPLE;
  const { i, j } = isFlatPatch(patch) ? sumOfKeys(patch) : sumOfLocations(patch);
  return new Pair(Math.floor(i / members), Math.floor(j / members));
}

/** The sum of the positions of a flat patch, each taken once. */
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

function sumOfLocations(patch: Value): Pair {
  let rows = 0;
  let columns = 0;
  for (const location of elementsOf(locationsOf(patch))) {
    const [i, j] = unpackTwo(location);
    rows = exactInteger(rows + integerOf(i));
    columns = exactInteger(columns + integerOf(j));
  }
  return new Pair(rows, columns);
}
