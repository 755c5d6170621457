/** Reads one expression and adds its nodes to the graph, with a stack of its own instead of recursion. */

import { grownInt32 } from '../growing-arrays.js';
import type { Graph } from '../program/node-graph.js';
import { Op } from '../program/program.js';
import type { NodeLines } from '../program/source-lines.js';
import { complaint, EXPRESSION, type Place } from '../syntax/constructs.js';
import type { DiagnosticCollector } from '../syntax/diagnostic-collector.js';
import { type Lexer, Token } from '../syntax/lexer.js';
import { quoted, shortened } from '../syntax/quote.js';
import { NO_SYMBOL, type Symbols, Word } from '../syntax/symbols.js';
import { type Inliner, TOO_LARGE } from './inlining.js';
import type { Captured, Definition, Module } from './module.js';
import { POISON } from './poison.js';
import { Meaning, type Scope } from './scope.js';
import type { FileSurroundings } from './surroundings.js';

/** Replaces a node: the text is no expression. The error has been reported, and the rest of the line is skipped. */
export const SYNTAX = -2;

/** Result of `operand` if it opened a parenthesis instead of reading a whole operand. */
const OPENED = -3;

/** The callee, if it is neither a primitive's id nor a function of the file; those have ids above the primitives'. */
const GROUP = -1;
const TUPLE = -2;
const APPLY = -3;
/** A call with a reported error. */
const BROKEN = -4;

/** The target of the next value, if it is not the index of a parameter. */
const NEXT = -1;
const NOWHERE = -2;

const NOTHING: readonly Captured[] = [];

/** Replaces a value: the parameter has not been given. */
const MISSING = -4;

export class ExpressionReader {
  /** Open parentheses, innermost last. */
  private top = 0;
  /** Id of the called primitive, or one of the constants above. */
  private callees = new Int32Array(64);
  /**
   * Index of its first value on the stack of values. For a local variable that is called, the first value is its
   * node.
   */
  private bases = new Int32Array(64);
  private offsets = new Int32Array(64);
  private sourceLines = new Int32Array(64);
  private targets = new Int32Array(64);
  /** 1 once it has a keyword argument. */
  private keyed = new Int32Array(64);
  /** Callees from this id on are functions of the file. */
  private readonly functions: number;
  /** Finished operands of the open parentheses. */
  private values = new Int32Array(256);
  private size = 0;

  constructor(
    private readonly symbols: Symbols,
    private readonly lexer: Lexer,
    private readonly graph: Graph,
    private readonly lines: NodeLines,
    private readonly scope: Scope,
    private readonly report: DiagnosticCollector,
    private readonly module: Module,
    private readonly inliner: Inliner,
    private readonly surroundings: FileSurroundings,
  ) {
    this.functions = symbols.arities.length;
  }

  /**
   * Reads the expression that begins with the lexer's current token, up to the token after it. Returns its node;
   * POISON if it has a reported error but is well formed; SYNTAX if it is not, at the token that does not fit.
   */
  read(): number {
    this.top = 0;
    this.size = 0;
    for (;;) {
      let node = this.operand();
      if (node === OPENED) continue;
      while (node !== SYNTAX && node !== OPENED) {
        if (this.top === 0) return node;
        if (this.lexer.kind === Token.Comma) {
          this.deliver(node);
          if (this.callees[this.top - 1] === GROUP) this.callees[this.top - 1] = TUPLE;
          if (this.lexer.next() !== Token.Close) break;
          node = this.close();
        } else if (this.lexer.kind === Token.Close) {
          this.deliver(node);
          node = this.close();
        } else return this.unexpected('after operand', '"," or ")"');
      }
      if (node === SYNTAX) return SYNTAX;
    }
  }

