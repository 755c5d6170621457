/** The primitives on the demonstration samples, pairs of input and output (SPEC-dialect 6.7). */

import { call1 } from '../calls/code.js';
import { first as whole } from '../charges.js';
import { unpackTwo } from '../components.js';
import type { Primitive } from '../primitive.js';
import { pairOf, tupleOf } from '../value/construct.js';
import { equals } from '../value/equality.js';
import { elementsOf } from '../value/order.js';
import { EMPTY_TUPLE, type Value } from '../value/value.js';
import { apply, dedupe, difference_t, mapply_t } from './containers/containers.js';
import { firstPrimitive, secondPrimitive } from './containers/elements.js';
import { define } from './define.js';
import { mir_rot_t } from './grids.js';
import { guarded } from './guard.js';

const dedupe_pair_tuple = guarded(EMPTY_TUPLE, (pairs: Value): Value => {
  const unpacked = elementsOf(pairs).map(unpackTwo);
  return tupleOf(unpacked.filter(([a, b]) => !equals(a, b)).map(([a, b]) => pairOf(a, b)));
});

/** The values that a function finds in all inputs, and in all outputs. */
function foundIn(pairs: Value, f: Value): readonly [inputs: Value, outputs: Value] {
  const inputs = apply(firstPrimitive.value, pairs);
  const outputs = apply(secondPrimitive.value, pairs);
  return [dedupe(mapply_t(f, inputs)), dedupe(mapply_t(f, outputs))];
}

const c_iz = guarded(EMPTY_TUPLE, (pairs: Value, f: Value): Value => {
  const [inputs, outputs] = foundIn(pairs, f);
  return difference_t(inputs, outputs);
});

const c_zo = guarded(EMPTY_TUPLE, (pairs: Value, f: Value): Value => {
  const [inputs, outputs] = foundIn(pairs, f);
  return difference_t(outputs, inputs);
});

const TURNS = 8;

const a_mr = guarded(EMPTY_TUPLE, (pairs: Value): Value => {
  const all = elementsOf(pairs);
  for (let turn = 0; turn < TURNS; turn++) {
    const turns = (sample: Value) => {
      const [input, output] = unpackTwo(sample);
      return equals(output, mir_rot_t(input, turn));
    };
    if (all.every(turns)) return turn;
  }
  return null;
});

export const samples: readonly Primitive[] = [
  define('containers', 'dedupe_pair_tuple', 'S: tuple -> tuple', whole, dedupe_pair_tuple),
  define('containers', 'c_iz', 'S: tuple, function: function -> tuple', whole, c_iz),
  define('containers', 'c_zo', 'S: tuple, function: function -> tuple', whole, c_zo),
  define(
    'containers',
    'c_iz_n',
    'S: tuple, function: function, pick: function -> any',
    whole,
    guarded(0, (pairs: Value, f: Value, pick: Value) => call1(pick, c_iz(pairs, f))),
  ),
  define(
    'containers',
    'c_zo_n',
    'S: tuple, function: function, pick: function -> any',
    whole,
    guarded(0, (pairs: Value, f: Value, pick: Value) => call1(pick, c_zo(pairs, f))),
  ),
  define('containers', 'a_mr', 'S: tuple -> integer', whole, a_mr),
];
