/** Sets of pairs of which some are too far out for position keys. Hashing pairs as values takes five times as long. */
import { spend } from '../meter.js';
import { chargeForMore, LOOKUP_CHARGE } from './distinct.js';
import { orderedSetOf } from './ordered-set.js';
import { Pair, type SetValue, type Value } from './value.js';

/** Pairs of numbers from -REACH to REACH - 1 have keys that are exact numbers. */
const REACH = 2 ** 25;

/** Ascending keys are in canonical order: by column, then by row. */
const COLUMN_STEP = 2 * REACH;

/** The set of `values`, with the charge for a set of generic members; null if one is no pair or has no key. */
export function distantPairSet(values: readonly Value[]): SetValue | null {
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!(value instanceof Pair) || !hasKey(value.i) || !hasKey(value.j)) return null;
  }
  const keys = distinctKeys(values as readonly Pair[]).sort();
  const pairs = new Array<Value>(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const j = Math.floor((keys[k] + REACH) / COLUMN_STEP);
    pairs[k] = new Pair(keys[k] - j * COLUMN_STEP, j);
  }
  return orderedSetOf(pairs);
}

function hasKey(coordinate: number): boolean {
  return coordinate >= -REACH && coordinate < REACH;
}

/** The keys of the pairs, each once, in order of arrival. */
function distinctKeys(pairs: readonly Pair[]): Float64Array {
  spend(pairs.length * LOOKUP_CHARGE);
  let keys = new Float64Array(64);
  // An open-addressed table: indices in `keys`, plus 1.
  let slots = new Int32Array(128);
  let count = 0;
  let paid = 0;
  for (let k = 0; k < pairs.length; k++) {
    if (count === keys.length) {
      const longer = new Float64Array(count * 2);
      longer.set(keys);
      keys = longer;
      slots = new Int32Array(count * 4);
      for (let at = 0; at < count; at++) slots[slotOf(slots, keys, keys[at])] = at + 1;
    }
    const { i, j } = pairs[k];
    const key = j * COLUMN_STEP + i;
    const slot = slotOf(slots, keys, key);
    if (slots[slot] !== 0) continue;
    if (count === paid) {
      const { members, charge } = chargeForMore(paid);
      spend(charge);
      paid += members;
    }
    keys[count++] = key;
    slots[slot] = count;
  }
  return keys.slice(0, count);
}

/** The slot of a key, or the free slot for it. */
function slotOf(slots: Int32Array, keys: Float64Array, key: number): number {
  const mask = slots.length - 1;
  const column = Math.floor((key + REACH) / COLUMN_STEP);
  const hash = Math.imul(key - column * COLUMN_STEP, 0x9e3779b1) ^ Math.imul(column, 0x85ebca6b);
  let slot = (hash ^ (hash >>> 15)) & mask;
  while (slots[slot] !== 0 && keys[slots[slot] - 1] !== key) slot = (slot + 1) & mask;
  return slot;
}
