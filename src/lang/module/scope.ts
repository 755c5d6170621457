/** What names mean at the current line of a function. */

import { grownInt32 } from '../growing-arrays.js';
import type { Graph } from '../program/node-graph.js';
import { Op } from '../program/program.js';
import type { NodeLines } from '../program/source-lines.js';
import type { DiagnosticCollector, Finding } from '../syntax/diagnostic-collector.js';
import { quoted } from '../syntax/quote.js';
import { NO_SYMBOL, type Symbols } from '../syntax/symbols.js';
import type { Definition, Mention } from './module.js';
import { POISON } from './poison.js';

/** The kinds of meanings of a name; `Scope.found` has the value. */
export const Meaning = {
  /** The node of a variable or parameter. */
  Variable: 0,
  /** The node of a constant. */
  Constant: 1,
  /** The id of a primitive. */
  Primitive: 2,
  /** The number of a function of the file. */
  Function: 3,
  /** An error has been reported, or the meaning is not known yet. */
  Nothing: 4,
} as const;

/** The surroundings of a function: the meanings of its free names that the language does not define. */
export interface Surroundings {
  /**
   * A function, a constant, or the node of an outer function's variable; POISON for a name with an error; null if
   * unknown.
   */
  lookUp(name: number): Definition | OuterValue | null;
  /** The message for an unknown name, with a hint if a similar name is known. */
  explain(name: number, locals: Iterable<string>): { readonly message: string; readonly hint: string | null };
}

export interface OuterValue {
  readonly node: number;
  readonly isConstant: boolean;
  /** All nodes that it consists of. */
  readonly nodes: Int32Array;
}

/** An unknown name and its position. */
export interface UnknownName {
  readonly text: string;
  readonly offset: number;
}

interface Unknown {
  readonly name: number;
  readonly finding: Finding;
}

