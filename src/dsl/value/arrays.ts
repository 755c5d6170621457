/**
 * The typed arrays of flat values, allocated from larger shared buffers. A buffer of its own costs an array of more
 * than 64 bytes 250 ns in V8 (Node 24), a view of a shared buffer 20 to 30 ns. A smaller array takes as long either
 * way, but half of the memory as a view.
 *
 * No memory is used twice, so arrays start as zeros, and a buffer is freed with its last array. Never transfer the
 * buffer of a value's array to another thread, and never read it without the array's `byteOffset`.
 */
const BUFFER_SIZE = 0x4000;

/** Larger arrays would waste too much of the shared buffers. */
const LARGE = BUFFER_SIZE / 4;

/** Up to this many elements are copied one by one: a call of `set` takes as long. */
const SHORT = 32;

let buffer = new ArrayBuffer(BUFFER_SIZE);
let used = 0;

/**
 * Allocates `bytes` at an offset suitable for any typed array: the value of `used` before the call, in `buffer` after
 * it.
 */
function take(bytes: number): number {
  if (used + bytes > BUFFER_SIZE) {
    buffer = new ArrayBuffer(BUFFER_SIZE);
    used = 0;
  }
  const offset = used;
  used = (used + bytes + 7) & ~7;
  return offset;
}

/** Zeros for the cells of a grid. */
export function newCells(length: number): Int8Array {
  if (length > LARGE) return new Int8Array(length);
  const offset = take(length);
  return new Int8Array(buffer, offset, length);
}

/** Zeros for the keys of a set. */
export function newKeys(length: number): Int32Array {
  const bytes = length * Int32Array.BYTES_PER_ELEMENT;
  if (bytes > LARGE) return new Int32Array(length);
  const offset = take(bytes);
  return new Int32Array(buffer, offset, length);
}

/** A copy of the cells from `start` to before `end`, both within bounds. */
export function copyOfCells(cells: Int8Array, start = 0, end = cells.length): Int8Array {
  const length = end - start;
  const copy = newCells(length);
  if (length < SHORT) {
    for (let k = 0; k < length; k++) copy[k] = cells[start + k];
  } else {
    copy.set(length === cells.length ? cells : cells.subarray(start, end));
  }
  return copy;
}

/** A copy of the first `count` keys. */
export function copyOfKeys(keys: Int32Array, count: number): Int32Array {
  const copy = newKeys(count);
  if (count < SHORT) {
    for (let k = 0; k < count; k++) copy[k] = keys[k];
  } else {
    copy.set(count === keys.length ? keys : keys.subarray(0, count));
  }
  return copy;
}
