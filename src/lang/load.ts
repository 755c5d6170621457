/** Loads solver files: bytes in, functions with their canonical programs and diagnostics out. */
import type { Diagnostic } from '../diagnostic.js';
import { ByteWriter } from '../encoding/bytes.js';
import { arcLanguage, type Language } from './language.js';
import { CanonicalOrder } from './program/canonical.js';
import { Graph } from './program/node-graph.js';
import { type BodyHash, bodyHashOf, ProgramWriter } from './program/program.js';
import { NodeLines } from './program/source-lines.js';
import { DiagnosticCollector } from './syntax/diagnostic-collector.js';
import { encodingErrors } from './syntax/encoding-errors.js';
import { ExpressionReader } from './syntax/expression.js';
import { Lexer } from './syntax/lexer.js';
import { type Parameters, type ParsedFunction, Parser } from './syntax/parser.js';
import { Scope } from './syntax/scope.js';
import { Symbols } from './syntax/symbols.js';

/** A function without errors. The arrays of all functions of a file are views of one buffer. */
export interface LoadedFunction {
  readonly name: string;
  /** Of its `def`, counted from 1. */
  readonly line: number;
  readonly parameters: Parameters;
  readonly body: BodyHash;
  /** The canonical program, see `encodeProgram`. */
  readonly program: Uint8Array;
  /** The source line of each node of the program, relative to `line`, see `decodeLines`. */
  readonly lines: Uint8Array;
}

export interface LoadedFile {
  /** In the order of the file. */
  readonly functions: readonly LoadedFunction[];
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a file needs beyond this is not kept for the next one. */
const LARGEST_KEPT = 1 << 20;

/** Tables for one language, made once and used for one file after another. */
class Loader {
  private readonly symbols: Symbols;
  private readonly graph: Graph;
  private readonly order: CanonicalOrder;
  private readonly lexer: Lexer;
  private readonly lines = new NodeLines();
  private readonly report = new DiagnosticCollector();
  private readonly scope: Scope;
  private readonly parser: Parser;
  private readonly out = new ByteWriter(1 << 16);
  private readonly writer: ProgramWriter;

  constructor(language: Language) {
    this.symbols = new Symbols(language);
    this.graph = new Graph(language);
    this.order = new CanonicalOrder(this.graph);
    this.writer = new ProgramWriter(language, this.out);
    const { symbols, graph, lines, report } = this;
    this.lexer = new Lexer(symbols.names);
    this.scope = new Scope(symbols, graph, lines, report);
    const expressions = new ExpressionReader(symbols, this.lexer, graph, lines, this.scope, report);
    this.parser = new Parser(symbols, this.lexer, expressions, this.scope, report, () =>
      lines.beginFunction(),
    );
  }

  load(bytes: Uint8Array, file: string): LoadedFile {
    const { symbols, graph, lexer, scope, report, out } = this;
    symbols.names.truncate(symbols.size);
    graph.clear();
    scope.beginFile();
    report.open();
    lexer.open(bytes);
    out.length = 0;
    const written = new Written();
    this.parser.readFile(this.reportEncoding(bytes), (parsed) => this.write(parsed, written));
    return { functions: written.functions(out.finish()), diagnostics: report.close(bytes, file) };
  }

  /** Reports bytes that no text has. Their offsets, ascending. */
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
      report.add('LANG002', offset, 'the character U+0000 has no place here', null);
    }
    return [...invalid, ...nul].sort((a, b) => a - b);
  }

  private write({ name, line, parameters, result }: ParsedFunction, written: Written): void {
    const { out, order } = this;
    order.walk(result);
    let program = written.programs.get(result);
    if (program === undefined) {
      const start = out.length;
      order.write(this.writer);
      program = { start, end: out.length, body: bodyHashOf(out.view().subarray(start)) };
      written.programs.set(result, program);
    }
    const start = out.length;
    this.lines.write(order, line, out);
    written.entries.push({ name, line, parameters, program, start, end: out.length });
  }
}

interface WrittenProgram {
  readonly start: number;
  readonly end: number;
  readonly body: BodyHash;
}

interface Entry {
  readonly name: string;
  readonly line: number;
  readonly parameters: Parameters;
  readonly program: WrittenProgram;
  /** Its lines. */
  readonly start: number;
  readonly end: number;
}

/** What has been written of a file, as positions in a buffer that is still growing. */
class Written {
  readonly entries: Entry[] = [];
  /** By result node: as the functions of a file share a graph, those with equal programs return the same node. */
  readonly programs = new Map<number, WrittenProgram>();

  functions(buffer: Uint8Array): LoadedFunction[] {
    const views = new Map<WrittenProgram, Uint8Array>();
    return this.entries.map(({ name, line, parameters, program, start, end }) => {
      let view = views.get(program);
      if (view === undefined) {
        view = buffer.subarray(program.start, program.end);
        views.set(program, view);
      }
      return {
        name,
        line,
        parameters,
        body: program.body,
        program: view,
        lines: buffer.subarray(start, end),
      };
    });
  }
}

const loaders = new WeakMap<Language, Loader>();

/**
 * Loads a solver file. Time and memory are linear in its length, however it nests. Functions with an error are missing
 * from the result, and the error is among its diagnostics; `file` is the name that they show.
 */
export function loadSource(bytes: Uint8Array, file: string, language: Language = arcLanguage): LoadedFile {
  let loader = loaders.get(language);
  if (loader === undefined) {
    loader = new Loader(language);
    loaders.set(language, loader);
  }
  const loaded = loader.load(bytes, file);
  if (bytes.length > LARGEST_KEPT) loaders.delete(language);
  return loaded;
}
