/**
 * Types of calls: the result of a primitive or a function value for arguments of known types, or that the call must
 * fail.
 */

import { everyPrimitive } from '../../dsl/dialects.js';
import type { Kind } from '../../dsl/primitive.js';
import { isAssignable, TYPE_OF_KIND } from './assignability.js';
import { roleOfParameter } from './parameter-roles.js';
import {
  ANY,
  type Callable,
  COLOR,
  containerOf,
  elementOf,
  elementsOf,
  type FunctionType,
  join,
  mayBeInteger,
  NEVER,
  shapeOf,
  type Type,
} from './type.js';

/** The type of the result; null if the call certainly fails, or makes no sense. */
export type Result = Type | null;

/**
 * The type of a primitive's result where it is narrower than the table's kind. The arguments fit their parameters.
 */
export type Rule = (call: Calls, args: readonly Type[]) => Result;

/**
 * Maximum depth of calls within calls that are inferred. A function can be applied to itself without end; beyond this
 * depth nothing is known.
 */
const MOST_CALLS = 4000;
const DEEPEST_CALL = 40;

/** Maximum number of applications of `power` that are inferred: types settle after a few. */
const MOST_APPLICATIONS = 16;

/** Primitives whose results are colours, although the table says integers. */
const GIVES_COLOR: ReadonlySet<string> = new Set([
  'mostcolor',
  'leastcolor',
  'color',
  'index',
  'mostcolor_t',
  'mostcolor_f',
  'leastcolor_t',
  'leastcolor_f',
  'get_color_rank_t',
  'get_color_rank_f',
]);

export class Calls {
  private left = MOST_CALLS;
  private depth = 0;

  constructor(private readonly rules: ReadonlyMap<number, Rule>) {}

  /** Number of calls within calls that have been inferred. */
  get spent(): number {
    return MOST_CALLS - this.left;
  }

  /** Counts calls within calls that were inferred before. False, and nothing is counted, if so many are not left. */
  spend(calls: number): boolean {
    if (calls >= this.left) return false;
    this.left -= calls;
    return true;
  }

  /** The call of a primitive with as many arguments as its arity. */
  primitive(id: number, args: readonly Type[]): Result {
    const { parameters, result, name } = everyPrimitive[id];
    for (let k = 0; k < args.length; k++) {
      if (!isAssignable(parameters[k].kind, args[k])) return null;
      // The table accepts any value as a colour or a size.
      if (parameters[k].kind === 'any' && roleOfParameter(id, k) !== null && !mayBeInteger(args[k]))
        return null;
      // A function is never called with an element of an empty container.
      if (args[k].form === 'never') return NEVER;
    }
    const rule = this.rules.get(id);
    if (rule !== undefined) return rule(this, args);
    return GIVES_COLOR.has(name) ? COLOR : TYPE_OF_KIND[result as Kind];
  }

  /** The call of a value with any number of arguments. */
  value(callee: Type, args: readonly Type[]): Result {
    if (callee.form === 'any') return ANY;
    if (callee.form === 'never') return NEVER;
    if (callee.form !== 'function' || callee.arity !== args.length) return null;
    if (callee.callables.length === 0) return ANY;
    let result: Type = NEVER;
    for (const callable of callee.callables) {
      const one = this.callable(callable, args);
      if (one === null) return null;
      result = join(result, one);
    }
    return result;
  }

  private callable({ primitive, fixed }: Callable, args: readonly Type[]): Result {
    if (this.left <= 0 || this.depth >= DEEPEST_CALL) return ANY;
    this.left--;
    this.depth++;
    const result = fixed === null ? this.primitive(primitive, args) : this.combined(primitive, fixed, args);
    this.depth--;
    return result;
  }

  private combined(combinator: number, fixed: readonly Type[], args: readonly Type[]): Result {
    switch (everyPrimitive[combinator].name) {
      case 'compose':
        return this.chain([fixed[1], fixed[0]], args);
      case 'chain':
        return this.chain([fixed[2], fixed[1], fixed[0]], args);
      case 'power':
        return this.power(fixed[0], args[0]);
      case 'matcher': {
        const given = this.value(fixed[0], args);
        return given === null ? null : this.primitive(EQUALITY, [given, fixed[1]]);
      }
      case 'fork': {
        const a = this.value(fixed[1], args);
        const b = a === null ? null : this.value(fixed[2], args);
        return a === null || b === null ? null : this.value(fixed[0], [a, b]);
      }
      case 'rbind':
        return this.value(fixed[0], [...args, fixed[1]]);
      case 'lbind':
        return this.value(fixed[0], [fixed[1], ...args]);
      default:
        throw new Error(`${everyPrimitive[combinator].name} is no combinator`);
    }
  }

  private chain(functions: readonly Type[], args: readonly Type[]): Result {
    let given = args;
    for (const one of functions) {
      const result = this.value(one, given);
      if (result === null) return null;
      given = [result];
    }
    return given[0];
  }

  private power(repeated: Type, argument: Type): Result {
    let seen: Type = argument;
    let result: Type = NEVER;
    for (let times = 0; times < MOST_APPLICATIONS; times++) {
      const next = this.value(repeated, [seen]);
      if (next === null) return null;
      const joined = join(result, next);
      if (joined === result) break;
      [seen, result] = [next, joined];
    }
    return result;
  }

  /**
   * The result of a function for the elements of a container; null if it cannot accept all of them, or is no
   * function.
   */
  each(callee: Type, container: Type): Result {
    if (elementOf(container) === null) return null;
    let result: Type = NEVER;
    for (const element of elementsOf(container)) {
      const one = this.value(callee, [element]);
      if (one === null) return null;
      result = join(result, one);
    }
    return result;
  }

  /** The result of a function for an element of each of two containers. */
  eachOfTwo(callee: Type, a: Type, b: Type): Result {
    const [first, second] = [elementOf(a), elementOf(b)];
    return first === null || second === null ? null : this.value(callee, [first, second]);
  }
}

const EQUALITY = everyPrimitive.findIndex(({ name }) => name === 'equality');

/** A primitive as a value. */
export function primitiveType(id: number): FunctionType {
  return {
    form: 'function',
    arity: everyPrimitive[id].parameters.length,
    callables: [{ primitive: id, fixed: null }],
  };
}

/** A container of the same structure. */
export function reshaped(like: Type, element: Type): Type {
  return containerOf(shapeOf(like) ?? 'container', element);
}
