/**
 * Patches in a flat layout. Their keys can be read alike: both kinds of keys have the position in the same order of
 * bits.
 */
import { Cells, Indices, Triples, type Value } from '../value/value.js';

export type FlatPatch = Indices | Cells;

/** Mask of the row, and number of its bits, in a position key. Rows and columns are counted from MIN_COORDINATE. */
export const ROW_MASK = 0x7ff;
export const ROW_BITS = 11;

/** The first bit of the position in the keys of a patch; the colour is in the bits below. */
export function positionBit(patch: FlatSet): number {
  return patch instanceof Indices ? 0 : 8;
}

export function isFlatPatch(value: Value): value is FlatPatch {
  return value instanceof Indices || value instanceof Cells;
}

/** Sets that are arrays of keys. Two sets of one layout are compared and merged by their keys. */
export type FlatSet = FlatPatch | Triples;

export function isFlatSet(value: Value): value is FlatSet {
  return isFlatPatch(value) || value instanceof Triples;
}
