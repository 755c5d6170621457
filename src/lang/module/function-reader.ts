/** Reads one function: its header, and its body statement by statement. It continues after errors. */

import { grownInt32 } from '../growing-arrays.js';
import type { Graph } from '../program/node-graph.js';
import type { NodeLines } from '../program/source-lines.js';
import { complaint, EXPRESSION, type Place } from '../syntax/constructs.js';
import type { DiagnosticCollector } from '../syntax/diagnostic-collector.js';
import { type Lexer, Token } from '../syntax/lexer.js';
import { quoted } from '../syntax/quote.js';
import { type Symbols, Word } from '../syntax/symbols.js';
import { type ExpressionReader, SYNTAX } from './expression.js';
import { type Inliner, parameterNode } from './inlining.js';
import type { Definition, Module } from './module.js';
import { POISON } from './poison.js';
import type { Scope } from './scope.js';
import type { FileSurroundings } from './surroundings.js';

/** Maximum depth of nested functions. */
const DEEPEST = 20;

/** No `return` has been read yet. */
const NONE = -3;

const SLASH = 0x2f;
const STAR = 0x2a;

export class FunctionReader {
  /** The function that is being read, and the indentation of its statements. */
  private definition!: Definition;
  private indent = 0;
  private narrowIndent = 0;
  private result = NONE;
  /** Variables of the function. */
  private assigned = new Int32Array(64);
  private assignedCount = 0;
  /** Parameters of the header that is being read. */
  private readonly parameters: number[] = [];
  /** Nested functions that have been found but not read yet. */
  readonly found: Definition[] = [];

  constructor(
    private readonly symbols: Symbols,
    private readonly lexer: Lexer,
    private readonly graph: Graph,
    private readonly lines: NodeLines,
    private readonly expressions: ExpressionReader,
    private readonly scope: Scope,
    private readonly inliner: Inliner,
    private readonly module: Module,
    private readonly report: DiagnosticCollector,
  ) {}

  /**
   * At a `def`: reads the header up to its colon. Returns null if the function has no name; after any other error the
   * function is marked as broken. A nested function is read once in the survey and once more together with its outer
   * function.
   */
  readHeader(parent: Definition | null, indent: number): Definition | null {
    const { lexer, module, report } = this;
    const { start: offset, line } = lexer;
    lexer.next();
    const { name, start } = lexer;
    if (lexer.kind !== Token.Name || name < Word.count) {
      this.complain('elsewhere', 'the name of the function');
      return null;
    }
    const known = parent?.within?.get(offset);
    const definition = known ?? module.define(name, parent, offset, line, indent);
    const siblings = module.functionsIn(parent);
    const earlier = siblings.get(name) ?? definition;
    if (earlier === definition) siblings.set(name, definition);
    else {
      const text = quoted(this.symbols.names.text(name));
      const message = `${text} is defined on line ${earlier.line} already, and that definition stands`;
      report.add('LANG009', start, message, 'rename one of the two, or remove it');
      definition.broken = true;
    }
    if (definition.depth > DEEPEST) {
      report.add(
        'LANG006',
        offset,
        `a function nested more than ${DEEPEST} deep is outside the language`,
        null,
      );
      definition.broken = true;
    }
    const parameters = this.readParameters();
    if (parameters === null) definition.broken = true;
    else {
      definition.parameters = parameters;
      definition.bodyAt = lexer.at;
      definition.bodyLine = lexer.line;
    }
    return definition;
  }

  /** From the name of a function to its colon; null after an error. */
  private readParameters(): number[] | null {
    const { lexer, report } = this;
    if (lexer.next() !== Token.Open) return this.complain('elsewhere', '"("');
    const { parameters } = this;
    let count = 0;
    for (let kind = lexer.next(); kind !== Token.Close; kind = lexer.next()) {
      if (kind !== Token.Name || lexer.name < Word.count) return this.noParameter();
      if (parameters.lastIndexOf(lexer.name, count - 1) >= 0 && count > 0) {
        const text = quoted(this.symbols.names.text(lexer.name));
        report.add('LANG017', lexer.start, `the parameter ${text} is there twice`, 'rename one of the two');
        return null;
      }
      parameters[count++] = lexer.name;
      if (lexer.next() === Token.Colon) this.skipAnnotation();
      if (lexer.kind === Token.Close) break;
      if (lexer.kind === Token.Equals) {
        const hint = 'remove it, and give the value in each call';
        report.add('LANG006', lexer.start, 'a default value is outside the language', hint);
        return null;
      }
      if (lexer.kind !== Token.Comma) return this.complain('elsewhere', '"," or ")"');
    }
    if (lexer.next() === Token.Arrow) this.skipAnnotation();
    if (lexer.kind !== Token.Colon) return this.complain('elsewhere', '":"');
    // A copy of the exact length: there are many, and they are needed until the file has been read.
    return parameters.slice(0, count);
  }

