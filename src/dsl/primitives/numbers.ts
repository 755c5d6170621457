/**
 * Numbers (SPEC 3.1): arithmetic on integers and pairs, comparisons, extremes, ranges, reading an entry of a grid.
 */
import { minus, plus, times } from '../arithmetic.js';
import { constant, first, firstTwo } from '../charges.js';
import { componentOf, exactInteger, integerOf, unpackTwo } from '../components.js';
import { fail } from '../errors.js';
import { dimensionsOf, reserve } from '../grids/grid.js';
import { type Primitive, primitive } from '../primitive.js';
import { pairOf, tupleOf } from '../value/construct.js';
import { type Comparison, elementsOf, extremeAmong, isGreater, isLess } from '../value/order.js';
import { Grid, isInteger, isTuple, Pair, type Value } from '../value/value.js';

type Binary = (x: number, y: number) => number;
type Unary = (x: number) => number;

/**
 * Applies `operation` to two integers, or component by component if an operand is a tuple; `loosely` is for
 * components of any kind.
 */
function componentwise(a: Value, b: Value, operation: Binary, loosely: (x: Value, y: Value) => Value): Value {
  if (a instanceof Pair) {
    if (b instanceof Pair) return new Pair(operation(a.i, b.i), operation(a.j, b.j));
    if (typeof b === 'number') return new Pair(operation(a.i, b), operation(a.j, b));
  }
  if (b instanceof Pair && typeof a === 'number') return new Pair(operation(a, b.i), operation(a, b.j));
  if (isInteger(a) && isInteger(b)) return operation(Number(a), Number(b));
  const first = loosely(leftOperand(a, b, 0), rightOperand(b, 0));
  return pairOf(first, loosely(leftOperand(a, b, 1), rightOperand(b, 1)));
}

/** The left operand's value for component `k`: an integer, beside a tuple, is used for both components. */
function leftOperand(a: Value, b: Value, k: number): Value {
  return isInteger(a) && isTuple(b) ? a : componentOf(a, k);
}

/** The right operand's value for component `k`: anything but a tuple is used for both components. */
function rightOperand(b: Value, k: number): Value {
  return isTuple(b) ? componentOf(b, k) : b;
}

/**
 * Applies `operation` to an integer, or to the first two components of a tuple; `loosely` is for components of any
 * kind.
 */
function onComponents(n: Value, operation: Unary, loosely?: (x: Value) => Value): Value {
  if (n instanceof Pair) return new Pair(operation(n.i), operation(n.j));
  if (isInteger(n)) return operation(Number(n));
  const onComponent = loosely ?? ((x) => operation(integerOf(x)));
  const first = onComponent(componentOf(n, 0));
  return pairOf(first, onComponent(componentOf(n, 1)));
}

function sum(x: number, y: number): number {
  return exactInteger(x + y);
}

function remainder(x: number, y: number): number {
  return exactInteger(x - y);
}

function product(x: number, y: number): number {
  // + 0: there is no negative zero.
  return exactInteger(x * y) + 0;
}

function quotient(x: number, y: number): number {
  if (y === 0) return fail('zero', 'division by zero');
  // The truncated quotient is exact; rounding x / y down is not exact for large numbers.
  const rest = x % y;
  const truncated = (x - rest) / y;
  return (rest !== 0 && rest < 0 !== y < 0 ? truncated - 1 : truncated) + 0;
}

function quotientOfAny(x: Value, y: Value): Value {
  return quotient(integerOf(x), integerOf(y));
}

function negation(x: number): number {
  return 0 - x;
}

function twice(x: number): number {
  return exactInteger(x * 2) + 0;
}

function doubleOfAny(x: Value): Value {
  return times(x, 2);
}

function half(x: number): number {
  return Math.floor(x / 2);
}

function successor(x: number): number {
  return exactInteger(x + 1);
}

function predecessor(x: number): number {
  return exactInteger(x - 1);
}

function awayFromZero(x: number): number {
  return exactInteger(x + Math.sign(x));
}

export function add(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return sum(a, b);
  return componentwise(a, b, sum, plus);
}

export function subtract(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return remainder(a, b);
  return componentwise(a, b, remainder, minus);
}

export function multiply(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return product(a, b);
  return componentwise(a, b, product, times);
}

export function divide(a: Value, b: Value): Value {
  return componentwise(a, b, quotient, quotientOfAny);
}

