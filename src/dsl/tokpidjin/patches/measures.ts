/** Positions and sizes of patches (SPEC-dialect 5.3, 6.6). */

import { COLOR_LAST } from '../../cell-form.js';
import { unpackTwo } from '../../components.js';
import { fail } from '../../errors.js';
import { type Bounds, boundsOf, boundsOfKeys } from '../../patches/patch.js';
import { add, divide, subtract } from '../../primitives/numbers.js';
import { corners as baseCorners } from '../../primitives/patches/corners.js';
import { centerofmass as massCenter } from '../../primitives/patches/patch-measures.js';
import { pairOf, setOf, tupleOf } from '../../value/construct.js';
import { equals, isTrue, itemOf } from '../../value/equality.js';
import { elementsOf, isGreater, isLess, lengthOf } from '../../value/order.js';
import {
  EMPTY_SET,
  EMPTY_TUPLE,
  Grid,
  Indices,
  isTuple,
  NAN,
  Pair,
  Triples,
  type Value,
} from '../../value/value.js';
import { type Guarded, guarded } from '../guard.js';
import { lengthIn, toindices, toindices_o } from './locations.js';

/** How the members of a patch become positions, by the suffix of a primitive. */
interface Locations {
  of(patch: Value): Value;
  /** The bounding box, if the layout of the patch gives it directly. */
  flatBounds(patch: Value): Bounds | null;
}

/** `_i`: the members are positions. */
const AS_THEY_ARE: Locations = {
  of: (patch) => patch,
  flatBounds: (patch) => (patch instanceof Indices ? boundsOf(patch) : null),
};

/** `_o`: the members are cells. */
const OF_CELLS: Locations = {
  of: toindices_o,
  flatBounds: (patch) => (patch instanceof Triples ? boundsOfTriples(patch) : null),
};

/** `_f`: the first member decides. */
const BY_THE_FIRST: Locations = {
  of: toindices,
  flatBounds: (patch) => AS_THEY_ARE.flatBounds(patch) ?? OF_CELLS.flatBounds(patch),
};

/** The bounding box. */
export function boundsOfTriples({ keys }: Triples): Bounds {
  return COLOR_LAST.inKeys(boundsOfKeys(keys, COLOR_LAST.columnBit));
}

type Side = keyof Bounds;

/** The extreme row or column of positions; `empty` if there are none. */
function extreme(locations: Value, side: Side): Value {
  const component = side === 'top' || side === 'bottom' ? 0 : 1;
  const values = elementsOf(locations).map((location) => unpackTwo(location)[component]);
  return extremeOf(values, side === 'bottom' || side === 'right');
}

function extremeOf(values: readonly Value[], greatest: boolean): Value {
  if (values.length === 0) return fail('empty', 'the patch is empty');
  const beats = greatest ? isGreater : isLess;
  let best = values[0];
  for (let k = 1; k < values.length; k++) if (beats(values[k], best)) best = values[k];
  return best;
}

function extremeIn(locations: Locations, side: Side): Guarded<[patch: Value]> {
  return guarded(0, (patch: Value): Value => {
    const bounds = locations.flatBounds(patch);
    if (bounds !== null) return bounds[side];
    return isTrue(patch) ? extreme(locations.of(patch), side) : NAN;
  });
}

/** Without a check for the empty patch. */
function rightmostIn(locations: Locations): Guarded<[patch: Value]> {
  return guarded(0, (patch: Value): Value => {
    return locations.flatBounds(patch)?.right ?? extreme(locations.of(patch), 'right');
  });
}

