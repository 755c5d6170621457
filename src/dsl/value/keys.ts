/**
 * Set algebra on the keys of Indices and Cells: arrays that ascend, hold nothing twice and are never written to. Each
 * function may return an argument itself, where that is the result.
 */

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

/** The keys in any of the arrays: joined two by two, so that none is copied more often than log2 of their number. */
export function unionOfAllKeys(arrays: readonly Int32Array[]): Int32Array {
  let level = arrays;
  while (level.length > 1) {
    const next: Int32Array[] = [];
    for (let k = 0; k + 1 < level.length; k += 2) next.push(unionOfKeys(level[k], level[k + 1]));
    if (level.length % 2 === 1) next.push(level[level.length - 1]);
    level = next;
  }
  return level.length === 0 ? new Int32Array(0) : level[0];
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
