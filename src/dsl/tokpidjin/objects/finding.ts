/** Objects of a grid in the dialect (SPEC-dialect 5.3, 6.5). */
import { COLOR_LAST } from '../../cell-form.js';
import { integerOf, unpackTwo } from '../../components.js';
import { fail } from '../../errors.js';
import { dimensionsOf, packsPositions } from '../../grids/grid.js';
import { entryOf } from '../../grids/grid-entry.js';
import { spendOnCells } from '../../meter.js';
import type { Bounds } from '../../patches/patch.js';
import { filledRectangle } from '../../patches/rectangles.js';
import {
  cellsAt,
  colorClasses,
  componentsOf,
  frontiersOf,
  looseCellsAt,
} from '../../primitives/objects/object-finding.js';
import { upscaleCells } from '../../primitives/objects/object-scaling.js';
import { flatOccurrences, looseOccurrences } from '../../primitives/objects/occurrences.js';
import { periodOf } from '../../primitives/objects/periods.js';
import { asGrid, setOf, tripleOf, tupleOf } from '../../value/construct.js';
import { equals, isTrue } from '../../value/equality.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import {
  EMPTY_SET,
  EMPTY_TUPLE,
  Indices,
  isInteger,
  isSet,
  Pair,
  Triples,
  type Value,
} from '../../value/value.js';
import { mostcolor_t } from '../colors.js';
import { guarded } from '../guard.js';
import { isEmptyTuple } from '../numbers.js';
import { toindices, transposed } from '../patches/locations.js';
import { boundsOfTriples, height_f, lrcorner, shape_f, ulcorner, width_f } from '../patches/measures.js';
import { normalize } from './shifting.js';

