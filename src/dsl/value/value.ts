/**
 * The values of the language (SPEC 1.1), in layouts chosen for speed: grids, index sets and objects are flat typed
 * arrays; generic tuples and sets exist only if a program builds them.
 *
 * integer -> number (safe integers only) · boolean -> boolean · none -> null · nan, inf, -inf -> Float
 * tuple   -> Pair (exactly two numbers) | Cell (number, Pair) | Triple | Grid (equally long rows of small integers) | Items
 * set     -> Indices (positions) | Cells (coloured positions) | Triples | Members (anything else)
 *
 * Only primitives of the tokpidjin dialect make Triple, Triples and Float.
 *
 * A tuple or set may have more than one layout (a Grid can equal an Items of rows). `equals`, `hashOf` and `compare`
 * depend only on the value. Use `tupleOf`, `setOf` and `gridOf`, which choose the flat layout if the value fits it.
 * Values are immutable: never write to the arrays of a value that has been returned.
 *
 * Between two tasks there may be no value. V8 forgets what objects of a class look like when none is left, and drops all
 * optimized code that knows it. So each class that is used everywhere has one for ever: `kept`.
 */
import { checkExtent } from '../meter.js';

export type Value = null | boolean | number | Tuple | SetValue | FunctionValue | Float;
export type Tuple = Pair | Cell | Triple | Grid | Items;
export type SetValue = Indices | Cells | Triples | Members;

/** Range of numbers in a flat grid: one signed byte. Grids with other numbers or booleans are Items of rows. */
export const MIN_COLOR = -128;
export const MAX_COLOR = 127;

/** Replaces a colour that has not been computed yet. */
export const UNKNOWN_COLOR = MAX_COLOR + 1;

/** Range of coordinates in Indices and Cells; sets with other coordinates are Members. */
export const MIN_COORDINATE = -1024;
export const MAX_COORDINATE = 1023;

/** The layouts as numbers, so that a `switch` on them is monomorphic. */
export const Layout = {
  Pair: 1,
  Cell: 2,
  Triple: 3,
  Grid: 4,
  Items: 5,
  Indices: 6,
  Cells: 7,
  Triples: 8,
  Members: 9,
  Function: 10,
  Float: 11,
} as const;

/** The tuple `(i, j)` of two integers (never booleans). Programs make millions of these, so all fields are needed. */
export class Pair {
  static readonly kept = new Pair(0, 0);
  readonly layout = Layout.Pair;
  constructor(
    readonly i: number,
    readonly j: number,
  ) {}
  get length(): 2 {
    return 2;
  }
}

/** The tuple `(color, (i, j))` of integers. Its position is made on demand: that takes half of the memory. */
export class Cell {
  static readonly kept = new Cell(0, 0, 0);
  readonly layout = Layout.Cell;
  constructor(
    readonly color: number,
    readonly i: number,
    readonly j: number,
  ) {}
  get length(): 2 {
    return 2;
  }
  get position(): Pair {
    return new Pair(this.i, this.j);
  }
}

/** The tuple `(i, j, color)` of three integers (never booleans). */
export class Triple {
  static readonly kept = new Triple(0, 0, 0);
  readonly layout = Layout.Triple;
  constructor(
    readonly i: number,
    readonly j: number,
    readonly color: number,
  ) {}
  get length(): 3 {
    return 3;
  }
}

/**
 * A tuple of `height` >= 1 rows of `width` >= 1 integers each; `cells` has them row by row (height * width bytes).
 */
export class Grid {
  static readonly kept = new Grid(1, 1, new Int8Array(1));
  readonly layout = Layout.Grid;
  hash = 0;
  /** The most frequent entry, once it is computed (see `mostColor`). */
  mostColor = UNKNOWN_COLOR;
  constructor(
    readonly height: number,
    readonly width: number,
    readonly cells: Int8Array,
  ) {}
  /** As a tuple, its length is the number of rows. */
  get length(): number {
    return this.height;
  }
}

