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

/** Building one generic member of a set takes as long as touching so many elements of a flat one (measured). */
const MEMBER_CHARGE = 100;

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

/** Charges for `members` generic values about to be built and hashed one by one: far more work than flat ones. */
export function spendOnMembers(members: number): void {
  spend(members * MEMBER_CHARGE);
}

/** Checks a value about to be built: its element count, all levels counted, and its depth of nesting. */
export function checkExtent(weight: number, depth: number): void {
  if (weight > cellLimit) fail('budget', 'a value has more elements than the budget allows');
  if (depth > DEPTH_LIMIT) fail('budget', `a value is nested more than ${DEPTH_LIMIT} levels deep`);
}
