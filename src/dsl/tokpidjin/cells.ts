/** Making cells `(i, j, v)` and taking them apart (SPEC-dialect 6.4). */
import { constant } from '../charges.js';
import { componentOf } from '../components.js';
import type { Primitive } from '../primitive.js';
import { pairOf, tripleOf } from '../value/construct.js';
import { EMPTY_TUPLE, Pair, Triple, type Value } from '../value/value.js';
import { define } from './define.js';
import { guarded } from './guard.js';

export const cells: readonly Primitive[] = [
  define(
    'patches',
    'ascell',
    'ij: pair, c: any -> tuple',
    constant,
    guarded(EMPTY_TUPLE, (ij: Value, c: Value) => tripleOf(componentOf(ij, 0), componentOf(ij, 1), c)),
  ),
  define(
    'patches',
    'toij',
    'c: tuple -> pair',
    constant,
    guarded(EMPTY_TUPLE, (c: Value) => {
      return c instanceof Triple ? new Pair(c.i, c.j) : pairOf(componentOf(c, 0), componentOf(c, 1));
    }),
  ),
  define(
    'patches',
    'astriple',
    'i: any, j: any, c: any -> tuple',
    constant,
    guarded(EMPTY_TUPLE, (i: Value, j: Value, c: Value) => tripleOf(i, j, c)),
  ),
];
