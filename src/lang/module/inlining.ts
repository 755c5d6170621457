/** Replaces calls of functions of the file by their bodies. Equal calls share their nodes like all equal nodes. */
import type { ByteWriter } from '../../encoding/bytes.js';
import { grownInt32 } from '../growing-arrays.js';
import { CanonicalOrder } from '../program/canonical.js';
import { type Graph, PARAMETER } from '../program/node-graph.js';
import { Op } from '../program/program.js';
import { decodeLines, type NodeLines } from '../program/source-lines.js';
import type { Definition } from './module.js';

/** Limits for copied nodes: in one function, and in a file, with an addition for each of its bytes. */
const MOST_IN_FUNCTION = 100_000;
const MOST_IN_FILE = 4_000_000;
const MOST_A_BYTE = 4;

/** Replaces a node: the inlined bodies would be too large. */
export const TOO_LARGE = -2;

/** The body of a function, prepared for copying: its nodes in canonical order. */
interface Template {
  readonly nodes: Int32Array;
  readonly ops: Uint8Array;
  readonly data: Float64Array;
  readonly starts: Int32Array;
  readonly operands: Int32Array;
  readonly lines: readonly number[];
  /** 1 for nodes that depend on the arguments. */
  readonly varies: Uint8Array;
}

export class Inliner {
  private readonly order: CanonicalOrder;
  private readonly templates = new Map<Definition, Template>();
  /** By the node of a call: the node that replaces it in the current function. */
  private readonly done = new Map<number, number>();
  private leftInFunction = 0;
  private leftInFile = 0;
  private mapped = new Int32Array(256);
  private values = new Int32Array(64);

  constructor(
    private readonly graph: Graph,
    private readonly lines: NodeLines,
    /** The buffer with the source lines of functions. */
    private readonly out: ByteWriter,
  ) {
    this.order = new CanonicalOrder(graph);
  }

  beginFile(bytes: number): void {
    this.leftInFile = MOST_IN_FILE + MOST_A_BYTE * bytes;
  }

  clear(): void {
    this.templates.clear();
  }

  beginFunction(): void {
    if (this.done.size > 0) this.done.clear();
    this.leftInFunction = MOST_IN_FUNCTION;
  }

  /**
   * The node of a call whose arguments, followed by the captured variables, are values[from], ..., values[from +
   * count - 1]. TOO_LARGE if the function would become too large.
   */
  inline(definition: Definition, values: Int32Array, from: number, count: number): number {
    const call = this.graph.inlined(definition.index, values, from, count);
    const earlier = this.done.get(call);
    if (earlier !== undefined) return earlier;
    let template = this.templates.get(definition);
    if (template === undefined) {
      template = this.templateOf(definition);
      this.templates.set(definition, template);
    }
    const size = template.nodes.length;
    this.leftInFunction -= size;
    this.leftInFile -= size;
    if (this.leftInFunction < 0 || this.leftInFile < 0) return TOO_LARGE;
    const node = this.copy(template, definition.parameters.length, values, from);
    this.done.set(call, node);
    return node;
  }

  private copy(template: Template, parameters: number, values: Int32Array, from: number): number {
    const { graph, lines } = this;
    const { nodes, ops, data, starts, operands, varies } = template;
    if (nodes.length > this.mapped.length) this.mapped = grownInt32(this.mapped, nodes.length);
    const { mapped } = this;
    for (let k = 0; k < nodes.length; k++) {
      let node = nodes[k];
      if (varies[k] === 1) {
        const parameter = parameterOf(ops[k], data[k], parameters);
        if (parameter >= 0) {
          mapped[k] = values[from + parameter];
          continue;
        }
        const count = starts[k + 1] - starts[k];
        if (count > this.values.length) this.values = new Int32Array(2 * count);
        for (let j = 0; j < count; j++) this.values[j] = mapped[operands[starts[k] + j]];
        if (ops[k] === Op.Call) node = graph.call(data[k], this.values, 0, count);
        else if (ops[k] === Op.Apply) node = graph.apply(this.values, 0, count);
        else node = graph.tuple(this.values, 0, count);
      }
      mapped[k] = node;
      lines.see(node, template.lines[k]);
    }
    return mapped[nodes.length - 1];
  }

  private templateOf({ result, parameters, line, linesStart, linesEnd }: Definition): Template {
    const { order } = this;
    order.walk(result);
    const nodes = order.nodes.slice(0, order.length);
    const { length, ops, data, starts, operands } = order.program();
    const varies = new Uint8Array(length);
    for (let k = 0; k < length; k++) {
      let does = parameterOf(ops[k], data[k], parameters.length) >= 0;
      for (let j = starts[k]; j < starts[k + 1] && !does; j++) does = varies[operands[j]] === 1;
      if (does) varies[k] = 1;
    }
    const lines = decodeLines(this.out.view().subarray(linesStart, linesEnd), line);
    return { nodes, ops, data, starts, operands, lines, varies };
  }
}

/** The node of a function's parameter; the parameters of solvers have fixed nodes. */
export function parameterNode(graph: Graph, index: number, count: number): number {
  if (count === 1 && index === 0) return Op.I;
  if (count === 3 && index < 3) return [Op.S, Op.I, Op.C][index];
  return graph.parameter(index);
}

/** The inverse: the index of the parameter, or -1 for any other node. */
function parameterOf(op: number, data: number, count: number): number {
  if (op === PARAMETER) return data;
  if (count === 1) return op === Op.I ? 0 : -1;
  if (count === 3) return op === Op.S ? 0 : op === Op.I ? 1 : op === Op.C ? 2 : -1;
  return -1;
}
