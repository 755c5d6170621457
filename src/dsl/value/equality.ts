/** Equality, hashing and truth of values (SPEC 1.2). Equal values have equal hashes, whatever their layout. */
import {
  Cell,
  Cells,
  cellKey,
  colorOfCell,
  columnOfCell,
  columnOfPosition,
  columnOfTriple,
  Float,
  type FunctionValue,
  Grid,
  Indices,
  Items,
  isFunction,
  isInteger,
  isSet,
  isTuple,
  Layout,
  type Members,
  NAN,
  Pair,
  packsColor,
  packsPair,
  positionKey,
  rowOfCell,
  rowOfPosition,
  rowOfTriple,
  type SetValue,
  Triple,
  Triples,
  type Tuple,
  tripleKey,
  type Value,
} from './value.js';

/** Element `k` of a tuple, 0 <= k < length. Rows of a grid are built on demand. */
export function itemOf(tuple: Tuple, k: number): Value {
  switch (tuple.layout) {
    case Layout.Items:
      return tuple.items[k];
    case Layout.Pair:
      return k === 0 ? tuple.i : tuple.j;
    case Layout.Cell:
      return k === 0 ? tuple.color : tuple.position;
    case Layout.Triple:
      return k === 0 ? tuple.i : k === 1 ? tuple.j : tuple.color;
    case Layout.Grid: {
      const start = k * tuple.width;
      if (tuple.width === 2) return new Pair(tuple.cells[start], tuple.cells[start + 1]);
      return new Items(colorsOf(tuple.cells, start, start + tuple.width));
    }
  }
}

/** The cells from `start` to before `end` as a list. A plain loop is several times faster than Array.from. */
export function colorsOf(cells: Int8Array, start: number, end: number): readonly Value[] {
  const colors = new Array<Value>(end - start);
  for (let k = start; k < end; k++) colors[k - start] = cells[k];
  return colors;
}

/** Member `k` of a set in storage order, which is canonical for all sets but Members. */
export function memberOf(set: SetValue, k: number): Value {
  switch (set.layout) {
    case Layout.Members:
      return set.members[k];
    case Layout.Indices:
      return pairOfKey(set.keys[k]);
    case Layout.Cells:
      return cellOfKey(set.keys[k]);
    case Layout.Triples:
      return tripleOfKey(set.keys[k]);
  }
}

export function pairOfKey(key: number): Pair {
  return new Pair(rowOfPosition(key), columnOfPosition(key));
}

export function cellOfKey(key: number): Cell {
  return new Cell(colorOfCell(key), rowOfCell(key), columnOfCell(key));
}

export function tripleOfKey(key: number): Triple {
  return new Triple(rowOfTriple(key), columnOfTriple(key), colorOfCell(key));
}

/** A tuple of two integers as a Pair of numbers, even if one is a boolean; null for any other value. */
export function indexPairOf(value: Value): Pair | null {
  if (value instanceof Pair) return value;
  if (!isTuple(value) || value.length !== 2) return null;
  const i = itemOf(value, 0);
  const j = itemOf(value, 1);
  return isInteger(i) && isInteger(j) ? new Pair(Number(i), Number(j)) : null;
}

export function equals(a: Value, b: Value): boolean {
  // Each comparison is of values of one kind: V8 does not compile one of any values, but calls a function.
  if (typeof a === 'number')
    return typeof b === 'number' ? a === b : typeof b === 'boolean' && a === Number(b);
  if (typeof a === 'boolean') return isInteger(b) && Number(a) === Number(b);
  if (a === null || b === null) return a === b;
  if (isInteger(b)) return false;
  if (a === b) return true;
  if (isTuple(a)) return isTuple(b) && tuplesEqual(a, b);
  if (isSet(a)) return isSet(b) && setsEqual(a, b);
  if (a instanceof Float) return false;
  return isFunction(b) && functionsEqual(a as FunctionValue, b);
}

/** Equality as programs test it: nan, which equals itself as part of a value, equals nothing here. */
export function equalsDirectly(a: Value, b: Value): boolean {
  return a !== NAN && equals(a, b);
}

