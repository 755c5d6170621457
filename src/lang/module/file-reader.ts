/** Reads the top level of a solver file: finds its functions and constants, and skips what the language ignores. */

import type { CanonicalOrder } from '../program/canonical.js';
import type { Graph } from '../program/node-graph.js';
import { Op } from '../program/program.js';
import { complaint, WITHOUT_PLACE } from '../syntax/constructs.js';
import type { DiagnosticCollector } from '../syntax/diagnostic-collector.js';
import { type Lexer, Token } from '../syntax/lexer.js';
import { type Symbols, Word } from '../syntax/symbols.js';
import { type ExpressionReader, SYNTAX } from './expression.js';
import type { FunctionReader } from './function-reader.js';
import type { Definition, Module, Unusable } from './module.js';
import type { Scope } from './scope.js';
import type { FileSurroundings } from './surroundings.js';

const [AT_SIGN, BACKTICK, STAR, DOT] = [0x40, 0x60, 0x2a, 0x2e];

/** The tokens of import lines: `from a.b import (c as d, e)`, `from a import *`. */
const IMPORT_TOKENS: readonly number[] = [Token.Name, Token.Comma, Token.Open, Token.Close];

const FENCE = Buffer.from('```');

const NO_PROGRAM = 'this is neither an import, a constant nor a function';

export class FileReader {
  /** Whether the previous lines were no program; the following lines then need no message of their own. */
  private inProse = false;
  private inMarkdown = false;
  private fenced: boolean | null = null;

  constructor(
    private readonly symbols: Symbols,
    private readonly lexer: Lexer,
    private readonly graph: Graph,
    private readonly order: CanonicalOrder,
    private readonly expressions: ExpressionReader,
    private readonly functions: FunctionReader,
    private readonly scope: Scope,
    private readonly surroundings: FileSurroundings,
    private readonly module: Module,
    private readonly report: DiagnosticCollector,
  ) {}

  /**
   * Reads the whole file that the lexer has opened. `read` is called for each function, after its header, and reads
   * its body.
   */
  readFile(read: (definition: Definition) => void): void {
    const { lexer, functions, report } = this;
    this.inProse = false;
    this.inMarkdown = false;
    this.fenced = null;
    let decorated = false;
    lexer.startLine();
    while (lexer.indent >= 0) {
      report.beginFunction();
      lexer.next();
      if (lexer.indent > 0 || lexer.kind !== Token.Name || lexer.name !== Word.def) {
        decorated = this.readLine();
        continue;
      }
      const definition = functions.readHeader(null, 0);
      if (decorated && definition !== null) definition.broken = true;
      if (definition === null || definition.bodyAt < 0) functions.skipBody(0);
      else read(definition);
      decorated = false;
      this.inProse = false;
    }
  }

  /**
   * Reads anything but a function, from its first token to the beginning of the next line. Returns whether it is a
   * decorator.
   */
  private readLine(): boolean {
    const { lexer, report } = this;
    if (lexer.indent > 0) {
      if (!this.inProse) {
        report.add('LANG003', lexer.start, 'this line is indented, but belongs to no function', null);
      }
      this.skipLines();
      while (lexer.indent > 0) this.skipLines();
      return false;
    }
    if (lexer.kind === Token.Name) {
      this.readWords();
      return false;
    }
    if (lexer.kind === Token.String) {
      while (lexer.kind === Token.String) lexer.next();
      if (this.lexer.atEnd()) this.endStatement();
      else this.skipProse();
      return false;
    }
    const sign = lexer.kind === Token.Foreign ? lexer.bytes[lexer.start] : 0;
    if (sign === AT_SIGN) {
      this.complain('a decorator is outside the language', 'remove it', 'LANG006');
      this.skipLines();
      return true;
    }
    if (sign === BACKTICK) this.complainOfMarkdown();
    else if (lexer.kind === Token.Foreign || lexer.kind === Token.Unterminated) {
      const { code, message, hint } = complaint(
        lexer,
        this.symbols.names,
        'top level',
        'an import or a function',
      );
      if (code === 'LANG006') this.complainOfProse();
      else this.complain(message, hint, code);
    } else this.complainOfProse();
    this.inProse = true;
    this.skipLines();
    return false;
  }

