/**
 * Mirror images of flat patches. The keys of triples are those of the transposed positions, so for triples the
 * results are the images of the transposed patch. Keys ascend by column, then by row, and each mirror visits them in
 * the order in which their images ascend. Only cells that share a position then have the wrong order, and are sorted.
 */

import { newKeys } from '../value/arrays.js';
import { sortedDistinct } from '../value/keys.js';
import { MIN_COORDINATE } from '../value/value.js';
import { type FlatSet, positionBit, ROW_BITS, ROW_MASK } from './flat-patch.js';
import type { Bounds } from './patch.js';

/** Row i becomes top + bottom - i. */
export function keysUpsideDown(patch: FlatSet, { top, bottom }: Bounds): Int32Array {
  const { keys } = patch;
  const low = positionBit(patch);
  const columnBit = low + ROW_BITS;
  // Adding this to twice the row, within the key, negates the row and moves it into the box again.
  const sum = (top + bottom - 2 * MIN_COORDINATE) << low;
  const rowMask = ROW_MASK << low;
  const mirrored = newKeys(keys.length);
  let at = 0;
  for (let start = 0; start < keys.length; ) {
    const column = keys[start] >> columnBit;
    let end = start + 1;
    while (end < keys.length && keys[end] >> columnBit === column) end++;
    for (let k = end - 1; k >= start; k--) {
      const key = keys[k];
      mirrored[at++] = key - 2 * (key & rowMask) + sum;
    }
    start = end;
  }
  return sortedDistinct(mirrored);
}

/** Column j becomes left + right - j. */
export function keysLeftRight(patch: FlatSet): Int32Array {
  const { keys } = patch;
  const columnBit = positionBit(patch) + ROW_BITS;
  const sum = (keys[0] >> columnBit) + (keys[keys.length - 1] >> columnBit);
  const mirrored = newKeys(keys.length);
  let at = 0;
  for (let end = keys.length; end > 0; ) {
    const column = keys[end - 1] >> columnBit;
    let start = end - 1;
    while (start > 0 && keys[start - 1] >> columnBit === column) start--;
    const step = (sum - 2 * column) * (1 << columnBit);
    for (let k = start; k < end; k++) mirrored[at++] = keys[k] + step;
    end = start;
  }
  return mirrored;
}

/** (i, j) becomes (j - left + top, i - top + left); null if an image leaves the range of keys. */
export function keysAcrossDiagonal(patch: FlatSet, bounds: Bounds): Int32Array | null {
  if (leavesPackingRange(bounds)) return null;
  const { keys } = patch;
  const low = positionBit(patch);
  const columnBit = low + ROW_BITS;
  const top = bounds.top - MIN_COORDINATE;
  const left = bounds.left - MIN_COORDINATE;
  const places = rowStarts(patch, bounds);
  const colors = (1 << low) - 1;
  const mirrored = newKeys(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k];
    const down = ((key >> low) & ROW_MASK) - top;
    const across = (key >> columnBit) - left;
    mirrored[places[down]++] = ((left + down) << columnBit) | ((top + across) << low) | (key & colors);
  }
  return mirrored;
}

/** (i, j) becomes (top + right - j, left + bottom - i); null if an image leaves the range of keys. */
export function keysAcrossAntidiagonal(patch: FlatSet, bounds: Bounds): Int32Array | null {
  if (leavesPackingRange(bounds)) return null;
  const { keys } = patch;
  const low = positionBit(patch);
  const columnBit = low + ROW_BITS;
  const top = bounds.top - MIN_COORDINATE;
  const left = bounds.left - MIN_COORDINATE;
  const height = bounds.bottom - bounds.top;
  const width = bounds.right - bounds.left;
  const places = rowStarts(patch, bounds);
  const colors = (1 << low) - 1;
  const mirrored = newKeys(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k];
    const down = ((key >> low) & ROW_MASK) - top;
    const across = (key >> columnBit) - left;
    // The last row comes first, and in each row the last column.
    mirrored[keys.length - 1 - places[down]++] =
      ((left + height - down) << columnBit) | ((top + width - across) << low) | (key & colors);
  }
  return sortedDistinct(mirrored);
}

/** Whether the box of a patch, with height and width swapped, leaves the range of keys from its corner on. */
function leavesPackingRange({ top, bottom, left, right }: Bounds): boolean {
  const row = top - MIN_COORDINATE + right - left;
  const column = left - MIN_COORDINATE + bottom - top;
  return row > ROW_MASK || column > ROW_MASK;
}

/** For each row of the bounding box: the number of keys in rows above it. */
function rowStarts(patch: FlatSet, { top, bottom }: Bounds): Int32Array {
  const { keys } = patch;
  const low = positionBit(patch);
  const first = top - MIN_COORDINATE - 1;
  const starts = new Int32Array(bottom - top + 2);
  for (let k = 0; k < keys.length; k++) starts[((keys[k] >> low) & ROW_MASK) - first]++;
  for (let row = 1; row < starts.length; row++) starts[row] += starts[row - 1];
  return starts;
}
