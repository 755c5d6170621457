/** Sets of positions that form rectangles, filled or as outlines. */

import { reserve } from '../grids/grid.js';
import { spendOnMembers } from '../meter.js';
import { newKeys } from '../value/arrays.js';
import { orderedSetOf } from '../value/ordered-set.js';
import { Indices, Pair, packsCoordinate, positionKey, type SetValue } from '../value/value.js';
import type { Bounds } from './patch.js';

/** Whether all positions of a rectangle have a position key. */
export function packsBounds({ top, bottom, left, right }: Bounds): boolean {
  return packsCoordinate(top) && packsCoordinate(bottom) && packsCoordinate(left) && packsCoordinate(right);
}

/** All positions of a rectangle. */
export function filledRectangle(bounds: Bounds): SetValue {
  const { top, bottom, left, right } = bounds;
  const height = bottom - top + 1;
  const count = height * (right - left + 1);
  reserve(count);
  if (!packsBounds(bounds)) return looseRectangle(bounds, count, false);
  const keys = newKeys(count);
  let at = 0;
  for (let j = left; j <= right; j++) {
    const first = positionKey(top, j);
    for (let i = 0; i < height; i++) keys[at++] = first + i;
  }
  return new Indices(keys);
}

/** The positions on the border of a rectangle. */
export function outlinedRectangle(bounds: Bounds): SetValue {
  const { top, bottom, left, right } = bounds;
  const height = bottom - top + 1;
  const width = right - left + 1;
  const count = height > 1 && width > 1 ? 2 * (height + width) - 4 : height * width;
  reserve(count);
  if (!packsBounds(bounds)) return looseRectangle(bounds, count, true);
  const keys = newKeys(count);
  let at = 0;
  for (let j = left; j <= right; j++) {
    const first = positionKey(top, j);
    const step = j === left || j === right || height === 1 ? 1 : height - 1;
    for (let i = 0; i < height; i += step) keys[at++] = first + i;
  }
  return new Indices(keys);
}

/** A rectangle of `count` positions some of which have no key. The caller has charged for it. */
function looseRectangle({ top, bottom, left, right }: Bounds, count: number, hollow: boolean): SetValue {
  spendOnMembers(count);
  const positions: Pair[] = [];
  for (let j = left; j <= right; j++) {
    const step = hollow && j !== left && j !== right ? Math.max(1, bottom - top) : 1;
    for (let i = top; i <= bottom; i += step) positions.push(new Pair(i, j));
  }
  return orderedSetOf(positions);
}