export class Scope {
  /** Whether the function uses names that need the whole file; then it is read again. */
  deferred = false;
  /** Whether the function uses something with a reported error elsewhere. */
  spoilt = false;
  /** The value of the last name that was looked up. */
  found = 0;
  /** Names of the language that the file redefines: only the file's definition counts. */
  redefined: ReadonlySet<number> = new Set();
  /** By name id: the node of the name, valid if `boundIn` holds the current function. */
  private nodes = new Int32Array(1 << 10);
  private boundIn = new Int32Array(1 << 10);
  /** By name id: the last function that assigns to it. */
  private assignedIn = new Int32Array(1 << 10);
  /** By name id of the language: the last function that used its constant or primitive. */
  private readonly usedIn: Int32Array;
  /** The node of each constant; POISON until this file uses it. */
  private readonly constantNodes: Int32Array;
  private current = 0;
  private incomplete = false;
  private surroundings: Surroundings | null = null;
  private mentions: Mention[] = [];
  /** Nested functions that have been defined so far. */
  private readonly functions = new Map<number, Definition>();
  /** Unknown names of the current function. */
  private unknown: Unknown[] = [];
  /** Names of the whole file that neither the language nor the file defines; another language may define them. */
  readonly unknownInFile: UnknownName[] = [];

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
    this.unknownInFile.length = 0;
  }

  /** Without surroundings, unknown names are not reported; they make the function a deferred one. */
  beginFunction(surroundings: Surroundings | null): void {
    this.current++;
    this.incomplete = false;
    this.deferred = false;
    this.spoilt = false;
    this.surroundings = surroundings;
    if (this.mentions.length > 0) this.mentions = [];
    if (this.unknown.length > 0) this.unknown = [];
    if (this.functions.size > 0) this.functions.clear();
  }

  /** The names that the function uses and that are not defined yet; for deferred functions. */
  takeMentions(): readonly Mention[] {
    const taken = this.mentions;
    this.mentions = [];
    return taken;
  }

  /**
   * Some lines of the function have not been read, because of an error; that may be the only reason why names are
   * unknown.
   */
  skipLines(): void {
    this.incomplete = true;
  }

  /** Binds the name to the node from now on. */
  bind(name: number, node: number): void {
    this.reserve(name);
    this.nodes[name] = node;
    this.boundIn[name] = this.current;
  }

  /** The name, written at `offset`, is assigned. */
  assign(name: number, node: number, offset: number): void {
    this.bind(name, node);
    this.assignedIn[name] = this.current;
    if (this.functions.size > 0) this.functions.delete(name);
    if (name < this.symbols.size && this.usedIn[name] === this.current) this.warnOfShadow(name, offset);
  }

  /** Binds the name to a nested function from now on. */
  bindFunction(name: number, definition: Definition): void {
    this.reserve(name);
    this.boundIn[name] = 0;
    this.assignedIn[name] = this.current;
    this.functions.set(name, definition);
  }

  isLocal(name: number): boolean {
    return name < this.boundIn.length && this.boundIn[name] === this.current;
  }

  /** The node of a local variable or parameter. */
  localNode(name: number): number {
    return this.nodes[name];
  }

  /** The meaning of a name that is no local variable; reports it if it is unknown. Returns a `Meaning`. */
  lookUp(name: number, offset: number, line: number, called: boolean): number {
    const { symbols, surroundings } = this;
    if (surroundings !== null) {
      const found = this.functions.get(name) ?? surroundings.lookUp(name);
      if (found !== null) return this.outer(found, line);
    }
    if (name < symbols.size && !this.redefined.has(name)) {
      const primitive = symbols.primitiveOf[name];
      if (primitive !== NO_SYMBOL) {
        this.usedIn[name] = this.current;
        this.found = primitive;
        return Meaning.Primitive;
      }
      const constant = symbols.constantOf[name];
      if (constant !== NO_SYMBOL) {
        this.usedIn[name] = this.current;
        this.found = this.constant(constant, line);
        return Meaning.Constant;
      }
    }
    if (surroundings === null) {
      this.deferred = true;
      this.mentions.push({ name, offset, called });
    } else this.reportUnknown(name, offset);
    return Meaning.Nothing;
  }

  private outer(found: Definition | OuterValue, line: number): number {
    if (!('node' in found)) {
      this.found = found.index;
      return Meaning.Function;
    }
    if (found.node === POISON) {
      this.spoilt = true;
      return Meaning.Nothing;
    }
    for (const node of found.nodes) this.lines.see(node, line);
    this.found = found.node;
    return found.isConstant ? Meaning.Constant : Meaning.Variable;
  }

  /** The node of a name that is used as a value at `offset`; POISON if it has none. */
  resolve(name: number, offset: number, line: number): number {
    if (this.isLocal(name)) return this.nodes[name];
    switch (this.lookUp(name, offset, line, false)) {
      case Meaning.Primitive:
        return this.graph.primitive(this.found);
      case Meaning.Function: {
        const text = quoted(this.symbols.names.text(name));
        const hint =
          'call it; functions that are values are built of primitives, with compose, fork, rbind and the like';
        this.report.add(
          'LANG014',
          offset,
          `${text} is a function of this file, and can only be called`,
          hint,
        );
        return POISON;
      }
      case Meaning.Nothing:
        return POISON;
      default:
        return this.found;
    }
  }

  private reportUnknown(name: number, offset: number): void {
    if (!this.incomplete) {
      const finding = this.report.add('LANG012', offset, '', null);
      if (finding !== null) this.unknown.push({ name, finding });
    }
    // Reported once a function.
    this.bind(name, POISON);
  }

  /** Number of unknown names reported so far, for `forgetUnknown`. */
  get unknownNames(): number {
    return this.unknown.length;
  }

  /** Withdraws what was reported after the first `count` unknown names: their line turned out to be no expression. */
  forgetUnknown(count: number): void {
    if (this.unknown.length === count) return;
    this.report.withdraw(this.unknown.splice(count).map(({ finding }) => finding));
  }

  /** Separates unknown names from those that are assigned later. */
  endFunction(): void {
    for (const { name, finding } of this.unknown) {
      if (this.assignedIn[name] === this.current) {
        finding.code = 'LANG013';
        finding.message = `${quoted(this.symbols.names.text(name))} is used before it is assigned`;
        finding.hint = 'move its assignment up';
      } else if (this.surroundings !== null) {
        this.unknownInFile.push({ text: this.symbols.names.text(name), offset: finding.offset });
        Object.assign(finding, this.surroundings.explain(name, this.localNames()));
      }
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

  private *localNames(): Generator<string> {
    const { names } = this.symbols;
    const end = Math.min(names.size, this.boundIn.length);
    for (let name = 0; name < end; name++) {
      if (this.boundIn[name] === this.current && this.nodes[name] !== POISON) yield names.text(name);
    }
    for (const name of this.functions.keys()) yield names.text(name);
  }

  private reserve(name: number): void {
    if (name < this.nodes.length) return;
    this.nodes = grownInt32(this.nodes, name + 1);
    this.boundIn = grownInt32(this.boundIn, name + 1);
    this.assignedIn = grownInt32(this.assignedIn, name + 1);
  }

  private warnOfShadow(name: number, offset: number): void {
    const text = quoted(this.symbols.names.text(name));
    const message = `${text} was the language's own on an earlier line, and is a local variable from here on`;
    this.report.warn('LANG025', offset, message, 'choose another name: Python would refuse this function');
  }
}
