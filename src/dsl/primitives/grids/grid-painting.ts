/** Writing into a grid at the positions of a patch: fill, paint and their relatives (SPEC 3.6). */
import { type CellForm, COLOR_FIRST, COLOR_LAST } from '../../cell-form.js';
import { isBetween, unpackTwo } from '../../components.js';
import { fail } from '../../errors.js';
import { mostColor } from '../../grids/color-counts.js';
import { type Dimensions, dimensionsOf, rowsOf } from '../../grids/grid.js';
import {
  type FlatSet,
  isFlatPatch,
  isFlatSet,
  positionBit,
  ROW_BITS,
  ROW_MASK,
} from '../../patches/flat-patch.js';
import { locationsOf, shiftAlong } from '../../patches/patch.js';
import { copyOfCells } from '../../value/arrays.js';
import { asGrid, gridOfRows } from '../../value/construct.js';
import { equals } from '../../value/equality.js';
import { elementsOf } from '../../value/order.js';
import {
  Cell,
  Cells,
  Grid,
  MAX_COLOR,
  MIN_COLOR,
  MIN_COORDINATE,
  Pair,
  packsColor,
  Triples,
  type Value,
} from '../../value/value.js';

/** Instead of a background colour: write over every entry. */
const EVERYTHING = MAX_COLOR + 1;

export function fill(grid: Value, value: Value, patch: Value): Value {
  const flat = asGrid(grid);
  if (flat !== null && packsColor(value)) return filled(flat, value, patch, EVERYTHING);
  const canvas = openCanvas(grid);
  for (const location of elementsOf(locationsOf(patch))) write(canvas, location, value);
  return gridOfRows(canvas.rows);
}

export function underfill(grid: Value, value: Value, patch: Value): Value {
  const flat = asGrid(grid);
  if (flat !== null && packsColor(value)) return filled(flat, value, patch, mostColor(flat) as number);
  dimensionsOf(grid);
  return looseUnderfill(grid, value, patch, mostColor(grid));
}

/** The same for a grid in any layout, over its background. */
export function looseUnderfill(grid: Value, value: Value, patch: Value, background: Value): Value {
  const canvas = openCanvas(grid);
  for (const location of elementsOf(locationsOf(patch))) writeOver(canvas, background, location, value);
  return gridOfRows(canvas.rows);
}

export function paint(grid: Value, object: Value): Value {
  return paintCells(grid, object, COLOR_FIRST);
}

export function paintCells(grid: Value, object: Value, form: CellForm): Value {
  const flat = asGrid(grid);
  const painted = flat === null ? null : paintedCopy(flat, object, EVERYTHING, form);
  if (painted !== null) return painted;
  const canvas = openCanvas(grid);
  for (const cell of elementsOf(object)) {
    const [value, position] = form.unpack(cell);
    write(canvas, position, value);
  }
  return gridOfRows(canvas.rows);
}

export function underpaint(grid: Value, object: Value): Value {
  return underpaintCells(grid, object, mostColor, COLOR_FIRST);
}

export function underpaintCells(
  grid: Value,
  object: Value,
  backgroundOf: (grid: Value) => Value,
  form: CellForm,
): Value {
  const flat = asGrid(grid);
  const painted = flat === null ? null : paintedCopy(flat, object, mostColor(flat) as number, form);
  if (painted !== null) return painted;
  dimensionsOf(grid);
  const background = backgroundOf(grid);
  const canvas = openCanvas(grid);
  for (const cell of elementsOf(object)) {
    const [value, position] = form.unpack(cell);
    writeOver(canvas, background, position, value);
  }
  return gridOfRows(canvas.rows);
}

export function cover(grid: Value, patch: Value): Value {
  const background = mostColor(grid);
  return fill(grid, background, isFlatPatch(patch) ? patch : locationsOf(patch));
}

export function move(grid: Value, object: Value, offset: Value): Value {
  const flat = asGrid(grid);
  if (flat !== null && object instanceof Cells && offset instanceof Pair && isShort(offset)) {
    const cells = copyOfCells(flat.cells);
    fillInto(cells, flat, mostColor(flat) as number, object, EVERYTHING);
    paintInto(cells, flat, object.keys, EVERYTHING, offset.i, offset.j, COLOR_FIRST);
    return new Grid(flat.height, flat.width, cells);
  }
  return paint(cover(grid, object), shiftAlong(object, offset));
}

/** Whether a packed position plus this offset is certainly an exact integer. */
function isShort(offset: Pair): boolean {
  return Math.abs(offset.i) <= 0x7fffffff && Math.abs(offset.j) <= 0x7fffffff;
}

/** The grid with `color` written over the colour `over`, at the positions of any patch. */
function filled(grid: Grid, color: number, patch: Value, over: number): Grid {
  const cells = copyOfCells(grid.cells);
  if (isFlatSet(patch)) fillInto(cells, grid, color, patch, over);
  else {
    const locations = elementsOf(locationsOf(patch));
    for (let k = 0; k < locations.length; k++) {
      const at = placeOf(grid, locations[k]);
      if (at >= 0 && (over === EVERYTHING || cells[at] === over)) cells[at] = color;
    }
  }
  return new Grid(grid.height, grid.width, cells);
}

