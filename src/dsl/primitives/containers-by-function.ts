/** The container primitives that apply a function to elements (SPEC 3.3). */
import { call1, ready1, ready2 } from '../calls/code.js';
import { type OnPair, onPairs } from '../calls/pair-code.js';
import { filtered, mergeOf, selectedRows, setOfAll, tupleOfAll } from '../containers/container.js';
import { fail } from '../errors.js';
import { reserve } from '../grids/grid.js';
import { spend, spendOnMembers } from '../meter.js';
import { pairOf, setOf, tupleOf } from '../value/construct.js';
import { isTrue } from '../value/equality.js';
import { type Comparison, elementsOf, isGreater, isLess } from '../value/order.js';
import { orderedSetOf } from '../value/ordered-set.js';
import {
  EMPTY_SET,
  Grid,
  isInteger,
  isTuple,
  Members,
  type PairsOf,
  type Value,
  weightOf,
} from '../value/value.js';

/** The function's results, in iteration order. */
export function resultsOf(f: Value, container: Value): Value[] {
  const pairs = pairsIn(container);
  const onPair = pairs === null ? null : onPairs(f, pairs);
  if (pairs !== null && onPair !== null) return resultsOnPairs(onPair, pairs);
  const elements = elementsOf(container);
  const results = new Array<Value>(elements.length);
  const ready = ready1(f);
  for (let k = 0; k < results.length; k++) results[k] = ready(elements[k], null);
  return results;
}

/** The pairs of a set, if it is a product. */
function pairsIn(container: Value): PairsOf | null {
  return container instanceof Members ? container.pairs : null;
}

function resultsOnPairs(onPair: OnPair, { firsts, seconds }: PairsOf): Value[] {
  const results = new Array<Value>(firsts.length * seconds.length);
  spend(results.length);
  let count = 0;
  for (let i = 0; i < firsts.length; i++) {
    for (let j = 0; j < seconds.length; j++) results[count++] = onPair(i, j);
  }
  return results;
}

/** The pairs for which the condition is true; the set itself if these are all. */
function filteredPairs(set: Members, onPair: OnPair, { firsts, seconds }: PairsOf): Value {
  spend(set.size);
  const kept: Value[] = [];
  for (let i = 0; i < firsts.length; i++) {
    for (let j = 0; j < seconds.length; j++) {
      if (isTrue(onPair(i, j))) kept.push(pairOf(firsts[i], seconds[j]));
    }
  }
  return kept.length === set.size ? set : orderedSetOf(kept);
}

/** The results in a container of the same kind as `like`. */
export function gathered(results: readonly Value[], like: Value): Value {
  return isTuple(like) ? tupleOf(results) : setOfResults(results);
}

/** The set of the results; finding equal results may read their whole contents. */
export function setOfResults(results: readonly Value[]): Value {
  let weight = 0;
  for (const result of results) weight += weightOf(result);
  spend(weight);
  return setOf(results);
}

export function apply(f: Value, container: Value): Value {
  return gathered(resultsOf(f, container), container);
}

export function mapply(f: Value, container: Value): Value {
  const results = resultsOf(f, container);
  return isTuple(container) ? tupleOfAll(results) : setOfAll(results);
}

export function rapply(functions: Value, value: Value): Value {
  const results = elementsOf(functions).map((f) => call1(f, value));
  return gathered(results, functions);
}

/** The function's results on pairs of elements of two containers, up to the end of the shorter one. */
function resultsInStep(f: Value, a: Value, b: Value): Value[] {
  const firsts = elementsOf(a);
  const seconds = elementsOf(b);
  const results = new Array<Value>(Math.min(firsts.length, seconds.length));
  const ready = ready2(f);
  for (let k = 0; k < results.length; k++) results[k] = ready(firsts[k], seconds[k]);
  return results;
}

export function papply(f: Value, a: Value, b: Value): Value {
  return tupleOf(resultsInStep(f, a, b));
}

export function mpapply(f: Value, a: Value, b: Value): Value {
  return tupleOfAll(resultsInStep(f, a, b));
}

