/**
 * The charge rules in the table of primitives: the cost of a call before it runs, computed from its arguments only.
 */
import { type Charge, isSet, isTuple, Members, weightOf } from './value/value.js';

/** Touches only a few components. */
export const constant: Charge = () => 0;

/** Touches every element of the first argument. */
export const first: Charge = (a) => weightOf(a);

/** Touches the elements of the first argument, but not their contents. */
export const outerFirst: Charge = (a) => (isTuple(a) ? a.length : isSet(a) ? a.size : 0);

/**
 * If the first argument is a set, touches all of its elements; if it is a tuple, only the length of its first row.
 */
export const firstSet: Charge = (a) => (isSet(a) ? weightOf(a) : 0);

/** Touches every element of the second argument. */
export const second: Charge = (_a, b) => weightOf(b);

/** Touches every element of the first two arguments. */
export const firstTwo: Charge = (a, b) => weightOf(a) + weightOf(b);

/** Touches every element of the first and the third argument. */
export const firstAndThird: Charge = (a, _b, c) => weightOf(a) + weightOf(c);

/** Touches every element of the last two of three arguments. */
export const lastTwo: Charge = (_a, b, c) => weightOf(b) + weightOf(c);

/** Searches the second argument for the first: by hash in a set, element by element in a tuple. */
export const membership: Charge = (a, b) => weightOf(a) + (isSet(b) ? 0 : weightOf(b));

/** Takes the first or last element of the first argument: free, unless it is a set that has to be sorted. */
export const endOfFirst: Charge = (a) => (a instanceof Members ? a.weight : 0);
