/** The loader: runs its parts on one file after another, with tables for one language. */
import { ByteWriter } from '../../encoding/bytes.js';
import type { Language } from '../language.js';
import type { LoadedFile } from '../loaded.js';
import { CanonicalOrder } from '../program/canonical.js';
import { Graph } from '../program/node-graph.js';
import { bodyHashOf, Op, ProgramWriter } from '../program/program.js';
import { NodeLines } from '../program/source-lines.js';
import { UNSEEN } from '../syntax/constructs.js';
import { DiagnosticCollector } from '../syntax/diagnostic-collector.js';
import { encodingErrors, wholeFileError } from '../syntax/encoding-errors.js';
import { Lexer } from '../syntax/lexer.js';
import { NO_SYMBOL, Symbols } from '../syntax/symbols.js';
import { ExpressionReader } from './expression.js';
import { FileReader } from './file-reader.js';
import { FunctionReader } from './function-reader.js';
import { Inliner } from './inlining.js';
import { linked } from './linking.js';
import { type Definition, Module } from './module.js';
import { POISON } from './poison.js';
import { Scope, type UnknownName } from './scope.js';
import { FileSurroundings } from './surroundings.js';
import { Written, type WrittenProgram } from './written-programs.js';

/** The tables of one language, made once and reused for all files. */
export class Loader {
  private readonly symbols: Symbols;
  private readonly graph: Graph;
  private readonly order: CanonicalOrder;
  private readonly lexer: Lexer;
  private readonly lines = new NodeLines();
  private readonly report = new DiagnosticCollector();
  private readonly module = new Module();
  private readonly scope: Scope;
  private readonly surroundings: FileSurroundings;
  private readonly inliner: Inliner;
  private readonly functions: FunctionReader;
  private readonly reader: FileReader;
  private readonly out = new ByteWriter(1 << 16);
  private readonly writer: ProgramWriter;
  private written = new Written();
  /** Functions that use names of the file or have nested functions: they are read when the whole file is known. */
  private deferred: Definition[] = [];
  /** Offsets, ascending, of bytes that make the enclosing function unusable. */
  private spoilt: readonly number[] = [];
  private nextSpoilt = 0;
  private encodingFindings = 0;

  constructor(language: Language) {
    const symbols = new Symbols(language);
    const graph = new Graph(language);
    const lexer = new Lexer(symbols.names);
    const { lines, report, module, out } = this;
    this.symbols = symbols;
    this.graph = graph;
    this.lexer = lexer;
    this.order = new CanonicalOrder(graph);
    this.writer = new ProgramWriter(language, out);
    const scope = new Scope(symbols, graph, lines, report);
    const surroundings = new FileSurroundings(symbols, graph, module);
    const inliner = new Inliner(graph, lines, out);
    const expressions = new ExpressionReader(
      symbols,
      lexer,
      graph,
      lines,
      scope,
      report,
      module,
      inliner,
      surroundings,
    );
    this.functions = new FunctionReader(
      symbols,
      lexer,
      graph,
      lines,
      expressions,
      scope,
      inliner,
      module,
      report,
    );
    this.reader = new FileReader(
      symbols,
      lexer,
      graph,
      this.order,
      expressions,
      this.functions,
      scope,
      surroundings,
      module,
      report,
    );
    this.scope = scope;
    this.surroundings = surroundings;
    this.inliner = inliner;
  }

  /** The unknown names of the file loaded last. */
  get unknownNames(): readonly UnknownName[] {
    return this.scope.unknownInFile;
  }

  load(bytes: Uint8Array, file: string): LoadedFile {
    const { symbols, graph, report, out } = this;
    report.open();
    const whole = wholeFileError(bytes);
    if (whole !== null) {
      report.add(whole.code, whole.offset, whole.message, whole.hint);
      return { functions: [], diagnostics: report.close(bytes, file) };
    }
    symbols.names.truncate(symbols.size);
    graph.clear();
    this.spoilt = this.reportEncoding(bytes);
    this.encodingFindings = report.length;
    this.scope.redefined = new Set();
    this.survey(bytes);
    const redefined = this.module.redefined(symbols);
    if (redefined.size > 0) {
      // The first reading does not count: it took names of the file for names of the language.
      this.scope.redefined = redefined;
      this.survey(bytes);
    }
    if (this.deferred.length > 0) this.readDeferred();
    this.writeAliases();
    this.reportUseless();
    const functions = this.written.functions(out.finish());
    this.forget();
    return { functions, diagnostics: report.close(bytes, file) };
  }

  /** Frees what only this file needed: data that lives until the next file is expensive for the garbage collector. */
  private forget(): void {
    this.module.clear();
    this.inliner.clear();
    this.deferred = [];
    this.written = new Written();
  }

  /**
   * Reads the whole file once. Functions that need nothing else of the file are finished, all others are deferred.
   */
  private survey(bytes: Uint8Array): void {
    const { lexer, scope, report, reader } = this;
    report.rewind(this.encodingFindings);
    this.nextSpoilt = 0;
    this.forget();
    this.inliner.beginFile(bytes.length);
    this.out.length = 0;
    scope.beginFile();
    lexer.open(bytes);
    reader.readFile((definition) => this.surveyFunction(definition));
  }

