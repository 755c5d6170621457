/** Typed arrays that grow: returns the same contents in an array of at least twice the length. */

export function grownInt32(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(2 * array.length, length));
  grown.set(array);
  return grown;
}
