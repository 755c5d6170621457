/** The primitives on colours and their counts (SPEC 3.5). */
import { constant, first, outerFirst } from '../charges.js';
import { countOfColor, leastColor, mostColor, numberOfColors, paletteOf } from '../color-counts.js';
import { componentOf } from '../components.js';
import { fail } from '../errors.js';
import { type Primitive, primitive } from '../primitive.js';
import { asGrid, indicesOf, setOf } from '../value/build.js';
import { equals } from '../value/equality.js';
import { elementsOf, firstOf, lengthOf } from '../value/order.js';
import {
  Cells,
  colorOfCell,
  EMPTY_SET,
  type Grid,
  isInteger,
  MAX_COORDINATE,
  Members,
  Pair,
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
  return membersThat(objects, (object) => equals(color(object), value));
}

function sizefilter(container: Value, n: Value): Value {
  if (!isInteger(n)) {
    for (const element of elementsOf(container)) lengthOf(element);
    return EMPTY_SET;
  }
  const size = Number(n);
  return membersThat(container, (element) => lengthOf(element) === size);
}

/** The set of the elements for which `keeps` holds. */
function membersThat(container: Value, keeps: (element: Value) => boolean): Value {
  if (container instanceof Members && container.members.every(isObject)) {
    return objectsThat(container, keeps);
  }
  return setOf(elementsOf(container).filter(keeps));
}

function isObject(value: Value): boolean {
  return value instanceof Cells;
}

/** Objects always have a colour and a size, so nobody sees in which order they are asked; and they are distinct. */
function objectsThat(objects: Members, keeps: (object: Value) => boolean): Value {
  const kept = (objects.ordered ?? objects.members).filter(keeps);
  if (kept.length === 0) return EMPTY_SET;
  if (kept.length === objects.size) return objects;
  const result = new Members(kept);
  if (objects.ordered !== null) result.ordered = kept;
  return result;
}

function ofcolor(grid: Value, value: Value): Value {
  const flat = asGrid(grid);
  if (flat !== null && isInteger(value) && flat.height <= MAX_COORDINATE && flat.width <= MAX_COORDINATE) {
    return positionsOfColor(flat, Number(value));
  }
  const positions: Value[] = [];
  elementsOf(grid).forEach((row, i) => {
    elementsOf(row).forEach((entry, j) => {
      if (equals(entry, value)) positions.push(new Pair(i, j));
    });
  });
  return setOf(positions);
}

let found = new Int32Array(1024);

function positionsOfColor(grid: Grid, color: number): Value {
  const { width, cells } = grid;
  if (found.length < cells.length) found = new Int32Array(cells.length);
  let count = 0;
  for (let j = 0; j < width; j++) {
    let key = positionKey(0, j);
    for (let k = j; k < cells.length; k += width) {
      if (cells[k] === color) found[count++] = key;
      key++;
    }
  }
  return indicesOf(found.slice(0, count));
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
