/** The merged evaluation: all programs of a batch on one sample, with every distinct node evaluated at most once. */

import type { EvaluationError } from '../dsl/errors.js';
import { OVER_BUDGET, resetMeter } from '../dsl/meter.js';
import { asGrid } from '../dsl/value/construct.js';
import { MemberTable } from '../dsl/value/equality.js';
import type { Grid, Value } from '../dsl/value/value.js';
import type { MergedGraph } from './merge.js';
import { type Budget, type Environment, evaluateNode, type NodeResult } from './node.js';
import type { Outcome } from './outcome.js';
import { describeNoGrid, digestOutput, encodeOutput, type Output, type OutputDigest } from './output.js';

enum State {
  Unknown,
  Value,
  Failed,
}

/** Larger grids are not cached for comparison with others. */
const LARGEST_COMPARED = 1000;

type KnownOutput = Pick<Outcome, 'output' | 'side'>;

/** What a program returned, and the units charged. */
export interface Returned {
  readonly value: Value;
  readonly cost: number;
}

/**
 * The evaluation of one sample. Invariant: the result of `run` for a program does not depend on programs that ran
 * before. A node's result depends only on its inputs, and cost is summed over the program's own nodes in its own
 * order.
 *
 * A value is dropped when its last reader has been evaluated. Remaining values, whose readers no program evaluated,
 * are dropped with the last program that contains the node.
 */
export class SampleEvaluation {
  private readonly states: Uint8Array;
  private readonly values: Value[];
  private readonly costs: Float64Array;
  private readonly cells: Float64Array;
  private readonly errors = new Map<number, EvaluationError>();
  private readonly readers: Int32Array;
  private readonly grids = new MemberTable();
  /** The digest of each of `grids`. */
  private readonly outputs: KnownOutput[] = [];
  private readonly result: NodeResult = { value: null, error: null, cost: 0, cells: 0 };

  constructor(
    private readonly graph: MergedGraph,
    plan: ReadingPlan,
    private readonly environment: Environment,
    private readonly budget: Budget,
    private readonly keep: (digest: OutputDigest, output: Output) => void,
  ) {
    this.states = new Uint8Array(graph.size);
    this.values = new Array<Value>(graph.size).fill(null);
    this.costs = new Float64Array(graph.size);
    this.cells = new Float64Array(graph.size);
    this.readers = plan.readers.slice();
  }

  /** Runs one program, given the merged numbers of its nodes in its own order, with the result node last. */
  run(nodes: Int32Array): Outcome {
    const ended = this.compute(nodes);
    if ('status' in ended) return ended;
    const grid = asGrid(ended.value);
    if (grid === null || grid.cells.length > LARGEST_COMPARED) {
      return finished(ended.value, ended.cost, this.keep);
    }
    const { output, side } = this.outputOf(grid);
    return { status: 'ok', cost: ended.cost, side, output, error: null, node: -1 };
  }

  /** Many programs return equal grids: each is encoded only once. */
  private outputOf(grid: Grid): KnownOutput {
    const index = this.grids.add(grid);
    if (index === this.outputs.length) {
      const { output, side } = finished(grid, 0, this.keep);
      this.outputs.push({ output, side });
    }
    return this.outputs[index];
  }

  /** The same, but returns the value of the program, of any type; the outcome if there is no value. */
  compute(nodes: Int32Array): Returned | Outcome {
    let cost = 0;
    let cells = 0;
    for (let k = 0; k < nodes.length; k++) {
      const node = nodes[k];
      if (this.states[node] === State.Unknown) this.evaluate(node);
      cost += this.costs[node];
      cells += this.cells[node];
      if (cost > this.budget.cost || cells > this.budget.cells)
        return overBudget(this.budget, OVER_BUDGET, k);
      if (this.states[node] === State.Failed) {
        const error = this.errors.get(node) as EvaluationError;
        if (error.errorClass === 'budget') return overBudget(this.budget, error.message, k);
        return { status: 'error', cost, side: 0, output: '', error: error.text, node: k };
      }
    }
    return { value: this.values[nodes[nodes.length - 1]], cost };
  }

  /** Drops the values of `nodes`, which no later program contains. */
  forget(nodes: Int32Array): void {
    for (const node of nodes) this.values[node] = null;
  }

  private evaluate(node: number): void {
    const { graph, result } = this;
    const from = graph.starts[node];
    const to = graph.starts[node + 1];
    const operands: Value[] = [];
    for (let k = from; k < to; k++) operands.push(this.values[graph.operands[k]]);
    evaluateNode(graph.ops[node], graph.data[node], operands, this.environment, this.budget, result);
    this.costs[node] = result.cost;
    this.cells[node] = result.cells;
    if (result.error === null) {
      this.states[node] = State.Value;
      this.values[node] = result.value;
    } else {
      this.states[node] = State.Failed;
      this.errors.set(node, result.error);
    }
    for (let k = from; k < to; k++) {
      const operand = graph.operands[k];
      if (--this.readers[operand] === 0) this.values[operand] = null;
    }
  }
}

export function overBudget(budget: Budget, message: string, node: number): Outcome {
  return {
    status: 'over-budget',
    cost: budget.cost,
    side: 0,
    output: '',
    error: `budget: ${message}`,
    node,
  };
}

/** The outcome of a program that returned `value`. */
export function finished(
  value: Value,
  cost: number,
  keep: (digest: OutputDigest, output: Output) => void,
): Outcome {
  resetMeter(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const output = encodeOutput(value);
  if (output === null) {
    return { status: 'not-a-grid', cost, side: 0, output: '', error: describeNoGrid(value), node: -1 };
  }
  const digest = digestOutput(output.bytes);
  keep(digest, output);
  return { status: 'ok', cost, side: output.side, output: digest, error: null, node: -1 };
}

/**
 * The number of reads of each node: one for each distinct node with it as an operand, and one for each program that
 * returns it.
 */
export interface ReadingPlan {
  readonly readers: Int32Array;
  /** By program: the nodes that no later program contains. */
  readonly lastHeld: readonly Int32Array[];
}

export function planReading(graph: MergedGraph, programs: readonly Int32Array[]): ReadingPlan {
  const readers = new Int32Array(graph.size);
  for (const operand of graph.operands) readers[operand]++;
  const last = new Int32Array(graph.size);
  programs.forEach((nodes, p) => {
    readers[nodes[nodes.length - 1]]++;
    for (const node of nodes) last[node] = p;
  });
  const held: number[][] = programs.map(() => []);
  for (let node = 0; node < graph.size; node++) held[last[node]].push(node);
  return { readers, lastHeld: held.map((nodes) => Int32Array.from(nodes)) };
}