function tuplesEqual(a: Tuple, b: Tuple): boolean {
  if (a.length !== b.length) return false;
  if (a instanceof Pair && b instanceof Pair) return a.i === b.i && a.j === b.j;
  if (a instanceof Cell && b instanceof Cell) {
    return a.color === b.color && a.i === b.i && a.j === b.j;
  }
  if (a instanceof Triple && b instanceof Triple) return a.i === b.i && a.j === b.j && a.color === b.color;
  if (a instanceof Grid && b instanceof Grid) return a.width === b.width && bytesEqual(a.cells, b.cells);
  if (hashOf(a) !== hashOf(b)) return false;
  for (let k = 0; k < a.length; k++) {
    if (!equals(itemOf(a, k), itemOf(b, k))) return false;
  }
  return true;
}

function bytesEqual(a: Int8Array | Int32Array, b: Int8Array | Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) {
    if (a[k] !== b[k]) return false;
  }
  return true;
}

function setsEqual(a: SetValue, b: SetValue): boolean {
  if (a.size !== b.size) return false;
  if (a instanceof Indices && b instanceof Indices) return bytesEqual(a.keys, b.keys);
  if (a instanceof Cells && b instanceof Cells) return bytesEqual(a.keys, b.keys);
  if (a instanceof Triples && b instanceof Triples) return bytesEqual(a.keys, b.keys);
  if (a.size === 0) return true;
  if (hashOf(a) !== hashOf(b)) return false;
  for (let k = 0; k < a.size; k++) {
    if (!hasMember(b, memberOf(a, k))) return false;
  }
  return true;
}

function functionsEqual(a: FunctionValue, b: FunctionValue): boolean {
  if (a.primitive !== b.primitive || a.combined !== b.combined) return false;
  if (hashOf(a) !== hashOf(b)) return false;
  return a.fixed.every((argument, k) => equals(argument, b.fixed[k]));
}

/** Membership tables of large generic sets, built on first use. */
const tables = new WeakMap<Members, MemberTable>();

/** Whether a set has a member equal to `value`. */
export function hasMember(set: SetValue, value: Value): boolean {
  if (set.layout === Layout.Indices) {
    const pair = indexPairOf(value);
    return pair !== null && packsPair(pair) && hasKey(set.keys, positionKey(pair.i, pair.j));
  }
  if (set.layout === Layout.Cells) {
    if (value instanceof Cell) return hasCell(set, value.color, value);
    if (!(value instanceof Items) || value.length !== 2) return false;
    const color = value.items[0];
    const position = indexPairOf(value.items[1]);
    return isInteger(color) && position !== null && hasCell(set, Number(color), position);
  }
  if (set.layout === Layout.Triples) return hasTriple(set, value);
  if (set.size <= 8) return scan(set, value);
  let table = tables.get(set);
  if (table === undefined) {
    table = new MemberTable(set.size);
    const { members } = set;
    for (let k = 0; k < members.length; k++) table.add(members[k]);
    tables.set(set, table);
  }
  return table.has(value);
}

function hasCell(set: Cells, color: number, position: Pair | Cell): boolean {
  return packsColor(color) && packsPair(position) && hasKey(set.keys, cellKey(color, position.i, position.j));
}

function hasTriple(set: Triples, value: Value): boolean {
  if (!isTuple(value) || value.length !== 3) return false;
  const [i, j, color] = [itemOf(value, 0), itemOf(value, 1), itemOf(value, 2)];
  if (!isInteger(i) || !isInteger(j) || !isInteger(color)) return false;
  const position = new Pair(Number(i), Number(j));
  if (!packsColor(Number(color)) || !packsPair(position)) return false;
  return hasKey(set.keys, tripleKey(position.i, position.j, Number(color)));
}

function scan(set: Members, value: Value): boolean {
  const { members } = set;
  for (let k = 0; k < members.length; k++) {
    if (equals(members[k], value)) return true;
  }
  return false;
}

function hasKey(keys: Int32Array, key: number): boolean {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low < keys.length && keys[low] === key;
}

/** Distinct values in order of arrival: an open-addressed table on `hashOf`, equality checked. */
export class MemberTable {
  /** See dsl/value/value.ts. */
  static readonly kept = new MemberTable();
  readonly values: Value[] = [];
  private slots: Int32Array;

  constructor(expected = 8) {
    let capacity = 16;
    while (capacity < expected * 2) capacity *= 2;
    this.slots = new Int32Array(capacity);
  }

  has(value: Value): boolean {
    return this.slots[this.slotOf(value)] !== 0;
  }

  /** Index of `value` in `values`, or -1. */
  indexOf(value: Value): number {
    return this.slots[this.slotOf(value)] - 1;
  }

