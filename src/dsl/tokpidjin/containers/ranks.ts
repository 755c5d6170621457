/** Ranks: the element at a given distance from the front or the back of a sorted container (SPEC-dialect 6.2). */

import { call1 } from '../../calls/code.js';
import { first as whole } from '../../charges.js';
import type { Counted } from '../../grids/color-counts.js';
import { spendOnMembers } from '../../meter.js';
import type { Primitive } from '../../primitive.js';
import { leastcommon, mostcommon } from '../../primitives/containers.js';
import {
  argmax,
  argmin,
  resultsOf,
  sortedPositions,
  valmax,
  valmin,
} from '../../primitives/containers-by-function.js';
import { leastFrequent, mostFrequent, occurrences } from '../../value/frequency.js';
import { compare, elementsOf } from '../../value/order.js';
import { EMPTY_SET, EMPTY_TUPLE, Float, isInteger, isSet, isTuple, type Value } from '../../value/value.js';
import { adopt, define } from '../define.js';
import { type Guarded, guarded } from '../guard.js';
import { atRank, foundOr } from './elements.js';

/** The elements of a container with their keys, sorted; equal keys keep the iteration order. */
function sortedBy(container: Value, keys: readonly Value[], direction: 'ascending' | 'descending'): Value[] {
  const elements = elementsOf(container);
  // Descending and stable: sorted in reverse including ties, and read backwards.
  if (direction === 'ascending') return sortedPositions(keys).map((position) => elements[position]);
  const last = keys.length - 1;
  const positions = sortedPositions(keys.toReversed()).toReversed();
  return positions.map((position) => elements[last - position]);
}

/** The element at a rank of a container sorted by these keys; undefined if out of range. */
function ranked(
  container: Value,
  keys: readonly Value[],
  rank: Value,
  direction: 'ascending' | 'descending',
): Value | undefined {
  // Most programs ask for the first or the last element. For integers, which can always be compared, these are found
  // without sorting.
  if ((rank !== 0 && rank !== -1) || keys.length === 0 || !keys.every(isInteger)) {
    return atRank(sortedBy(container, keys, direction), rank);
  }
  spendOnMembers(keys.length);
  const greatest = (direction === 'descending') === (rank === 0);
  return elementsOf(container)[extremePosition(keys, greatest, rank === -1)];
}

/** The index of the extreme integer: the first one, or the last. */
function extremePosition(keys: readonly (number | boolean)[], greatest: boolean, last: boolean): number {
  const sign = greatest ? 1 : -1;
  let at = 0;
  for (let k = 1; k < keys.length; k++) {
    const ahead = sign * (Number(keys[k]) - Number(keys[at]));
    if (ahead > 0 || (last && ahead === 0)) at = k;
  }
  return at;
}

const get_rank = guarded(0, (container: Value, rank: Value): Value => {
  return foundOr(ranked(container, elementsOf(container), rank, 'descending'), 0);
});

function argRank(container: Value, compfunc: Value, rank: Value, none: Value): Value {
  return foundOr(ranked(container, resultsOf(compfunc, container), rank, 'descending'), none);
}

const get_val_rank = guarded(EMPTY_TUPLE, (container: Value, compfunc: Value, rank: Value): Value => {
  const element = ranked(container, resultsOf(compfunc, container), rank, 'ascending');
  return call1(compfunc, foundOr(element, 0));
});

/** Distinct values with the numbers of their occurrences, in order of arrival. */
export function counted(values: readonly Value[]): Counted[] {
  const { distinct, counts } = occurrences(values);
  return counts.map((count, k) => ({ value: distinct[k], count }));
}

/** The distinct value at a rank: the rarest first, equally rare values in canonical order. */
function commonRank(container: Value, rank: Value, none: Value): Value {
  const values = counted(elementsOf(container)).sort(
    (a, b) => a.count - b.count || compare(a.value, b.value),
  );
  const found = atRank(
    values.map(({ value }) => value),
    rank,
  );
  return foundOr(found, none);
}

const get_common_rank = guarded(EMPTY_TUPLE, (container: Value, rank: Value): Value => {
  return isTuple(container) ? commonRank(container, rank, EMPTY_TUPLE) : EMPTY_TUPLE;
});

/**
 * The value at a rank among values in order of appearance: the most frequent first, equally frequent values in their
 * order.
 */
export function frequencyRank(values: Counted[], rank: Value, none: Value): Value {
  if (rank instanceof Float) return none;
  const sorted = values.sort((a, b) => b.count - a.count);
  const found = atRank(
    sorted.map(({ value }) => value),
    rank,
  );
  return foundOr(found, none);
}

