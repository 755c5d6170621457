/** Objects of a grid: connected components, colour classes, uniform rows and columns (SPEC 3.8). */
import { mostColor, paletteOf } from '../color-counts.js';
import { isBetween, unpackTwo } from '../components.js';
import { fail } from '../errors.js';
import { positionBit, ROW_BITS, ROW_MASK } from '../flat-patch.js';
import {
  columnsOf,
  dimensionsOf,
  isUniform,
  packsPositions,
  requireTuple,
  reserve,
  rowsOf,
} from '../grid.js';
import { componentRuns, NO_BACKGROUND, type Runs } from '../grid-components.js';
import { entryOf } from '../grid-entry.js';
import { spendOnCells, spendOnMembers } from '../meter.js';
import { orderedSetOf } from '../ordered-set.js';
import { flatPatchOf, locationsOf } from '../patch.js';
import { copyOfKeys, newKeys } from '../value/arrays.js';
import { asGrid, cellsOf, distinctSetOf, pairOf, setOf } from '../value/build.js';
import { DistinctValues } from '../value/distinct.js';
import { equals, hasMember, isTrue, itemOf } from '../value/equality.js';
import { elementsOf } from '../value/order.js';
import {
  Cells,
  cellKey,
  EMPTY_SET,
  type Grid,
  MAX_COLOR,
  Members,
  MIN_COLOR,
  MIN_COORDINATE,
  Pair,
  type SetValue,
  type Tuple,
  type Value,
  weightOf,
} from '../value/value.js';

/** What one row more adds to the key of a cell. */
const ONE_ROW = cellKey(0, 1, 0) - cellKey(0, 0, 0);

/** The value as a flat grid all of whose positions have a key; null when it is none. */
function packedGrid(value: Value): Grid | null {
  const grid = asGrid(value);
  return grid !== null && packsPositions(grid.height, grid.width) ? grid : null;
}

export function toobject(patch: Value, grid: Value): Value {
  const { height, width } = dimensionsOf(grid);
  const flat = asGrid(grid);
  const positions = flatPatchOf(patch);
  if (flat !== null && positions !== null) return cellsAt(positions.keys, positionBit(positions), flat);
  const cells: Value[] = [];
  for (const location of elementsOf(locationsOf(patch))) {
    const [row, column] = unpackTwo(location);
    // The column is looked at only where there is such a row.
    if (!isBetween(row, height) || !isBetween(column, width)) continue;
    cells.push(pairOf(entryOf(grid, Number(row), Number(column)), pairOf(row, column)));
  }
  return setOf(cells);
}

/** The cells of a grid at the positions of keys whose position begins at bit `low`, as far as they lie inside. */
function cellsAt(keys: Int32Array, low: number, { height, width, cells }: Grid): SetValue {
  const found = newKeys(keys.length);
  let count = 0;
  let previous = -1;
  for (let k = 0; k < keys.length; k++) {
    const position = keys[k] >> low;
    const i = (position & ROW_MASK) + MIN_COORDINATE;
    const j = (position >> ROW_BITS) + MIN_COORDINATE;
    if (i < 0 || i >= height || j < 0 || j >= width || position === previous) continue;
    found[count++] = (position << 8) | (cells[i * width + j] - MIN_COLOR);
    previous = position;
  }
  return cellsOf(count === keys.length ? found : copyOfKeys(found, count));
}

export function objects(grid: Value, univalued: Value, diagonal: Value, withoutBackground: Value): Value {
  // None stands for no background, and so is one itself: no component holds it.
  const background = isTrue(withoutBackground) ? mostColor(grid) : null;
  const flat = packedGrid(grid);
  if (flat === null) return looseObjects(grid, isTrue(univalued), isTrue(diagonal), background);
  const { height, width, cells } = flat;
  const bare = background === null ? NO_BACKGROUND : Number(background);
  const runs = componentRuns(cells, height, width, isTrue(univalued), isTrue(diagonal), bare);
  return orderedSetOf(cellsOfRuns(flat, runs));
}

/** The components of a grid. Runs come in the order of their keys. */
function cellsOfRuns({ width, cells }: Grid, runs: Runs): Cells[] {
  const { count, columns, starts, ends, components, sizes } = runs;
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
    let black = cellKey(0, starts[run], columns[run]);
    for (let row = starts[run]; row < ends[run]; row++) {
      into[at++] = black + cells[row * width + columns[run]];
      black += ONE_ROW;
    }
    filled[component] = at;
  }
  return keys.map((component) => new Cells(component));
}