export const uppermost = extremeIn(BY_THE_FIRST, 'top');
export const lowermost = extremeIn(BY_THE_FIRST, 'bottom');
export const leftmost = extremeIn(BY_THE_FIRST, 'left');
export const rightmost = extremeIn(BY_THE_FIRST, 'right');
export const uppermost_i = extremeIn(AS_THEY_ARE, 'top');
export const lowermost_i = extremeIn(AS_THEY_ARE, 'bottom');
export const leftmost_i = extremeIn(AS_THEY_ARE, 'left');
export const rightmost_i = rightmostIn(AS_THEY_ARE);
export const uppermost_o = extremeIn(OF_CELLS, 'top');
export const lowermost_o = extremeIn(OF_CELLS, 'bottom');
export const leftmost_o = extremeIn(OF_CELLS, 'left');
export const rightmost_o = rightmostIn(OF_CELLS);

type Measure = (patch: Value) => Value;

/** One more than the distance of two sides; 0 for the empty patch. */
function heightIn(locations: Locations, first: Measure, last: Measure): Guarded<[piece: Value]> {
  return guarded(0, (piece: Value): Value => {
    const bounds = locations.flatBounds(piece);
    return bounds === null ? extentBetween(piece, first, last) : bounds.bottom - bounds.top + 1;
  });
}

function widthIn(locations: Locations, first: Measure, last: Measure): Guarded<[piece: Value]> {
  return guarded(0, (piece: Value): Value => {
    const bounds = locations.flatBounds(piece);
    return bounds === null ? extentBetween(piece, first, last) : bounds.right - bounds.left + 1;
  });
}

function extentBetween(piece: Value, first: Measure, last: Measure): Value {
  return lengthOf(piece) === 0 ? 0 : add(subtract(last(piece), first(piece)), 1);
}

export const height_f = heightIn(BY_THE_FIRST, uppermost, lowermost);
export const width_f = widthIn(BY_THE_FIRST, leftmost, rightmost);
export const height_i = heightIn(AS_THEY_ARE, uppermost_i, lowermost_i);
export const width_i = widthIn(AS_THEY_ARE, leftmost_i, rightmost_i);
export const height_o = heightIn(OF_CELLS, uppermost_o, lowermost_o);
export const width_o = widthIn(OF_CELLS, leftmost_o, rightmost_o);

export const shape_f = guarded(EMPTY_TUPLE, (patch: Value): Value => {
  const bounds = BY_THE_FIRST.flatBounds(patch);
  if (bounds === null) return pairOf(height_f(patch), width_f(patch));
  return new Pair(bounds.bottom - bounds.top + 1, bounds.right - bounds.left + 1);
});

export const portrait_f = guarded(false, (patch: Value) => isGreater(height_f(patch), width_f(patch)));

export const square_f = guarded(false, (patch: Value): Value => {
  const height = height_f(patch);
  const width = width_f(patch);
  return Number(height) * Number(width) === lengthOf(patch) && equals(height, width);
});

/** Whether all members are in one row or column. */
function isLine(along: Measure, across: Measure): Guarded<[patch: Value]> {
  return guarded(false, (patch: Value) => equals(along(patch), lengthOf(patch)) && equals(across(patch), 1));
}

export const vline_i = isLine(height_i, width_i);
export const vline_o = isLine(height_o, width_o);
export const hline_i = isLine(width_i, height_i);
export const hline_o = isLine(width_o, height_o);

/**
 * A corner of positions: the requested extreme of each component. If both extremes are of the same kind, members may
 * have other numbers of components; the shortest member determines how many count.
 */
function cornerOf(locations: Value, lowest: boolean, last: boolean): Value {
  const members = elementsOf(locations).map(elementsOf);
  const components = members.reduce(
    (least, member) => Math.min(least, member.length),
    members[0]?.length ?? 0,
  );
  if (components > 2 && lowest !== last) return fail('index', 'positions have two components');
  const extremes: Value[] = [];
  for (let k = 0; k < components; k++) {
    extremes.push(
      extremeOf(
        members.map((member) => member[k]),
        k === 0 ? lowest : last,
      ),
    );
  }
  return tupleOf(extremes);
}

function cornerIn(locations: Locations, lowest: boolean, last: boolean): Guarded<[patch: Value]> {
  return guarded(EMPTY_TUPLE, (patch: Value): Value => {
    const bounds = locations.flatBounds(patch);
    if (bounds === null) return cornerOf(locations.of(patch), lowest, last);
    return new Pair(lowest ? bounds.bottom : bounds.top, last ? bounds.right : bounds.left);
  });
}