  private noParameter(): null {
    const { lexer, report } = this;
    const sign = lexer.kind === Token.Foreign ? lexer.bytes[lexer.start] : 0;
    if (sign !== STAR && sign !== SLASH) return this.complain('elsewhere', 'the name of a parameter');
    const what = `the ${quoted(lexer.slice(lexer.start, lexer.at))} of a parameter list`;
    report.add('LANG006', lexer.start, `${what} is outside the language`, 'name each parameter');
    return null;
  }

  /** Skips the expression after a colon or an arrow, up to the first token that ends it. */
  private skipAnnotation(): void {
    const { lexer } = this;
    const { depth } = lexer;
    for (;;) {
      const kind = lexer.next();
      if (kind === Token.Newline || kind === Token.Unclosed || kind === Token.Unterminated) return;
      if (kind === Token.Close && lexer.depth < depth) return;
      if (lexer.depth > depth) continue;
      if (kind === Token.Comma || kind === Token.Equals || kind === Token.Colon || kind === Token.Semicolon)
        return;
    }
  }

  /** Skips a body, from the end of the header or from an error in it, to the line after the function. */
  skipBody(indent: number): void {
    const { lexer } = this;
    lexer.abandonLine(indent);
    lexer.startLine();
    while (lexer.indent > indent) {
      lexer.abandonLine(indent);
      lexer.startLine();
    }
  }

  /**
   * Reads the body of a function, with the lexer after its header, to the beginning of the line after it. Without
   * surroundings the body is only surveyed: see `Scope.deferred`. Returns the returned node, or POISON.
   */
  readBody(definition: Definition, surroundings: FileSurroundings | null): number {
    const { lexer, scope, report } = this;
    this.definition = definition;
    this.result = NONE;
    this.assignedCount = 0;
    scope.beginFunction(surroundings);
    this.lines.beginFunction();
    this.inliner.beginFunction();
    const { parameters } = definition;
    for (let k = 0; k < parameters.length; k++)
      scope.bind(parameters[k], parameterNode(this.graph, k, parameters.length));
    this.indent = definition.indent;
    if (lexer.next() === Token.Newline) this.readLines();
    else {
      this.readLine(true);
      if (lexer.indent > definition.indent) {
        const message = 'this line is indented, but its function ends on the line of its "def"';
        report.add('LANG003', lexer.at, message, 'put all statements below the "def"');
        this.skipBody(definition.indent);
      }
    }
    if (this.result === NONE && !report.failed) {
      const { offset } = definition;
      report.add('LANG010', offset, 'this function does not return anything', 'end it with: return NAME');
    }
    scope.endFunction();
    if (definition.nested !== null) {
      definition.locals = new Set([...parameters, ...this.assigned.subarray(0, this.assignedCount)]);
    }
    return report.failed || scope.spoilt || this.result < 0 ? POISON : this.result;
  }

  private readLines(): void {
    const { lexer, scope, report, definition } = this;
    lexer.startLine();
    this.indent = lexer.indent;
    this.narrowIndent = lexer.narrowIndent;
    for (let first = true; lexer.indent > definition.indent; first = false) {
      if (lexer.indent !== this.indent || lexer.narrowIndent !== this.narrowIndent) {
        const deeper = lexer.indent > this.indent;
        const message = `this line is indented ${deeper ? 'deeper than' : 'differently from'} the lines before it`;
        report.add('LANG003', lexer.at, message, 'indent all lines of a function alike, with spaces');
        if (deeper) {
          scope.skipLines();
          this.skipBody(this.indent);
          continue;
        }
        // Reported once for all consecutive lines of this kind.
        this.indent = lexer.indent;
        this.narrowIndent = lexer.narrowIndent;
      }
      lexer.next();
      this.readLine(first);
    }
  }

  /** Reads the statements of a line, from its first token to the beginning of the next line. */
  private readLine(first: boolean): void {
    const { lexer, report, definition } = this;
    for (let docstring = first; ; docstring = false) {
      if (this.result !== NONE) {
        report.add('LANG011', lexer.start, 'this line follows the return of its function', 'remove it');
        this.skipBody(definition.indent);
        return;
      }
      if (lexer.kind === Token.Name && lexer.name === Word.def) {
        this.readNested();
        return;
      }
      if (!this.readStatement(docstring)) {
        this.recover();
        return;
      }
      if (lexer.kind !== Token.Semicolon || lexer.next() === Token.Newline) break;
    }
    lexer.startLine();
  }

