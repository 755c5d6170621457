/** Numbers in the dialect: the empty tuple counts as 0 or 1, and there are nan, inf and -inf (SPEC-dialect 5.3). */
import { constant } from '../charges.js';
import type { Primitive } from '../primitive.js';
import { add, divide, index as entryAt, even, multiply, positive, subtract } from '../primitives/numbers.js';
import { EMPTY_TUPLE, Float, isTuple, MINUS_INFINITE, type Value } from '../value/value.js';
import { adopt, define } from './define.js';
import { guarded } from './guard.js';

export function isEmptyTuple(value: Value): boolean {
  return isTuple(value) && value.length === 0;
}

/** The value, or `unit` for the empty tuple. */
function orUnit(value: Value, unit: number): Value {
  return isEmptyTuple(value) ? unit : value;
}

/** The entry of a grid; -inf outside it. */
export const index = guarded(0, (grid: Value, loc: Value): Value => {
  if (isEmptyTuple(loc)) return MINUS_INFINITE;
  const entry = entryAt(grid, loc);
  return entry === null ? MINUS_INFINITE : entry;
});

export const numbers: readonly Primitive[] = [
  define(
    'numbers',
    'add',
    'a: number, b: number -> number',
    constant,
    guarded(EMPTY_TUPLE, (a: Value, b: Value) => add(orUnit(a, 0), orUnit(b, 0))),
  ),
  define(
    'numbers',
    'subtract',
    'a: number, b: number -> number',
    constant,
    guarded(EMPTY_TUPLE, (a: Value, b: Value) => subtract(orUnit(a, 0), orUnit(b, 0))),
  ),
  define(
    'numbers',
    'multiply',
    'a: number, b: number -> number',
    constant,
    guarded(EMPTY_TUPLE, (a: Value, b: Value) => multiply(orUnit(a, 1), orUnit(b, 1))),
  ),
  define(
    'numbers',
    'divide',
    'a: number, b: number -> number',
    constant,
    guarded(EMPTY_TUPLE, (a: Value, b: Value) => divide(orUnit(a, 1), orUnit(b, 1))),
  ),
  adopt('invert', EMPTY_TUPLE),
  adopt('double', EMPTY_TUPLE),
  adopt('halve', EMPTY_TUPLE),
  adopt('increment', EMPTY_TUPLE),
  adopt('decrement', EMPTY_TUPLE),
  adopt('crement', EMPTY_TUPLE),
  adopt('sign', EMPTY_TUPLE),
  define(
    'numbers',
    'even',
    'n: integer -> boolean',
    constant,
    guarded(false, (n: Value) => (n instanceof Float ? false : even(n))),
  ),
  define(
    'numbers',
    'positive',
    'x: integer -> boolean',
    constant,
    guarded(false, (x: Value) => (x instanceof Float ? x.number > 0 : positive(x))),
  ),
  adopt('greater', false),
  adopt('maximum', 0),
  adopt('minimum', 0),
  adopt('toivec', EMPTY_TUPLE),
  adopt('tojvec', EMPTY_TUPLE),
  adopt('astuple', EMPTY_TUPLE),
  adopt('interval', EMPTY_TUPLE),
  define('numbers', 'index', 'grid: grid, loc: pair -> any', constant, index),
];
