/** Objects of a grid: connected components, colour classes, uniform rows and columns (SPEC 3.8). */
import { type CellForm, COLOR_FIRST, type Lines } from '../../cell-form.js';
import { isBetween, unpackTwo } from '../../components.js';
import { fail } from '../../errors.js';
import { mostColor, paletteOf } from '../../grids/color-counts.js';
import {
  columnsOf,
  dimensionsOf,
  isUniform,
  packsPositions,
  requireTuple,
  reserve,
  rowsOf,
} from '../../grids/grid.js';
import { componentRuns, NO_BACKGROUND, type Runs } from '../../grids/grid-components.js';
import { entryOf } from '../../grids/grid-entry.js';
import { spendOnCells, spendOnMembers } from '../../meter.js';
import { positionBit, ROW_BITS, ROW_MASK } from '../../patches/flat-patch.js';
import { flatPatchOf, locationsOf } from '../../patches/patch.js';
import { copyOfKeys, newKeys } from '../../value/arrays.js';
import { asGrid, distinctSetOf, setOf } from '../../value/construct.js';
import { DistinctValues } from '../../value/distinct.js';
import { equals, hasMember, isTrue, itemOf } from '../../value/equality.js';
import { elementsOf } from '../../value/order.js';
import { orderedSetOf } from '../../value/ordered-set.js';
import {
  cellKey,
  EMPTY_SET,
  type Grid,
  isSet,
  MAX_COLOR,
  Members,
  MIN_COLOR,
  MIN_COORDINATE,
  type SetValue,
  type Tuple,
  type Value,
  weightOf,
} from '../../value/value.js';

/** The difference between the keys of two cells next to each other in a line. */
const ONE_PLACE = cellKey(0, 1, 0) - cellKey(0, 0, 0);

/** The value as a flat grid whose positions all have keys; null if it is none. */
function packedGrid(value: Value): Grid | null {
  const grid = asGrid(value);
  return grid !== null && packsPositions(grid.height, grid.width) ? grid : null;
}

export function toobject(patch: Value, grid: Value): Value {
  dimensionsOf(grid);
  const flat = asGrid(grid);
  const positions = flatPatchOf(patch);
  if (flat !== null && positions !== null) {
    return cellsAt(positions.keys, positionBit(positions), flat, COLOR_FIRST);
  }
  return looseCellsAt(locationsOf(patch), grid, COLOR_FIRST);
}

/** The cells of a grid in any layout at these positions, without positions outside the grid. */
export function looseCellsAt(locations: Value, grid: Value, form: CellForm): SetValue {
  const { height, width } = dimensionsOf(grid);
  const cells: Value[] = [];
  for (const location of elementsOf(locations)) {
    const [row, column] = unpackTwo(location);
    // The column is only checked if the row exists.
    if (!isBetween(row, height) || !isBetween(column, width)) continue;
    const [i, j] = [Number(row), Number(column)];
    cells.push(form.cellOf(entryOf(grid, i, j), i, j));
  }
  return setOf(cells);
}

/**
 * The cells of a grid at the positions of keys, without positions outside the grid. Positions begin at bit `low`, and
 * the keys ascend by line.
 */
export function cellsAt(keys: Int32Array, low: number, grid: Grid, form: CellForm): SetValue {
  const { count: lines, length, lineStep, cellStep } = form.linesOf(grid);
  const { cells } = grid;
  const found = newKeys(keys.length);
  let count = 0;
  let previous = -1;
  for (let k = 0; k < keys.length; k++) {
    const position = keys[k] >> low;
    const place = (position & ROW_MASK) + MIN_COORDINATE;
    const line = (position >> ROW_BITS) + MIN_COORDINATE;
    if (place < 0 || place >= length || line < 0 || line >= lines || position === previous) continue;
    found[count++] = (position << 8) | (cells[line * lineStep + place * cellStep] - MIN_COLOR);
    previous = position;
  }
  return form.setOf(count === keys.length ? found : copyOfKeys(found, count));
}

