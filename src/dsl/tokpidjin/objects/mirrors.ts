/** Mirrors of patches in the dialect (SPEC-dialect 6.6). A patch is mirrored within its own bounding box. */
import { COLOR_LAST } from '../../cell-form.js';
import { exactInteger, integerOf, unpackTwo } from '../../components.js';
import { withKeys } from '../../containers/container.js';
import { keysAcrossDiagonal, keysLeftRight, keysUpsideDown } from '../../patches/mirrored-keys.js';
import type { Bounds } from '../../patches/patch.js';
import { mirroredMembers } from '../../primitives/objects/mirrors.js';
import { equals } from '../../value/equality.js';
import { EMPTY_SET, EMPTY_TUPLE, Indices, Pair, Triples, type Value } from '../../value/value.js';
import { guarded } from '../guard.js';
import { holdsTriples } from '../patches/locations.js';
import { lrcorner, ulcorner } from '../patches/measures.js';

/** How the members of a patch are interpreted. */
type Form = 'by the first member' | 'positions' | 'cells';

interface Mirror {
  /** The keys of the image; null if they leave the range of keys. */
  keys(patch: Indices | Triples, bounds: Bounds): Int32Array | null;
  image(bounds: Bounds, i: number, j: number): Pair;
}

/** In the keys of triples, rows and columns are swapped. */
const UPSIDE_DOWN: Mirror = {
  keys: (patch, bounds) => (patch instanceof Indices ? keysUpsideDown(patch, bounds) : keysLeftRight(patch)),
  image: ({ top, bottom }, i, j) => new Pair(top + exactInteger(bottom - i), j),
};

const LEFT_RIGHT: Mirror = {
  keys: (patch, bounds) =>
    patch instanceof Indices ? keysLeftRight(patch) : keysUpsideDown(patch, COLOR_LAST.inKeys(bounds)),
  image: ({ left, right }, i, j) => new Pair(i, left + exactInteger(right - j)),
};

const ACROSS_DIAGONAL: Mirror = {
  keys: (patch, bounds) =>
    keysAcrossDiagonal(patch, patch instanceof Indices ? bounds : COLOR_LAST.inKeys(bounds)),
  image: ({ top, left }, i, j) =>
    new Pair(exactInteger(top + exactInteger(j - left)), exactInteger(left + exactInteger(i - top))),
};

function mirrored({ keys, image }: Mirror, form: Form) {
  return guarded(EMPTY_SET, (patch: Value): Value => {
    const [top, left] = unpackTwo(ulcorner(patch)).map(integerOf);
    const [bottom, right] = unpackTwo(lrcorner(patch)).map(integerOf);
    const bounds = { top, bottom, left, right };
    const cells = form === 'by the first member' ? holdsTriples(patch) : form === 'cells';
    if (patch instanceof (cells ? Triples : Indices)) {
      const images = keys(patch, bounds);
      if (images !== null) return withKeys(patch, images);
    }
    return mirroredMembers(patch, (i, j) => image(bounds, i, j), cells ? COLOR_LAST : null);
  });
}

export const hmirror_f = mirrored(UPSIDE_DOWN, 'by the first member');
export const hmirror_i = mirrored(UPSIDE_DOWN, 'positions');
export const hmirror_o = mirrored(UPSIDE_DOWN, 'cells');
export const vmirror_f = mirrored(LEFT_RIGHT, 'by the first member');
export const vmirror_i = mirrored(LEFT_RIGHT, 'positions');
export const vmirror_o = mirrored(LEFT_RIGHT, 'cells');
export const dmirror_f = mirrored(ACROSS_DIAGONAL, 'by the first member');
export const dmirror_i = mirrored(ACROSS_DIAGONAL, 'positions');
export const dmirror_o = mirrored(ACROSS_DIAGONAL, 'cells');

export const cmirror_f = guarded(EMPTY_SET, (patch: Value) => vmirror_f(dmirror_f(vmirror_f(patch))));

const MIRRORS = [hmirror_f, dmirror_f, vmirror_f, cmirror_f];

/** A mirror by number; any other number returns the argument unchanged. */
export const mir_rot_f = guarded(EMPTY_TUPLE, (patch: Value, type: Value): Value => {
  const mirror = MIRRORS.find((_, k) => equals(type, k));
  return mirror === undefined ? patch : mirror(patch);
});