  /** Adds `value` unless an equal value is present; returns its index in `values`. */
  add(value: Value): number {
    const slot = this.slotOf(value);
    if (this.slots[slot] !== 0) return this.slots[slot] - 1;
    this.values.push(value);
    this.slots[slot] = this.values.length;
    const index = this.values.length - 1;
    if (this.values.length * 2 > this.slots.length) this.grow();
    return index;
  }

  private slotOf(value: Value): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(value) & mask;
    while (this.slots[slot] !== 0 && !equals(this.values[this.slots[slot] - 1], value))
      slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let k = 0; k < this.values.length; k++) {
      let slot = hashOf(this.values[k]) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = k + 1;
    }
  }
}

function mix(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function combine(hash: number, next: number): number {
  return (Math.imul(hash, 31) + mix(next)) | 0;
}

function hashNumber(value: number): number {
  return (value | 0) === value ? value : ((value % 0xfffffffb) | 0) ^ 0x5bd1e995;
}

const TUPLE_SEED = 0x1b873593;
const SET_SEED = 0x2545f491;
const NONE_HASH = 0x3ade68b1;

function hashPair(i: number, j: number): number {
  return combine(combine(TUPLE_SEED, hashNumber(i)), hashNumber(j)) || 1;
}

function hashCell(color: number, i: number, j: number): number {
  return combine(combine(TUPLE_SEED, hashNumber(color)), hashPair(i, j)) || 1;
}

function hashTriple(i: number, j: number, color: number): number {
  return combine(combine(combine(TUPLE_SEED, hashNumber(i)), hashNumber(j)), hashNumber(color)) || 1;
}

/** A 32-bit hash that depends only on the value. Cached on composite values (0 means "not computed yet"). */
export function hashOf(value: Value): number {
  if (typeof value === 'number') return hashNumber(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return NONE_HASH;
  if (value.layout === Layout.Pair) return hashPair(value.i, value.j);
  if (value.layout === Layout.Cell) return hashCell(value.color, value.i, value.j);
  if (value.layout === Layout.Triple) return hashTriple(value.i, value.j, value.color);
  if (value.hash === 0) value.hash = computeHash(value) || 1;
  return value.hash;
}

function computeHash(value: Grid | Items | SetValue | FunctionValue | Float): number {
  let hash: number;
  switch (value.layout) {
    case Layout.Grid: {
      hash = TUPLE_SEED;
      const { cells, width } = value;
      for (let start = 0; start < cells.length; start += width) {
        let row = TUPLE_SEED;
        for (let k = start; k < start + width; k++) row = combine(row, cells[k]);
        hash = combine(hash, row || 1);
      }
      return hash;
    }
    case Layout.Items:
      hash = TUPLE_SEED;
      for (let k = 0; k < value.items.length; k++) hash = combine(hash, hashOf(value.items[k]));
      return hash;
    case Layout.Indices:
      hash = SET_SEED;
      for (let k = 0; k < value.keys.length; k++) {
        const key = value.keys[k];
        hash = (hash + mix(hashPair(rowOfPosition(key), columnOfPosition(key)))) | 0;
      }
      return hash;
    case Layout.Cells:
      hash = SET_SEED;
      for (let k = 0; k < value.keys.length; k++) {
        const key = value.keys[k];
        hash = (hash + mix(hashCell(colorOfCell(key), rowOfCell(key), columnOfCell(key)))) | 0;
      }
      return hash;
    case Layout.Triples:
      hash = SET_SEED;
      for (let k = 0; k < value.keys.length; k++) {
        const key = value.keys[k];
        hash = (hash + mix(hashTriple(rowOfTriple(key), columnOfTriple(key), colorOfCell(key)))) | 0;
      }
      return hash;
    case Layout.Members:
      return hashOfMembers(value.members);
    case Layout.Function: {
      hash = value.combined ? 7 : 5;
      for (let k = 0; k < value.primitive.name.length; k++)
        hash = combine(hash, value.primitive.name.charCodeAt(k));
      for (const argument of value.fixed) hash = combine(hash, hashOf(argument));
      return hash;
    }
    case Layout.Float:
      return value.number > 0 ? 11 : value.number < 0 ? 13 : 17;
  }
}

function hashOfMembers(members: readonly Value[]): number {
  let hash = SET_SEED;
  for (let k = 0; k < members.length; k++) hash = (hash + mix(hashOf(members[k]))) | 0;
  return hash;
}

/** The truth test of SPEC 1.2. */
export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (value === null) return false;
  if (isFunction(value) || value instanceof Float) return true;
  return isTuple(value) ? value.length > 0 : value.size > 0;
}
