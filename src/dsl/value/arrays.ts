/**
 * The typed arrays of flat values, allocated from larger shared buffers. A buffer of its own costs an array of more
 * than 64 bytes some 300 to 500 ns in V8, a view of a shared buffer 30 to 80 ns (Node 20, 100 to 900 bytes).
 *
 * No memory is used twice, so arrays start as zeros, and a buffer is freed with its last array. Never transfer the
 * buffer of a value's array to another thread, and never read it without the array's `byteOffset`.
 */
const BUFFER_SIZE = 0x4000;

/** V8 allocates arrays up to this size in its own heap, without a buffer. */
const SMALL = 64;

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
  if (length <= SMALL || length > LARGE) return new Int8Array(length);
  const offset = take(length);
  return new Int8Array(buffer, offset, length);
}

/** Zeros for the keys of a set. */
export function newKeys(length: number): Int32Array {
  const bytes = length * Int32Array.BYTES_PER_ELEMENT;
  if (bytes <= SMALL || bytes > LARGE) return new Int32Array(length);
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
