/** The corners of a patch (SPEC 3.7): the extremes of every component, even if there are not two. */
import { fail } from '../../errors.js';
import { columnsOf, rowsOf } from '../../grids/grid.js';
import { boundsOf, locationsOf } from '../../patches/patch.js';
import { packsBounds } from '../../patches/rectangles.js';
import { newKeys } from '../../value/arrays.js';
import { setOf, tupleOf } from '../../value/construct.js';
import { sortedDistinct } from '../../value/keys.js';
import { type Comparison, extremeAmong, isGreater, isLess } from '../../value/order.js';
import { Indices, Pair, positionKey, type Tuple, type Value } from '../../value/value.js';

export function ulcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? extremesOf(patch, () => isLess) : new Pair(bounds.top, bounds.left);
}

export function urcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? extremesOf(patch, oneOf(isLess, isGreater)) : new Pair(bounds.top, bounds.right);
}

export function llcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? extremesOf(patch, oneOf(isGreater, isLess)) : new Pair(bounds.bottom, bounds.left);
}

export function lrcorner(patch: Value): Tuple {
  const bounds = boundsOf(patch);
  return bounds === null ? extremesOf(patch, () => isGreater) : new Pair(bounds.bottom, bounds.right);
}

/** By component, the comparison that selects the extreme; `value` for more than two components. */
function oneOf(...comparisons: readonly Comparison[]): (component: number) => Comparison {
  return (component) => comparisons[component] ?? fail('value', 'a position has more than two components');
}

/** The extreme of each component that all positions of a patch have; `()` for the empty patch. */
function extremesOf(patch: Value, comparison: (component: number) => Comparison): Tuple {
  const columns = columnsOf(rowsOf(locationsOf(patch)));
  return tupleOf(columns.map((column, k) => extremeAmong(column, comparison(k))));
}

export function corners(patch: Value): Value {
  const bounds = boundsOf(patch);
  if (bounds === null) return setOf([ulcorner(patch), urcorner(patch), llcorner(patch), lrcorner(patch)]);
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
