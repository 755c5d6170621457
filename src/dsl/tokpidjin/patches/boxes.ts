/** Rectangles around patches in the dialect (SPEC-dialect 5.3). */
import { integerOf, unpackTwo } from '../../components.js';
import { differenceOf } from '../../containers/container.js';
import { fail } from '../../errors.js';
import type { Bounds } from '../../patches/patch.js';
import { filledRectangle, outlinedRectangle } from '../../patches/rectangles.js';
import {
  backdrop as filled,
  delta as missing,
  box as outline,
  outlineInside,
} from '../../primitives/patches/boxes.js';
import { EMPTY_SET, Indices, isSet, Triples, type Value } from '../../value/value.js';
import { guarded } from '../guard.js';
import { lengthIn, toindices } from './locations.js';
import {
  boundsOfTriples,
  leftmost,
  lowermost,
  lrcorner,
  rightmost,
  ulcorner,
  uppermost,
} from './measures.js';

/** The rectangle between the corners of a patch. */
function cornerBounds(patch: Value): Bounds {
  const [top, left] = unpackTwo(ulcorner(patch)).map(integerOf);
  const [bottom, right] = unpackTwo(lrcorner(patch)).map(integerOf);
  return { top, bottom, left, right };
}

export const backdrop = guarded(EMPTY_SET, (patch: Value): Value => {
  if (patch instanceof Triples) return filledRectangle(boundsOfTriples(patch));
  if ((lengthIn(patch) ?? 0) === 0) return EMPTY_SET;
  const locations = toindices(patch);
  if (locations instanceof Indices) return filled(locations);
  return filledRectangle(cornerBounds(patch));
});

export const delta = guarded(EMPTY_SET, (patch: Value): Value => {
  if ((lengthIn(patch) ?? 0) === 0) return EMPTY_SET;
  const locations = toindices(patch);
  if (locations instanceof Indices) return missing(locations);
  if (!isSet(locations)) return fail('type', 'positions of a tuple cannot be taken from a set');
  return differenceOf(backdrop(patch), locations);
});

export const box = guarded(EMPTY_SET, (patch: Value): Value => {
  if (patch instanceof Triples) return outlinedRectangle(boundsOfTriples(patch));
  if (lengthIn(patch) === 0) return EMPTY_SET;
  const locations = toindices(patch);
  return locations instanceof Indices ? outline(locations) : outlinedRectangle(cornerBounds(patch));
});

/** The outline of a patch's bounding box, moved inward; a value that is no patch is taken to be at the origin. */
function outlineMoved(patch: Value, inward: number): Value {
  if (lengthIn(patch) === 0) return EMPTY_SET;
  const [top, bottom, left, right] = [uppermost, lowermost, leftmost, rightmost].map((side) =>
    integerOf(side(patch)),
  );
  return outlineInside({ top, bottom, left, right }, inward);
}

export const inbox = guarded(EMPTY_SET, (patch: Value) => outlineMoved(patch, 1));
export const outbox = guarded(EMPTY_SET, (patch: Value) => outlineMoved(patch, -1));
