/**
 * Applies functions to pairs (x, y) of two lists without making the pairs: most functions of pairs only pass them to
 * `first` and `last`. A value that depends on x alone is computed once for each x, and charged for at each call. For
 * other functions, each pair is made when its turn comes, and not kept.
 */

import { allocatedCells, spend, spendAgain, spentCost } from '../meter.js';
import {
  type Code,
  type FunctionValue,
  isFunction,
  type PairsOf,
  pairAt,
  type Value,
} from '../value/value.js';
import { CALL_CHARGE, mayNest } from './call.js';
import { ready1 } from './code.js';

/** Calls a function with a pair, given the indices of x and y in their lists. */
export type OnPair = (i: number, j: number) => Value;

/** The code that calls `f` with pairs. */
export function onPairs(f: Value, pairs: PairsOf): OnPair {
  const part = new Parts(pairs).of(f);
  if (part !== null && mayNest(part.code.height)) return part.remembered.run as OnPair;
  const ready = ready1(f);
  return (i, j) => ready(pairAt(pairs, i, j), null);
}

/** A function that reads x, y or both, by their indices. */
class Part {
  private memory: Code | null = null;

  constructor(
    readonly side: 'first' | 'second' | 'both',
    readonly code: Code,
    private readonly pairs: PairsOf,
  ) {}

  /** The same, computed once for each x or each y. */
  get remembered(): Code {
    this.memory ??= this.side === 'both' || this.code.leaf !== null ? this.code : this.remember();
    return this.memory;
  }

  private remember(): Code {
    const { side, code, pairs } = this;
    const { length } = side === 'first' ? pairs.firsts : pairs.seconds;
    const values = new Array<Value | undefined>(length).fill(undefined);
    const costs = new Float64Array(length);
    const cells = new Float64Array(length);
    const run = (i: Value, j: Value): Value => {
      const k = (side === 'first' ? i : j) as number;
      const known = values[k];
      if (known !== undefined) {
        spendAgain(costs[k], cells[k]);
        return known;
      }
      const cost = spentCost();
      const allocated = allocatedCells();
      const value = code.run(i, j);
      costs[k] = spentCost() - cost;
      cells[k] = allocatedCells() - allocated;
      values[k] = value;
      return value;
    };
    return { ...code, run };
  }
}

class Parts {
  private readonly known = new Map<FunctionValue, Part | null>();

  constructor(private readonly pairs: PairsOf) {}

  of(f: Value): Part | null {
    if (!isFunction(f) || f.arity !== 1) return null;
    let part = this.known.get(f);
    if (part === undefined) {
      part = f.combined ? this.combined(f) : this.component(f);
      this.known.set(f, part);
    }
    return part;
  }

  private component({ primitive }: FunctionValue): Part | null {
    const { component } = primitive;
    if (component === undefined) return null;
    const list = component === 'first' ? this.pairs.firsts : this.pairs.seconds;
    const run = (i: Value, j: Value): Value => {
      spend(CALL_CHARGE + 1);
      return list[(component === 'first' ? i : j) as number];
    };
    return new Part(component, { run, height: 1, deep: false, leaf: primitive }, this.pairs);
  }

  private combined({ primitive, fixed }: FunctionValue): Part | null {
    const sides = new Set<Part['side']>();
    const alone = primitive.compile?.(fixed, (inner) => {
      const part = this.of(inner);
      if (part !== null) sides.add(part.side);
      return part?.code ?? null;
    });
    if (alone === undefined || alone === null) return null;
    const [side] = sides;
    if (sides.size === 1) return new Part(side, alone, this.pairs);
    // If a function of x and one of y are combined, caching each is worth it.
    const together = primitive.compile?.(fixed, (inner) => this.of(inner)?.remembered ?? null);
    return new Part('both', together as Code, this.pairs);
  }
}