  /**
   * The node of an operand without parentheses; OPENED after an opening parenthesis, with the token after it current.
   */
  private operand(): number {
    const { lexer } = this;
    const offset = lexer.start;
    const line = lexer.line;
    switch (lexer.kind) {
      case Token.Name: {
        const name = lexer.name;
        if (name < Word.count) return this.literal(name, line);
        const after = lexer.next();
        if (after === Token.Open) return this.openCall(name, offset, line);
        if (after === Token.Equals) return this.keyword(name, offset);
        return this.seen(this.scope.resolve(name, offset, line), line);
      }
      case Token.Integer:
        return this.integer(lexer.value, offset, line);
      case Token.Minus:
        if (lexer.next() === Token.Integer) return this.integer(-lexer.value, offset, line);
        this.report.add(
          'LANG006',
          offset,
          'the operator - is outside the language',
          'use invert(n) or subtract(a, b)',
        );
        return SYNTAX;
      case Token.Open:
        this.push(GROUP, offset, line);
        return this.afterOpen();
      default:
        return this.unexpected('operand', EXPRESSION);
    }
  }

  private literal(word: number, line: number): number {
    const op =
      word === Word.True ? Op.True : word === Word.False ? Op.False : word === Word.None ? Op.None : -1;
    if (op < 0) return this.unexpected('operand', EXPRESSION);
    if (this.lexer.next() === Token.Open) return this.unexpected('after operand', EXPRESSION);
    return this.seen(op, line);
  }

  private integer(value: number, offset: number, line: number): number {
    if (this.lexer.next() === Token.Open) return this.unexpected('after operand', EXPRESSION);
    if (Number.isSafeInteger(value)) return this.seen(this.graph.integer(value), line);
    this.report.add(
      'LANG022',
      offset,
      'this integer is beyond 2^53 - 1',
      'compute it, if it is really needed',
    );
    return POISON;
  }

  private openCall(name: number, offset: number, line: number): number {
    const { scope } = this;
    if (scope.isLocal(name)) {
      const callee = scope.localNode(name);
      if (callee === POISON) this.push(BROKEN, offset, line);
      else {
        this.push(APPLY, offset, line);
        this.pushValue(this.seen(callee, line));
      }
    } else this.openOuterCall(name, offset, line);
    return this.afterOpen();
  }

  private openOuterCall(name: number, offset: number, line: number): void {
    const { scope } = this;
    switch (scope.lookUp(name, offset, line, true)) {
      case Meaning.Variable:
        this.push(APPLY, offset, line);
        this.pushValue(this.seen(scope.found, line));
        break;
      case Meaning.Constant: {
        const message = `${this.text(name)} is a constant, not a function`;
        this.report.add('LANG021', offset, message, null);
        this.push(BROKEN, offset, line);
        break;
      }
      case Meaning.Primitive:
        this.push(scope.found, offset, line);
        break;
      case Meaning.Function:
        if (this.module.definitions[scope.found].result === POISON) {
          scope.spoilt = true;
          this.push(BROKEN, offset, line);
        } else this.push(this.functions + scope.found, offset, line);
        break;
      default:
        this.push(BROKEN, offset, line);
    }
  }

  private afterOpen(): number {
    return this.lexer.next() === Token.Close ? this.close() : OPENED;
  }

  /** Reads a keyword argument after `name =`. */
  private keyword(name: number, offset: number): number {
    if (this.top === 0) return this.unexpected('after operand', 'the end of the line');
    const frame = this.top - 1;
    const callee = this.callees[frame];
    if (callee === GROUP || callee === TUPLE || this.targets[frame] !== NEXT) {
      return this.unexpected('elsewhere', '"," or ")"');
    }
    this.targets[frame] = NOWHERE;
    if (callee >= 0) this.targets[frame] = this.parameter(frame, callee, name, offset);
    else if (callee === APPLY) {
      const message = 'only a primitive or a function of the file takes keyword arguments';
      this.report.add('LANG019', offset, message, 'pass the argument by its position');
      this.callees[frame] = BROKEN;
    }
    this.keyed[frame] = 1;
    this.lexer.next();
    return OPENED;
  }

  /** The index of the parameter that the keyword names, or NOWHERE with an error. */
  private parameter(frame: number, callee: number, name: number, offset: number): number {
    const parameters = this.parametersOf(callee);
    const base = this.bases[frame];
    if (this.keyed[frame] === 0) {
      // At the first keyword argument, allocate a slot for each parameter.
      if (this.size - base > parameters.length) {
        this.wrongNumber(frame, this.size - base);
        return NOWHERE;
      }
      while (this.size - base < parameters.length) this.pushValue(MISSING);
    }
    const index = parameters.indexOf(name);
    if (index >= 0 && this.values[base + index] === MISSING) return index;
    const keyword = this.text(name);
    const called = this.nameOf(callee);
    if (index < 0) {
      const hint = `its parameters are ${this.signature(callee)}`;
      this.report.add('LANG016', offset, `${called} has no parameter ${keyword}`, hint);
    } else {
      this.report.add('LANG017', offset, `${called} is given ${keyword} more than once`, null);
    }
    this.callees[frame] = BROKEN;
    return NOWHERE;
  }