function invert(n: Value): Value {
  return onComponents(n, negation);
}

function double(n: Value): Value {
  return onComponents(n, twice, doubleOfAny);
}

function halve(n: Value): Value {
  return onComponents(n, half);
}

function increment(x: Value): Value {
  return onComponents(x, successor);
}

function decrement(x: Value): Value {
  return onComponents(x, predecessor);
}

function crement(x: Value): Value {
  return onComponents(x, awayFromZero);
}

function sign(x: Value): Value {
  return onComponents(x, Math.sign);
}

export function even(n: Value): Value {
  return integerOf(n) % 2 === 0;
}

export function positive(x: Value): Value {
  return integerOf(x) > 0;
}

function greater(a: Value, b: Value): Value {
  return isGreater(a, b);
}

function maximum(container: Value): Value {
  return extreme(container, isGreater);
}

function minimum(container: Value): Value {
  return extreme(container, isLess);
}

/** The first element that no other `beats`, by the rule of SPEC 1.3; 0 for an empty container. */
function extreme(container: Value, beats: Comparison): Value {
  const elements = elementsOf(container);
  return elements.length === 0 ? 0 : extremeAmong(elements, beats);
}

function toivec(i: Value): Value {
  return pairOf(i, 0);
}

function tojvec(j: Value): Value {
  return pairOf(0, j);
}

function astuple(a: Value, b: Value): Value {
  return pairOf(a, b);
}

function interval(start: Value, stop: Value, step: Value): Value {
  const from = integerOf(start);
  const to = integerOf(stop);
  const by = integerOf(step);
  if (by === 0) return fail('value', 'the step of an interval is 0');
  const count = Math.max(0, Math.ceil((to - from) / by));
  reserve(count);
  const numbers = new Array<Value>(count);
  for (let k = 0; k < count; k++) numbers[k] = from + k * by;
  return tupleOf(numbers);
}

export function index(grid: Value, loc: Value): Value {
  if (grid instanceof Grid && loc instanceof Pair) {
    const { i, j } = loc;
    const inside = i >= 0 && i < grid.height && j >= 0 && j < grid.width;
    return inside ? grid.cells[i * grid.width + j] : null;
  }
  const [row, column] = unpackTwo(loc);
  const { height, width } = dimensionsOf(grid);
  const i = integerOf(row);
  if (i < 0 || i >= height) return null;
  const j = integerOf(column);
  if (j < 0 || j >= width) return null;
  // Coordinates are read from the location again, which must be a tuple for that.
  componentOf(loc, 0);
  return componentOf(componentOf(grid, i), j);
}

export const numbers: readonly Primitive[] = [
  primitive('numbers', 'add', 'a: number, b: number -> number', constant, add),
  primitive('numbers', 'subtract', 'a: number, b: number -> number', constant, subtract),
  primitive('numbers', 'multiply', 'a: number, b: number -> number', constant, multiply),
  primitive('numbers', 'divide', 'a: number, b: number -> number', constant, divide),
  primitive('numbers', 'invert', 'n: number -> number', constant, invert),
  primitive('numbers', 'double', 'n: number -> number', constant, double),
  primitive('numbers', 'halve', 'n: number -> number', constant, halve),
  primitive('numbers', 'increment', 'x: number -> number', constant, increment),
  primitive('numbers', 'decrement', 'x: number -> number', constant, decrement),
  primitive('numbers', 'crement', 'x: number -> number', constant, crement),
  primitive('numbers', 'sign', 'x: number -> number', constant, sign),
  primitive('numbers', 'even', 'n: integer -> boolean', constant, even),
  primitive('numbers', 'positive', 'x: integer -> boolean', constant, positive),
  primitive('numbers', 'greater', 'a: any, b: any -> boolean', firstTwo, greater),
  primitive('numbers', 'maximum', 'container: container -> any', first, maximum),
  primitive('numbers', 'minimum', 'container: container -> any', first, minimum),
  primitive('numbers', 'toivec', 'i: any -> tuple', constant, toivec),
  primitive('numbers', 'tojvec', 'j: any -> tuple', constant, tojvec),
  primitive('numbers', 'astuple', 'a: any, b: any -> tuple', constant, astuple),
  primitive(
    'numbers',
    'interval',
    'start: integer, stop: integer, step: integer -> tuple',
    constant,
    interval,
  ),
  primitive('numbers', 'index', 'grid: grid, loc: pair -> any', constant, index),
];
