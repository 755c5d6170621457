/** What primitives on containers share: joining containers, and selecting elements. */
import { fail } from '../errors.js';
import { gridOf, reserve } from '../grids/grid.js';
import { checkExtent, spendOnCells, spendOnPairs } from '../meter.js';
import { type FlatSet, isFlatSet } from '../patches/flat-patch.js';
import { copyOfKeys, newCells, newKeys } from '../value/arrays.js';
import { cellsOf, indicesOf, setOf, triplesOf, tupleOf } from '../value/construct.js';
import { DistinctValues } from '../value/distinct.js';
import { cellOfKey, colorsOf, hasMember, itemOf, pairOfKey, tripleOfKey } from '../value/equality.js';
import { keysWithout, unionOfAllKeys, unionOfKeys } from '../value/keys.js';
import { chargedContainer, describe, elementsOf, lengthOf } from '../value/order.js';
import {
  CELL_DEPTH,
  CELL_WEIGHT,
  Cell,
  Cells,
  EMPTY_SET,
  Grid,
  Indices,
  Items,
  isSet,
  isTuple,
  Layout,
  Members,
  Pair,
  type SetValue,
  Triple,
  type Tuple,
  type Value,
} from '../value/value.js';

/**
 * The elements of a container in storage order: sets are not sorted for this. Results must not depend on that order,
 * because it changes when a set is sorted. Never write to the array.
 */
function elementsInAnyOrder(container: Value): readonly Value[] {
  return container instanceof Members ? container.members : elementsOf(container);
}

/** The set with these keys in the layout of `set`; `set` itself if they are its own keys. */
export function withKeys(set: FlatSet, keys: Int32Array): SetValue {
  if (keys === set.keys) return set;
  if (set instanceof Indices) return indicesOf(keys);
  return set instanceof Cells ? cellsOf(keys) : triplesOf(keys);
}

/** The union of a set and the elements of any container. */
export function unionOf(set: SetValue, container: Value): SetValue {
  if (isFlatSet(set) && isFlatSet(container) && set.layout === container.layout) {
    const keys = unionOfKeys(set.keys, container.keys);
    return keys === container.keys ? container : withKeys(set, keys);
  }
  if (lengthOf(container) === 0) return set;
  if (set.size === 0 && isSet(container)) return container;
  return setOfAll([set, container]);
}

/** The set of the elements of all these containers; `type` if one is no container. */
export function setOfAll(containers: readonly Value[]): SetValue {
  let total = 0;
  for (let k = 0; k < containers.length; k++) total += lengthOf(containers[k]);
  reserve(total);
  if (total === 0) return EMPTY_SET;
  const flat = unionOfFlatSets(containers);
  if (flat !== null) return flat;
  const elements = new Array<Value>(total);
  let count = 0;
  for (let c = 0; c < containers.length; c++) {
    count = append(elements, count, elementsInAnyOrder(containers[c]));
  }
  return setOf(elements);
}

/** The union of sets of one flat layout, empty containers aside; null if there are others. */
function unionOfFlatSets(containers: readonly Value[]): SetValue | null {
  const arrays: Int32Array[] = [];
  let first: FlatSet | null = null;
  for (let k = 0; k < containers.length; k++) {
    const container = containers[k];
    if (isFlatSet(container)) {
      first ??= container;
      if (container.layout !== first.layout) return null;
      arrays.push(container.keys);
    } else if (lengthOf(container) > 0) return null;
  }
  return first === null ? null : withKeys(first, unionOfAllKeys(arrays));
}

/**
 * The elements of one container that are not in another, which is only examined if the first has elements (SPEC 3.3).
 */
export function differenceOf(a: Value, b: Value): Value {
  if (lengthOf(a) === 0) return a;
  if (isFlatSet(a) && isFlatSet(b) && a.layout === b.layout) {
    return withKeys(a, keysWithout(a.keys, b.keys));
  }
  const dropped = membership(b);
  return filtered(a, (element) => !dropped(element), 'in any order');
}

/** Returns a membership test for a container; `type` if the value is no container. */
function membership(container: Value): (value: Value) => boolean {
  if (isSet(container)) return (value) => hasMember(container, value);
  const distinct = new DistinctValues(lengthOf(container));
  for (const element of elementsOf(container)) distinct.add(element);
  return (value) => distinct.has(value);
}

/** The tuple of the elements of all these containers, in order; `type` if one is no container. */
export function tupleOfAll(containers: readonly Value[]): Tuple {
  let total = 0;
  for (let c = 0; c < containers.length; c++) total += lengthOf(containers[c]);
  const grid = gridOfAll(containers);
  if (grid !== null) return grid;
  reserve(total);
  if (total > 2 && containers.every(hasEvenElements)) return joined(containers, total);
  const elements = new Array<Value>(total);
  let count = 0;
  for (let c = 0; c < containers.length; c++) {
    count = append(elements, count, elementsOf(containers[c]));
  }
  return tupleOf(elements);
}

/** Whether the extent of a tuple of the container's elements follows from that of the container. */
function hasEvenElements(value: Value): value is Items | Cells {
  return value instanceof Items || value instanceof Cells;
}

/** The same for such containers, with more than two elements. */
function joined(containers: readonly (Items | Cells)[], total: number): Items {
  let weight = 1;
  let depth = 1;
  for (let c = 0; c < containers.length; c++) {
    const container = chargedContainer(containers[c]) as Items | Cells;
    weight += container instanceof Cells ? container.size * CELL_WEIGHT : container.weight - 1;
    depth = Math.max(depth, container instanceof Cells ? 1 + CELL_DEPTH : container.depth);
  }
  checkExtent(weight, depth);
  const elements = new Array<Value>(total);
  let count = 0;
  for (let c = 0; c < containers.length; c++) {
    const container = containers[c];
    count =
      container instanceof Cells
        ? appendCells(elements, count, container.keys)
        : append(elements, count, container.items);
  }
  return new Items(elements, weight, depth);
}

