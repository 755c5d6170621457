/** Reads a file function by function and statement by statement, and goes on after errors. */

import { Op } from '../program/program.js';
import { complaint, EXPRESSION, type Place } from './constructs.js';
import type { DiagnosticCollector } from './diagnostic-collector.js';
import { type ExpressionReader, SYNTAX } from './expression.js';
import { type Lexer, Token } from './lexer.js';
import { quoted } from './quote.js';
import { POISON, type Scope } from './scope.js';
import { type Symbols, Word } from './symbols.js';

/** `I` for a solver of the input grid alone, `SIC` for `(S, I, C)`. */
export type Parameters = 'I' | 'SIC';

/** A function as it has been read: what it returns is a node of the graph. */
export interface ParsedFunction {
  readonly name: string;
  readonly line: number;
  readonly parameters: Parameters;
  readonly result: number;
}

const AT_SIGN = 0x40;

/** What import lines are made of: `from a.b import (c as d, e)`, `from a import *`. */
const IMPORT_TOKENS: readonly number[] = [Token.Name, Token.Comma, Token.Open, Token.Close];
const IMPORT_SIGNS: readonly number[] = [0x2a, 0x2e];

/** Returned nowhere yet. */
const NONE = -3;

export class Parser {
  /** The functions of the current file by name id, good or bad, with the line of their first definition. */
  private readonly defined = new Map<number, number>();
  /** Indentation of the current function's statements. */
  private indent = 0;
  private narrowIndent = 0;

  constructor(
    private readonly symbols: Symbols,
    private readonly lexer: Lexer,
    private readonly expressions: ExpressionReader,
    private readonly scope: Scope,
    private readonly report: DiagnosticCollector,
    private readonly beginFunction: () => void,
  ) {}

  /**
   * Reads the whole file that the lexer has opened. Each good function is passed to `accept` as soon as it is read.
   * `spoilt` holds the offsets, ascending, of bytes that spoil the function they stand in.
   */
  readFile(spoilt: readonly number[], accept: (parsed: ParsedFunction) => void): void {
    const { lexer } = this;
    this.defined.clear();
    let nextSpoilt = 0;
    let decorated = false;
    lexer.startLine();
    let first = true;
    while (lexer.indent >= 0) {
      const start = lexer.at;
      const definition = this.atDefinition();
      if (!definition) decorated = this.topLevel(first);
      else {
        const parsed = this.readFunction();
        while (spoilt[nextSpoilt] < start) nextSpoilt++;
        const broken = decorated || spoilt[nextSpoilt] < lexer.start;
        if (parsed !== null && !broken) accept(parsed);
        decorated = false;
      }
      first = false;
    }
    this.scope.endFile(this.defined);
  }

  /** Reads the first token of a line at the top level. Whether it begins a function. */
  private atDefinition(): boolean {
    this.lexer.next();
    const { kind, name } = this.lexer;
    return this.lexer.indent === 0 && kind === Token.Name && name === Word.def;
  }

  /** Reads anything but a function, from its first token to the beginning of the next line. Whether it is a decorator. */
  private topLevel(first: boolean): boolean {
    const { lexer, report } = this;
    report.beginFunction();
    const offset = lexer.start;
    const decorator = lexer.kind === Token.Foreign && lexer.bytes[offset] === AT_SIGN;
    if (lexer.indent > 0) {
      report.add('LANG003', offset, 'this line is indented, but belongs to no function', null);
    } else if (lexer.kind === Token.Name && (lexer.name === Word.import || lexer.name === Word.from)) {
      this.readImport();
      return false;
    } else if (first && lexer.kind === Token.String && lexer.next() === Token.Newline) {
      const message = 'a string at the top level of the file is ignored';
      report.add('LANG026', offset, message, 'write a comment instead');
      lexer.startLine();
      return false;
    } else if (lexer.kind === Token.Foreign || lexer.kind === Token.Unterminated) {
      this.complain('top level', 'an import or a function');
    } else {
      const message = 'only imports and functions may stand at the top level of a file';
      report.add('LANG007', offset, message, null);
    }
    while (!lexer.lineDone) lexer.next();
    this.skipRest(0);
    return decorator;
  }