  /** Reads a line that begins with a reserved word. */
  private readWords(): void {
    const { lexer } = this;
    switch (lexer.name) {
      case Word.import:
      case Word.from:
        this.readImport();
        break;
      case Word.pass:
        lexer.next();
        if (this.lexer.atEnd()) this.endStatement();
        else this.skipProse();
        break;
      case Word.if:
      case Word.try:
        this.readGuarded();
        break;
      default:
        if (lexer.name < Word.count) this.complainOfStatement();
        else this.readNamed();
    }
  }

  private complainOfStatement(): void {
    const { lexer, report } = this;
    const { name, start } = lexer;
    const word = this.symbols.names.text(name);
    const what = WITHOUT_PLACE.get(word) ?? `the statement "${word}"`;
    const hint = word === 'class' ? 'write functions outside of classes' : null;
    report.add('LANG007', start, `${what} has no place at the top level of a file`, hint);
    if (name === Word.async) lexer.next();
    if (lexer.kind === Token.Name && (lexer.name === Word.class || lexer.name === Word.def)) {
      if (lexer.next() === Token.Name) this.setUnusable(lexer.name, 'error');
    }
    const isLoop = name === Word.for;
    while (isLoop && !lexer.lineDone && lexer.next() === Token.Name && lexer.name >= Word.count) {
      this.setUnusable(lexer.name, 'error');
      if (lexer.next() !== Token.Comma) break;
    }
    this.skipLines(true);
  }

  /** Skips an import, from its first word. The imported names do not matter. */
  private readImport(): void {
    const { lexer } = this;
    const { line } = lexer;
    let imported = -1;
    for (let kind = lexer.next(); !this.lexer.atEnd(); kind = lexer.next()) {
      const sign = kind === Token.Foreign ? lexer.bytes[lexer.start] : 0;
      if (kind === Token.Name && lexer.name >= Word.count) imported = lexer.name;
      if (kind === Token.Comma) this.setImported(imported, line);
      if (sign === STAR || sign === DOT || IMPORT_TOKENS.includes(kind)) continue;
      const { code, message, hint } = complaint(lexer, this.symbols.names, 'top level', 'a name to import');
      this.complain(message, hint, code);
      this.skipLines();
      return;
    }
    this.setImported(imported, line);
    this.endStatement();
  }

  private setImported(name: number, line: number): void {
    const known = name < 0 || this.module.constants.has(name) || this.module.unusable.has(name);
    if (!known) this.setUnusable(name, 'imported', line);
  }

  /**
   * Skips `if __name__ == ...:` with its body, an `if` that contains only imports, and a `try` whose parts contain no
   * functions. Any other `if` is an error.
   */
  private readGuarded(): void {
    const { lexer, report } = this;
    const { start: offset, name } = lexer;
    const isTry = name === Word.try;
    const isMain =
      !isTry && lexer.next() === Token.Name && this.symbols.names.text(lexer.name) === '__name__';
    const assigned = new Set<number>();
    let holdsMore = false;
    let definition = -1;
    do {
      let last = -1;
      lexer.abandonLine(0, () => {
        last = lexer.kind;
      });
      // The rest of the same line.
      if (last !== Token.Colon) holdsMore = true;
      lexer.startLine();
      while (lexer.indent > 0) {
        lexer.next();
        const word = lexer.kind === Token.Name ? lexer.name : -1;
        if (word === Word.def && definition < 0) definition = lexer.start;
        if (word !== Word.import && word !== Word.from && word !== Word.pass) holdsMore = true;
        this.collectTargets(assigned);
        lexer.abandonLine(0);
        lexer.startLine();
      }
    } while (this.atBranch());
    if (isMain) return;
    if (isTry && definition < 0) {
      for (const target of assigned) this.setUnusable(target, 'no literal');
      return;
    }
    if (!isTry && !holdsMore) return;
    for (const target of assigned) this.setUnusable(target, 'error');
    const what = isTry ? 'a function inside of a try statement' : 'an if statement';
    const hint = isTry ? 'write functions outside of other statements' : null;
    const at = isTry ? definition : offset;
    report.add('LANG007', at, `${what} has no place at the top level of a file`, hint);
  }