/** The components of a grid whose entries or positions do not fit the flat layouts. */
function looseObjects(grid: Value, univalued: boolean, diagonal: boolean, background: Value): SetValue {
  const { height, width } = dimensionsOf(grid);
  reserve(height * width);
  spendOnCells(height * width);
  const entries: Value[] = [];
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) entries.push(entryOf(grid, i, j));
  }
  const distinct = new DistinctValues(entries.length);
  const numbers = Int32Array.from(entries, (entry) => distinct.add(entry));
  const bare = distinct.values.findIndex((entry) => equals(entry, background));
  const runs = componentRuns(numbers, height, width, univalued, diagonal, bare);
  spendOnMembers(runs.sizes.length);
  const components: Value[][] = runs.sizes.map(() => []);
  for (let run = 0; run < runs.count; run++) {
    const j = runs.columns[run];
    for (let i = runs.starts[run]; i < runs.ends[run]; i++) {
      components[runs.components[run]].push(pairOf(entries[i * width + j], new Pair(i, j)));
    }
  }
  return orderedSetOf(components.map(setOf));
}

export function partition(grid: Value): Value {
  return colorClasses(grid, null);
}

export function fgpartition(grid: Value): Value {
  return colorClasses(grid, { color: mostColor(grid) });
}

/** For each value of a grid but one, the object of all its cells. */
function colorClasses(grid: Value, without: { readonly color: Value } | null): Value {
  const flat = packedGrid(grid);
  if (flat !== null) return flatColorClasses(flat, without === null ? null : Number(without.color));
  // A set is walked as a grid too, but only the first components of its members count as its values.
  spendOnCells(weightOf(grid));
  const palette = paletteOf(grid);
  const distinct = new DistinctValues(weightOf(grid));
  const classes: Value[][] = [];
  rowsOf(grid).forEach((row, i) => {
    row.forEach((value, j) => {
      if (!hasMember(palette, value) || (without !== null && equals(value, without.color))) return;
      const at = distinct.add(value);
      if (at === classes.length) classes.push([]);
      classes[at].push(pairOf(value, new Pair(i, j)));
    });
  });
  return setOf(classes.map(setOf));
}

/** Walking the grid by columns yields the keys of each class in order, and the classes in the order of their first. */
function flatColorClasses({ width, cells }: Grid, without: number | null): SetValue {
  // By colour, counted from MIN_COLOR: the number of its class counted from 1, or 0.
  const classOf = new Uint16Array(MAX_COLOR - MIN_COLOR + 1);
  const sizes: number[] = [];
  for (let j = 0; j < width; j++) {
    for (let k = j; k < cells.length; k += width) {
      const slot = cells[k] - MIN_COLOR;
      if (classOf[slot] === 0) classOf[slot] = sizes.push(0);
      sizes[classOf[slot] - 1]++;
    }
  }
  const keys = sizes.map(newKeys);
  const filled = sizes.map(() => 0);
  for (let j = 0; j < width; j++) {
    let black = cellKey(0, 0, j);
    for (let k = j; k < cells.length; k += width) {
      const at = classOf[cells[k] - MIN_COLOR] - 1;
      keys[at][filled[at]++] = black + cells[k];
      black += ONE_ROW;
    }
  }
  if (without !== null) keys.splice(classOf[without - MIN_COLOR] - 1, 1);
  return orderedSetOf(keys.map((keysOfClass) => new Cells(keysOfClass)));
}

export function frontiers(grid: Value): Value {
  const { width } = dimensionsOf(grid);
  const flat = packedGrid(grid);
  if (flat !== null) return flatFrontiers(flat);
  const rows = rowsOf(grid);
  const lines: Value[] = [];
  rows.forEach((row, i) => {
    if (!isUniform(row)) return;
    if (width > 0) requireTuple(itemOf(grid as Tuple, i));
    if (row.length < width) fail('index', 'a row is shorter than the first');
    spendOnMembers(width);
    lines.push(distinctSetOf(row.slice(0, width).map((value, j) => pairOf(value, new Pair(i, j)))));
  });
  columnsOf(rows).forEach((column, j) => {
    if (!isUniform(column)) return;
    elementsOf(grid).forEach(requireTuple);
    spendOnMembers(column.length);
    lines.push(distinctSetOf(column.map((value, i) => pairOf(value, new Pair(i, j)))));
  });
  return setOf(lines);
}

function flatFrontiers(grid: Grid): SetValue {
  const { height, width, cells } = grid;
  const lines: Cells[] = [];
  for (let i = 0; i < height; i++) {
    if (!isUniformLine(cells, i * width, 1, width)) continue;
    lines.push(lineOf(grid, i, 0, 0, 1, width));
  }
  // In a grid of one cell the row and the column are the same object.
  if (cells.length === 1) return orderedSetOf(lines);
  for (let j = 0; j < width; j++) {
    if (!isUniformLine(cells, j, width, height)) continue;
    lines.push(lineOf(grid, 0, j, 1, 0, height));
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

/** The `count` cells from (i, j) on, to the right or downward. */
function lineOf({ width, cells }: Grid, i: number, j: number, di: number, dj: number, count: number): Cells {
  const color = cells[i * width + j];
  const first = cellKey(color, i, j);
  const step = cellKey(color, i + di, j + dj) - first;
  const keys = newKeys(count);
  for (let k = 0; k < count; k++) keys[k] = first + k * step;
  return new Cells(keys);
}
