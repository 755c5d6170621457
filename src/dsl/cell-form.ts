/** The two forms of a cell: `(v, (i, j))` in the base, `(i, j, v)` in the dialect. What works on cells takes one. */
import { unpackThree, unpackTwo } from './components.js';
import { ROW_BITS } from './patches/flat-patch.js';
import type { Bounds } from './patches/patch.js';
import { cellsOf, pairOf, tripleOf, triplesOf } from './value/construct.js';
import {
  Cells,
  cellKey,
  Pair,
  type SetValue,
  Triples,
  type Tuple,
  tripleKey,
  type Value,
} from './value/value.js';

/** The lines of a grid in which its cells come in canonical order. */
export interface Lines {
  /** How many there are, and how many cells each has. */
  readonly count: number;
  readonly length: number;
  /** How far apart the first cells of two lines, and two cells of a line, are in `Grid.cells`. */
  readonly lineStep: number;
  readonly cellStep: number;
}

export interface CellForm {
  /** The bits of a key at which the row and the column begin. The colour lies below both. */
  readonly rowBit: number;
  readonly columnBit: number;
  keyOf(color: number, i: number, j: number): number;
  /** Whether the value is a set of cells in flat layout. */
  isFlat(value: Value): value is Cells | Triples;
  /** The set of the cells in `keys`: ascending and distinct; takes the array over. */
  setOf(keys: Int32Array): SetValue;
  cellOf(color: Value, i: number, j: number): Tuple;
  /** Colour and position of a cell. Errors: `type` and `value`, as for unpacking. */
  unpack(cell: Value): readonly Value[];
  /** Bounds in which `left` and `right` are what stands above in the keys. */
  inKeys(bounds: Bounds): Bounds;
  linesOf(grid: { readonly height: number; readonly width: number }): Lines;
}

const LOWER_BIT = 8;
const UPPER_BIT = LOWER_BIT + ROW_BITS;

/** `(v, (i, j))`: columns come first. */
export const COLOR_FIRST: CellForm = {
  rowBit: LOWER_BIT,
  columnBit: UPPER_BIT,
  keyOf: cellKey,
  isFlat: (value): value is Cells => value instanceof Cells,
  setOf: cellsOf,
  cellOf: (color, i, j) => pairOf(color, new Pair(i, j)),
  unpack: unpackTwo,
  inKeys: (bounds) => bounds,
  linesOf: ({ height, width }) => ({ count: width, length: height, lineStep: 1, cellStep: width }),
};

/** `(i, j, v)`: rows come first. */
export const COLOR_LAST: CellForm = {
  rowBit: UPPER_BIT,
  columnBit: LOWER_BIT,
  keyOf: (color, i, j) => tripleKey(i, j, color),
  isFlat: (value): value is Triples => value instanceof Triples,
  setOf: triplesOf,
  cellOf: (color, i, j) => tripleOf(i, j, color),
  unpack(cell) {
    const [i, j, color] = unpackThree(cell);
    return [color, pairOf(i, j)];
  },
  inKeys: ({ top, bottom, left, right }) => ({ top: left, bottom: right, left: top, right: bottom }),
  linesOf: ({ height, width }) => ({ count: height, length: width, lineStep: width, cellStep: 1 }),
};
