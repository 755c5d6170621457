/** Patches of flat layout, whose keys can be read alike: both sorts of key hold the position in the same order of bits. */
import { Cells, Indices, Triples, type Value } from '../value/value.js';

export type FlatPatch = Indices | Cells;

/** Mask of a row, and number of bits of a row, in a position key. Rows and columns count from MIN_COORDINATE there. */
export const ROW_MASK = 0x7ff;
export const ROW_BITS = 11;

/** The bit at which the position begins in the keys of a patch; below it lies the colour. */
export function positionBit(patch: FlatSet): number {
  return patch instanceof Indices ? 0 : 8;
}

export function isFlatPatch(value: Value): value is FlatPatch {
  return value instanceof Indices || value instanceof Cells;
}

/** Sets that are arrays of keys. Two of one layout are compared and put together by their keys. */
export type FlatSet = FlatPatch | Triples;

export function isFlatSet(value: Value): value is FlatSet {
  return isFlatPatch(value) || value instanceof Triples;
}
