/** The primitives on grids in the dialect (SPEC-dialect 5.2, 5.3, 6.5). */

import { COLOR_LAST } from '../cell-form.js';
import { constant, first, firstAndThird, firstTwo } from '../charges.js';
import { componentOf, integerOf, unpackTwo } from '../components.js';
import { fail } from '../errors.js';
import { dimensionsOf } from '../grids/grid.js';
import type { Primitive } from '../primitive.js';
import { allCellsOf } from '../primitives/grids/grid-as-patch.js';
import {
  crop as cropped,
  hsplit as splitAcross,
  vsplit as splitDown,
} from '../primitives/grids/grid-cutting.js';
import {
  fill as filled,
  looseUnderfill,
  paintCells,
  underfill as underfilled,
  underpaintCells,
} from '../primitives/grids/grid-painting.js';
import { cellwise as agreement } from '../primitives/grids/grid-recoloring.js';
import { upscale } from '../primitives/grids/grid-scaling.js';
import { rot90, rot180, rot270 } from '../primitives/grids/grid-turning.js';
import { cmirror, dmirror, hmirror, vmirror } from '../primitives/objects/mirrors.js';
import { asGrid, gridOfRows, pairOf, setOf, tupleOf } from '../value/construct.js';
import { equals, isTrue } from '../value/equality.js';
import { elementsOf, isGreater, lengthOf } from '../value/order.js';
import {
  EMPTY_SET,
  EMPTY_TUPLE,
  Grid,
  Indices,
  isInteger,
  isSet,
  isTuple,
  Pair,
  packsColor,
  Triples,
  type Value,
} from '../value/value.js';
import { mostcolor_t } from './colors.js';
import { adopt, define } from './define.js';
import { guarded } from './guard.js';
import { index, isEmptyTuple } from './numbers.js';
import { shift } from './objects/shifting.js';
import { lengthIn, toindices } from './patches/locations.js';
import { shape_f, ulcorner } from './patches/measures.js';

const height_t = guarded(0, (piece: Value) => lengthOf(piece));

const width_t = guarded(0, (piece: Value): Value => {
  if (!isTrue(piece)) return 0;
  return piece instanceof Grid ? piece.width : lengthOf(componentOf(piece, 0));
});

/** Cuts out a rectangle; one that is not completely inside gives `()`. */
const crop = guarded(EMPTY_TUPLE, (grid: Value, start: Value, dims: Value): Value => {
  if (isEmptyTuple(grid)) return EMPTY_TUPLE;
  const { height, width } = dimensionsOf(grid);
  const top = integerOf(componentOf(start, 0));
  const left = integerOf(componentOf(start, 1));
  const inside =
    top >= 0 &&
    top < height &&
    left >= 0 &&
    left < width &&
    top + integerOf(componentOf(dims, 0)) <= height &&
    left + integerOf(componentOf(dims, 1)) <= width;
  return inside ? cropped(grid, start, dims) : EMPTY_TUPLE;
});

const subgrid = guarded(EMPTY_TUPLE, (patch: Value, grid: Value): Value => {
  return lengthIn(patch) === 0 ? EMPTY_TUPLE : crop(grid, ulcorner(patch), shape_f(patch));
});

/** Pieces of a length: how long each is, and how far apart two are, with a separator if the length is not divisible. */
function splitting(length: number, count: number): { readonly size: number; readonly step: number } {
  if (count === 0) return fail('zero', 'a grid cannot be split into 0 pieces');
  const size = Math.floor(length / count);
  return { size, step: length % count === 0 ? size : size + 1 };
}

/** Where `count` pieces begin. */
function starts(step: number, count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, k) => k * step);
}

/** Whether all pieces have elements and lie inside: then they are those of the base. */
function splitsWell(length: number, n: Value): boolean {
  if (typeof n !== 'number' || n < 1 || n > length) return false;
  const { size, step } = splitting(length, n);
  return (n - 1) * step + size <= length;
}

const hsplit = guarded(EMPTY_TUPLE, (grid: Value, n: Value): Value => {
  if (grid instanceof Grid && splitsWell(grid.width, n)) return splitAcross(grid, n);
  const { height, width } = dimensionsOf(grid);
  const count = integerOf(n);
  const { size, step } = splitting(width, count);
  return tupleOf(starts(step, count).map((left) => crop(grid, new Pair(0, left), new Pair(height, size))));
});