  /** Stores a finished operand in the innermost parenthesis. */
  private deliver(node: number): void {
    const frame = this.top - 1;
    const target = this.targets[frame];
    if (target === NEXT) {
      if (this.keyed[frame] === 0) this.pushValue(node);
      else if (this.callees[frame] !== BROKEN) {
        const message = 'a positional argument follows a keyword argument';
        this.report.add('LANG020', this.offsets[frame], message, 'put positional arguments first');
        this.callees[frame] = BROKEN;
      }
      return;
    }
    if (target >= 0) this.values[this.bases[frame] + target] = node;
    this.targets[frame] = NEXT;
  }

  /** At the `)` of the innermost parenthesis: returns its node. The token after the `)` becomes current. */
  private close(): number {
    const { lexer } = this;
    const frame = --this.top;
    const base = this.bases[frame];
    const callee = this.callees[frame];
    const node = this.seen(this.finish(frame, base, this.size - base), this.sourceLines[frame]);
    this.size = base;
    if (lexer.next() !== Token.Open) return node;
    if (callee === GROUP || callee === TUPLE) return this.unexpected('after operand', EXPRESSION);
    // The result is called in turn.
    this.push(node === POISON ? BROKEN : APPLY, this.offsets[frame], this.sourceLines[frame]);
    if (node !== POISON) this.pushValue(node);
    return this.afterOpen();
  }

  private finish(frame: number, base: number, count: number): number {
    const { values, graph } = this;
    const callee = this.callees[frame];
    if (callee === BROKEN) return POISON;
    if (callee >= 0 && this.keyed[frame] === 0 && count !== this.parameterCount(callee)) {
      const value = count === this.parameterCount(callee) - 1 ? this.defaultOf(callee) : MISSING;
      if (value === MISSING) {
        this.wrongNumber(frame, count);
        return POISON;
      }
      this.pushValue(value);
      return this.graph.call(callee, this.values, base, count + 1);
    }
    for (let k = base; k < base + count; k++) {
      if (values[k] >= 0) continue;
      if (values[k] === MISSING && k === base + count - 1) values[k] = this.defaultOf(callee);
      if (values[k] >= 0) continue;
      if (values[k] === MISSING) this.missing(frame, k - base);
      return POISON;
    }
    if (callee >= this.functions) return this.inline(frame, base, count);
    if (callee >= 0) return graph.call(callee, values, base, count);
    if (callee === APPLY) return graph.apply(values, base, count);
    return callee === GROUP && count === 1 ? values[base] : graph.tuple(values, base, count);
  }

  /** The body of a function of the file, with the arguments that have been read. */
  private inline(frame: number, base: number, count: number): number {
    const definition = this.module.definitions[this.callees[frame] - this.functions];
    const captured = definition.captured ?? NOTHING;
    for (const variable of captured) {
      const node = this.valueOf(variable, definition, frame);
      if (node === POISON) return POISON;
      this.pushValue(node);
    }
    const node = this.inliner.inline(definition, this.values, base, count + captured.length);
    if (node !== TOO_LARGE) return node;
    const message = `with the body of ${this.text(definition.name)} in its place, this function is too large`;
    const hint = 'the bodies of all functions that it calls are put in place of their calls: call fewer';
    this.report.add('LANG028', this.offsets[frame], message, hint);
    return POISON;
  }

  /** The current value of an outer function's variable, when an inner function is called. */
  private valueOf({ owner, name }: Captured, called: Definition, frame: number): number {
    const { scope, surroundings } = this;
    if (owner !== surroundings.function)
      return this.seen(surroundings.captured(owner, name), this.sourceLines[frame]);
    if (scope.isLocal(name)) return this.seen(scope.localNode(name), this.sourceLines[frame]);
    const message = `${this.text(called.name)} uses ${this.text(name)}, which is not assigned yet`;
    this.report.add('LANG013', this.offsets[frame], message, 'move its assignment up');
    return POISON;
  }