  /** Skips an import from its first word to the beginning of the next line. What it imports does not matter. */
  private readImport(): void {
    const { lexer } = this;
    for (let kind = lexer.next(); kind !== Token.Newline; kind = lexer.next()) {
      const dotOrStar = kind === Token.Foreign && IMPORT_SIGNS.includes(lexer.bytes[lexer.start]);
      if (dotOrStar || IMPORT_TOKENS.includes(kind)) continue;
      this.complain('top level', 'a name to import');
      break;
    }
    lexer.abandonLine();
    lexer.startLine();
  }

  /** Gives up the current line and all that follow which are indented deeper than `indent`. */
  private skipRest(indent: number): void {
    const { lexer } = this;
    do {
      lexer.abandonLine();
      lexer.startLine();
    } while (lexer.indent > indent);
  }

  /** Reads a function, from its `def` to the beginning of the line after it. Null if it has an error. */
  private readFunction(): ParsedFunction | null {
    const { lexer, scope, report } = this;
    const offset = lexer.start;
    const line = lexer.line;
    report.beginFunction();
    scope.beginFunction();
    this.beginFunction();
    lexer.next();
    const name = lexer.name;
    const nameOffset = lexer.start;
    if (lexer.kind !== Token.Name || name < Word.count)
      return this.badHeader('elsewhere', 'the name of the function');
    const text = this.symbols.names.text(name);
    const earlier = this.defined.get(name);
    if (earlier === undefined) this.defined.set(name, line);
    else {
      const message = `${quoted(text)} is defined on line ${earlier} already, and that definition stands`;
      report.add('LANG009', nameOffset, message, 'rename one of the two, or remove it');
    }
    if (lexer.next() !== Token.Open) return this.badHeader('elsewhere', '"("');
    const parameters = this.readParameters();
    if (parameters === null) {
      this.skipRest(0);
      return null;
    }
    if (lexer.next() !== Token.Colon) return this.badHeader('elsewhere', '":"');
    if (lexer.next() !== Token.Newline) return this.badHeader('elsewhere', 'the end of the line');
    const result = this.readBody(offset);
    scope.endFunction();
    if (report.failed || result < 0) return null;
    return { name: text, line, parameters, result };
  }

  private badHeader(place: Place, expected: string): null {
    this.complain(place, expected);
    this.skipRest(0);
    return null;
  }

  /** At the `(` of a parameter list: reads up to its `)`. Null if it is not one of the two. */
  private readParameters(): Parameters | null {
    const { lexer, symbols } = this;
    const open = lexer.start;
    const names: number[] = [];
    lexer.next();
    while (lexer.kind === Token.Name && lexer.name >= Word.count && names.length < 4) {
      names.push(lexer.name);
      if (lexer.next() !== Token.Comma) break;
      // A comma must be followed by another name.
      if (lexer.next() === Token.Close) names.push(-1);
    }
    const hint = 'write (I), or (S, I, C) for a solver that reads the samples';
    if (lexer.kind === Token.Colon || lexer.kind === Token.Equals) {
      const construct = lexer.kind === Token.Colon ? 'an annotation' : 'a default value';
      this.report.add('LANG006', lexer.start, `${construct} is outside the language`, hint);
      return null;
    }
    const { I, S, C } = symbols;
    if (lexer.kind === Token.Close) {
      if (names.length === 1 && names[0] === I) return this.bindParameters(names, 'I');
      const three = names.length === 3 && names[0] === S && names[1] === I && names[2] === C;
      if (three) return this.bindParameters(names, 'SIC');
    }
    this.report.add('LANG008', open, 'this parameter list is neither (I) nor (S, I, C)', hint);
    return null;
  }

