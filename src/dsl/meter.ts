/**
 * The deterministic budget (pipeline.md, "Outcome of a cell"): every primitive charges for the elements that it
 * touches and for those that it allocates.
 *
 * A thread runs one evaluation at a time, so the meter is module state: primitives call `spend` and `allocate`
 * without passing it through every function value. The evaluator calls `reset` before each node and reads both totals
 * after it.
 *
 * Invariant: both totals depend only on the program and its input, and only grow during a node. So running each node
 * with the full limits and adding up afterwards finds the same programs over budget as running each program alone.
 */
import { fail } from './errors.js';

/** One message for both limits: which limit a program reaches first must not depend on how it is scheduled. */
export const OVER_BUDGET = 'the evaluation needs more than its budget';

/** Values nested deeper than this exceed the budget, because recursive walks must not overflow the stack. */
export const DEPTH_LIMIT = 500;

/**
 * The extra cost of a set of generic members: equal to touching this many elements (measured, like the following).
 */
const SET_CHARGE = 40;

/** The cost of building a pair for an element of a flat value. */
const PAIR_CHARGE = 4;

/** The cost of building a cell, which contains a pair, or an empty row. */
const CELL_CHARGE = 10;

let costLimit = Number.POSITIVE_INFINITY;
let cellLimit = Number.POSITIVE_INFINITY;
let cost = 0;
let cells = 0;

/** Starts counting anew. Limits: units of cost, and elements allocated. */
export function resetMeter(newCostLimit: number, newCellLimit: number): void {
  costLimit = newCostLimit;
  cellLimit = newCellLimit;
  cost = 0;
  cells = 0;
}

/** Units charged since the last reset. */
export function spentCost(): number {
  return cost;
}

/** Elements allocated since the last reset. */
export function allocatedCells(): number {
  return cells;
}

/** Charges `units` (a non-negative integer, possibly Infinity) for elements before they are touched. */
export function spend(units: number): void {
  cost += units;
  if (cost > costLimit) fail('budget', OVER_BUDGET);
}

/** Charges for `elements`. Call it before allocating them. */
export function allocate(elements: number): void {
  cells += elements;
  if (cells > cellLimit) fail('budget', OVER_BUDGET);
  spend(elements);
}

/** Charges again for work that was charged before: its units of cost, and the elements that it allocated. */
export function spendAgain(units: number, elements: number): void {
  cells += elements;
  if (cells > cellLimit) fail('budget', OVER_BUDGET);
  spend(units);
}

/**
 * Charges for a set of `members` generic values before it is built (a whole number, possibly Infinity): for building
 * and hashing each member, and for sorting them once, whether the program ever needs their order or not. More members
 * need more comparisons each, and each comparison waits longer for memory.
 */
export function spendOnMembers(members: number): void {
  spend(chargeForMembers(members));
}

/** What `spendOnMembers` charges. */
export function chargeForMembers(members: number): number {
  const doublings = members < 2 ** 31 ? 32 - Math.clz32(members) : 53;
  return SET_CHARGE + members * Math.ceil((doublings * doublings) / 4);
}

/** Whether `units` can be charged without exceeding the budget. */
export function affords(units: number): boolean {
  return cost + units <= costLimit;
}

/** Charges for `pairs` before they are built one by one. */
export function spendOnPairs(pairs: number): void {
  spend(pairs * PAIR_CHARGE);
}

/** Charges for `cells` or rows before they are built one by one, but not for the contents of the rows. */
export function spendOnCells(cells: number): void {
  spend(cells * CELL_CHARGE);
}

/** Whether `checkExtent` would accept a value. */
export function hasRoomFor(weight: number, depth: number): boolean {
  return weight <= cellLimit && depth <= DEPTH_LIMIT;
}

/** Checks a value before it is built: its number of elements on all levels, and its depth. */
export function checkExtent(weight: number, depth: number): void {
  if (weight > cellLimit) fail('budget', 'a value has more elements than the budget allows');
  if (depth > DEPTH_LIMIT) fail('budget', `a value is nested more than ${DEPTH_LIMIT} levels deep`);
}
