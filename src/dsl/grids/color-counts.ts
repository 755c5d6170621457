/** Counts the values in a grid or object (SPEC 3.5): most and least frequent value, palette, count of one value. */
import { unpackTwo } from '../components.js';
import { fail } from '../errors.js';
import { asGrid, setOf } from '../value/construct.js';
import { equals } from '../value/equality.js';
import { leastFrequent, mostFrequent } from '../value/frequency.js';
import { elementsOf } from '../value/order.js';
import { orderedSetOf } from '../value/ordered-set.js';
import {
  Cells,
  type Grid,
  isInteger,
  isTuple,
  Layout,
  MAX_COLOR,
  MIN_COLOR,
  type SetValue,
  Triples,
  UNKNOWN_COLOR,
  type Value,
} from '../value/value.js';
import { requireTuple } from './grid.js';

/** Number of occurrences by colour, from MIN_COLOR on. All zero between calls: the reader clears it. */
const tally = new Int32Array(MAX_COLOR - MIN_COLOR + 1);

/** The range of slots of `tally` that the last `tallyGrid` or `tallyObject` may have used, both inclusive. */
let lowest = 0;
let highest = 0;

function tallyGrid(cells: Int8Array): void {
  let low: number = MAX_COLOR;
  let high: number = MIN_COLOR;
  for (let k = 0; k < cells.length; k++) {
    const color = cells[k];
    if (color < low) low = color;
    if (color > high) high = color;
    tally[color - MIN_COLOR]++;
  }
  lowest = low - MIN_COLOR;
  highest = high - MIN_COLOR;
}

function tallyObject(keys: Int32Array): void {
  let low = 0xff;
  let high = 0;
  for (let k = 0; k < keys.length; k++) {
    const slot = keys[k] & 0xff;
    if (slot < low) low = slot;
    if (slot > high) high = slot;
    tally[slot]++;
  }
  lowest = low;
  highest = high;
}

/** Counts the values of an element in a flat layout; returns false for any other. */
function tallyFlat(element: Value): boolean {
  if (typeof element !== 'object' || element === null) return false;
  if (element.layout === Layout.Cells || element.layout === Layout.Triples) {
    tallyObject(element.keys);
    return true;
  }
  const grid = asGrid(element);
  if (grid === null) return false;
  tallyGrid(grid.cells);
  return true;
}

/** The values of an element: all entries of a tuple's rows, or the first component of each member of a set. */
function valuesOf(element: Value): readonly Value[] {
  if (isTuple(element)) return elementsOf(element).flatMap(elementsOf);
  return elementsOf(element).map((cell) => unpackTwo(cell)[0]);
}

function present(value: Value | undefined): Value {
  return value === undefined ? fail('empty', 'an element without values has no colour') : value;
}

/** The most frequent value; the canonically least of several; `empty` if there are no values. */
export function mostColor(element: Value): Value {
  const grid = asGrid(element);
  if (grid !== null) {
    if (grid.mostColor === UNKNOWN_COLOR) {
      tallyGrid(grid.cells);
      grid.mostColor = mostTallied();
    }
    return grid.mostColor;
  }
  if (!isFlatObject(element)) return present(mostFrequent(valuesOf(element)));
  tallyObject(element.keys);
  return mostTallied();
}

/** Objects of both languages have their colours in the lowest byte of their keys. */
function isFlatObject(element: Value): element is Cells | Triples {
  return element instanceof Cells || element instanceof Triples;
}

function mostTallied(): number {
  let best = lowest;
  let most = 0;
  for (let slot = lowest; slot <= highest; slot++) {
    const count = tally[slot];
    tally[slot] = 0;
    if (count > most) {
      most = count;
      best = slot;
    }
  }
  return best + MIN_COLOR;
}

/** The least frequent value that occurs; the canonically least of several; `empty` if there are no values. */
export function leastColor(element: Value): Value {
  if (!tallyFlat(element)) return present(leastFrequent(valuesOf(element)));
  let best = lowest;
  let least = Number.POSITIVE_INFINITY;
  for (let slot = lowest; slot <= highest; slot++) {
    const count = tally[slot];
    tally[slot] = 0;
    if (count > 0 && count < least) {
      least = count;
      best = slot;
    }
  }
  return best + MIN_COLOR;
}

/** The set of the values. */
export function paletteOf(element: Value): SetValue {
  if (!tallyFlat(element)) return setOf(valuesOf(element));
  const colors: number[] = [];
  for (let slot = lowest; slot <= highest; slot++) {
    if (tally[slot] > 0) colors.push(slot + MIN_COLOR);
    tally[slot] = 0;
  }
  return orderedSetOf(colors);
}

/** How many different values there are. */
export function numberOfColors(element: Value): number {
  if (!tallyFlat(element)) return setOf(valuesOf(element)).size;
  let distinct = 0;
  for (let slot = lowest; slot <= highest; slot++) {
    if (tally[slot] > 0) distinct++;
    tally[slot] = 0;
  }
  return distinct;
}

/** A value, with the number of its occurrences. */
export interface Counted {
  readonly value: Value;
  readonly count: number;
}

/** The values of a grid or object in a flat layout, in order of appearance; null for any other. */
export function countedColors(element: Value): Counted[] | null {
  if (!tallyFlat(element)) return null;
  const slots = isFlatObject(element) ? element.keys : (asGrid(element) as Grid).cells;
  const base = isFlatObject(element) ? 0 : MIN_COLOR;
  const counted: Counted[] = [];
  for (let k = 0; k < slots.length; k++) {
    const slot = (slots[k] - base) & 0xff;
    if (tally[slot] === 0) continue;
    counted.push({ value: slot + MIN_COLOR, count: tally[slot] });
    tally[slot] = 0;
  }
  return counted;
}

/** Number of values that equal `value`. */
export function countOfColor(element: Value, value: Value): number {
  const cells = asGrid(element)?.cells;
  if (cells !== undefined) return isInteger(value) ? occurrencesOf(cells, Number(value)) : 0;
  if (isFlatObject(element)) return isInteger(value) ? cellsOfColor(element.keys, Number(value)) : 0;
  if (isTuple(element)) {
    for (const row of elementsOf(element)) requireTuple(row);
  }
  let count = 0;
  for (const candidate of valuesOf(element)) {
    if (equals(candidate, value)) count++;
  }
  return count;
}

function occurrencesOf(cells: Int8Array, color: number): number {
  let count = 0;
  for (let k = 0; k < cells.length; k++) {
    if (cells[k] === color) count++;
  }
  return count;
}

function cellsOfColor(keys: Int32Array, color: number): number {
  const slot = color - MIN_COLOR;
  let count = 0;
  for (let k = 0; k < keys.length; k++) {
    if ((keys[k] & 0xff) === slot) count++;
  }
  return count;
}
