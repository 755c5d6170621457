/** Builds values, in a flat layout if they fit one. */
import { spendOnCells } from '../meter.js';
import { newCells, newKeys } from './arrays.js';
import { distantPairSet } from './distant-pairs.js';
import { DistinctValues } from './distinct.js';
import { itemOf } from './equality.js';
import { sortedDistinct } from './keys.js';
import {
  Cell,
  Cells,
  cellKey,
  EMPTY_SET,
  EMPTY_TUPLE,
  Grid,
  Indices,
  Items,
  isTuple,
  Layout,
  Members,
  Pair,
  packsColor,
  packsPair,
  packsTriple,
  positionKey,
  type SetValue,
  Triple,
  Triples,
  type Tuple,
  tripleKey,
  type Value,
} from './value.js';

/** The tuple of `items`. Takes ownership of the array. */
export function tupleOf(items: readonly Value[]): Tuple {
  if (items.length === 2) return pairOf(items[0], items[1]);
  return items.length === 0 ? EMPTY_TUPLE : new Items(items);
}

/** The tuple `(a, b)`. */
export function pairOf(a: Value, b: Value): Tuple {
  if (typeof a === 'number') {
    if (typeof b === 'number') return new Pair(a, b);
    if (b instanceof Pair) return new Cell(a, b.i, b.j);
  }
  return new Items([a, b]);
}

/** The set of `values`, without duplicates. Charges for generic members. */
export function setOf(values: readonly Value[]): SetValue {
  if (values.length === 0) return EMPTY_SET;
  return flatSet(values) ?? distantPairSet(values) ?? setWithoutDuplicates(values);
}

/** The set of `values`, which are distinct: nothing is hashed. Takes ownership of the array. Charges nothing. */
export function distinctSetOf(values: readonly Value[]): SetValue {
  if (values.length === 0) return EMPTY_SET;
  return flatSet(values) ?? new Members(values);
}

function setWithoutDuplicates(values: readonly Value[]): SetValue {
  const distinct = new DistinctValues(values.length);
  for (let k = 0; k < values.length; k++) distinct.add(values[k]);
  return new Members(distinct.values);
}

function flatSet(values: readonly Value[]): SetValue | null {
  const first = values[0];
  if (first instanceof Pair) {
    const keys = newKeys(values.length);
    for (let k = 0; k < values.length; k++) {
      const value = values[k];
      if (!(value instanceof Pair) || !packsPair(value)) return null;
      keys[k] = positionKey(value.i, value.j);
    }
    return new Indices(sortedDistinct(keys));
  }
  if (first instanceof Cell) {
    const keys = newKeys(values.length);
    for (let k = 0; k < values.length; k++) {
      const value = values[k];
      if (!(value instanceof Cell) || !packsColor(value.color) || !packsPair(value)) return null;
      keys[k] = cellKey(value.color, value.i, value.j);
    }
    return new Cells(sortedDistinct(keys));
  }
  return first instanceof Triple ? flatTriples(values) : null;
}

function flatTriples(values: readonly Value[]): Triples | null {
  const keys = newKeys(values.length);
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!(value instanceof Triple) || !packsTriple(value)) return null;
    keys[k] = tripleKey(value.i, value.j, value.color);
  }
  return new Triples(sortedDistinct(keys));
}

/** The set of the positions in `keys`, which are ascending and distinct. Takes ownership of the array. */
export function indicesOf(keys: Int32Array): SetValue {
  return keys.length === 0 ? EMPTY_SET : new Indices(keys);
}

/** The set of the cells in `keys`, which are ascending and distinct. Takes ownership of the array. */
export function cellsOf(keys: Int32Array): SetValue {
  return keys.length === 0 ? EMPTY_SET : new Cells(keys);
}

/** The set of the triples in `keys`, which are ascending and distinct. Takes ownership of the array. */
export function triplesOf(keys: Int32Array): SetValue {
  return keys.length === 0 ? EMPTY_SET : new Triples(keys);
}

/** The tuple `(a, b, c)`; a Triple if all three are integers. */
export function tripleOf(a: Value, b: Value, c: Value): Tuple {
  if (typeof a === 'number' && typeof b === 'number' && typeof c === 'number') return new Triple(a, b, c);
  return new Items([a, b, c]);
}

/** The value as a flat grid; null if it is no tuple of one or more equally long, non-empty rows of small integers. */
export function asGrid(value: Value): Grid | null {
  if (value instanceof Grid) return value;
  if (!(value instanceof Items)) return null;
  if (value.grid === undefined) value.grid = flatten(value);
  return value.grid;
}

function flatten(tuple: Items): Grid | null {
  const height = tuple.length;
  if (height === 0) return null;
  const first = tuple.items[0];
  if (!isTuple(first)) return null;
  const width = first.length;
  if (width === 0) return null;
  for (let i = 0; i < height; i++) {
    const row = tuple.items[i];
    if (!isTuple(row) || row.length !== width || row.layout === Layout.Grid || row.layout === Layout.Cell)
      return null;
  }
  const cells = newCells(height * width);
  for (let i = 0; i < height; i++) {
    const row = tuple.items[i] as Tuple;
    for (let j = 0; j < width; j++) {
      const color = itemOf(row, j);
      if (!packsColor(color)) return null;
      cells[i * width + j] = color;
    }
  }
  return new Grid(height, width, cells);
}

/** The grid with these rows: a Grid if they fit that layout, else a generic tuple of rows. */
export function gridOfRows(rows: readonly (readonly Value[])[]): Tuple {
  spendOnCells(rows.length);
  const tuples = new Array<Value>(rows.length);
  for (let i = 0; i < rows.length; i++) tuples[i] = tupleOf(rows[i]);
  const tuple = tupleOf(tuples);
  return asGrid(tuple) ?? tuple;
}