  private seen(node: number, line: number): number {
    if (node >= 0) this.lines.see(node, line);
    return node;
  }

  private push(callee: number, offset: number, line: number): void {
    const frame = this.top++;
    if (frame === this.callees.length) {
      this.callees = grownInt32(this.callees, this.top);
      this.bases = grownInt32(this.bases, this.top);
      this.offsets = grownInt32(this.offsets, this.top);
      this.sourceLines = grownInt32(this.sourceLines, this.top);
      this.targets = grownInt32(this.targets, this.top);
      this.keyed = grownInt32(this.keyed, this.top);
    }
    this.callees[frame] = callee;
    this.bases[frame] = this.size;
    this.offsets[frame] = offset;
    this.sourceLines[frame] = line;
    this.targets[frame] = NEXT;
    this.keyed[frame] = 0;
  }

  private pushValue(node: number): void {
    if (this.size === this.values.length) this.values = grownInt32(this.values, this.size + 1);
    this.values[this.size++] = node;
  }

  private wrongNumber(frame: number, count: number): void {
    const callee = this.callees[frame];
    const parameters = this.parameterCount(callee);
    const takes = parameters === 0 ? 'no arguments' : `${parameters} argument${parameters === 1 ? '' : 's'}`;
    const hint = parameters === 0 ? null : `its parameters are ${this.signature(callee)}`;
    this.report.add(
      'LANG015',
      this.offsets[frame],
      `${this.nameOf(callee)} takes ${takes}, not ${count}`,
      hint,
    );
    this.callees[frame] = BROKEN;
  }

  private missing(frame: number, index: number): void {
    const callee = this.callees[frame];
    const message = `${this.nameOf(callee)} is not given ${this.text(this.parametersOf(callee)[index])}`;
    this.report.add('LANG018', this.offsets[frame], message, null);
  }

  private parametersOf(callee: number): readonly number[] {
    if (callee < this.functions) return this.symbols.parameters[callee];
    return this.module.definitions[callee - this.functions].parameters;
  }

  private parameterCount(callee: number): number {
    return callee < this.functions ? this.symbols.arities[callee] : this.parametersOf(callee).length;
  }

  /** The node of the last parameter of a primitive if it is left out; MISSING if it is required. */
  private defaultOf(callee: number): number {
    const value = callee >= 0 && callee < this.functions ? this.symbols.defaults[callee] : NO_SYMBOL;
    return value === NO_SYMBOL ? MISSING : this.graph.primitive(value);
  }

  private nameOf(callee: number): string {
    if (callee < this.functions) return this.symbols.language.primitive(callee).name;
    return shortened(this.symbols.names.text(this.module.definitions[callee - this.functions].name));
  }

  private signature(callee: number): string {
    const parameters = this.parametersOf(callee).map((name) => shortened(this.symbols.names.text(name)));
    return `(${parameters.length > 12 ? `${parameters.slice(0, 12).join(', ')}, ...` : parameters.join(', ')})`;
  }

  private text(name: number): string {
    return quoted(this.symbols.names.text(name));
  }

  /** Reports the current token. An unclosed parenthesis is reported at its opening. */
  private unexpected(place: Place, expected: string): number {
    const { lexer } = this;
    const inside = this.top > 0;
    if (inside && place === 'after operand' && lexer.kind === Token.Name && lexer.startsLine()) {
      // Words that continue an expression may be on any line.
      if (lexer.name >= Word.count || lexer.looksLikeStatement(lexer.start)) return this.notClosed();
    }
    const { code, message, hint } = complaint(lexer, this.symbols.names, place, expected);
    const unclosed = inside && lexer.kind === Token.Unclosed;
    this.report.add(code, unclosed ? this.offsets[this.top - 1] : lexer.start, message, hint);
    return SYNTAX;
  }

  /** A new line begins where a parenthesis should have been closed. */
  private notClosed(): number {
    const { lexer } = this;
    const comma = 'or a comma is missing at the end of a line';
    this.report.add('LANG004', this.offsets[this.top - 1], 'this parenthesis is not closed', comma);
    if (lexer.looksLikeStatement(lexer.start)) lexer.rewindLine();
    return SYNTAX;
  }
}