export function prapply(f: Value, a: Value, b: Value): Value {
  const seconds = elementsOf(b);
  if (seconds.length === 0) return EMPTY_SET;
  const firsts = elementsOf(a);
  reserve(firsts.length * seconds.length);
  const results: Value[] = [];
  const ready = ready2(f);
  for (const y of seconds) {
    for (const x of firsts) results.push(ready(x, y));
  }
  return setOfResults(results);
}

export function sfilter(container: Value, condition: Value): Value {
  if (container instanceof Members && container.pairs !== null) {
    const onPair = onPairs(condition, container.pairs);
    if (onPair !== null) return filteredPairs(container, onPair, container.pairs);
  }
  const ready = ready1(condition);
  return filtered(container, (element) => isTrue(ready(element, null)), 'in iteration order');
}

export function mfilter(container: Value, f: Value): Value {
  return mergeOf(sfilter(container, f));
}

export function extract(container: Value, condition: Value): Value {
  const element = firstMatch(container, condition);
  return element === undefined ? fail('stop', 'no element of the container meets the condition') : element;
}

/** The first element for which the condition is true; undefined if there is none. */
export function firstMatch(container: Value, condition: Value): Value | undefined {
  const elements = elementsOf(container);
  const ready = ready1(condition);
  for (const element of elements) {
    if (isTrue(ready(element, null))) return element;
  }
  return undefined;
}

/** The extreme's key; for an empty container, the function applied to 0. */
function extremeKey(extreme: { readonly key: Value } | null, compfunc: Value): Value {
  return extreme === null || compfunc === null ? call1(compfunc, 0) : extreme.key;
}

/** The extreme of SPEC 1.3: the element whose key no later key exceeds, and that key; null for an empty container. */
export function extremeBy(
  container: Value,
  compfunc: Value,
  beats: Comparison,
): { readonly element: Value; readonly key: Value } | null {
  const elements = elementsOf(container);
  if (elements.length === 0) return null;
  // Without a function, elements are compared by themselves.
  const keyOf = compfunc === null ? (value: Value) => value : ready1(compfunc);
  let element = elements[0];
  let key = keyOf(element, null);
  for (let k = 1; k < elements.length; k++) {
    const candidate = keyOf(elements[k], null);
    if (!beats(candidate, key)) continue;
    key = candidate;
    element = elements[k];
  }
  return { element, key };
}

export function valmax(container: Value, compfunc: Value): Value {
  const extreme = extremeBy(container, compfunc, isGreater);
  return extremeKey(extreme, compfunc);
}

export function valmin(container: Value, compfunc: Value): Value {
  const extreme = extremeBy(container, compfunc, isLess);
  return extremeKey(extreme, compfunc);
}

export function argmax(container: Value, compfunc: Value): Value {
  const extreme = extremeBy(container, compfunc, isGreater);
  return extreme === null ? fail('empty', 'argmax of an empty container') : extreme.element;
}

export function argmin(container: Value, compfunc: Value): Value {
  const extreme = extremeBy(container, compfunc, isLess);
  return extreme === null ? fail('empty', 'argmin of an empty container') : extreme.element;
}

export function order(container: Value, compfunc: Value): Value {
  const keys = compfunc === null ? elementsOf(container) : resultsOf(compfunc, container);
  const permutation = sortedPositions(keys);
  if (container instanceof Grid) return selectedRows(container, permutation);
  const elements = elementsOf(container);
  return tupleOf(permutation.map((position) => elements[position]));
}

/** The indices of the keys in ascending order of keys; equal keys keep their order. */
export function sortedPositions(keys: readonly Value[]): number[] {
  spendOnMembers(keys.length);
  const positions = Array.from(keys.keys());
  if (keys.every(isInteger)) return positions.sort((a, b) => Number(keys[a]) - Number(keys[b]));
  return positions.sort((a, b) => (isLess(keys[a], keys[b]) ? -1 : isLess(keys[b], keys[a]) ? 1 : 0));
}
