/** Golden vectors: one JSON line for each, with a call of a primitive and its required result or error class. */
import { call, resetCallDepth } from './calls/call.js';
import { COLOR_LAST } from './cell-form.js';
import { arcDsl, type Dialect } from './dialects.js';
import { EvaluationError } from './errors.js';
import { DEPTH_LIMIT, resetMeter } from './meter.js';
import { CONSTANT_FUNCTION } from './tokpidjin/constant-function.js';
import { asGrid, gridOfRows, setOf, tripleOf, tupleOf } from './value/construct.js';
import { equals, itemOf } from './value/equality.js';
import { elementsOf } from './value/order.js';
import {
  Cell,
  Cells,
  colorOfCell,
  columnOfCell,
  columnOfPosition,
  Float,
  INFINITE,
  Indices,
  isFunction,
  isSet,
  isTuple,
  MINUS_INFINITE,
  NAN,
  Pair,
  rowOfCell,
  rowOfPosition,
  type SetValue,
  type Tuple,
  type Value,
} from './value/value.js';

/** The budget of a vector: far more than any vector needs, and far less than would delay the replay. */
const COST_LIMIT = 5_000_000;
const CELL_LIMIT = 1_000_000;

export type VectorResult = { readonly passed: true } | { readonly passed: false; readonly reason: string };

export interface VectorFailure {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

export interface VectorCounts {
  readonly passed: number;
  readonly failures: readonly VectorFailure[];
}

/** A vector, or a value in it, that violates the format. */
class FormatError extends Error {}

/** Checks every non-empty line of a vector file. */
export function checkVectors(text: string, dialect: Dialect = arcDsl): VectorCounts {
  let passed = 0;
  const failures: VectorFailure[] = [];
  const lines = text.split('\n');
  for (let k = 0; k < lines.length; k++) {
    if (lines[k].trim() === '') continue;
    const result = checkVector(lines[k], dialect);
    if (result.passed) passed++;
    else failures.push({ line: k + 1, reason: result.reason });
  }
  return { passed, failures };
}

/** Replays one vector. Never throws because of the line's contents: a malformed vector fails with a reason. */
export function checkVector(line: string, dialect: Dialect = arcDsl): VectorResult {
  try {
    return replay(parseVector(line), dialect);
  } catch (error) {
    if (error instanceof FormatError) return failed(`malformed vector: ${error.message}`);
    throw error;
  }
}

interface Vector {
  readonly fn: string;
  readonly args: readonly unknown[];
  /** The field `then`: the arguments for the function that the call returns. */
  readonly applyTo: readonly unknown[] | null;
  /** The encoded result, if no error is expected. */
  readonly out: unknown;
  readonly err: string | null;
  readonly arity: number | null;
}

function parseVector(line: string): Vector {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new FormatError('not JSON');
  }
  if (!isRecord(json)) throw new FormatError('not an object');
  const { fn, args, then, out, err, arity } = json;
  if (typeof fn !== 'string') throw new FormatError('"fn" is no string');
  if (!Array.isArray(args)) throw new FormatError('"args" is no array');
  if (then !== undefined && !Array.isArray(then)) throw new FormatError('"then" is no array');
  if (err !== undefined && typeof err !== 'string') throw new FormatError('"err" is no string');
  if (arity !== undefined && typeof arity !== 'number') throw new FormatError('"arity" is no number');
  if ((out === undefined) === (err === undefined)) throw new FormatError('needs one of "out" and "err"');
  return { fn, args, applyTo: then ?? null, out, err: err ?? null, arity: arity ?? null };
}

function replay(vector: Vector, dialect: Dialect): VectorResult {
  const primitive = dialect.primitiveNamed(vector.fn);
  if (primitive === undefined) return failed(`unknown primitive ${vector.fn}`);
  startAccount();
  const decoded = (json: unknown) => decodeValue(json, dialect);
  const args = vector.args.map(decoded);
  const applyTo = vector.applyTo?.map(decoded);
  const expected = vector.err === null ? decoded(vector.out) : null;
  startAccount();
  let result: Value;
  try {
    result = callWith(primitive.value, args);
    if (applyTo !== undefined) result = callWith(result, applyTo);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    if (error.errorClass === vector.err) return { passed: true };
    return failed(`expected ${expectation(vector)}, got the error ${error.text}`);
  }
  if (vector.err !== null)
    return failed(`expected ${expectation(vector)}, got ${shown(encodeValue(result))}`);
  if (!equals(result, expected) || !sameIntegers(result, expected)) {
    return failed(`expected ${expectation(vector)}, got ${shown(encodeValue(result))}`);
  }
  if (vector.arity !== null && (!isFunction(result) || result.arity !== vector.arity)) {
    return failed(`expected arity ${vector.arity}, got ${isFunction(result) ? result.arity : 'no function'}`);
  }
  return { passed: true };
}

function startAccount(): void {
  resetMeter(COST_LIMIT, CELL_LIMIT);
  resetCallDepth();
}

function callWith(f: Value, args: readonly Value[]): Value {
  const [a = null, b = null, c = null, d = null] = args;
  return call(f, args.length, a, b, c, d);
}

function failed(reason: string): VectorResult {
  return { passed: false, reason };
}

function expectation(vector: Vector): string {
  return vector.err === null ? shown(vector.out) : `the error ${vector.err}`;
}

function shown(json: unknown): string {
  const text = JSON.stringify(json);
  return text.length <= 200 ? text : `${text.slice(0, 200)}...`;
}

/**
 * Whether two equal values also have booleans in the same places. Not checked in sets, where `true` and `1` are one
 * member.
 */