  private surveyFunction(definition: Definition): void {
    const { functions, lexer, scope, report } = this;
    const found = report.length;
    const result = functions.readBody(definition, null);
    this.markSpoilt(definition);
    if (!scope.deferred) {
      this.finish(definition, result);
      return;
    }
    this.defer(definition, found);
    const mark = lexer.mark();
    for (let nested = functions.found.pop(); nested !== undefined; nested = functions.found.pop()) {
      if (nested.bodyAt < 0) continue;
      lexer.seek(nested.bodyAt, nested.bodyLine);
      functions.readBody(nested, null);
      this.defer(nested, found);
    }
    lexer.goTo(mark);
  }

  private defer(definition: Definition, findings: number): void {
    definition.mentions = this.scope.takeMentions();
    this.deferred.push(definition);
    this.report.rewind(findings);
  }

  private readDeferred(): void {
    const { functions, lexer, module, report, surroundings, symbols } = this;
    const ordered = linked(this.deferred, module, symbols.names, report);
    for (const definition of ordered) {
      lexer.seek(definition.bodyAt, definition.bodyLine);
      report.beginFunction();
      this.finish(definition, functions.readBody(definition, surroundings.of(definition)));
    }
  }

  /** An invalid byte makes the enclosing function unusable. */
  private markSpoilt(definition: Definition): void {
    const { spoilt, lexer } = this;
    while (spoilt[this.nextSpoilt] < definition.offset) this.nextSpoilt++;
    if (spoilt[this.nextSpoilt] < lexer.at) definition.broken = true;
  }

  /** The function has been read: others can call it, and if it is a solver its program is written. */
  private finish(definition: Definition, result: number): void {
    const { out, order, written } = this;
    if (result < 0 || definition.broken) {
      if (definition.parent !== null) definition.parent.broken = true;
      return;
    }
    definition.result = result;
    order.walk(result);
    const { name, line, parent, parameters } = definition;
    const isSolver = parent === null && (parameters.length === 1 || parameters.length === 3);
    const program = isSolver ? this.program(result) : null;
    definition.linesStart = out.length;
    this.lines.write(order, line, out);
    definition.linesEnd = out.length;
    if (program !== null) {
      const { linesStart: start, linesEnd: end } = definition;
      const text = this.symbols.names.text(name);
      const kind = parameters.length === 1 ? 'I' : 'SIC';
      written.entries.push({ name: text, line, parameters: kind, definition, program, start, end });
    }
  }

  /** Writes the program of the result that has been walked. */
  private program(result: number): WrittenProgram {
    const { out, order, written } = this;
    let program = written.programs.get(result);
    if (program === undefined) {
      const start = out.length;
      order.write(this.writer);
      program = { start, end: out.length, body: bodyHashOf(out.view().subarray(start)) };
      written.programs.set(result, program);
    }
    return program;
  }

  /** `solve_x = vmirror` also defines a solver, from a primitive of one argument or from another solver. */
  private writeAliases(): void {
    const { module, symbols, graph, order, lines, out, written, scope } = this;
    for (const { name, target, line } of module.aliases) {
      if (module.unusable.get(name)?.line !== line || module.functions.has(name)) continue;
      const definition = module.functions.get(target);
      let result = definition?.result ?? POISON;
      let count = definition?.parameters.length ?? 0;
      if (definition === undefined && target < symbols.size && !scope.redefined.has(target)) {
        const primitive = symbols.primitiveOf[target];
        count = primitive === NO_SYMBOL ? 0 : symbols.arities[primitive];
        if (count === 1) result = graph.call(primitive, Int32Array.of(Op.I), 0, 1);
      }
      if (result < 0 || (count !== 1 && count !== 3)) continue;
      lines.beginFunction();
      order.walk(result);
      for (let k = 0; k < order.length; k++) lines.see(order.nodes[k], line);
      const program = this.program(result);
      const start = out.length;
      lines.write(order, line, out);
      const parameters = count === 1 ? 'I' : 'SIC';
      const text = symbols.names.text(name);
      written.entries.push({
        name: text,
        line,
        parameters,
        definition: null,
        program,
        start,
        end: out.length,
      });
    }
  }

  /** Warns about functions that are neither solvers nor called by one. */
  private reportUseless(): void {
    const { report } = this;
    for (const { result, parameters, isCalled, offset } of this.module.functions.values()) {
      const { length } = parameters;
      if (result < 0 || isCalled || length === 1 || length === 3) continue;
      const message = `this function has ${length === 0 ? 'no' : length} parameters, and no other calls it`;
      report.beginFunction();
      report.warn('LANG008', offset, message, 'a solver has one parameter, or three: (S, I, C)');
    }
  }

  /** Reports invalid bytes. Returns their offsets, ascending. */
  private reportEncoding(bytes: Uint8Array): readonly number[] {
    const { report } = this;
    const { invalid, nul } = encodingErrors(bytes);
    for (const offset of invalid) {
      if (report.full) break;
      report.beginFunction();
      const byte = bytes[offset].toString(16).toUpperCase().padStart(2, '0');
      report.add('LANG001', offset, `the byte 0x${byte} is not UTF-8`, 'save the file as UTF-8');
    }
    for (const offset of nul) {
      if (report.full) break;
      report.beginFunction();
      report.add('LANG002', offset, 'the character U+0000 has no place here', UNSEEN);
    }
    return [...invalid, ...nul].sort((a, b) => a - b);
  }
}