/** Any other tuple. `weight` is the number of elements on all levels, `depth` the number of levels. */
export class Items {
  readonly layout = Layout.Items;
  readonly weight: number;
  readonly depth: number;
  hash = 0;
  /** The same tuple as a Grid; null if it is no grid; undefined until that is computed. */
  grid: Grid | null | undefined = undefined;
  /** `knownWeight` and `knownDepth`: if the caller knows and has checked them (`checkExtent`). */
  constructor(
    readonly items: readonly Value[],
    knownWeight = 0,
    knownDepth = 0,
  ) {
    if (knownWeight > 0) {
      this.weight = knownWeight;
      this.depth = knownDepth;
      return;
    }
    let weight = 1;
    let depth = 0;
    for (let k = 0; k < items.length; k++) {
      const item = items[k];
      if (typeof item === 'number') {
        weight++;
        continue;
      }
      weight += weightOf(item);
      const below = depthOf(item);
      if (below > depth) depth = below;
    }
    checkExtent(weight, depth + 1);
    this.weight = weight;
    this.depth = depth + 1;
  }
  get length(): number {
    return this.items.length;
  }
}

/** A non-empty set of positions: position keys (see `positionKey`), ascending, without duplicates. */
export class Indices {
  static readonly kept = new Indices(new Int32Array(1));
  readonly layout = Layout.Indices;
  hash = 0;
  constructor(readonly keys: Int32Array) {}
  get size(): number {
    return this.keys.length;
  }
}

/** A non-empty set of coloured positions: cell keys (see `cellKey`), ascending, without duplicates. */
export class Cells {
  static readonly kept = new Cells(new Int32Array(1));
  readonly layout = Layout.Cells;
  hash = 0;
  constructor(readonly keys: Int32Array) {}
  get size(): number {
    return this.keys.length;
  }
}

/** A non-empty set of triples: triple keys (see `tripleKey`), ascending, without duplicates. */
export class Triples {
  static readonly kept = new Triples(new Int32Array(1));
  readonly layout = Layout.Triples;
  hash = 0;
  /** The positions of its members, once they are computed (see `positionsOfTriples`). */
  positions: Indices | null = null;
  constructor(readonly keys: Int32Array) {}
  get size(): number {
    return this.keys.length;
  }
}

/**
 * The set of all pairs (x, y) of two lists, or of some, before the pairs are made. No x is an integer. The pairs are
 * distinct, and in canonical order: x by x, and for each x, y by y.
 */
export interface PairsOf {
  readonly firsts: readonly Value[];
  readonly seconds: readonly Value[];
  /** The places of the pairs among all pairs, ascending; null for all. */
  readonly places: Int32Array | null;
  /** Of the whole set. */
  readonly weight: number;
  readonly depth: number;
}

/** Any other set, including the empty one: distinct members, unordered until `ordered` is computed. */
export class Members {
  readonly layout = Layout.Members;
  readonly weight: number;
  readonly depth: number;
  hash = 0;
  /** The members in canonical order, once they are computed (see `membersInOrder`). */
  ordered: readonly Value[] | null = null;
  private list: readonly Value[] | null;
  /** `members` is null for all pairs of two lists, which are then made on demand. */
  constructor(
    members: readonly Value[] | null,
    readonly pairs: PairsOf | null = null,
  ) {
    this.list = members;
    if (members === null) {
      const { weight, depth } = pairs as PairsOf;
      checkExtent(weight, depth);
      this.weight = weight;
      this.depth = depth;
      return;
    }
    let weight = 1;
    let depth = 0;
    for (let k = 0; k < members.length; k++) {
      const member = members[k];
      if (typeof member === 'number') {
        weight++;
        continue;
      }
      weight += weightOf(member);
      const below = depthOf(member);
      if (below > depth) depth = below;
    }
    checkExtent(weight, depth + 1);
    this.weight = weight;
    this.depth = depth + 1;
    if (members.length < 2) this.ordered = members;
  }
  get size(): number {
    return this.list === null ? sizeOfPairs(this.pairs as PairsOf) : this.list.length;
  }
  get members(): readonly Value[] {
    return this.list ?? this.makePairs();
  }
  private makePairs(): readonly Value[] {
    const pairs = this.pairs as PairsOf;
    const made = new Array<Value>(sizeOfPairs(pairs));
    let count = 0;
    eachPair(pairs, (i, j) => {
      made[count++] = pairAt(pairs, i, j);
    });
    this.list = made;
    this.ordered = made;
    return made;
  }
}

function sizeOfPairs({ firsts, seconds, places }: PairsOf): number {
  return places === null ? firsts.length * seconds.length : places.length;
}

