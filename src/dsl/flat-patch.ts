/** Patches of flat layout, whose keys can be read alike: both sorts of key hold the position in the same order of bits. */
import { Cells, Indices, type Value } from './value/value.js';

export type FlatPatch = Indices | Cells;

/** Mask of a row, and number of bits of a row, in a position key. Rows and columns count from MIN_COORDINATE there. */
export const ROW_MASK = 0x7ff;
export const ROW_BITS = 11;

/** The bit at which the position begins in the keys of a patch; below it lies the colour. */
export function positionBit(patch: FlatPatch): number {
  return patch instanceof Cells ? 8 : 0;
}

export function isFlatPatch(value: Value): value is FlatPatch {
  return value instanceof Indices || value instanceof Cells;
}