export function objects(grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Value {
  // None stands for no background, but also is the background itself: no component contains it.
  const background = isTrue(withoutBackground) ? mostColor(grid) : null;
  return componentsOf(grid, isTrue(univalued), isTrue(diagonal), background, COLOR_FIRST);
}

/** The connected components of the cells of a grid, without the background if there is one. */
export function componentsOf(
  grid: Value,
  univalued: boolean,
  diagonal: boolean,
  background: Value | undefined,
  form: CellForm,
): SetValue {
  const flat = packedGrid(grid);
  if (flat === null) return looseObjects(grid, univalued, diagonal, background, form);
  const lines = form.linesOf(flat);
  const bare = background === undefined || background === null ? NO_BACKGROUND : Number(background);
  const runs = componentRuns(flat.cells, lines, univalued, diagonal, bare);
  return orderedSetOf(cellsOfRuns(flat, runs, lines, form));
}

/** The components of a grid. Runs are in the order of their keys. */
function cellsOfRuns({ cells }: Grid, runs: Runs, { lineStep, cellStep }: Lines, form: CellForm): Value[] {
  const { count, lines, starts, ends, components, sizes } = runs;
  spendOnMembers(sizes.length);
  const keys: Int32Array[] = [];
  const filled: number[] = [];
  for (let k = 0; k < sizes.length; k++) {
    keys.push(newKeys(sizes[k]));
    filled.push(0);
  }
  for (let run = 0; run < count; run++) {
    const component = components[run];
    const into = keys[component];
    let at = filled[component];
    // Keys of both forms consist of line, position in the line, and colour.
    let black = cellKey(0, starts[run], lines[run]);
    const first = lines[run] * lineStep;
    for (let place = starts[run]; place < ends[run]; place++) {
      into[at++] = black + cells[first + place * cellStep];
      black += ONE_PLACE;
    }
    filled[component] = at;
  }
  return keys.map((component) => form.setOf(component));
}

/** The components of a grid whose entries or positions do not fit the flat layouts. */
function looseObjects(
  grid: Value,
  univalued: boolean,
  diagonal: boolean,
  background: Value | undefined,
  form: CellForm,
): SetValue {
  const { height, width } = dimensionsOf(grid);
  reserve(height * width);
  spendOnCells(height * width);
  const entries: Value[] = [];
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) entries.push(entryOf(grid, i, j));
  }
  const distinct = new DistinctValues(entries.length);
  const numbers = Int32Array.from(entries, (entry) => distinct.add(entry));
  const bare =
    background === undefined
      ? NO_BACKGROUND
      : distinct.values.findIndex((entry) => equals(entry, background));
  const { lineStep, cellStep, ...extent } = form.linesOf({ height, width });
  const runs = componentRuns(numbers, { lineStep, cellStep, ...extent }, univalued, diagonal, bare);
  spendOnMembers(runs.sizes.length);
  const components: Value[][] = runs.sizes.map(() => []);
  for (let run = 0; run < runs.count; run++) {
    for (let place = runs.starts[run]; place < runs.ends[run]; place++) {
      const at = runs.lines[run] * lineStep + place * cellStep;
      const i = Math.floor(at / width);
      components[runs.components[run]].push(form.cellOf(entries[at], i, at - i * width));
    }
  }
  return orderedSetOf(components.map(setOf));
}

export function partition(grid: Value): Value {
  return colorClasses(grid, null, valuesOf(grid), COLOR_FIRST);
}

export function fgpartition(grid: Value): Value {
  return colorClasses(grid, { color: mostColor(grid) }, valuesOf(grid), COLOR_FIRST);
}

/** A set is read like a grid too, but only the first components of its members count as its values. */
function valuesOf(grid: Value): SetValue | null {
  return isSet(grid) ? paletteOf(grid) : null;
}

/** For each value of a grid except one, the object of all its cells; `among` limits the values. */
export function colorClasses(
  grid: Value,
  without: { readonly color: Value } | null,
  among: SetValue | null,
  form: CellForm,
): Value {
  const flat = packedGrid(grid);
  if (flat !== null) return flatColorClasses(flat, without === null ? null : Number(without.color), form);
  spendOnCells(weightOf(grid));
  const distinct = new DistinctValues(weightOf(grid));
  const classes: Value[][] = [];
  rowsOf(grid).forEach((row, i) => {
    row.forEach((value, j) => {
      if ((among !== null && !hasMember(among, value)) || (without !== null && equals(value, without.color)))
        return;
      const at = distinct.add(value);
      if (at === classes.length) classes.push([]);
      classes[at].push(form.cellOf(value, i, j));
    });
  });
  return setOf(classes.map(setOf));
}

