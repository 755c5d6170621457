/** Positions of patches in the dialect, where cells are triples `(i, j, v)` (SPEC-dialect 2.1, 5.3 `toindices`). */
import { unpackThree } from '../../components.js';
import { spend, spendOnPairs } from '../../meter.js';
import { ROW_BITS, ROW_MASK } from '../../patches/flat-patch.js';
import { positionKeysOf } from '../../patches/patch.js';
import { newKeys } from '../../value/arrays.js';
import { pairOf, setOf } from '../../value/construct.js';
import { elementsOf, firstOf, lengthOf } from '../../value/order.js';
import { EMPTY_SET, Indices, isSet, isTuple, Triples, type Value } from '../../value/value.js';
import { guarded } from '../guard.js';

/** The length of a container; null if the value has none. */
export function lengthIn(value: Value): number | null {
  return isTuple(value) || isSet(value) ? lengthOf(value) : null;
}

/** Whether the members of a non-empty patch are cells, by the first member; `type` if it is no container. */
export function holdsTriples(patch: Value): boolean {
  if (patch instanceof Triples) return true;
  if (patch instanceof Indices) return false;
  return lengthOf(firstOf(patch) as Value) === 3;
}

/** The positions of triples, each once. */
export function positionsOfTriples(set: Triples): Indices {
  // In the order of positions: by column, then by row.
  set.positions ??= new Indices(transposed(positionKeysOf(set.keys), 0));
  return set.positions;
}

/** Where the next key of a line goes, by line; all 0 between calls. */
const starts = new Int32Array(ROW_MASK + 2);

/**
 * Swaps the two coordinates of keys, which begin at bit `low`. The result ascends, like the keys. Lower bits move
 * along.
 */
export function transposed(keys: Int32Array, low: number): Int32Array {
  let least = ROW_MASK;
  let greatest = 0;
  let previous = 0;
  let ascends = true;
  for (let k = 0; k < keys.length; k++) {
    const lower = (keys[k] >> low) & ROW_MASK;
    if (lower < previous) ascends = false;
    if (lower < least) least = lower;
    if (lower > greatest) greatest = lower;
    previous = lower;
  }
  const result = newKeys(keys.length);
  // As for lines to the right or downward.
  if (ascends) {
    for (let k = 0; k < keys.length; k++) result[k] = swapped(keys[k], low);
    return result;
  }
  // The keys ascend by their upper coordinate, so a stable sort by the lower one suffices.
  for (let k = 0; k < keys.length; k++) starts[((keys[k] >> low) & ROW_MASK) - least + 1]++;
  const lines = greatest - least + 1;
  for (let line = 1; line < lines; line++) starts[line] += starts[line - 1];
  for (let k = 0; k < keys.length; k++) {
    result[starts[((keys[k] >> low) & ROW_MASK) - least]++] = swapped(keys[k], low);
  }
  starts.fill(0, 0, lines + 1);
  return result;
}

function swapped(key: number, low: number): number {
  const lower = (key >> low) & ROW_MASK;
  const upper = key >> (low + ROW_BITS);
  return (((lower << ROW_BITS) | upper) << low) | (key & ((1 << low) - 1));
}

/**
 * The positions of a patch whose members are triples in any layout; the patch itself if its first member is no
 * triple.
 */
export const toindices = guarded(EMPTY_SET, (patch: Value): Value => {
  if (patch instanceof Indices) return patch;
  if (patch instanceof Triples) return positionsOfTriples(patch);
  if ((lengthIn(patch) ?? 0) === 0) return EMPTY_SET;
  const length = lengthIn(firstOf(patch) as Value);
  if (length === null) return EMPTY_SET;
  return length === 3 ? positionsOf(patch) : patch;
});

export const toindices_o = guarded(EMPTY_SET, (object: Value): Value => {
  if (object instanceof Triples) return positionsOfTriples(object);
  return (lengthIn(object) ?? 0) === 0 ? EMPTY_SET : positionsOf(object);
});

function positionsOf(cells: Value): Value {
  spend(lengthOf(cells));
  spendOnPairs(lengthOf(cells));
  return setOf(
    elementsOf(cells).map((cell) => {
      const [i, j] = unpackThree(cell);
      return pairOf(i, j);
    }),
  );
}
