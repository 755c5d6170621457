/** Loads a Python file by an interpreter: its entries as functions like those of solver files. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import type { Lost } from '../engine/reply.js';
import type { LoadedFile } from '../lang/loaded.js';
import { encodeAsWritten } from './as-written.js';
import { WireReader, WireWriter } from './interpreter-wire.js';
import { encodePython, pythonBodyHash } from './python-program.js';

/** A file, and how long an interpreter took for it, in milliseconds. */
export interface LoadedPython extends LoadedFile {
  readonly tookMs: number;
}

/** What syntax.py tells of a file. */
interface Told {
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
  /** Of each statement, in the order of the tree. */
  readonly lines: readonly number[];
  /** What the names are called that were replaced, by their numbers. */
  readonly names: readonly string[];
}

/** `entry` is the function that is to be called, empty where the usual names are looked for. */
export function loadRequest(source: Uint8Array, entry: string): Buffer {
  return Buffer.concat([new WireWriter().text(entry).finish(), source]);
}

/** What the answer says; diagnostics name no file yet. Throws when it is no answer. */
export function loadedFrom(answer: Uint8Array, source: Uint8Array): LoadedFile {
  const reader = new WireReader(answer);
  const told = JSON.parse(reader.text()) as Told;
  const code = answer.slice(reader.at);
  const functions = told.functions.map(({ name, line, parameters, entry }) => ({
    name,
    line,
    parameters: parameters === 1 ? ('I' as const) : ('SIC' as const),
    helper: false,
    body: pythonBodyHash(told.identity, entry, parameters),
    program: encodePython({ entry, parameters, isPlain: told.plain, code, source }),
    lines: encodeAsWritten(told, line),
  }));
  const diagnostics = told.problems.map(
    (problem): Diagnostic => ({ ...problem, severity: 'error', file: '' }),
  );
  return { functions, diagnostics };
}

/** What stands for a file that no interpreter could read. */
export function unloaded({ reason, detail }: Lost): LoadedFile {
  const place = { file: '', line: null, column: null };
  const message = `the interpreter was lost (${reason}): ${detail}`;
  const hint = 'programs in Python run in an interpreter of their own, see README.md, "Programs in Python"';
  return { functions: [], diagnostics: [{ code: 'PY005', severity: 'error', ...place, message, hint }] };
}