function ofAny(choose: (values: readonly Value[]) => Value | undefined): Guarded<[container: Value]> {
  return guarded(EMPTY_TUPLE, (container: Value) => foundOr(choose(elementsOf(container)), EMPTY_TUPLE));
}

export const ranks: readonly Primitive[] = [
  define('containers', 'get_rank', 'container: container, rank: integer -> any', whole, get_rank),
  define(
    'containers',
    'get_arg_rank',
    'container: container, compfunc: function, rank: integer -> any',
    whole,
    guarded(EMPTY_TUPLE, (container: Value, compfunc: Value, rank: Value) =>
      argRank(container, compfunc, rank, isSet(container) ? EMPTY_SET : EMPTY_TUPLE),
    ),
  ),
  define(
    'containers',
    'get_arg_rank_t',
    'container: container, compfunc: function, rank: integer -> any',
    whole,
    guarded(EMPTY_TUPLE, (container: Value, compfunc: Value, rank: Value) =>
      argRank(container, compfunc, rank, EMPTY_TUPLE),
    ),
  ),
  define(
    'containers',
    'get_arg_rank_f',
    'container: container, compfunc: function, rank: integer -> any',
    whole,
    guarded(EMPTY_TUPLE, (container: Value, compfunc: Value, rank: Value) =>
      argRank(container, compfunc, rank, EMPTY_SET),
    ),
  ),
  define(
    'containers',
    'get_val_rank',
    'container: container, compfunc: function, rank: integer -> any',
    whole,
    get_val_rank,
  ),
  define(
    'containers',
    'get_val_rank_t',
    'container: container, compfunc: function, rank: integer -> any',
    whole,
    get_val_rank,
  ),
  define(
    'containers',
    'get_val_rank_f',
    'container: container, compfunc: function, rank: integer -> any',
    whole,
    get_val_rank,
  ),
  define('containers', 'get_common_rank', 'container: tuple, rank: integer -> any', whole, get_common_rank),
  define('containers', 'get_common_rank_t', 'container: tuple, rank: integer -> any', whole, get_common_rank),
  define(
    'containers',
    'get_common_rank_f',
    'container: container, rank: integer -> any',
    whole,
    guarded(EMPTY_TUPLE, (container: Value, rank: Value) => commonRank(container, rank, EMPTY_SET)),
  ),
  adopt('mostcommon', EMPTY_TUPLE),
  adopt('leastcommon', EMPTY_TUPLE),
  define('containers', 'mostcommon_t', 'container: tuple -> any', whole, guarded(EMPTY_TUPLE, mostcommon)),
  define('containers', 'leastcommon_t', 'container: tuple -> any', whole, guarded(EMPTY_TUPLE, leastcommon)),
  define('containers', 'mostcommon_f', 'container: container -> any', whole, ofAny(mostFrequent)),
  define('containers', 'leastcommon_f', 'container: container -> any', whole, ofAny(leastFrequent)),
  adopt('argmax', EMPTY_TUPLE),
  adopt('argmin', EMPTY_TUPLE),
  adopt('valmax', 0),
  adopt('valmin', 0),
  define(
    'containers',
    'argmax_t',
    'container: container, compfunc: function -> any',
    whole,
    guarded(EMPTY_TUPLE, argmax),
  ),
  define(
    'containers',
    'argmax_f',
    'container: container, compfunc: function -> any',
    whole,
    guarded(EMPTY_TUPLE, argmax),
  ),
  define(
    'containers',
    'argmin_t',
    'container: container, compfunc: function -> any',
    whole,
    guarded(EMPTY_TUPLE, argmin),
  ),
  define(
    'containers',
    'argmin_f',
    'container: container, compfunc: function -> any',
    whole,
    guarded(EMPTY_TUPLE, argmin),
  ),
  define(
    'containers',
    'valmax_t',
    'container: container, compfunc: function -> any',
    whole,
    guarded(0, valmax),
  ),
  define(
    'containers',
    'valmax_f',
    'container: container, compfunc: function -> any',
    whole,
    guarded(0, valmax),
  ),
  define(
    'containers',
    'valmin_t',
    'container: container, compfunc: function -> any',
    whole,
    guarded(0, valmin),
  ),
  define(
    'containers',
    'valmin_f',
    'container: container, compfunc: function -> any',
    whole,
    guarded(0, valmin),
  ),
];
