/** Booleans and choice in the dialect. */
import { constant, firstTwo } from '../charges.js';
import type { Primitive } from '../primitive.js';
import { branch } from '../primitives/booleans.js';
import { equalsDirectly } from '../value/equality.js';
import { EMPTY_TUPLE, type Value } from '../value/value.js';
import { adopt, define } from './define.js';
import { guarded } from './guard.js';

export const booleans: readonly Primitive[] = [
  adopt('flip', false),
  adopt('both', false),
  adopt('either', false),
  define(
    'booleans',
    'equality',
    'a: any, b: any -> boolean',
    firstTwo,
    guarded(false, (a: Value, b: Value) => equalsDirectly(a, b)),
  ),
  adopt('branch', EMPTY_TUPLE),
  define(
    'booleans',
    'c_branch',
    'condition: any, a: any, b: any -> any',
    constant,
    guarded(EMPTY_TUPLE, branch),
  ),
  adopt('contained', false),
];