const vsplit = guarded(EMPTY_TUPLE, (grid: Value, n: Value): Value => {
  if (grid instanceof Grid && splitsWell(grid.height, n)) return splitDown(grid, n);
  const { height, width } = dimensionsOf(grid);
  const count = integerOf(n);
  const { size, step } = splitting(height, count);
  return tupleOf(starts(step, count).map((top) => crop(grid, new Pair(top, 0), new Pair(size, width))));
});

const cellwise = guarded(EMPTY_TUPLE, (a: Value, b: Value, fallback: Value): Value => {
  const left = asGrid(a);
  const right = asGrid(b);
  if (left !== null && right !== null && right.height >= left.height && right.width >= left.width) {
    return agreement(a, b, fallback);
  }
  const { height, width } = dimensionsOf(a);
  const rows = Array.from({ length: height }, (_, i) =>
    Array.from({ length: width }, (_, j) => {
      const entry = componentOf(componentOf(a, i), j);
      return equals(entry, index(b, new Pair(i, j))) ? entry : fallback;
    }),
  );
  return gridOfRows(rows);
});

/** What `_t` accepts: mirrors of the base language would take a set for a patch. */
function asTuple(grid: Value): Value {
  return isTuple(grid) ? grid : fail('type', 'what is no tuple is no grid');
}

/** Where only the members are read, sets are accepted too. */
function asWalked(grid: Value): Value {
  return isSet(grid) ? tupleOf(elementsOf(grid)) : grid;
}

const hmirror_t = guarded(EMPTY_TUPLE, (grid: Value) => hmirror(asTuple(grid)));
const vmirror_t = guarded(EMPTY_TUPLE, (grid: Value) => vmirror(asWalked(grid)));
const dmirror_t = guarded(EMPTY_TUPLE, (grid: Value) => dmirror(asWalked(grid)));
const cmirror_t = guarded(EMPTY_TUPLE, (grid: Value) => cmirror(asTuple(grid)));

const TURNS: readonly ((grid: Value) => Value)[] = [
  hmirror_t,
  dmirror_t,
  vmirror_t,
  cmirror_t,
  guarded(EMPTY_TUPLE, rot90),
  guarded(EMPTY_TUPLE, rot180),
  guarded(EMPTY_TUPLE, rot270),
];

/** A mirror or turn by number; any other number returns the argument unchanged. */
export const mir_rot_t = guarded(EMPTY_TUPLE, (grid: Value, type: Value): Value => {
  const turn = TURNS.find((_, k) => equals(type, k));
  return turn === undefined ? grid : turn(grid);
});

/** False exactly for a tuple of tuples of integers. */
export const is_no_grid = guarded(EMPTY_TUPLE, (x: Value): Value => {
  if (x instanceof Grid) return false;
  if (!isTuple(x)) return true;
  return !elementsOf(x).every((row) => isTuple(row) && elementsOf(row).every(isInteger));
});

/** The locations of a patch inside a grid, as positions. Errors as for unpacking. */
function locationsInside(grid: Value, patch: Value): Value {
  const locations = toindices(patch);
  if (locations instanceof Indices) return locations;
  const { height, width } = dimensionsOf(grid);
  const inside: Value[] = [];
  for (const location of elementsOf(locations)) {
    const [row, column] = unpackTwo(location);
    const i = integerOf(row);
    if (i < 0 || i >= height) continue;
    const j = integerOf(column);
    if (j >= 0 && j < width) inside.push(new Pair(i, j));
  }
  return setOf(inside);
}

const fill = guarded(EMPTY_TUPLE, (grid: Value, color: Value, patch: Value) => {
  const flat = patch instanceof Triples && asGrid(grid) !== null && packsColor(color);
  return filled(grid, color, flat ? patch : locationsInside(grid, patch));
});

const underfill = guarded(EMPTY_TUPLE, (grid: Value, color: Value, patch: Value) => {
  const locations = locationsInside(grid, patch);
  if (asGrid(grid) !== null) return underfilled(grid, color, locations);
  return looseUnderfill(grid, color, locations, mostcolor_t(grid));
});

const paint = guarded(EMPTY_TUPLE, (grid: Value, object: Value) => paintCells(grid, object, COLOR_LAST));

const underpaint = guarded(EMPTY_TUPLE, (grid: Value, object: Value) => {
  return underpaintCells(grid, object, mostcolor_t, COLOR_LAST);
});

const cover = guarded(EMPTY_TUPLE, (grid: Value, patch: Value): Value => {
  return isEmptyTuple(grid) ? EMPTY_TUPLE : fill(grid, mostcolor_t(grid), patch);
});