/**
 * Reading the grid by lines gives the keys of each class in order, and the classes in the order of their first keys.
 */
function flatColorClasses(grid: Grid, without: number | null, form: CellForm): SetValue {
  const { cells } = grid;
  const { count, length, lineStep, cellStep } = form.linesOf(grid);
  // By colour, from MIN_COLOR on: the number of its class, from 1; or 0.
  const classOf = new Uint16Array(MAX_COLOR - MIN_COLOR + 1);
  const sizes: number[] = [];
  for (let line = 0; line < count; line++) {
    for (let place = 0, k = line * lineStep; place < length; place++, k += cellStep) {
      const slot = cells[k] - MIN_COLOR;
      if (classOf[slot] === 0) classOf[slot] = sizes.push(0);
      sizes[classOf[slot] - 1]++;
    }
  }
  const keys = sizes.map(newKeys);
  const filled = sizes.map(() => 0);
  for (let line = 0; line < count; line++) {
    let black = cellKey(0, 0, line);
    for (let place = 0, k = line * lineStep; place < length; place++, k += cellStep) {
      const at = classOf[cells[k] - MIN_COLOR] - 1;
      keys[at][filled[at]++] = black + cells[k];
      black += ONE_PLACE;
    }
  }
  if (without !== null) keys.splice(classOf[without - MIN_COLOR] - 1, 1);
  return orderedSetOf(keys.map((keysOfClass) => form.setOf(keysOfClass)));
}

export function frontiers(grid: Value): Value {
  return frontiersOf(grid, COLOR_FIRST);
}

export function frontiersOf(grid: Value, form: CellForm): Value {
  const { width } = dimensionsOf(grid);
  const flat = packedGrid(grid);
  if (flat !== null) return flatFrontiers(flat, form);
  const rows = rowsOf(grid);
  const lines: Value[] = [];
  rows.forEach((row, i) => {
    if (!isUniform(row)) return;
    if (width > 0) requireTuple(itemOf(grid as Tuple, i));
    if (row.length < width) fail('index', 'a row is shorter than the first');
    spendOnMembers(width);
    lines.push(distinctSetOf(row.slice(0, width).map((value, j) => form.cellOf(value, i, j))));
  });
  columnsOf(rows).forEach((column, j) => {
    if (!isUniform(column)) return;
    elementsOf(grid).forEach(requireTuple);
    spendOnMembers(column.length);
    lines.push(distinctSetOf(column.map((value, i) => form.cellOf(value, i, j))));
  });
  return setOf(lines);
}

function flatFrontiers(grid: Grid, form: CellForm): SetValue {
  const { height, width, cells } = grid;
  const lines: SetValue[] = [];
  for (let i = 0; i < height; i++) {
    if (!isUniformLine(cells, i * width, 1, width)) continue;
    lines.push(lineOf(grid, i, 0, 0, 1, width, form));
  }
  // In a grid of one cell, the row and the column are the same object.
  if (cells.length === 1) return orderedSetOf(lines);
  for (let j = 0; j < width; j++) {
    if (!isUniformLine(cells, j, width, height)) continue;
    lines.push(lineOf(grid, 0, j, 1, 0, height, form));
  }
  return lines.length === 0 ? EMPTY_SET : new Members(lines);
}

function isUniformLine(cells: Int8Array, start: number, step: number, count: number): boolean {
  const color = cells[start];
  for (let k = 1; k < count; k++) {
    if (cells[start + k * step] !== color) return false;
  }
  return true;
}

/** The `count` cells from (i, j) on, to the right or down. */
function lineOf(
  { width, cells }: Grid,
  i: number,
  j: number,
  di: number,
  dj: number,
  count: number,
  form: CellForm,
): SetValue {
  const color = cells[i * width + j];
  const first = form.keyOf(color, i, j);
  const step = form.keyOf(color, i + di, j + dj) - first;
  const keys = newKeys(count);
  for (let k = 0; k < count; k++) keys[k] = first + k * step;
  return form.setOf(keys);
}