  /** Whether the line that begins continues a statement: `else`, `except` and the like. */
  private atBranch(): boolean {
    const { lexer } = this;
    if (lexer.indent !== 0) return false;
    const mark = lexer.mark();
    const isName = lexer.next() === Token.Name;
    const { name } = lexer;
    if (isName && (name === Word.elif || name === Word.else || name === Word.except || name === Word.finally))
      return true;
    lexer.goTo(mark);
    return false;
  }

  /** At the first token of a line: the name that it defines, if any. */
  private collectTargets(into: Set<number>): void {
    const { lexer } = this;
    if (lexer.kind !== Token.Name) return;
    const isDefinition = lexer.name === Word.def || lexer.name === Word.class;
    if (isDefinition && lexer.next() !== Token.Name) return;
    if (lexer.name >= Word.count && (isDefinition || lexer.beforeEquals())) into.add(lexer.name);
  }

  /** Reads a line that begins with a name: a constant, another assignment, a call, or no program at all. */
  private readNamed(): void {
    const { lexer } = this;
    const mark = lexer.mark();
    const targets: number[] = [];
    for (;;) {
      targets.push(lexer.name);
      if (lexer.next() === Token.Colon) {
        if (!this.skipAnnotation()) break;
        if (lexer.atEnd()) {
          this.setUnusable(targets[targets.length - 1], 'no literal', mark.line);
          this.endStatement();
          return;
        }
      }
      if (lexer.kind !== Token.Equals) break;
      lexer.next();
      if (lexer.atName() && lexer.beforeEquals()) continue;
      this.readConstant(targets, mark.line);
      return;
    }
    lexer.goTo(mark);
    this.readOther();
  }

  /**
   * After the colon of an annotation: goes to the `=` after it, or to the end of the statement. False if it is no
   * annotation.
   */
  private skipAnnotation(): boolean {
    const { lexer } = this;
    let last: number = Token.Colon;
    for (let kind = lexer.next(); !this.lexer.atEnd() && kind !== Token.Equals; kind = lexer.next()) {
      // Two words in a row are prose, not code.
      if (kind === last && kind === Token.Name) return false;
      if (kind === Token.Unclosed || kind === Token.Unterminated) return false;
      last = kind;
    }
    return last !== Token.Colon;
  }

  /** After the last `=` of an assignment. */
  private readConstant(targets: readonly number[], line: number): void {
    const { lexer, module, report, scope, surroundings, order, graph } = this;
    const found = report.length;
    const start = lexer.mark();
    scope.beginFunction(surroundings.of(null));
    const node = this.expressions.read();
    const complete = node !== SYNTAX && this.lexer.atEnd();
    report.rewind(found);
    if (complete && node >= 0) {
      order.walk(node);
      const nodes = order.nodes.slice(0, order.length);
      if (nodes.every((one) => isLiteral(graph.ops[one]))) {
        for (const target of targets) module.setConstant(target, { node, nodes });
        this.endStatement();
        return;
      }
    }
    for (const target of targets) {
      this.setUnusable(target, 'no literal', line);
    }
    lexer.goTo(start);
    const isName = lexer.atName();
    const target = lexer.name;
    if (isName && lexer.next() === Token.Newline) {
      for (const name of targets) module.aliases.push({ name, target, line });
    }
    this.skipLines();
  }

