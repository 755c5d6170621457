/** What names mean at the current line of a function. */

import { grownInt32 } from '../growing.js';
import type { Graph } from '../program/node-graph.js';
import { Op } from '../program/program.js';
import type { NodeLines } from '../program/source-lines.js';
import { closest } from '../suggest.js';
import type { DiagnosticCollector, Finding } from './diagnostic-collector.js';
import { quoted } from './quote.js';
import { NO_SYMBOL, type Symbols } from './symbols.js';

/** In place of a node: its error has been reported, and what is built from it is to be silent. */
export const POISON = -1;

/** How many names a "did you mean" looks at: a file may have a million. */
const MOST_CANDIDATES = 2000;

interface Unknown {
  readonly name: number;
  readonly finding: Finding;
}

export class Scope {
  /** By name id: the node that the name stands for, where `boundIn` holds the current function. */
  private nodes = new Int32Array(1 << 10);
  private boundIn = new Int32Array(1 << 10);
  /** By name id: the last function that assigns to it. */
  private assignedIn = new Int32Array(1 << 10);
  /** By name id of the language: the last function that used its constant or primitive. */
  private readonly usedIn: Int32Array;
  /** The node of each constant, POISON while this file has not used it. */
  private readonly constantNodes: Int32Array;
  private current = 0;
  private incomplete = false;
  /** Unknown names of the current function, and of the whole file. */
  private unknown: Unknown[] = [];
  private unknownInFile: Unknown[] = [];

  constructor(
    private readonly symbols: Symbols,
    private readonly graph: Graph,
    private readonly lines: NodeLines,
    private readonly report: DiagnosticCollector,
  ) {
    this.usedIn = new Int32Array(symbols.size);
    this.constantNodes = new Int32Array(symbols.constants.length);
  }

  beginFile(): void {
    this.constantNodes.fill(POISON);
    this.unknownInFile = [];
  }

  beginFunction(): void {
    this.current++;
    this.incomplete = false;
    this.unknown = [];
  }

  /** Lines of the function have not been read, because of an error: names may be unknown for no other reason. */
  skipLines(): void {
    this.incomplete = true;
  }

  /** The name stands for the node from now on. */
  bind(name: number, node: number): void {
    if (name >= this.nodes.length) {
      this.nodes = grownInt32(this.nodes, name + 1);
      this.boundIn = grownInt32(this.boundIn, name + 1);
      this.assignedIn = grownInt32(this.assignedIn, name + 1);
    }
    this.nodes[name] = node;
    this.boundIn[name] = this.current;
  }

  /** The name, written at `offset`, is assigned. */
  assign(name: number, node: number, offset: number): void {
    this.bind(name, node);
    this.assignedIn[name] = this.current;
    if (name < this.symbols.size && this.usedIn[name] === this.current) this.warnOfShadow(name, offset);
  }

  isLocal(name: number): boolean {
    return name < this.boundIn.length && this.boundIn[name] === this.current;
  }

  /** The node of a local variable or parameter. */
  localNode(name: number): number {
    return this.nodes[name];
  }

  /** The id of the primitive that the name stands for, if it does. */
  primitive(name: number): number {
    if (this.isLocal(name) || name >= this.symbols.size) return NO_SYMBOL;
    const id = this.symbols.primitiveOf[name];
    if (id !== NO_SYMBOL) this.usedIn[name] = this.current;
    return id;
  }

  isConstant(name: number): boolean {
    return !this.isLocal(name) && name < this.symbols.size && this.symbols.constantOf[name] !== NO_SYMBOL;
  }

  /** The node of a name that is used as a value at `offset`; POISON if it is unknown. */
  resolve(name: number, offset: number, line: number): number {
    if (this.isLocal(name)) return this.nodes[name];
    if (name < this.symbols.size) {
      const constant = this.symbols.constantOf[name];
      if (constant !== NO_SYMBOL) {
        this.usedIn[name] = this.current;
        return this.constant(constant, line);
      }
      const primitive = this.primitive(name);
      if (primitive !== NO_SYMBOL) return this.graph.primitive(primitive);
    }
    this.reportUnknown(name, offset);
    return POISON;
  }

  /** Reports a name that stands for nothing. It is settled at the end of the function what exactly is wrong with it. */
  reportUnknown(name: number, offset: number): void {
    if (!this.incomplete) {
      const finding = this.report.add('LANG012', offset, '', null);
      if (finding !== null) this.unknown.push({ name, finding });
    }
    // Once a function is enough.
    this.bind(name, POISON);
  }

  /** How many unknown names have been reported, for `forgetUnknown`. */
  get unknownNames(): number {
    return this.unknown.length;
  }

  /** Takes back what was reported after the first `count` unknown names: their line turned out to be no expression. */
  forgetUnknown(count: number): void {
    if (this.unknown.length === count) return;
    this.report.withdraw(this.unknown.splice(count).map(({ finding }) => finding));
  }

  /** Tells unknown names from those that are assigned later. */
  endFunction(): void {
    for (const unknown of this.unknown) {
      const { name, finding } = unknown;
      const text = this.symbols.names.text(name);
      if (this.assignedIn[name] === this.current) {
        finding.code = 'LANG013';
        finding.message = `${quoted(text)} is used before it is assigned`;
        finding.hint = 'move its assignment up';
        continue;
      }
      finding.message = `the name ${quoted(text)} is unknown`;
      const meant = closest(text, this.knownNames());
      finding.hint = meant === null ? null : `did you mean ${quoted(meant)}?`;
      this.unknownInFile.push(unknown);
    }
  }

  /** Tells unknown names from those of other functions of the file. */
  endFile(functions: ReadonlyMap<number, number>): void {
    for (const { name, finding } of this.unknownInFile) {
      if (!functions.has(name)) continue;
      finding.code = 'LANG014';
      finding.message = `${quoted(this.symbols.names.text(name))} is another function of this file`;
      finding.hint = 'a solver can use primitives only: repeat the lines of the other function here';
    }
  }

  private constant(index: number, line: number): number {
    const { graph, lines } = this;
    let node = this.constantNodes[index];
    if (node === POISON) {
      node = this.constantNode(index);
      this.constantNodes[index] = node;
    }
    for (let k = graph.starts[node]; k < graph.starts[node + 1]; k++) lines.see(graph.operands[k], line);
    return node;
  }

  private constantNode(index: number): number {
    const { graph } = this;
    const value = this.symbols.constants[index];
    if (value === null) return Op.None;
    if (typeof value === 'boolean') return value ? Op.True : Op.False;
    if (typeof value === 'number') return graph.integer(value);
    return graph.tuple(Int32Array.of(graph.integer(value.i), graph.integer(value.j)), 0, 2);
  }

  private *knownNames(): Generator<string> {
    const { names, language } = this.symbols;
    const end = Math.min(names.size, this.boundIn.length);
    let left = MOST_CANDIDATES;
    for (let name = 0; name < end && left > 0; name++) {
      if (this.boundIn[name] !== this.current || this.nodes[name] === POISON) continue;
      left--;
      yield names.text(name);
    }
    yield* language.constants.keys();
    for (const { name } of language.primitives) yield name;
  }

  private warnOfShadow(name: number, offset: number): void {
    const text = quoted(this.symbols.names.text(name));
    const message = `${text} was the language's own on an earlier line, and is a local variable from here on`;
    this.report.add('LANG025', offset, message, 'choose another name: Python would refuse this function');
  }
}