const asobject = guarded(EMPTY_SET, (grid: Value): Value => {
  return isTrue(is_no_grid(grid)) ? EMPTY_SET : allCellsOf(grid, COLOR_LAST);
});

export const grids: readonly Primitive[] = [
  adopt('canvas', EMPTY_TUPLE, 'color: any, dimensions: pair -> grid'),
  define('grids', 'crop', 'grid: grid, start: pair, dims: pair -> grid', first, crop),
  define('grids', 'subgrid', 'patch: patch, grid: grid -> grid', firstTwo, subgrid),
  adopt('trim', EMPTY_TUPLE),
  adopt('tophalf', EMPTY_TUPLE),
  adopt('bottomhalf', EMPTY_TUPLE),
  adopt('lefthalf', EMPTY_TUPLE),
  adopt('righthalf', EMPTY_TUPLE),
  define('grids', 'hsplit', 'grid: grid, n: integer -> grids', constant, hsplit),
  define('grids', 'vsplit', 'grid: grid, n: integer -> grids', constant, vsplit),
  adopt('hconcat', EMPTY_TUPLE),
  adopt('vconcat', EMPTY_TUPLE),
  adopt('hupscale', EMPTY_TUPLE),
  adopt('vupscale', EMPTY_TUPLE),
  define(
    'grids',
    'upscale_t',
    'grid: grid, factor: integer -> grid',
    first,
    guarded(EMPTY_TUPLE, (grid: Value, factor: Value) => upscale(asWalked(grid), factor)),
  ),
  adopt('downscale', EMPTY_TUPLE),
  adopt('rot90', EMPTY_TUPLE),
  adopt('rot180', EMPTY_TUPLE),
  adopt('rot270', EMPTY_TUPLE),
  define('grids', 'hmirror_t', 'grid: grid -> grid', first, hmirror_t),
  define('grids', 'vmirror_t', 'grid: grid -> grid', first, vmirror_t),
  define('grids', 'dmirror_t', 'grid: grid -> grid', first, dmirror_t),
  define('grids', 'cmirror_t', 'grid: grid -> grid', first, cmirror_t),
  define('grids', 'mir_rot_t', 'grid: grid, type: integer -> grid', first, mir_rot_t),
  adopt('replace', EMPTY_TUPLE),
  adopt('switch', EMPTY_TUPLE),
  define('grids', 'cellwise', 'a: grid, b: grid, fallback: any -> grid', firstTwo, cellwise),
  adopt('compress', EMPTY_TUPLE),
  define('grids', 'fill', 'grid: grid, color: any, patch: patch -> grid', firstAndThird, fill),
  define('grids', 'paint', 'grid: grid, obj: object -> grid', firstTwo, paint),
  define('grids', 'underfill', 'grid: grid, color: any, patch: patch -> grid', firstAndThird, underfill),
  define('grids', 'underpaint', 'grid: grid, obj: object -> grid', firstTwo, underpaint),
  define('grids', 'cover', 'grid: grid, patch: patch -> grid', firstTwo, cover),
  define(
    'grids',
    'move',
    'grid: grid, obj: object, offset: pair -> grid',
    firstTwo,
    guarded(EMPTY_TUPLE, (grid: Value, object: Value, offset: Value) => {
      return paint(cover(grid, object), shift(object, offset));
    }),
  ),
  define('grids', 'asobject', 'grid: grid -> object', first, asobject),
  adopt('asindices', EMPTY_SET),
  define('grids', 'height_t', 'piece: grid -> integer', constant, height_t),
  define('grids', 'width_t', 'piece: grid -> integer', constant, width_t),
  define(
    'grids',
    'shape_t',
    'grid: grid -> pair',
    constant,
    guarded(EMPTY_TUPLE, (grid: Value) => pairOf(height_t(grid), width_t(grid))),
  ),
  define(
    'grids',
    'portrait_t',
    'grid: grid -> boolean',
    constant,
    guarded(false, (grid: Value) => isGreater(height_t(grid), width_t(grid))),
  ),
  define(
    'grids',
    'square_t',
    'grid: grid -> boolean',
    constant,
    guarded(false, (grid: Value) => lengthOf(componentOf(grid, 0)) === lengthOf(grid)),
  ),
  define(
    'grids',
    'normalize_t',
    'piece: grid -> grid',
    constant,
    guarded(EMPTY_TUPLE, (piece: Value) => piece),
  ),
  define('grids', 'is_no_grid', 'x: any -> boolean', first, is_no_grid),
];
