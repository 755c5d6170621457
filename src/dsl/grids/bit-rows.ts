/** Bitmaps of an object's colours in a grid, one bit for each cell, so that 32 columns are compared at once. */
import { type Cells, type Grid, MAX_COLOR, MIN_COLOR, type Triples } from '../value/value.js';

export interface BitRows {
  /** The slot of a colour of the object, by the lowest byte of its keys; 0 for all other colours. */
  readonly slotOf: Uint16Array;
  /** 32-bit words in a row: one more than the columns need, so that a shifted read stays in the row. */
  readonly stride: number;
  /** Bit j of row i of slot s is bit `(s * height + i) * stride * 32 + j`. */
  readonly words: Int32Array;
}

export function bitRowsOf({ height, width, cells }: Grid, object: Cells | Triples): BitRows {
  const slotOf = new Uint16Array(MAX_COLOR - MIN_COLOR + 1);
  let slots = 1;
  for (let k = 0; k < object.keys.length; k++) {
    const color = object.keys[k] & 0xff;
    if (slotOf[color] === 0) slotOf[color] = slots++;
  }
  const stride = ((width + 31) >> 5) + 1;
  const room = height * stride;
  const words = new Int32Array(slots * room);
  let at = 0;
  for (let row = 0; row < room; row += stride) {
    for (let j = 0; j < width; j++) {
      words[slotOf[cells[at++] - MIN_COLOR] * room + row + (j >> 5)] |= 1 << (j & 31);
    }
  }
  return { slotOf, stride, words };
}
