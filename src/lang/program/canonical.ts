/** Makes canonical programs from a graph: the nodes that a result needs, in the order of a depth-first walk. */

import { grownInt32 } from '../growing-arrays.js';
import type { Graph } from './node-graph.js';
import type { Program, ProgramWriter } from './program.js';

/** A walk over the nodes that a result needs. Its arrays are reused for the next walk. */
export class CanonicalOrder {
  /** The nodes in canonical order, `length` of them; the result is the last. */
  nodes = new Int32Array(1 << 10);
  length = 0;
  /** By node of the graph: its index in the order, valid if `walkOf` holds the current walk. */
  private ranks = new Int32Array(1 << 10);
  private walkOf = new Int32Array(1 << 10);
  private walks = 0;
  /** The path from the result to the current node, and the next operand of each node on it. */
  private path = new Int32Array(1 << 8);
  private cursors = new Int32Array(1 << 8);

  constructor(private readonly graph: Graph) {}

  walk(result: number): void {
    const { starts, operands } = this.graph;
    if (this.graph.length > this.ranks.length) this.grow();
    const { nodes, ranks, walkOf } = this;
    const walk = ++this.walks;
    let length = 0;
    let top = 0;
    this.path[0] = result;
    this.cursors[0] = starts[result];
    while (top >= 0) {
      const node = this.path[top];
      const cursor = this.cursors[top];
      if (cursor === starts[node + 1]) {
        ranks[node] = length;
        nodes[length++] = node;
        top--;
        continue;
      }
      this.cursors[top] = cursor + 1;
      const operand = operands[cursor];
      // A node that was visited before is finished: it cannot be on the path, because the graph has no cycles.
      if (walkOf[operand] === walk) continue;
      walkOf[operand] = walk;
      if (++top === this.path.length) {
        this.path = grownInt32(this.path, top + 1);
        this.cursors = grownInt32(this.cursors, top + 1);
      }
      this.path[top] = operand;
      this.cursors[top] = starts[operand];
    }
    this.length = length;
  }

  write(writer: ProgramWriter): void {
    const { nodes, ranks, length } = this;
    const { ops, data, starts, operands } = this.graph;
    writer.begin(length);
    for (let rank = 0; rank < length; rank++) {
      const node = nodes[rank];
      const start = starts[node];
      const end = starts[node + 1];
      writer.node(ops[node], data[node], end - start);
      for (let k = start; k < end; k++) writer.operand(rank - ranks[operands[k]]);
    }
  }

  program(): Program {
    const { nodes, ranks, length, graph } = this;
    const ops = new Uint8Array(length);
    const data = new Float64Array(length);
    const starts = new Int32Array(length + 1);
    for (let rank = 0; rank < length; rank++) {
      const node = nodes[rank];
      ops[rank] = graph.ops[node];
      data[rank] = graph.data[node];
      starts[rank + 1] = starts[rank] + graph.starts[node + 1] - graph.starts[node];
    }
    const operands = new Int32Array(starts[length]);
    for (let rank = 0; rank < length; rank++) {
      const from = graph.starts[nodes[rank]] - starts[rank];
      for (let k = starts[rank]; k < starts[rank + 1]; k++) operands[k] = ranks[graph.operands[from + k]];
    }
    return { length, ops, data, starts, operands };
  }

  private grow(): void {
    const capacity = this.graph.ops.length;
    this.nodes = new Int32Array(capacity);
    this.ranks = new Int32Array(capacity);
    this.walkOf = new Int32Array(capacity);
  }
}

/** The program whose result is a node of the graph. */
export function canonicalProgram(graph: Graph, result: number): Program {
  const order = new CanonicalOrder(graph);
  order.walk(result);
  return order.program();
}
