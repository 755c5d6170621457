/** The charge rules of the primitives' table: what an invocation costs before it runs, from its arguments alone. */
import { type Charge, weightOf } from './value/value.js';

/** Looks at a few components only. */
export const constant: Charge = () => 0;

/** Touches every element of the first argument. */
export const first: Charge = (a) => weightOf(a);

/** Touches every element of the second argument. */
export const second: Charge = (_a, b) => weightOf(b);

/** Touches every element of the first two arguments. */
export const firstTwo: Charge = (a, b) => weightOf(a) + weightOf(b);

/** Touches every element of the first and the third argument. */
export const firstAndThird: Charge = (a, _b, c) => weightOf(a) + weightOf(c);

/** Touches every element of the last two of three arguments. */
export const lastTwo: Charge = (_a, b, c) => weightOf(b) + weightOf(c);
