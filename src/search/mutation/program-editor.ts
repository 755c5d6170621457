/**
 * A program open for one change: a graph of its nodes, to which nodes can be added and in which operands can be
 * replaced.
 */
import { ByteWriter } from '../../encoding/bytes.js';
import { everyPrimitive } from '../../lang/language.js';
import { CanonicalOrder } from '../../lang/program/canonical.js';
import { Graph } from '../../lang/program/node-graph.js';
import { type BodyHash, bodyHashOf, Op, type Program, ProgramWriter } from '../../lang/program/program.js';

/** A node of the editor's graph, as opposed to a node of a program. Equal nodes are one node. */
export type GraphNode = number;

export class ProgramEditor {
  private readonly graph = new Graph(everyPrimitive);
  private readonly order = new CanonicalOrder(this.graph);
  private readonly out = new ByteWriter(1 << 12);
  private readonly writer = new ProgramWriter(everyPrimitive, this.out);
  private opened_: Program | null = null;
  /** By node of the program. */
  private ids: Int32Array = new Int32Array(0);
  /** Operands of the next node. */
  private operands: Int32Array = new Int32Array(64);

  /** Opens a program; removes the previous one. */
  open(program: Program): void {
    this.graph.clear();
    this.opened_ = program;
    this.ids = this.add(program, program.length - 1);
  }

  /** The result of the program that was opened. */
  get result(): GraphNode {
    return this.ids[this.ids.length - 1];
  }

  /** The program with another result node. */
  program(result: GraphNode): Program {
    this.order.walk(result);
    return this.order.program();
  }

  /** The body hash of that program. */
  bodyOf(result: GraphNode): BodyHash {
    this.order.walk(result);
    this.out.length = 0;
    this.order.write(this.writer);
    return bodyHashOf(this.out.view());
  }

  /** The node of the graph for a node of the program. */
  at(node: number): GraphNode {
    return this.ids[node];
  }

  integer(value: number): GraphNode {
    return this.graph.integer(value);
  }

  boolean(value: boolean): GraphNode {
    return value ? Op.True : Op.False;
  }

  pair(i: number, j: number): GraphNode {
    this.operands[0] = this.integer(i);
    this.operands[1] = this.integer(j);
    return this.graph.tuple(this.operands, 0, 2);
  }

  /** A primitive as a value. */
  primitive(id: number): GraphNode {
    return this.graph.primitive(id);
  }

  /** The call of a primitive, with exactly as many arguments as its arity. */
  call(id: number, ...args: readonly GraphNode[]): GraphNode {
    this.operands.set(args);
    return this.graph.call(id, this.operands, 0, args.length);
  }

  /** Adds the nodes of another program that `root` needs; returns the node for `root`. */
  graft(donor: Program, root: number): GraphNode {
    return this.add(donor, root)[root];
  }

  /** The result with another operand; for the result itself, `node` is the program's length. */
  withOperand(node: number, operand: number, value: GraphNode): GraphNode {
    const { length, starts } = this.opened();
    if (node === length) return value;
    return this.withNode(node, this.rebuilt(node, this.ids, starts[node] + operand, value));
  }

  /** The result with another primitive in a node's call. */
  withPrimitive(node: number, id: number): GraphNode {
    const { starts, operands } = this.opened();
    const args = Array.from(
      operands.subarray(starts[node], starts[node + 1]),
      (operand) => this.ids[operand],
    );
    return this.withNode(node, this.call(id, ...args));
  }

  /** The result with two operands of a node swapped. */
  withExchanged(node: number, a: number, b: number): GraphNode {
    const { starts, operands } = this.opened();
    const first = this.ids[operands[starts[node] + a]];
    const last = this.ids[operands[starts[node] + b]];
    return this.withNode(node, this.rebuilt(node, this.ids, starts[node] + a, last, starts[node] + b, first));
  }

  /** The result with another value in all uses of a node. `value` must not depend on the node. */
  withNode(node: number, value: GraphNode): GraphNode {
    const { length, starts, operands } = this.opened();
    const changed = this.ids.slice();
    changed[node] = value;
    for (let later = node + 1; later < length; later++) {
      for (let k = starts[later]; k < starts[later + 1]; k++) {
        if (changed[operands[k]] === this.ids[operands[k]]) continue;
        changed[later] = this.rebuilt(later, changed);
        break;
      }
    }
    return changed[length - 1];
  }

  private opened(): Program {
    if (this.opened_ === null) throw new Error('no program is open');
    return this.opened_;
  }

  /** A copy of a program's node with the operands of `ids`, except for those at the given indices. */
  private rebuilt(node: number, ids: Int32Array, place = -1, value = 0, place2 = -1, value2 = 0): GraphNode {
    const { ops, data, starts, operands } = this.opened();
    let count = 0;
    for (let k = starts[node]; k < starts[node + 1]; k++) {
      this.operands[count++] = k === place ? value : k === place2 ? value2 : ids[operands[k]];
    }
    return this.node(ops[node], data[node], count);
  }

  private add({ ops, data, starts, operands }: Program, root: number): Int32Array {
    const ids = new Int32Array(root + 1);
    for (let node = 0; node <= root; node++) {
      const count = starts[node + 1] - starts[node];
      if (count > this.operands.length) this.operands = new Int32Array(2 * count);
    }
    for (let node = 0; node <= root; node++) {
      let count = 0;
      for (let k = starts[node]; k < starts[node + 1]; k++) this.operands[count++] = ids[operands[k]];
      ids[node] = this.node(ops[node], data[node], count);
    }
    return ids;
  }

  /** Creates the node with `count` prepared operands. */
  private node(op: number, data: number, count: number): GraphNode {
    const { graph, operands } = this;
    switch (op) {
      case Op.Integer:
        return graph.integer(data);
      case Op.Primitive:
        return graph.primitive(data);
      case Op.Tuple:
        return graph.tuple(operands, 0, count);
      case Op.Apply:
        return graph.apply(operands, 0, count);
      case Op.Call:
        return graph.call(data, operands, 0, count);
      default:
        // The node number of a parameter, None, False or True is its op.
        return op;
    }
  }
}
