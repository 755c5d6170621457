/** The container primitives that apply a function to elements (SPEC 3.3). */
import { call1, type Ready, ready1, ready2 } from '../calls/code.js';
import { onPairs } from '../calls/pair-code.js';
import { filtered, mergeOf, selectedRows, setOfAll, tupleOfAll } from '../containers/container.js';
import { fail } from '../errors.js';
import { reserve } from '../grids/grid.js';
import { spend, spendOnMembers } from '../meter.js';
import { copyOfKeys, newKeys } from '../value/arrays.js';
import { tupleOf } from '../value/construct.js';
import { isTrue } from '../value/equality.js';
import {
  type Comparison,
  chargedContainer,
  elementsOf,
  isGreater,
  isLess,
  lengthOf,
  listOf,
} from '../value/order.js';
import { SetCollector } from '../value/set-collector.js';
import {
  depthOf,
  EMPTY_SET,
  eachPair,
  Grid,
  isInteger,
  isTuple,
  Members,
  type PairsOf,
  pairAt,
  type SetValue,
  type Tuple,
  type Value,
  weightOf,
} from '../value/value.js';

/** Takes the results of a function, in order. */
type Taker = (result: Value, k: number) => void;

/** The function's results, in iteration order. */
export function resultsOf(f: Value, container: Value): Value[] {
  const elements = chargedContainer(container);
  const results = new Array<Value>(lengthOf(elements));
  passResults(f, elements, (result, k) => {
    results[k] = result;
  });
  return results;
}

/** Calls a function with the elements of a container that has been charged for, one after another. */
function passResults(f: Value, container: Tuple | SetValue, take: Taker): void {
  const pairs = pairsIn(container);
  if (pairs !== null) {
    const onPair = onPairs(f, pairs);
    let count = 0;
    eachPair(pairs, (i, j) => take(onPair(i, j), count++));
    return;
  }
  const elements = listOf(container);
  const ready = ready1(f);
  for (let k = 0; k < elements.length; k++) take(ready(elements[k], null), k);
}

/** The pairs of a set, if it is a product. */
function pairsIn(container: Value): PairsOf | null {
  return container instanceof Members ? container.pairs : null;
}

/** The pairs for which the condition is true; the set itself if these are all. */
function filteredPairs(set: Members, pairs: PairsOf, condition: Value): Value {
  const { size } = set;
  spend(size);
  const { firsts, seconds } = pairs;
  const onPair = onPairs(condition, pairs);
  const places = newKeys(size);
  let count = 0;
  let weight = 1;
  let depth = 0;
  eachPair(pairs, (i, j) => {
    if (!isTrue(onPair(i, j))) return;
    places[count++] = i * seconds.length + j;
    weight += 1 + weightOf(firsts[i]) + weightOf(seconds[j]);
    depth = Math.max(depth, 2 + depthOf(firsts[i]), 2 + depthOf(seconds[j]));
  });
  if (count === size) return set;
  if (count === 0) return EMPTY_SET;
  return new Members(null, { firsts, seconds, places: copyOfKeys(places, count), weight, depth });
}

export function apply(f: Value, container: Value): Value {
  if (isTuple(container)) return tupleOf(resultsOf(f, container));
  const elements = chargedContainer(container);
  const collector = new SetCollector();
  passResults(f, elements, (result) => collector.add(result));
  return collector.finish();
}

export function mapply(f: Value, container: Value): Value {
  const results = resultsOf(f, container);
  return isTuple(container) ? tupleOfAll(results) : setOfAll(results);
}

export function rapply(functions: Value, value: Value): Value {
  const list = elementsOf(functions);
  if (isTuple(functions)) return tupleOf(list.map((f) => call1(f, value)));
  const collector = new SetCollector();
  for (let k = 0; k < list.length; k++) collector.add(call1(list[k], value));
  return collector.finish();
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
  const right = chargedContainer(b);
  if (lengthOf(right) === 0) return EMPTY_SET;
  const left = chargedContainer(a);
  reserve(lengthOf(left) * lengthOf(right));
  const firsts = listOf(left);
  const seconds = listOf(right);
  const collector = new SetCollector();
  const ready = ready2(f);
  for (let j = 0; j < seconds.length; j++) collectWithSecond(collector, ready, firsts, seconds[j]);
  return collector.finish();
}

/** The results for all pairs with one second element; an inner loop of its own (see `append` in container.ts). */
function collectWithSecond(collector: SetCollector, f: Ready, firsts: readonly Value[], second: Value): void {
  for (let i = 0; i < firsts.length; i++) collector.add(f(firsts[i], second));
}

export function sfilter(container: Value, condition: Value): Value {
  const pairs = pairsIn(container);
  if (pairs !== null) return filteredPairs(container as Members, pairs, condition);
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
  for (let k = 0; k < elements.length; k++) {
    if (isTrue(ready(elements[k], null))) return elements[k];
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
  const pairs = compfunc === null ? null : pairsIn(container);
  if (pairs !== null) return extremePair(container as Members, pairs, compfunc, beats);
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

/** The same for the pairs of a product, which is never empty. */
function extremePair(set: Members, pairs: PairsOf, compfunc: Value, beats: Comparison) {
  spend(set.size);
  const onPair = onPairs(compfunc, pairs);
  const best = { key: null as Value, i: -1, j: -1 };
  eachPair(pairs, (i, j) => {
    const key = onPair(i, j);
    if (best.i >= 0 && !beats(key, best.key)) return;
    best.key = key;
    best.i = i;
    best.j = j;
  });
  return { element: pairAt(pairs, best.i, best.j), key: best.key };
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