  /** At the first name of a line that assigns to more than one name, is a call, or is no program. */
  private readOther(): void {
    const { lexer, report } = this;
    const offset = lexer.start;
    const names: number[] = [];
    let [last, before, second] = [lexer.kind, -1, -1];
    let isText = false;
    const isType = this.symbols.names.text(lexer.name) === 'type';
    for (; !this.lexer.atEnd() && lexer.kind !== Token.Unclosed; lexer.next()) {
      const { kind } = lexer;
      if (kind === Token.Equals && lexer.depth === 0) break;
      if (kind === Token.Name && lexer.depth === 0) {
        isText ||= before === Token.Name && !(isType && names.length === 1);
        if (lexer.name >= Word.count) names.push(lexer.name);
      }
      if (before >= 0 && second < 0)
        second = kind === Token.Foreign && lexer.bytes[lexer.start] !== DOT ? -2 : kind;
      before = kind;
      last = kind;
    }
    const isCall = last === Token.Close && (second === Token.Open || second === Token.Foreign);
    if (lexer.kind === Token.Equals && !isText) {
      for (const name of names) this.setUnusable(name, 'no literal');
      this.skipLines();
    } else if (this.lexer.atEnd() && isCall && !isText) {
      report.warn('LANG026', offset, 'this call is ignored: nothing is run at the top level of a file', null);
      this.endStatement();
    } else this.skipProse(offset);
  }

  private setUnusable(name: number, why: Unusable['why'], line = this.lexer.line): void {
    this.module.setUnusable(name, { why, line });
  }

  /** At the end of a correct statement: goes on with the next statement of the line, or with the next line. */
  private endStatement(): void {
    const { lexer } = this;
    this.inProse = false;
    if (lexer.kind === Token.Semicolon && lexer.next() !== Token.Newline) {
      if (this.lexer.kind === Token.Name) this.readWords();
      else this.skipProse();
      return;
    }
    lexer.startLine();
  }

  /**
   * Skips the current line and all indented lines below it. `andTargets`: mark the names that they assign as
   * unusable.
   */
  private skipLines(andTargets = false): void {
    const { lexer } = this;
    const assigned = new Set<number>();
    lexer.abandonLine(0);
    lexer.startLine();
    while (lexer.indent > 0) {
      lexer.next();
      if (andTargets) this.collectTargets(assigned);
      lexer.abandonLine(0);
      lexer.startLine();
    }
    for (const target of assigned) this.setUnusable(target, 'error');
  }

  private skipProse(offset = this.lexer.start): void {
    this.complainOfProse(offset);
    this.skipLines();
  }

  /**
   * Reported once for consecutive lines, and once for a file that is prose with a program in it, such as a chat
   * answer.
   */
  private complainOfProse(offset = this.lexer.start): void {
    if (this.holdsFence()) this.complainOfMarkdown(offset);
    else if (!this.inProse) {
      this.report.add('LANG007', offset, NO_PROGRAM, 'if it is text, begin its lines with "#"');
    }
    this.inProse = true;
  }

  private holdsFence(): boolean {
    const { bytes, length } = this.lexer;
    this.fenced ??= Buffer.from(bytes.buffer, bytes.byteOffset, length).includes(FENCE);
    return this.fenced;
  }

  private complainOfMarkdown(offset = this.lexer.start): void {
    if (this.inMarkdown) return;
    this.inMarkdown = true;
    this.report.add('LANG029', offset, 'this looks like Markdown', 'keep what is between the fences');
  }

  private complain(
    message: string,
    hint: string | null,
    code: Parameters<DiagnosticCollector['add']>[0],
  ): void {
    if (!this.inProse) this.report.add(code, this.lexer.start, message, hint);
  }
}

function isLiteral(op: number): boolean {
  return op === Op.None || op === Op.False || op === Op.True || op === Op.Integer || op === Op.Tuple;
}