  /** At the `def` of a nested function: goes to the line after it. */
  private readNested(): void {
    const { scope, definition, indent } = this;
    const nested = this.readHeader(definition, indent);
    this.skipBody(indent);
    scope.deferred = true;
    if (nested === null) return;
    definition.within ??= new Map();
    if (!definition.within.has(nested.offset)) {
      definition.within.set(nested.offset, nested);
      this.found.push(nested);
    }
    scope.bindFunction(nested.name, nested);
  }

  /** Reads a statement from its first token to the token after it. False after an error, which has been reported. */
  private readStatement(docstring: boolean): boolean {
    const { lexer } = this;
    if (lexer.kind === Token.Name) {
      const { name } = lexer;
      if (name >= Word.count) return this.readAssignment(name, lexer.start);
      if (name === Word.return) {
        lexer.next();
        const node = this.readValue();
        this.result = node === SYNTAX ? POISON : node;
        return node !== SYNTAX;
      }
      if (name === Word.pass) {
        lexer.next();
        return this.lexer.atEnd() || this.failed('elsewhere', 'the end of the line');
      }
      this.scope.skipLines();
      // Further branches of a statement that has been reported.
      const branch =
        name === Word.elif || name === Word.else || name === Word.except || name === Word.finally;
      return branch && this.report.failed ? false : this.failed('statement', 'a statement');
    }
    if (docstring && lexer.kind === Token.String) {
      while (lexer.kind === Token.String) lexer.next();
      if (this.lexer.atEnd()) return true;
    }
    return this.failed('statement', 'a statement');
  }

  private readAssignment(name: number, offset: number): boolean {
    const { lexer } = this;
    if (lexer.next() === Token.Colon) this.skipAnnotation();
    if (lexer.kind !== Token.Equals) {
      // Names that such a line assigns are not reported as unknown too.
      this.assign(name, POISON, offset);
      return this.failed('after target', '"="');
    }
    lexer.next();
    let more: [number, number][] | null = null;
    while (lexer.atName() && lexer.beforeEquals()) {
      more ??= [];
      more.push([lexer.name, lexer.start]);
      lexer.next();
      lexer.next();
    }
    const node = this.readValue();
    const value = node === SYNTAX ? POISON : node;
    this.assign(name, value, offset);
    if (more !== null) for (const [target, at] of more) this.assign(target, value, at);
    return node !== SYNTAX;
  }

  private assign(name: number, node: number, offset: number): void {
    if (this.assignedCount === this.assigned.length) {
      this.assigned = grownInt32(this.assigned, this.assignedCount + 1);
    }
    this.assigned[this.assignedCount++] = name;
    this.scope.assign(name, node, offset);
  }

  /** Reads an expression up to the end of its statement. SYNTAX if it is not well formed. */
  private readValue(): number {
    const { scope } = this;
    if (this.lexer.atEnd()) {
      this.complain('elsewhere', EXPRESSION);
      return SYNTAX;
    }
    const unknownNames = scope.unknownNames;
    const node = this.expressions.read();
    if (node !== SYNTAX && this.lexer.atEnd()) return node;
    if (node !== SYNTAX) this.complain('after operand', 'the end of the line');
    scope.forgetUnknown(unknownNames);
    return SYNTAX;
  }

  /** Goes to the next line that can begin a statement of this function, or that is outside of it. */
  private recover(): void {
    const { lexer, scope, definition } = this;
    let names: number[] = [];
    lexer.abandonLine(this.indent, () => {
      names = this.spoilTargets(names);
    });
    // An unclosed bracket may have swallowed other statements.
    if (lexer.kind === Token.Unclosed) scope.skipLines();
    lexer.startLine();
    while (lexer.indent > this.indent || (lexer.indent > definition.indent && !lexer.atWord())) {
      scope.skipLines();
      lexer.abandonLine(this.indent);
      lexer.startLine();
    }
  }

  /**
   * At a token of a line with an error, after names that the line may assign: those names are not reported as unknown
   * later.
   */
  private spoilTargets(names: number[]): number[] {
    const { lexer } = this;
    switch (lexer.kind) {
      case Token.Name:
        if (lexer.name >= Word.count) names.push(lexer.name);
        return names;
      case Token.Comma:
      case Token.Open:
      case Token.Close:
        return names;
      case Token.Equals:
        for (const name of names) this.assign(name, POISON, lexer.start);
        return [];
      case Token.Foreign:
        // The last name that was read is the one before the token.
        if (lexer.slice(lexer.start, lexer.start + 2) === ':=') this.assign(lexer.name, POISON, lexer.start);
        return [];
      default:
        return [];
    }
  }

  private failed(place: Place, expected: string): false {
    this.complain(place, expected);
    return false;
  }

  private complain(place: Place, expected: string): null {
    this.report.failed = true;
    if (!this.report.full) {
      const { code, message, hint } = complaint(this.lexer, this.symbols.names, place, expected);
      this.report.add(code, this.lexer.start, message, hint);
    }
    return null;
  }
}
