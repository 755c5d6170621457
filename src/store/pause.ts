/** Blocks this thread for so many milliseconds: a store is opened and read without waiting for promises. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