/** The pair of two elements, given their indices in the lists. */
export function pairAt({ firsts, seconds }: PairsOf, i: number, j: number): Items {
  return new Items([firsts[i], seconds[j]]);
}

/** Visits the pairs in order, as indices of their elements in the two lists. */
export function eachPair({ firsts, seconds, places }: PairsOf, visit: (i: number, j: number) => void): void {
  const { length } = seconds;
  if (places === null) {
    for (let i = 0; i < firsts.length; i++) eachSecond(i, length, visit);
  } else {
    for (let k = 0; k < places.length; k++) visit((places[k] / length) | 0, places[k] % length);
  }
}

/** An inner loop has a function of its own: V8 optimizes one of a function that runs once only until its end. */
function eachSecond(i: number, length: number, visit: (i: number, j: number) => void): void {
  for (let j = 0; j < length; j++) visit(i, j);
}

/** The part of a primitive that a call of a function value needs; `Primitive` in primitive.ts is the whole. */
export interface Callee {
  readonly name: string;
  readonly arity: number;
  readonly charge: Charge;
  readonly run: Run;
  /** Whether its implementation may call functions in its arguments. */
  readonly callsFunctions: boolean;
  /** For primitives that return the first or the last component of a pair: which one. The charge for a pair is 0. */
  readonly component?: 'first' | 'second';
  /** For combinators: calls their result with the arguments that it recorded. */
  readonly call?: CombinedCall;
  /** For combinators: prepares their result for many calls. */
  readonly compile?: Compile;
  /** The result of a call with another number of arguments; an error `type` if absent. */
  readonly misfit?: Misfit;
}

export type Misfit = (count: number, a: Value, b: Value, c: Value, d: Value) => Value;

/**
 * The cost charged before a primitive runs, computed from its arguments only: about one unit for each element that it
 * touches, for arguments of any kind (they have not been checked yet); never negative. The primitive itself charges
 * for further allocations (`allocate` in meter.ts), before allocating.
 */
export type Charge = (a: Value, b: Value, c: Value, d: Value) => number;

/**
 * An implementation: takes `arity` values (1 to 4; the others must be ignored), returns one; throws EvaluationError.
 */
export type Run = (a: Value, b: Value, c: Value, d: Value) => Value;

/** A function value of one or two arguments, prepared for many calls (see code.ts). */
export interface Code {
  /** Charges for a call and returns its result. It may only run if `height` further calls may be nested. */
  readonly run: (x: Value, y: Value) => Value;
  /** Depth of its nested calls including itself, without those that it makes by `call`. */
  readonly height: number;
  /** Whether it may make calls whose depth depends on its own, so that it must count the current depth. */
  readonly deep: boolean;
  /** For a primitive that calls no functions: the primitive. */
  readonly leaf: Callee | null;
}

/** Makes the code of a function of the same argument; null if that is not possible. */
export type CodeOfPart = (f: Value) => Code | null;

/**
 * Makes the code of a combinator's result from its recorded arguments. The result first passes its own argument to
 * functions, whose codes `onArgument` makes. Null if `onArgument` makes none, or if the result uses its argument in
 * another way and `onArgument` is not the usual one.
 */
export type Compile = (fixed: readonly Value[], onArgument: CodeOfPart) => Code | null;

export type CombinedCall = (fixed: readonly Value[], x: Value, y: Value, z: Value) => Value;

/**
 * A function: a primitive (`fixed` is empty and `combined` false), or the result of a combinator with its recorded
 * arguments (SPEC 1.5).
 */
export class FunctionValue {
  readonly layout = Layout.Function;
  readonly weight: number;
  readonly depth: number;
  hash = 0;
  /** Created on demand (see code.ts). */
  code: Code | null = null;
  constructor(
    readonly primitive: Callee,
    readonly combined: boolean,
    readonly fixed: readonly Value[],
    readonly arity: number,
  ) {
    let weight = 1;
    let depth = 0;
    for (const argument of fixed) {
      weight += weightOf(argument);
      const below = depthOf(argument);
      if (below > depth) depth = below;
    }
    checkExtent(weight, depth + 1);
    this.weight = weight;
    this.depth = depth + 1;
  }
}

/** A number that is no integer: nan, inf or -inf. Only the three objects below exist. */
export class Float {
  readonly layout = Layout.Float;
  readonly weight = 1;
  readonly depth = 0;
  hash = 0;
  constructor(readonly number: number) {}
}

