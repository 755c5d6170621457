/** The primitives on colours and their counts (SPEC 3.5). */

import { constant, first, outerFirst } from '../charges.js';
import { componentOf } from '../components.js';
import { filtered, holdsContainers } from '../containers/container.js';
import { fail } from '../errors.js';
import { countOfColor, leastColor, mostColor, numberOfColors, paletteOf } from '../grids/color-counts.js';
import { packsPositions } from '../grids/grid.js';
import { spendOnMembers } from '../meter.js';
import { type Primitive, primitive } from '../primitive.js';
import { copyOfKeys, newKeys } from '../value/arrays.js';
import { asGrid, distinctSetOf, indicesOf, setOf } from '../value/construct.js';
import { equals } from '../value/equality.js';
import { elementsOf, firstOf, lengthOf } from '../value/order.js';
import {
  Cells,
  colorOfCell,
  EMPTY_SET,
  type Grid,
  isInteger,
  isSet,
  Members,
  Pair,
  packsColor,
  positionKey,
  type Value,
} from '../value/value.js';

function color(object: Value): Value {
  if (object instanceof Cells) return colorOfCell(object.keys[0]);
  const cell = firstOf(object);
  if (cell === undefined) return fail('stop', 'color of an empty object');
  return componentOf(cell, 0);
}

function colorfilter(objects: Value, value: Value): Value {
  // A non-empty object has a colour. Only if there are other elements does it matter which one fails first.
  const asking =
    objects instanceof Members && objects.members.every(isObject) ? 'in any order' : 'in iteration order';
  return asSet(filtered(objects, (object) => equals(color(object), value), asking));
}

function isObject(value: Value): boolean {
  return value instanceof Cells;
}

export function sizefilter(container: Value, n: Value): Value {
  const asking = holdsContainers(container) ? 'in any order' : 'in iteration order';
  return asSet(filtered(container, (element) => equals(lengthOf(element), n), asking));
}

export function asSet(container: Value): Value {
  return isSet(container) ? container : setOf(elementsOf(container));
}

export function ofcolor(grid: Value, value: Value): Value {
  const flat = asGrid(grid);
  if (flat !== null && packsPositions(flat.height, flat.width)) {
    if (!isInteger(value) || !packsColor(Number(value))) return EMPTY_SET;
    return positionsOfColor(flat, Number(value));
  }
  const positions: Value[] = [];
  elementsOf(grid).forEach((row, i) => {
    elementsOf(row).forEach((entry, j) => {
      if (equals(entry, value)) positions.push(new Pair(i, j));
    });
  });
  spendOnMembers(positions.length);
  return distinctSetOf(positions);
}

/** Scratch: the keys found so far and, at the end, a key that was not found. */
let found = newKeys(1024);

function positionsOfColor(grid: Grid, color: number): Value {
  const { width, cells } = grid;
  if (found.length <= cells.length) found = newKeys(cells.length + 1);
  const keys = found;
  let count = 0;
  for (let j = 0; j < width; j++) {
    let key = positionKey(0, j);
    for (let k = j; k < cells.length; k += width) {
      // Always written, and kept by incrementing the count: an unpredictable branch would cost more.
      keys[count] = key++;
      const difference = cells[k] ^ color;
      count += 1 + ((difference | -difference) >> 31);
    }
  }
  return indicesOf(copyOfKeys(keys, count));
}

export const colors: readonly Primitive[] = [
  primitive('colors', 'mostcolor', 'element: element -> integer', first, mostColor),
  primitive('colors', 'leastcolor', 'element: element -> integer', first, leastColor),
  primitive('colors', 'palette', 'element: element -> set', first, paletteOf),
  primitive('colors', 'numcolors', 'element: element -> integer', first, numberOfColors),
  primitive('colors', 'colorcount', 'element: element, value: any -> integer', first, countOfColor),
  primitive('colors', 'color', 'obj: object -> integer', constant, color),
  primitive('colors', 'colorfilter', 'objs: container, value: any -> set', outerFirst, colorfilter),
  primitive('colors', 'sizefilter', 'container: container, n: any -> set', outerFirst, sizefilter),
  primitive('colors', 'ofcolor', 'grid: grid, value: any -> indices', first, ofcolor),
];
