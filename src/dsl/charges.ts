/** The charge rules of the primitives' table: what an invocation costs before it runs, from its arguments alone. */
import { type Charge, isSet, isTuple, Members, weightOf } from './value/value.js';

/** Looks at a few components only. */
export const constant: Charge = () => 0;

/** Touches every element of the first argument. */
export const first: Charge = (a) => weightOf(a);

/** Touches the elements of the first argument, but not what is in them. */
export const outerFirst: Charge = (a) => (isTuple(a) ? a.length : isSet(a) ? a.size : 0);

/** Touches every element of the first argument when it is a set; of a tuple, only the length of the first row. */
export const firstSet: Charge = (a) => (isSet(a) ? weightOf(a) : 0);

/** Touches every element of the second argument. */
export const second: Charge = (_a, b) => weightOf(b);

/** Touches every element of the first two arguments. */
export const firstTwo: Charge = (a, b) => weightOf(a) + weightOf(b);

/** Touches every element of the first and the third argument. */
export const firstAndThird: Charge = (a, _b, c) => weightOf(a) + weightOf(c);

/** Touches every element of the last two of three arguments. */
export const lastTwo: Charge = (_a, b, c) => weightOf(b) + weightOf(c);

/** Looks the first argument up in the second: by its hash in a set, one element after the other in a tuple. */
export const membership: Charge = (a, b) => weightOf(a) + (isSet(b) ? 0 : weightOf(b));

/** Takes an element from either end of the first argument: nothing but for sets whose members have to be sorted. */
export const endOfFirst: Charge = (a) => (a instanceof Members ? a.weight : 0);
