/**
 * The deterministic budget (pipeline.md, "Outcome of a cell"): every primitive charges for the elements that it
 * touches and for those that it allocates.
 *
 * One evaluation runs at a time in a thread, so the meter is the module's own state: primitives call `spend` and
 * `allocate` without carrying it through every function value. The evaluator calls `reset` before each node and reads
 * the two totals after it.
 *
 * Invariant: both totals depend on the program and its input only, and only ever grow during one node. So running a
 * node with the full limits and adding up afterwards finds the same programs over budget as running each program alone.
 */
import { fail } from './errors.js';

/** One text for both limits: which of them a program meets first must not depend on how it is scheduled. */
export const OVER_BUDGET = 'the evaluation needs more than its budget';

/** Values nested deeper than this are over budget: walking them recursively must not exhaust the stack. */
export const DEPTH_LIMIT = 500;

/** What a set of generic members takes besides them: as long as touching so many elements (measured, as all that follow). */
const SET_CHARGE = 40;

/** Building a pair for an element of a flat value. */
const PAIR_CHARGE = 4;

/** Building a cell, which holds a pair, or an empty row. */
const CELL_CHARGE = 10;

let costLimit = Number.POSITIVE_INFINITY;
let cellLimit = Number.POSITIVE_INFINITY;
let cost = 0;
let cells = 0;

/** Starts a new account. Limits: units of cost, and elements allocated. */
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

/** Charges `units` (a non-negative integer, may be Infinity) for elements that are about to be touched. */
export function spend(units: number): void {
  cost += units;
  if (cost > costLimit) fail('budget', OVER_BUDGET);
}

/** Charges for `elements` that are about to be allocated. Call it before allocating. */
export function allocate(elements: number): void {
  cells += elements;
  if (cells > cellLimit) fail('budget', OVER_BUDGET);
  spend(elements);
}

/** Charges once more for work that was charged for before: its units of cost, and the elements that it allocated. */
export function spendAgain(units: number, elements: number): void {
  cells += elements;
  if (cells > cellLimit) fail('budget', OVER_BUDGET);
  spend(units);
}

/**
 * Charges for a set of `members` generic values about to be built (a whole number, may be Infinity): for building and
 * hashing them one by one, and for sorting them once, whether the program comes to ask for their order or not. The more
 * there are, the more comparisons each takes, and the longer each of these waits for memory.
 */
export function spendOnMembers(members: number): void {
  const doublings = members < 2 ** 31 ? 32 - Math.clz32(members) : 53;
  spend(SET_CHARGE + members * Math.ceil((doublings * doublings) / 4));
}

/** Charges for `pairs` about to be built one by one. */
export function spendOnPairs(pairs: number): void {
  spend(pairs * PAIR_CHARGE);
}

/** Charges for `cells` or rows about to be built one by one, not for what is in the rows. */
export function spendOnCells(cells: number): void {
  spend(cells * CELL_CHARGE);
}

/** Whether `checkExtent` would let a value pass. */
export function hasRoomFor(weight: number, depth: number): boolean {
  return weight <= cellLimit && depth <= DEPTH_LIMIT;
}

/** Checks a value about to be built: its element count, all levels counted, and its depth of nesting. */
export function checkExtent(weight: number, depth: number): void {
  if (weight > cellLimit) fail('budget', 'a value has more elements than the budget allows');
  if (depth > DEPTH_LIMIT) fail('budget', `a value is nested more than ${DEPTH_LIMIT} levels deep`);
}
