/** Colours in the dialect: `_t` takes a grid's entries, `_f` the colours of cells (SPEC-dialect 5.3, 6.5, 6.6). */
import { constant, first, outerFirst } from '../charges.js';
import { componentOf, unpackThree } from '../components.js';
import { filtered } from '../containers/container.js';
import { fail } from '../errors.js';
import { countedColors, countOfColor, leastColor, mostColor, paletteOf } from '../grids/color-counts.js';
import type { Primitive } from '../primitive.js';
import { asSet, ofcolor } from '../primitives/colors.js';
import { totuple } from '../primitives/containers.js';
import { asGrid, setOf } from '../value/construct.js';
import { equals } from '../value/equality.js';
import { leastFrequent, mostFrequent } from '../value/frequency.js';
import { elementsOf, firstOf } from '../value/order.js';
import {
  colorOfCell,
  EMPTY_SET,
  EMPTY_TUPLE,
  isTuple,
  MINUS_INFINITE,
  NAN,
  Triples,
  type Value,
} from '../value/value.js';
import { foundOr } from './containers/elements.js';
import { counted, frequencyRank } from './containers/ranks.js';
import { adopt, define } from './define.js';
import { guarded } from './guard.js';

/** All entries of all members; for a grid, those of its rows in reading order. */
function entriesOf(element: Value): readonly Value[] {
  const grid = asGrid(element);
  if (grid !== null) return Array.from(grid.cells);
  return elementsOf(element).flatMap(elementsOf);
}

/** Component 2 of each member. */
function cellColorsOf(object: Value): readonly Value[] {
  return elementsOf(object).map((cell) => unpackThree(cell)[2]);
}

export const mostcolor_t = guarded(0, (grid: Value): Value => {
  return asGrid(grid) !== null ? mostColor(grid) : foundOr(mostFrequent(entriesOf(grid)), NAN);
});

const leastcolor_t = guarded(0, (grid: Value): Value => {
  return asGrid(grid) !== null ? leastColor(grid) : foundOr(leastFrequent(entriesOf(grid)), NAN);
});

const mostcolor_f = guarded(0, (object: Value): Value => {
  if (object instanceof Triples) return mostColor(object);
  return foundOr(mostFrequent(cellColorsOf(object)), NAN);
});

const leastcolor_f = guarded(0, (object: Value): Value => {
  if (object instanceof Triples) return leastColor(object);
  return foundOr(leastFrequent(cellColorsOf(object)), NAN);
});

const palette_t = guarded(EMPTY_SET, (element: Value): Value => {
  return asGrid(element) !== null ? paletteOf(element) : setOf(entriesOf(element));
});

const palette_f = guarded(EMPTY_SET, (object: Value): Value => {
  return object instanceof Triples ? paletteOf(object) : setOf(cellColorsOf(object));
});

const p_g = guarded(EMPTY_SET, (grid: Value) => {
  return totuple(asGrid(grid) !== null ? paletteOf(grid) : setOf(entriesOf(grid)));
});

const p_o = guarded(EMPTY_SET, (object: Value) => {
  return totuple(object instanceof Triples ? paletteOf(object) : setOf(cellColorsOf(object)));
});

const colorcount_t = guarded(0, (grid: Value, color: Value): Value => {
  if (asGrid(grid) !== null) return countOfColor(grid, color);
  let count = 0;
  for (const row of elementsOf(grid)) {
    if (!isTuple(row)) return fail('type', 'a row is no tuple');
    count += elementsOf(row).filter((entry) => equals(entry, color)).length;
  }
  return count;
});

const colorcount_f = guarded(0, (object: Value, color: Value): Value => {
  if (object instanceof Triples) return countOfColor(object, color);
  return cellColorsOf(object).filter((value) => equals(value, color)).length;
});

/** The colour of the first cell; -inf if there is none, or if it is a position. */
const colorOf = guarded(0, (object: Value): Value => {
  if (object instanceof Triples) return colorOfCell(object.keys[0]);
  const cell = firstOf(object);
  return cell === undefined || !isTuple(cell) ? MINUS_INFINITE : componentOf(cell, 2);
});

const colorfilter = guarded(EMPTY_SET, (objects: Value, value: Value): Value => {
  const hasColor = (object: Value) => {
    if (object instanceof Triples) return equals(colorOfCell(object.keys[0]), value);
    const cell = firstOf(object);
    return cell === undefined ? fail('stop', 'an object is empty') : equals(componentOf(cell, 2), value);
  };
  return asSet(filtered(objects, hasColor, 'in any order'));
});

export const colors: readonly Primitive[] = [
  define('colors', 'mostcolor_t', 'grid: grid -> integer', first, mostcolor_t),
  define('colors', 'leastcolor_t', 'grid: grid -> integer', first, leastcolor_t),
  define('colors', 'mostcolor_f', 'obj: object -> integer', first, mostcolor_f),
  define('colors', 'leastcolor_f', 'obj: object -> integer', first, leastcolor_f),
  define('colors', 'palette_t', 'element: grid -> set', first, palette_t),
  define('colors', 'palette_f', 'element: object -> set', first, palette_f),
  define('colors', 'p_g', 'grid: grid -> tuple', first, p_g),
  define('colors', 'p_f', 'element: object -> set', first, palette_f),
  define('colors', 'p_o', 'obj: object -> tuple', first, p_o),
  define(
    'colors',
    'numcolors_t',
    'grid: grid -> integer',
    first,
    guarded(0, (grid: Value) => elementsOf(palette_t(grid)).length),
  ),
  define(
    'colors',
    'numcolors_f',
    'obj: object -> integer',
    first,
    guarded(0, (object: Value) => elementsOf(palette_f(object)).length),
  ),
  define('colors', 'colorcount_t', 'grid: grid, color: any -> integer', first, colorcount_t),
  define('colors', 'colorcount_f', 'obj: object, color: any -> integer', first, colorcount_f),
  define('colors', 'color', 'obj: object -> integer', constant, colorOf),
  define('colors', 'colorfilter', 'objs: container, color: any -> set', outerFirst, colorfilter),
  adopt('sizefilter', EMPTY_SET),
  define('colors', 'f_ofcolor', 'grid: grid, color: any -> indices', first, guarded(EMPTY_SET, ofcolor)),
  define(
    'colors',
    'get_color_rank_t',
    'grid: grid, rank: integer -> integer',
    first,
    guarded(0, (grid: Value, rank: Value): Value => {
      const colors = asGrid(grid) === null ? null : countedColors(grid);
      return frequencyRank(colors ?? counted(entriesOf(grid)), rank, EMPTY_TUPLE);
    }),
  ),
  define(
    'colors',
    'get_color_rank_f',
    'obj: object, rank: integer -> integer',
    first,
    guarded(0, (object: Value, rank: Value): Value => {
      const colors = object instanceof Triples ? countedColors(object) : null;
      return frequencyRank(colors ?? counted(cellColorsOf(object)), rank, EMPTY_SET);
    }),
  ),
];