/** The index of a position in the cells of a grid; -1 if it is outside. */
function offsetOf({ height, width }: Dimensions, { i, j }: Pair | Cell): number {
  return i >= 0 && i < height && j >= 0 && j < width ? i * width + j : -1;
}

/** The same for a position of any kind. */
function placeOf(grid: Dimensions, position: Value): number {
  if (position instanceof Pair) return offsetOf(grid, position);
  const { height, width } = grid;
  const [row, column] = unpackTwo(position);
  return isBetween(row, height) && isBetween(column, width) ? Number(row) * width + Number(column) : -1;
}

/** Writes `color` over the colour `over`, at the positions of a patch. */
function fillInto(
  cells: Int8Array,
  { height, width }: Dimensions,
  color: number,
  patch: FlatSet,
  over: number,
): void {
  const { keys } = patch;
  const low = positionBit(patch);
  const rowBit = patch instanceof Triples ? COLOR_LAST.rowBit : low;
  const columnBit = patch instanceof Triples ? COLOR_LAST.columnBit : low + ROW_BITS;
  for (let k = 0; k < keys.length; k++) {
    const i = ((keys[k] >> rowBit) & ROW_MASK) + MIN_COORDINATE;
    const j = ((keys[k] >> columnBit) & ROW_MASK) + MIN_COORDINATE;
    if (i < 0 || i >= height || j < 0 || j >= width) continue;
    const at = i * width + j;
    if (over === EVERYTHING || cells[at] === over) cells[at] = color;
  }
}

/** Writes the cells of an object over the colour `over`, `di` rows down and `dj` columns to the right. */
function paintInto(
  cells: Int8Array,
  { height, width }: Dimensions,
  keys: Int32Array,
  over: number,
  di: number,
  dj: number,
  { rowBit, columnBit }: CellForm,
): void {
  const top = MIN_COORDINATE + di;
  const left = MIN_COORDINATE + dj;
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k];
    const i = ((key >> rowBit) & ROW_MASK) + top;
    const j = ((key >> columnBit) & ROW_MASK) + left;
    if (i < 0 || i >= height || j < 0 || j >= width) continue;
    const at = i * width + j;
    if (over === EVERYTHING || cells[at] === over) cells[at] = (key & 0xff) + MIN_COLOR;
  }
}

/** The grid with the cells of any object written over the colour `over`; null if a value does not fit a flat grid. */
function paintedCopy(grid: Grid, object: Value, over: number, form: CellForm): Grid | null {
  const cells = copyOfCells(grid.cells);
  if (form.isFlat(object)) paintInto(cells, grid, object.keys, over, 0, 0, form);
  else {
    const list = elementsOf(object);
    for (let k = 0; k < list.length; k++) {
      const cell = list[k];
      let value: Value;
      let at: number;
      // Most cells are read without their parts being made.
      if (cell instanceof Cell && form === COLOR_FIRST) {
        value = cell.color;
        at = offsetOf(grid, cell);
      } else {
        const parts = form.unpack(cell);
        value = parts[0];
        at = placeOf(grid, parts[1]);
      }
      if (at < 0 || (over !== EVERYTHING && cells[at] !== over)) continue;
      if (!packsColor(value)) return null;
      cells[at] = value;
    }
  }
  return new Grid(grid.height, grid.width, cells);
}

/** A grid in any layout, with its rows copied for writing. Its dimensions are those of SPEC 1.6. */
interface Canvas extends Dimensions {
  readonly rows: Value[][];
}

function openCanvas(grid: Value): Canvas {
  const { height, width } = dimensionsOf(grid);
  return { height, width, rows: rowsOf(grid).map((row) => row.slice()) };
}

function write(canvas: Canvas, position: Value, value: Value): void {
  const place = placeIn(canvas, position);
  if (place !== null) canvas.rows[place.i][place.j] = value;
}

function writeOver(canvas: Canvas, background: Value, position: Value, value: Value): void {
  const place = placeIn(canvas, position);
  if (place !== null && equals(canvas.rows[place.i][place.j], background)) {
    canvas.rows[place.i][place.j] = value;
  }
}

/** A position inside the dimensions; null if it is outside; `index` if a ragged grid has no such entry. */
function placeIn(canvas: Canvas, position: Value): Pair | null {
  if (position instanceof Pair) return offsetOf(canvas, position) < 0 ? null : inRow(canvas, position);
  const [row, column] = unpackTwo(position);
  if (!isBetween(row, canvas.height) || !isBetween(column, canvas.width)) return null;
  return inRow(canvas, new Pair(Number(row), Number(column)));
}

function inRow(canvas: Canvas, place: Pair): Pair {
  return place.j < canvas.rows[place.i].length ? place : fail('index', 'the grid has a shorter row');
}