function sameIntegers(a: Value, b: Value): boolean {
  if (isTuple(a) && isTuple(b)) {
    for (let k = 0; k < a.length; k++) {
      if (!sameIntegers(itemOf(a, k), itemOf(b, k))) return false;
    }
    return true;
  }
  if (isFunction(a) && isFunction(b))
    return a.fixed.every((argument, k) => sameIntegers(argument, b.fixed[k]));
  return typeof a === typeof b;
}

/**
 * The value of a vector's JSON. Function values are made by calling their combinators, on the current meter. Throws a
 * FormatError if the JSON encodes no value.
 */
export function decodeValue(json: unknown, dialect: Dialect = arcDsl): Value {
  return decode(json, 0, dialect);
}

const FLOATS: Readonly<Record<string, Float>> = { nan: NAN, inf: INFINITE, '-inf': MINUS_INFINITE };

function decode(json: unknown, depth: number, dialect: Dialect): Value {
  if (depth > DEPTH_LIMIT) throw new FormatError('a value is nested too deep');
  if (json === null || typeof json === 'boolean') return json;
  if (typeof json === 'number') return decodeInteger(json);
  if (!isRecord(json)) throw new FormatError('a value is a string or an array');
  if (Array.isArray(json.t))
    return decodeTuple(
      json.t.map((item) => decode(item, depth + 1, dialect)),
      dialect,
    );
  if (Array.isArray(json.s)) return setOf(json.s.map((member) => decode(member, depth + 1, dialect)));
  if (Array.isArray(json.g)) return decodeGrid(json.g);
  if (Array.isArray(json.si)) return setOf(json.si.map((member) => decodePair(...integers(member, 2))));
  if (Array.isArray(json.so)) return setOf(json.so.map((member) => decodeCell(...integers(member, 3))));
  if (typeof json.f === 'string' && json.f in FLOATS) return FLOATS[json.f];
  if (typeof json.ref === 'string') return primitiveFunction(json.ref, dialect);
  if (typeof json.call === 'string' && Array.isArray(json.args)) {
    const args = json.args.map((argument) => decode(argument, depth + 1, dialect));
    return decodeCall(json.call, args, dialect);
  }
  throw new FormatError(`no value: ${shown(json)}`);
}

function decodeInteger(json: unknown): number {
  if (!Number.isSafeInteger(json)) throw new FormatError('a number is no integer of 53 bits');
  return (json as number) + 0;
}

function integers(json: unknown, count: number): number[] {
  if (!Array.isArray(json) || json.length !== count)
    throw new FormatError(`a member is no array of ${count}`);
  return json.map(decodeInteger);
}

function decodePair(...[i, j]: number[]): Pair {
  return new Pair(i, j);
}

function decodeCell(...[color, i, j]: number[]): Cell {
  return new Cell(color, i, j);
}

function decodeGrid(rows: readonly unknown[]): Value {
  return gridOfRows(
    rows.map((row) => {
      if (typeof row !== 'string' || !/^\d+$/.test(row))
        throw new FormatError('a grid row is no string of digits');
      return Array.from(row, Number);
    }),
  );
}

/** A tuple in the layout that the dialect's primitives give it. */
function decodeTuple(items: readonly Value[], dialect: Dialect): Value {
  return items.length === 3 && dialect.cells === COLOR_LAST
    ? tripleOf(items[0], items[1], items[2])
    : tupleOf(items);
}

function primitiveFunction(name: string, dialect: Dialect): Value {
  const primitive = dialect.primitiveNamed(name);
  if (primitive === undefined) throw new FormatError(`unknown primitive ${name}`);
  return primitive.value;
}

function decodeCall(name: string, args: readonly Value[], dialect: Dialect): Value {
  try {
    return callWith(primitiveFunction(name, dialect), args);
  } catch (error) {
    if (error instanceof EvaluationError) throw new FormatError(`calling ${name} raises ${error.text}`);
    throw error;
  }
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The JSON of a value: equal for equal values (except booleans in them), and the inverse of `decodeValue`. */
export function encodeValue(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isTuple(value)) return encodeTuple(value);
  if (isSet(value)) return encodeSet(value);
  if (value instanceof Float) return { f: floatName(value) };
  if (value === CONSTANT_FUNCTION) return { call: 'rbind', args: [null, null] };
  if (!value.combined) return { ref: value.primitive.name };
  return { call: value.primitive.name, args: value.fixed.map(encodeValue) };
}

function floatName({ number }: Float): string {
  return Number.isNaN(number) ? 'nan' : number > 0 ? 'inf' : '-inf';
}

function encodeTuple(tuple: Tuple): unknown {
  const grid = asGrid(tuple);
  if (grid?.cells.every((color) => color >= 0 && color <= 9)) {
    const { height, width, cells } = grid;
    return {
      g: Array.from({ length: height }, (_, i) => cells.subarray(i * width, (i + 1) * width).join('')),
    };
  }
  return { t: elementsOf(tuple).map(encodeValue) };
}

function encodeSet(set: SetValue): unknown {
  if (set instanceof Indices) {
    return { si: Array.from(set.keys, (key) => [rowOfPosition(key), columnOfPosition(key)]) };
  }
  if (set instanceof Cells) {
    return { so: Array.from(set.keys, (key) => [colorOfCell(key), rowOfCell(key), columnOfCell(key)]) };
  }
  const members = elementsOf(set);
  if (members.length > 0 && members.every((member) => member instanceof Pair)) {
    return { si: members.map(({ i, j }) => [i, j]) };
  }
  if (members.length > 0 && members.every((member) => member instanceof Cell)) {
    return { so: members.map(({ color, position }) => [color, position.i, position.j]) };
  }
  return { s: members.map(encodeValue) };
}
