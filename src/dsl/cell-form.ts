/**
 * The two forms of a cell: `(v, (i, j))` in the base language, `(i, j, v)` in the dialect. Algorithms on cells take
 * one of them as an argument.
 */
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

/** The lines of a grid (rows or columns) in which its cells are in canonical order. */
export interface Lines {
  /** The number of lines, and the number of cells of a line. */
  readonly count: number;
  readonly length: number;
  /** The distances in `Grid.cells` between the first cells of two lines, and between two cells of a line. */
  readonly lineStep: number;
  readonly cellStep: number;
}

export interface CellForm {
  /** The first bits of the row and the column in a key. The colour is in the bits below both. */
  readonly rowBit: number;
  readonly columnBit: number;
  keyOf(color: number, i: number, j: number): number;
  /** Whether the value is a set of cells in flat layout. */
  isFlat(value: Value): value is Cells | Triples;
  /** The set of the cells in `keys`, which are ascending and distinct. Takes ownership of the array. */
  setOf(keys: Int32Array): SetValue;
  cellOf(color: Value, i: number, j: number): Tuple;
  /** Colour and position of a cell. Errors are `type` and `value`, as for unpacking. */
  unpack(cell: Value): readonly Value[];
  /** Bounds in which `left` and `right` belong to the coordinate in the higher bits of the keys. */
  inKeys(bounds: Bounds): Bounds;
  linesOf(grid: { readonly height: number; readonly width: number }): Lines;
}

const LOWER_BIT = 8;
const UPPER_BIT = LOWER_BIT + ROW_BITS;

/** `(v, (i, j))`: the column is in the higher bits. */
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

/** `(i, j, v)`: the row is in the higher bits. */
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
