/**
 * The plain evaluator: one program on one sample, without sharing. It defines the results that the merged evaluation
 * must give, and is the baseline of its benchmark.
 */

import { OVER_BUDGET } from '../dsl/meter.js';
import type { Value } from '../dsl/value/value.js';
import type { Program } from '../lang/program/program.js';
import { finished, overBudget } from './evaluate.js';
import { type Budget, type Environment, evaluateNode, type NodeResult } from './node.js';
import type { Outcome } from './outcome.js';
import type { Output, OutputDigest } from './output.js';

export function evaluatePlainly(
  program: Program,
  environment: Environment,
  budget: Budget,
  keep: (digest: OutputDigest, output: Output) => void,
): Outcome {
  const values: Value[] = [];
  const result: NodeResult = { value: null, error: null, cost: 0, cells: 0 };
  let cost = 0;
  let cells = 0;
  for (let node = 0; node < program.length; node++) {
    const operands: Value[] = [];
    for (let k = program.starts[node]; k < program.starts[node + 1]; k++)
      operands.push(values[program.operands[k]]);
    evaluateNode(program.ops[node], program.data[node], operands, environment, budget, result);
    cost += result.cost;
    cells += result.cells;
    if (cost > budget.cost || cells > budget.cells) return overBudget(budget, OVER_BUDGET, node);
    if (result.error !== null) {
      if (result.error.errorClass === 'budget') return overBudget(budget, result.error.message, node);
      return { status: 'error', cost, side: 0, output: '', error: result.error.text, node };
    }
    values.push(result.value);
  }
  return finished(values[program.length - 1], cost, keep);
}
