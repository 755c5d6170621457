/**
 * Set algebra on the keys of Indices and Cells: arrays that are ascending, distinct and never written to. A function
 * may return one of its arguments if that is the result.
 */
import { copyOfKeys } from './arrays.js';
import { sortedDistinct } from './construct.js';

/** The keys in either array. */
export function unionOfKeys(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const union = new Int32Array(a.length + b.length);
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
  return count === union.length ? union : union.slice(0, count);
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
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const keys of arrays) {
    if (keys.length === 0) continue;
    total += keys.length;
    least = Math.min(least, keys[0]);
    greatest = Math.max(greatest, keys[keys.length - 1]);
  }
  if (total >= MANY_KEYS && (greatest - least) / 32 < WORDS_FOR_A_KEY * total) {
    return distinctInBitmap(arrays, total, least, greatest);
  }
  const all = new Int32Array(total);
  let count = 0;
  for (const keys of arrays) {
    all.set(keys, count);
    count += keys.length;
  }
  return sortedDistinct(all);
}

/** Scratch. All zero between calls: a function that sets bits clears them. */
let bitmap = new Int32Array(2048);

/**
 * The distinct keys of all arrays, ascending. `total` is the number of keys, with repetitions; all are between
 * `least` and `greatest`.
 */
function distinctInBitmap(
  arrays: readonly Int32Array[],
  total: number,
  least: number,
  greatest: number,
): Int32Array {
  const used = ((greatest - least) >>> 5) + 1;
  if (bitmap.length < used) bitmap = new Int32Array(used);
  const words = bitmap;
  const distinct = new Int32Array(total);
  for (const keys of arrays) {
    for (let k = 0; k < keys.length; k++) {
      const at = keys[k] - least;
      words[at >>> 5] |= 1 << (at & 31);
    }
  }
  let count = 0;
  for (let w = 0; w < used; w++) {
    for (let word = words[w]; word !== 0; word &= word - 1) {
      const lowest = 31 - Math.clz32(word & -word);
      distinct[count++] = least + (w << 5) + lowest;
    }
    words[w] = 0;
  }
  return copyOfKeys(distinct, count);
}

/** The keys in both arrays. */
export function commonKeys(a: Int32Array, b: Int32Array): Int32Array {
  const common = new Int32Array(Math.min(a.length, b.length));
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
  return count === common.length ? common : common.slice(0, count);
}

/** The keys of the first array that are not in the second. */
export function keysWithout(a: Int32Array, b: Int32Array): Int32Array {
  const rest = new Int32Array(a.length);
  let count = 0;
  let y = 0;
  for (let x = 0; x < a.length; x++) {
    const key = a[x];
    while (y < b.length && b[y] < key) y++;
    if (y === b.length || b[y] !== key) rest[count++] = key;
  }
  return count === a.length ? a : rest.slice(0, count);
}