export const NAN = new Float(Number.NaN);
export const INFINITE = new Float(Number.POSITIVE_INFINITY);
export const MINUS_INFINITE = new Float(Number.NEGATIVE_INFINITY);

export const EMPTY_TUPLE = new Items([]);
export const EMPTY_SET = new Members([]);

/** The weight and the depth of a Cell. Its position counts as one element. */
export const CELL_WEIGHT = 2;
export const CELL_DEPTH = 2;

/** Number of elements of a value on all levels; 1 for a scalar. Constant time. */
export function weightOf(value: Value): number {
  if (typeof value !== 'object' || value === null) return 1;
  switch (value.layout) {
    case Layout.Pair:
      return 2;
    case Layout.Cell:
      return CELL_WEIGHT;
    case Layout.Triple:
      return 3;
    case Layout.Grid:
      return value.cells.length;
    case Layout.Indices:
    case Layout.Cells:
    case Layout.Triples:
      return value.keys.length;
    default:
      return value.weight;
  }
}

/** Depth of nesting of a value: 0 for a scalar. Constant time. */
export function depthOf(value: Value): number {
  if (typeof value !== 'object' || value === null) return 0;
  switch (value.layout) {
    case Layout.Pair:
    case Layout.Triple:
    case Layout.Indices:
      return 1;
    case Layout.Cell:
    case Layout.Grid:
    case Layout.Cells:
    case Layout.Triples:
      return 2;
    default:
      return value.depth;
  }
}

/** True for integers and booleans: the language's booleans are the integers 0 and 1. */
export function isInteger(value: Value): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

export function isTuple(value: Value): value is Tuple {
  return typeof value === 'object' && value !== null && value.layout <= Layout.Items;
}

export function isSet(value: Value): value is SetValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    value.layout >= Layout.Indices &&
    value.layout <= Layout.Members
  );
}

export function isFunction(value: Value): value is FunctionValue {
  return typeof value === 'object' && value !== null && value.layout === Layout.Function;
}

/**
 * Position key: column-major, so that ascending keys are in canonical order (SPEC 1.4). Both coordinates must fit.
 */
export function positionKey(i: number, j: number): number {
  return ((j - MIN_COORDINATE) << 11) | (i - MIN_COORDINATE);
}

export function rowOfPosition(key: number): number {
  return (key & 0x7ff) + MIN_COORDINATE;
}

export function columnOfPosition(key: number): number {
  return (key >> 11) + MIN_COORDINATE;
}

/** Cell key: the position key, then the colour, so that ascending keys are in canonical order. */
export function cellKey(color: number, i: number, j: number): number {
  return (((j - MIN_COORDINATE) << 19) | ((i - MIN_COORDINATE) << 8) | (color - MIN_COLOR)) >>> 0;
}

export function colorOfCell(key: number): number {
  return (key & 0xff) + MIN_COLOR;
}

export function rowOfCell(key: number): number {
  return ((key >> 8) & 0x7ff) + MIN_COORDINATE;
}

export function columnOfCell(key: number): number {
  return (key >> 19) + MIN_COORDINATE;
}

export function positionOfCell(key: number): number {
  return key >> 8;
}

/**
 * Triple key: row, column, colour, so that ascending keys are in canonical order. It equals the cell key of the
 * transposed position, and the algorithms on keys use that.
 */
export function tripleKey(i: number, j: number, color: number): number {
  return cellKey(color, j, i);
}

export function rowOfTriple(key: number): number {
  return columnOfCell(key);
}

export function columnOfTriple(key: number): number {
  return rowOfCell(key);
}

export function packsColor(value: Value): value is number {
  return typeof value === 'number' && value >= MIN_COLOR && value <= MAX_COLOR;
}

export function packsCoordinate(value: number): boolean {
  return value >= MIN_COORDINATE && value <= MAX_COORDINATE;
}

/** Whether a pair's, or a cell's, coordinates fit into keys. */
export function packsPair({ i, j }: Pair | Cell): boolean {
  return packsCoordinate(i) && packsCoordinate(j);
}

export function packsTriple({ i, j, color }: Triple): boolean {
  return packsColor(color) && packsCoordinate(i) && packsCoordinate(j);
}