/**
 * Writes `more` into `elements` from `count` on; returns the new count. A function of its own: V8 optimizes an inner
 * loop of a function that is called once so that leaving the loop ends the optimized code.
 */
function append(elements: Value[], count: number, more: readonly Value[]): number {
  for (let k = 0; k < more.length; k++) elements[count + k] = more[k];
  return count + more.length;
}

function appendCells(elements: Value[], count: number, keys: Int32Array): number {
  for (let k = 0; k < keys.length; k++) elements[count + k] = cellOfKey(keys[k]);
  return count + keys.length;
}

/** Joins flat grids of one width vertically; null if there are none, or if other containers are among them. */
function gridOfAll(containers: readonly Value[]): Grid | null {
  const first = containers[0];
  if (!(first instanceof Grid)) return null;
  const { width } = first;
  let height = 0;
  for (let k = 0; k < containers.length; k++) {
    const container = containers[k];
    if (!(container instanceof Grid) || container.width !== width) return null;
    height += container.height;
  }
  reserve(height * width);
  const cells = newCells(height * width);
  let at = 0;
  for (let k = 0; k < containers.length; k++) {
    const grid = containers[k] as Grid;
    cells.set(grid.cells, at);
    at += grid.cells.length;
  }
  return new Grid(height, width, cells);
}

/** The elements of the inner containers, in a container of the outer one's kind (SPEC 3.3, `merge`). */
export function mergeOf(outer: Value): Value {
  if (outer instanceof Grid) {
    reserve(outer.cells.length);
    return tupleOf(colorsOf(outer.cells, 0, outer.cells.length));
  }
  if (isTuple(outer)) return tupleOfAll(elementsOf(outer));
  return setOfAll(holdsContainers(outer) ? elementsInAnyOrder(outer) : elementsOf(outer));
}

/** Whether every member of a set has a length, so that asking for it cannot fail. */
export function holdsContainers(value: Value): boolean {
  return !(value instanceof Members) || value.members.every((member) => isTuple(member) || isSet(member));
}

/**
 * The order in which `filtered` tests elements. A set need not be sorted if the test cannot fail; otherwise it
 * matters which element fails first.
 */
export type Asking = 'in iteration order' | 'in any order';

/**
 * The elements for which `keep` returns true, in a container of the same kind; the container itself if all are kept.
 */
export function filtered(container: Value, keep: (element: Value) => boolean, asking: Asking): Value {
  if (isTuple(container)) {
    return container instanceof Grid ? filteredRows(container, keep) : filteredItems(container, keep);
  }
  if (!isSet(container)) return fail('type', `cannot iterate over ${describe(container)}`);
  switch (container.layout) {
    case Layout.Indices:
      spendOnPairs(container.size);
      return withKeys(
        container,
        filteredKeys(container.keys, (key) => keep(pairOfKey(key))),
      );
    case Layout.Cells:
      spendOnCells(container.size);
      return withKeys(
        container,
        filteredKeys(container.keys, (key) => keep(cellOfKey(key))),
      );
    case Layout.Triples:
      spendOnCells(container.size);
      return withKeys(
        container,
        filteredKeys(container.keys, (key) => keep(tripleOfKey(key))),
      );
    case Layout.Members:
      return filteredMembers(container, keep, asking);
  }
}

function filteredKeys(keys: Int32Array, keep: (key: number) => boolean): Int32Array {
  const kept = newKeys(keys.length);
  let count = 0;
  for (let k = 0; k < keys.length; k++) {
    if (keep(keys[k])) kept[count++] = keys[k];
  }
  return count === keys.length ? keys : copyOfKeys(kept, count);
}

function filteredMembers(set: Members, keep: (element: Value) => boolean, asking: Asking): SetValue {
  const members = asking === 'in any order' ? set.members : elementsOf(set);
  const kept = members.filter(keep);
  if (kept.length === set.size) return set;
  // The remaining members of a mixed set may fit a flat layout.
  if (kept.length === 0 || fitsFlatSet(kept[0])) return setOf(kept);
  const subset = new Members(kept);
  if (members === set.ordered) subset.ordered = kept;
  return subset;
}

/** Whether a flat set can contain the member. */
export function fitsFlatSet(member: Value): boolean {
  return member instanceof Pair || member instanceof Cell || member instanceof Triple;
}

function filteredItems(tuple: Exclude<Tuple, Grid>, keep: (element: Value) => boolean): Tuple {
  const kept = elementsOf(tuple).filter(keep);
  return kept.length === tuple.length ? tuple : tupleOf(kept);
}

function filteredRows(grid: Grid, keep: (element: Value) => boolean): Tuple {
  spendOnCells(grid.height);
  const rows: number[] = [];
  for (let i = 0; i < grid.height; i++) {
    if (keep(itemOf(grid, i))) rows.push(i);
  }
  return rows.length === grid.height ? grid : selectedRows(grid, rows);
}

/** The grid of the rows with these indices, in their order; an index may occur more than once. */
export function selectedRows(grid: Grid, rows: readonly number[]): Tuple {
  const { width } = grid;
  const cells = new Int8Array(rows.length * width);
  for (let k = 0; k < rows.length; k++) {
    cells.set(grid.cells.subarray(rows[k] * width, (rows[k] + 1) * width), k * width);
  }
  return gridOf(rows.length, width, cells);
}