  private bindParameters(names: readonly number[], parameters: Parameters): Parameters {
    for (const name of names) {
      this.scope.bind(name, name === this.symbols.I ? Op.I : name === this.symbols.S ? Op.S : Op.C);
    }
    return parameters;
  }

  /** Reads the indented lines. Gives the node that is returned; negative if there is none. */
  private readBody(definition: number): number {
    const { lexer, scope, report } = this;
    lexer.startLine();
    this.indent = lexer.indent;
    this.narrowIndent = lexer.narrowIndent;
    let result = NONE;
    for (let first = true; lexer.indent > 0; first = false) {
      if (lexer.indent !== this.indent || lexer.narrowIndent !== this.narrowIndent) {
        const deeper = lexer.indent > this.indent;
        const message = `this line is indented ${deeper ? 'deeper than' : 'differently from'} the lines before it`;
        report.add('LANG003', lexer.at, message, 'indent all lines of a function alike, with spaces');
        if (deeper) {
          scope.skipLines();
          this.skipRest(this.indent);
          continue;
        }
      }
      lexer.next();
      if (result !== NONE) {
        report.add('LANG011', lexer.start, 'this line follows the return of its function', 'remove it');
        this.skipRest(0);
        break;
      }
      result = this.readStatement(first);
    }
    if (result === NONE && !report.failed) {
      report.add('LANG010', definition, 'this function does not return anything', 'end it with: return NAME');
    }
    return result;
  }

  /** Reads a statement from its first token to the beginning of the next line. The returned node, or NONE. */
  private readStatement(first: boolean): number {
    const { lexer, scope } = this;
    if (lexer.kind === Token.Name) {
      const name = lexer.name;
      const offset = lexer.start;
      if (name === Word.return) {
        if (lexer.next() === Token.Newline) this.complain('elsewhere', EXPRESSION);
        return this.readValue();
      }
      if (name >= Word.count) {
        if (lexer.next() === Token.Equals) {
          lexer.next();
          scope.assign(name, this.readValue(), offset);
          return NONE;
        }
        this.complain('after target', '"="');
        // Uses of a name whose assignment is not understood are not unknown names as well.
        scope.assign(name, POISON, offset);
        this.recover();
        return NONE;
      }
      // Branches of a statement that has been reported.
      const branch = /^(elif|else|except|finally)$/.test(this.symbols.names.text(name));
      if (!branch || !this.report.failed) this.complain('statement', 'a statement');
      this.recover();
      return NONE;
    }
    if (first && lexer.kind === Token.String) {
      while (lexer.kind === Token.String)
        if (lexer.next() === Token.Newline) {
          lexer.startLine();
          return NONE;
        }
    }
    this.complain('statement', 'a statement');
    this.recover();
    return NONE;
  }

  /** Reads an expression up to the end of its line and on to the next. POISON if it has an error. */
  private readValue(): number {
    const { lexer } = this;
    if (lexer.lineDone) {
      this.complain('elsewhere', EXPRESSION);
      lexer.startLine();
      return POISON;
    }
    const unknownNames = this.scope.unknownNames;
    const node = this.expressions.read();
    if (node !== SYNTAX && lexer.kind === Token.Newline) {
      lexer.startLine();
      return node;
    }
    if (node !== SYNTAX) this.complain('after operand', 'the end of the line');
    this.scope.forgetUnknown(unknownNames);
    this.recover();
    return POISON;
  }

  /** Goes to the next line that can begin a statement of this function, or is outside of it. */
  private recover(): void {
    const { lexer } = this;
    lexer.abandonLine();
    lexer.startLine();
    while (lexer.indent > this.indent || (lexer.indent > 0 && !lexer.atWord())) {
      this.scope.skipLines();
      lexer.abandonLine();
      lexer.startLine();
    }
  }

  private complain(place: Place, expected: string): void {
    this.report.failed = true;
    if (this.report.full) return;
    const { code, message, hint } = complaint(this.lexer, this.symbols.names, place, expected);
    this.report.add(code, this.lexer.start, message, hint);
  }
}
