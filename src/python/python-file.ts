/** Loads a Python file with an interpreter. Its entries become functions like those of solver files. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import type { Lost } from '../engine/reply.js';
import type { LoadedFile } from '../lang/loaded.js';
import { encodeAsWritten } from './as-written.js';
import { WireReader, WireWriter } from './interpreter-wire.js';
import { encodePython, pythonBodyHash } from './python-program.js';

/** A loaded file, and the time of an interpreter for it in milliseconds. */
export interface LoadedPython extends LoadedFile {
  readonly tookMs: number;
}

/** The answer of syntax.py about a file. */
interface FileAnswer {
  readonly functions: readonly {
    readonly name: string;
    readonly line: number;
    readonly parameters: number;
    readonly entry: string;
  }[];
  readonly problems: readonly {
    readonly code: DiagnosticCode;
    readonly line: number | null;
    readonly column: number | null;
    readonly message: string;
    readonly hint: string | null;
  }[];
  readonly identity: string;
  readonly plain: boolean;
  /** The line of each statement, in the order of the tree. */
  readonly lines: readonly number[];
  /** The original names of replaced names, by their numbers. */
  readonly names: readonly string[];
}

/** `entry` is the setting `python.entry`; if it is empty, functions with the usual names are the entries. */
export function loadRequest(source: Uint8Array, entry: string): Buffer {
  return Buffer.concat([new WireWriter().text(entry).finish(), source]);
}

/** Decodes an answer; its diagnostics have no file name yet. Throws if the bytes are not an answer. */
export function loadedFrom(answer: Uint8Array, source: Uint8Array): LoadedFile {
  const reader = new WireReader(answer);
  const file = JSON.parse(reader.text()) as FileAnswer;
  const code = answer.slice(reader.at);
  const functions = file.functions.map(({ name, line, parameters, entry }) => ({
    name,
    line,
    parameters: parameters === 1 ? ('I' as const) : ('SIC' as const),
    helper: false,
    body: pythonBodyHash(file.identity, entry, parameters),
    program: encodePython({ entry, parameters, isPlain: file.plain, code, source }),
    lines: encodeAsWritten(file, line),
  }));
  const diagnostics = file.problems.map(
    (problem): Diagnostic => ({ ...problem, severity: 'error', file: '' }),
  );
  return { functions, diagnostics };
}

/** The result for a file that no interpreter could load. */
export function unloaded({ reason, detail }: Lost): LoadedFile {
  const place = { file: '', line: null, column: null };
  const message = `the interpreter was lost (${reason}): ${detail}`;
  const hint = 'programs in Python run in an interpreter of their own, see README.md, "Programs in Python"';
  return { functions: [], diagnostics: [{ code: 'PY005', severity: 'error', ...place, message, hint }] };
}