export const ulcorner = cornerIn(BY_THE_FIRST, false, false);
export const urcorner = cornerIn(BY_THE_FIRST, false, true);
export const llcorner = cornerIn(BY_THE_FIRST, true, false);
export const lrcorner = cornerIn(BY_THE_FIRST, true, true);
export const ulcorner_i = cornerIn(AS_THEY_ARE, false, false);
export const urcorner_i = cornerIn(AS_THEY_ARE, false, true);
export const llcorner_i = cornerIn(AS_THEY_ARE, true, false);
export const lrcorner_i = cornerIn(AS_THEY_ARE, true, true);
export const ulcorner_o = cornerIn(OF_CELLS, false, false);
export const urcorner_o = cornerIn(OF_CELLS, false, true);
export const llcorner_o = cornerIn(OF_CELLS, true, false);
export const lrcorner_o = cornerIn(OF_CELLS, true, true);

/** One of several measures, by number; `otherwise` for any other number. */
function numbered(fallback: Value, measures: readonly Measure[], otherwise: Measure) {
  return guarded(fallback, (patch: Value, type: Value): Value => {
    const chosen = measures.find((_, k) => equals(type, k));
    return (chosen ?? otherwise)(patch);
  });
}

export const corner = numbered(EMPTY_TUPLE, [ulcorner, urcorner, llcorner, lrcorner], ulcorner);
export const col_row = numbered(EMPTY_TUPLE, [lowermost, uppermost, leftmost, rightmost], () => null);

export const corners = guarded(EMPTY_SET, (patch: Value): Value => {
  const locations = toindices(patch);
  if (locations instanceof Indices) return baseCorners(locations);
  return setOf([ulcorner(patch), urcorner(patch), llcorner(patch), lrcorner(patch)]);
});

export const center = guarded(EMPTY_TUPLE, (patch: Value): Value => {
  const bounds = BY_THE_FIRST.flatBounds(patch);
  if (bounds !== null) {
    const { top, bottom, left, right } = bounds;
    return new Pair(top + ((bottom - top + 1) >> 1), left + ((right - left + 1) >> 1));
  }
  return looseCenter(patch);
});

function looseCenter(patch: Value): Value {
  const top = uppermost(patch);
  const left = leftmost(patch);
  if (top === NAN || left === NAN) return EMPTY_TUPLE;
  return pairOf(add(top, divide(height_f(patch), 2)), add(left, divide(width_f(patch), 2)));
}

export const centerofmass = guarded(EMPTY_TUPLE, (patch: Value): Value => {
  const locations = toindices(patch);
  if (locations instanceof Indices && lengthIn(patch) === locations.size) return massCenter(locations);
  const members = lengthOf(patch);
  if (lengthOf(locations) === 0) return EMPTY_TUPLE;
  const [rows, columns] = [0, 1].map((component) =>
    elementsOf(locations).reduce<Value>((sum, location) => add(sum, unpackTwo(location)[component]), 0),
  );
  return pairOf(divide(rows, members), divide(columns, members));
});

export const bordering = guarded(false, (patch: Value, grid: Value): Value => {
  const bounds = BY_THE_FIRST.flatBounds(patch);
  if (bounds !== null && grid instanceof Grid) {
    const { top, bottom, left, right } = bounds;
    return top === 0 || left === 0 || bottom === grid.height - 1 || right === grid.width - 1;
  }
  if (equals(uppermost(patch), 0) || equals(leftmost(patch), 0)) return true;
  if (equals(lowermost(patch), lengthOf(grid) - 1)) return true;
  if (!isTuple(grid)) return fail('type', 'what is no tuple has no rows');
  if (grid.length === 0) return fail('index', 'the grid has no rows');
  return equals(rightmost(patch), lengthOf(itemOf(grid, 0)) - 1);
});