export const objects = guarded(
  EMPTY_SET,
  (grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Value => {
    if (isEmptyTuple(grid)) return EMPTY_SET;
    const background = isTrue(withoutBackground) ? mostcolor_t(grid) : undefined;
    return componentsOf(grid, isTrue(univalued), isTrue(diagonal), background, COLOR_LAST);
  },
);

/** The components as tuples, ordered by their first position; each in breadth-first order from there. */
export const objects_t = guarded(
  EMPTY_TUPLE,
  (grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Value => {
    if (isEmptyTuple(grid)) return EMPTY_TUPLE;
    const background = isTrue(withoutBackground) ? mostcolor_t(grid) : undefined;
    return tupleOf(new Waves(grid, isTrue(univalued), isTrue(diagonal), background).components());
  },
);

const STEPS = [
  [0, -1],
  [-1, 0],
  [1, 0],
  [0, 1],
] as const;
const DIAGONAL_STEPS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

/** Components found breadth-first; each is read in the order of positions: by column, then by row. */
class Waves {
  private readonly height: number;
  private readonly width: number;
  /** By position, in their order: its entry, and whether it belongs to a component. */
  private readonly entries: Value[] = [];
  private readonly taken: Uint8Array;
  private readonly steps: readonly (readonly [number, number])[];

  constructor(
    grid: Value,
    private readonly univalued: boolean,
    diagonal: boolean,
    private readonly background: Value | undefined,
  ) {
    const { height, width } = dimensionsOf(grid);
    spendOnCells(height * width);
    for (let j = 0; j < width; j++) {
      for (let i = 0; i < height; i++) this.entries.push(entryOf(grid, i, j));
    }
    this.height = height;
    this.width = width;
    this.taken = new Uint8Array(this.entries.length);
    this.steps = diagonal ? [...STEPS, ...DIAGONAL_STEPS] : STEPS;
  }

  components(): Value[] {
    const components: Value[] = [];
    for (let at = 0; at < this.entries.length; at++) {
      if (this.taken[at] === 0 && !this.isBackground(at)) components.push(tupleOf(this.componentFrom(at)));
    }
    return components;
  }

  private isBackground(at: number): boolean {
    return this.background !== undefined && equals(this.entries[at], this.background);
  }

  private componentFrom(start: number): Value[] {
    const cells: Value[] = [];
    for (let wave = [start]; wave.length > 0; ) {
      const next = new Set<number>();
      for (const at of wave) {
        if (!this.belongs(at, start)) continue;
        cells.push(tripleOf(at % this.height, Math.floor(at / this.height), this.entries[at]));
        this.taken[at] = 1;
        for (const neighbour of this.neighboursOf(at)) next.add(neighbour);
      }
      wave = [...next].filter((at) => this.taken[at] === 0).sort((a, b) => a - b);
    }
    return cells;
  }

  private belongs(at: number, start: number): boolean {
    return this.univalued ? equals(this.entries[at], this.entries[start]) : !this.isBackground(at);
  }

  private *neighboursOf(at: number): Generator<number> {
    const row = at % this.height;
    const column = Math.floor(at / this.height);
    for (const [di, dj] of this.steps) {
      const i = row + di;
      const j = column + dj;
      if (i >= 0 && i < this.height && j >= 0 && j < this.width) yield j * this.height + i;
    }
  }
}

type Finder = (grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value) => Value;

/** The eight variants of a finder by number: 4 for univalued, 2 for diagonal, 1 for without background. */
function byNumber(find: Finder) {
  return guarded(EMPTY_TUPLE, (grid: Value, type: Value): Value => {
    if (!isInteger(type)) return null;
    const k = Number(type);
    return k >= 0 && k < 8 ? find(grid, (k & 4) !== 0, (k & 2) !== 0, (k & 1) !== 0) : null;
  });
}

export const o_g = byNumber(objects);
export const o_g_t = byNumber(objects_t);

export const partition = guarded(EMPTY_SET, (grid: Value) => colorClasses(grid, null, null, COLOR_LAST));

export const fgpartition = guarded(EMPTY_SET, (grid: Value) => {
  return colorClasses(grid, { color: mostcolor_t(grid) }, null, COLOR_LAST);
});

export const frontiers = guarded(EMPTY_SET, (grid: Value) => frontiersOf(grid, COLOR_LAST));

export const toobject = guarded(EMPTY_SET, (patch: Value, grid: Value): Value => {
  dimensionsOf(grid);
  const flat = asGrid(grid);
  if (flat !== null && patch instanceof Triples) return cellsAt(patch.keys, 8, flat, COLOR_LAST);
  const locations = toindices(patch);
  if (flat !== null && locations instanceof Indices) {
    return cellsAt(transposed(locations.keys, 0), 0, flat, COLOR_LAST);
  }
  return looseCellsAt(locations, grid, COLOR_LAST);
});

/** The rectangle between the corners of a patch. */
export function cornerBounds(patch: Value): Bounds {
  const [top, left] = unpackTwo(ulcorner(patch)).map(integerOf);
  const [bottom, right] = unpackTwo(lrcorner(patch)).map(integerOf);
  return { top, bottom, left, right };
}

export const occurrences = guarded(EMPTY_SET, (grid: Value, object: Value): Value => {
  const { height, width } = dimensionsOf(grid);
  const set = normalize(object);
  const extent = shape_f(object);
  if (!(extent instanceof Pair)) return fail('type', 'the object has no shape');
  if (lengthOf(set) === 0) {
    return filledRectangle({ top: 0, bottom: height - extent.i, left: 0, right: width - extent.j });
  }
  const flat = asGrid(grid);
  if (flat !== null && packsPositions(height, width) && set instanceof Triples) {
    return flatOccurrences(flat, set, cornerBounds(set), COLOR_LAST);
  }
  return looseOccurrences(grid, set, extent, COLOR_LAST);
});

/** The period along one direction; for an object of one line, its extent. */
function periodAlong(di: number, dj: number) {
  return guarded(0, (object: Value): Value => {
    if (object instanceof Triples) return periodOf(object, boundsOfTriples(object), di, dj, COLOR_LAST);
    const set = normalize(object);
    const extent = di === 1 ? height_f(set) : width_f(set);
    if (integerOf(extent) < 2 || !isSet(set)) return extent;
    return periodOf(set, cornerBounds(set), di, dj, COLOR_LAST);
  });
}

export const hperiod = periodAlong(0, 1);
export const vperiod = periodAlong(1, 0);

export const upscale_f = guarded(EMPTY_SET, (object: Value, factor: Value): Value => {
  if (lengthOf(object) === 0) return EMPTY_SET;
  const set = isSet(object) ? object : setOf(elementsOf(object));
  return upscaleCells(set, cornerBounds(set), integerOf(factor), COLOR_LAST);
});
