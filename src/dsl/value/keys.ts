/**
 * Set algebra on the keys of Indices and Cells: arrays that are ascending, distinct and never written to. A function
 * may return one of its arguments if that is the result.
 */
import { copyOfKeys, newKeys } from './arrays.js';

/** The keys in either array. */
export function unionOfKeys(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const union = newKeys(a.length + b.length);
  let count = 0;
  let x = 0;
  let y = 0;
  while (x < a.length && y < b.length) {
    const left = a[x];
    const right = b[y];
    union[count++] = Math.min(left, right);
    if (left <= right) x++;
    if (right <= left) y++;
  }
  while (x < a.length) union[count++] = a[x++];
  while (y < b.length) union[count++] = b[y++];
  if (count === a.length) return a;
  return count === union.length ? union : copyOfKeys(union, count);
}

/**
 * From this many keys on, a bitmap is faster than sorting, unless it needs more than this many words for each key
 * (measured).
 */
const MANY_KEYS = 64;
const WORDS_FOR_A_KEY = 16;

/** The keys in any of the arrays. */
export function unionOfAllKeys(arrays: readonly Int32Array[]): Int32Array {
  if (arrays.length === 1) return arrays[0];
  if (arrays.length === 2) return unionOfKeys(arrays[0], arrays[1]);
  let total = 0;
  for (let a = 0; a < arrays.length; a++) total += arrays[a].length;
  const all = new Int32Array(total);
  let count = 0;
  for (let a = 0; a < arrays.length; a++) {
    all.set(arrays[a], count);
    count += arrays[a].length;
  }
  return sortedDistinct(all);
}

/** Sorts keys in place and removes duplicates; the result may be the argument, or a view of it. */
export function sortedDistinct(keys: Int32Array): Int32Array {
  let ascending = 1;
  while (ascending < keys.length && keys[ascending - 1] < keys[ascending]) ascending++;
  if (ascending >= keys.length) return keys;
  return keys.length < MANY_KEYS ? distinctBySorting(keys) : distinctOfMany(keys);
}

function distinctOfMany(keys: Int32Array): Int32Array {
  let least = keys[0];
  let greatest = keys[0];
  for (let k = 1; k < keys.length; k++) {
    if (keys[k] < least) least = keys[k];
    if (keys[k] > greatest) greatest = keys[k];
  }
  const isDense = (greatest - least) / 32 < WORDS_FOR_A_KEY * keys.length;
  return isDense ? distinctInBitmap(keys, least, greatest) : distinctBySorting(keys);
}

function distinctBySorting(keys: Int32Array): Int32Array {
  keys.sort();
  let count = 1;
  for (let k = 1; k < keys.length; k++) {
    if (keys[k] !== keys[count - 1]) keys[count++] = keys[k];
  }
  return count === keys.length ? keys : copyOfKeys(keys, count);
}

/** Scratch. All zero between calls: a function that sets bits clears them. */
let bitmap = new Int32Array(2048);

/** The distinct keys, ascending, in place of the argument's; all are between `least` and `greatest`. */
function distinctInBitmap(keys: Int32Array, least: number, greatest: number): Int32Array {
  const used = ((greatest - least) >>> 5) + 1;
  if (bitmap.length < used) bitmap = new Int32Array(used);
  const words = bitmap;
  for (let k = 0; k < keys.length; k++) {
    const at = keys[k] - least;
    words[at >>> 5] |= 1 << (at & 31);
  }
  let count = 0;
  for (let w = 0; w < used; w++) {
    if (words[w] === 0) continue;
    count = writeBits(words[w], least + (w << 5), keys, count);
    words[w] = 0;
  }
  return count === keys.length ? keys : copyOfKeys(keys, count);
}

/** Writes the places of the bits of a word, counted from `base`, into `keys` from `count` on; returns the new count. */
function writeBits(bits: number, base: number, keys: Int32Array, count: number): number {
  for (let word = bits; word !== 0; word &= word - 1) keys[count++] = base + 31 - Math.clz32(word & -word);
  return count;
}

/** The keys in both arrays. */
export function commonKeys(a: Int32Array, b: Int32Array): Int32Array {
  const common = newKeys(Math.min(a.length, b.length));
  let count = 0;
  let x = 0;
  let y = 0;
  while (x < a.length && y < b.length) {
    const left = a[x];
    const right = b[y];
    if (left === right) common[count++] = left;
    if (left <= right) x++;
    if (right <= left) y++;
  }
  if (count === a.length) return a;
  return count === common.length ? common : copyOfKeys(common, count);
}

/** The keys of the first array that are not in the second. */
export function keysWithout(a: Int32Array, b: Int32Array): Int32Array {
  const rest = newKeys(a.length);
  let count = 0;
  let y = 0;
  for (let x = 0; x < a.length; x++) {
    const key = a[x];
    while (y < b.length && b[y] < key) y++;
    if (y === b.length || b[y] !== key) rest[count++] = key;
  }
  return count === a.length ? a : copyOfKeys(rest, count);
}
