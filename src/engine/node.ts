/** Evaluates one node of a program, for both the merged and the plain evaluator. */
import { call, invoke, resetCallDepth } from '../dsl/calls/call.js';
import { everyPrimitive } from '../dsl/dialects.js';
import { EvaluationError } from '../dsl/errors.js';
import { allocate, allocatedCells, resetMeter, spentCost } from '../dsl/meter.js';
import { tupleOf } from '../dsl/value/construct.js';
import type { Value } from '../dsl/value/value.js';
import { Op } from '../lang/program/program.js';

/** The parameters of a program: the input grid, the demonstration pairs and the value that the caller supplies. */
export interface Environment {
  readonly I: Value;
  readonly S: Value;
  readonly C: Value;
}

/** Limits of one cell: units of cost, and elements allocated. */
export interface Budget {
  readonly cost: number;
  readonly cells: number;
  /** Of programs in Python: jumps backwards and calls. */
  readonly events?: number;
  /** Digest of the packages that programs in Python may import; absent if there are none. */
  readonly packages?: string;
}

/** The result of evaluating a node. `error` is null if it has a value. */
export interface NodeResult {
  value: Value;
  error: EvaluationError | null;
  cost: number;
  cells: number;
}

/**
 * Evaluates one node with the whole budget, whatever was spent before. Whether the *sum* exceeds the budget is
 * checked by the caller, in program order. So a node has the same result in every program, and can be shared.
 */
export function evaluateNode(
  op: number,
  data: number,
  operands: readonly Value[],
  environment: Environment,
  budget: Budget,
  result: NodeResult,
): void {
  resetMeter(budget.cost, budget.cells);
  resetCallDepth();
  result.error = null;
  try {
    result.value = compute(op, data, operands, environment);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    result.value = null;
    result.error = error;
  }
  result.cost = spentCost();
  result.cells = allocatedCells();
}

function compute(op: number, data: number, operands: readonly Value[], environment: Environment): Value {
  switch (op) {
    case Op.I:
      return environment.I;
    case Op.S:
      return environment.S;
    case Op.C:
      return environment.C;
    case Op.Integer:
      return data;
    case Op.True:
      return true;
    case Op.False:
      return false;
    case Op.None:
      return null;
    case Op.Primitive:
      return everyPrimitive[data].value;
    case Op.Tuple:
      allocate(operands.length);
      return tupleOf(operands.slice());
    case Op.Call:
      return invoke(everyPrimitive[data], at(operands, 0), at(operands, 1), at(operands, 2), at(operands, 3));
    case Op.Apply:
      return call(
        operands[0],
        operands.length - 1,
        at(operands, 1),
        at(operands, 2),
        at(operands, 3),
        at(operands, 4),
      );
    default:
      throw new Error(`there is no node of kind ${op}`);
  }
}

function at(operands: readonly Value[], k: number): Value {
  return k < operands.length ? operands[k] : null;
}
