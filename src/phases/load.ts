/** Phase 1, load: the functions of a solver file, with their canonical programs, body hashes and diagnostics. */
import type { Diagnostic } from '../diagnostic.js';
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { BY_FILE, type LoadedFile, type LoadedFunction, loadFile } from '../lang/load.js';
import { bodyHashFromBytes, bodyHashToBytes } from '../lang/program/program.js';
import type { LoadedPython } from '../python/python-file.js';
import { INTERPRETER } from '../python/python-program.js';
import type { PythonSettings } from '../python/python-settings.js';
import { stopwatch } from '../stopwatch.js';
import { fingerprintOf, fingerprints } from './fingerprints.js';
import type { KeyWriter } from './key.js';
import type { StepPhase } from './phase.js';

/** A solver file. Its bytes are read only if its functions are not in the store. */
export interface FileSubject {
  /** As shown to the user. */
  readonly name: string;
  /** SHA-256 of the content, as 32 characters of one byte each. */
  readonly content: string;
  /** The setting `dialect` of the workspace. */
  readonly dialect: string;
  /** How to load a file in Python; null for a file in the language of solvers. */
  readonly python: PythonLoading | null;
  /** Reads the file; null if its digest has changed. */
  read(): Uint8Array | null;
  /** Null before the file is loaded, and if it could not be loaded. */
  loaded: LoadedFile | null;
}

/** Loads files in Python. */
export interface PythonLoading extends PythonSettings {
  load(source: Uint8Array, entry: string): Promise<LoadedPython>;
}

/** For callers that have no files in Python. */
export const NO_PYTHON: PythonLoading = {
  entry: '',
  packages: null,
  load: () => Promise.reject(new Error('there are no files of Python here')),
};

/** Replaces the content of a file that has changed since the scan. */
const GONE: LoadedFile = { functions: [], diagnostics: [] };

export const load: StepPhase<FileSubject, FileSubject, LoadedFile, unknown> = {
  kind: 'steps',
  name: 'load',
  version: fingerprints.phases['load'],
  harmless: true,
  shard: (file) => file.content,
  steps: (file) => [file],
  key(file, _subject, _context, writer) {
    // The file's name is not part of the key: a moved file is recognised by its content.
    writeLoadKey(file, writer);
  },
  batches: (steps) => [steps],
  async run([file]) {
    const startedAt = stopwatch.now();
    const bytes = file.read();
    const { output, waitedMs } = bytes === null ? NOTHING_READ : await loadBytes(file, bytes);
    const cpuMs = stopwatch.now() - startedAt - waitedMs;
    return { outputs: [output], micros: [Math.round(cpuMs * 1000)], blobs: new Map(), cpuMs };
  },
  cacheable: (file) => file !== GONE && !file.diagnostics.some(({ code }) => code === 'PY005'),
  write(file, writer) {
    writer.unsigned(file.functions.length);
    for (const loaded of file.functions) writeFunction(loaded, writer);
    writer.json(file.diagnostics);
  },
  read(reader) {
    const functions = Array.from({ length: reader.unsigned() }, () => readFunction(reader));
    return { functions, diagnostics: reader.json() as Diagnostic[] };
  },
  blobsOf: () => [],
  accept(file, _steps, [loaded]) {
    if (loaded === GONE) return;
    const diagnostics = loaded.diagnostics.map((diagnostic) => ({ ...diagnostic, file: file.name }));
    file.loaded = { functions: loaded.functions, diagnostics };
  },
};

const NOTHING_READ = { output: GONE, waitedMs: 0 };

async function loadBytes(
  { python, dialect }: FileSubject,
  bytes: Uint8Array,
): Promise<{ readonly output: LoadedFile; readonly waitedMs: number }> {
  if (python === null) return { output: loadFile(bytes, '', dialect), waitedMs: 0 };
  const startedAt = stopwatch.now();
  const { tookMs, ...output } = await python.load(bytes, python.entry);
  // The start of an interpreter is not a part of the step.
  return { output, waitedMs: Math.max(0, stopwatch.now() - startedAt - tookMs) };
}

/** What the functions of a file depend on. */
export interface LoadInputs {
  readonly content: string;
  readonly dialect: string;
  readonly python: PythonSettings | null;
}

/** Settings count only if the file itself does not decide. */
export function writeLoadKey({ content, dialect, python }: LoadInputs, writer: KeyWriter): void {
  writer.binary('content', content);
  if (python !== null) {
    writer.field('python.entry', python.entry);
    writer.field('interpreter', fingerprintOf(INTERPRETER));
    if (python.packages !== null) writer.field('python.packages', python.packages);
    return;
  }
  if (dialect !== BY_FILE) writer.field('dialect', dialect);
}

function writeFunction(loaded: LoadedFunction, writer: ByteWriter): void {
  writer
    .string(loaded.name)
    .unsigned(loaded.line)
    .byte((loaded.parameters === 'I' ? 0 : 1) | (loaded.helper ? 2 : 0));
  writer.raw(bodyHashToBytes(loaded.body)).sized(loaded.program).sized(loaded.lines);
}

function readFunction(reader: ByteReader): LoadedFunction {
  const name = reader.string();
  const line = reader.unsigned();
  const flags = reader.byte();
  return {
    name,
    line,
    parameters: (flags & 1) === 0 ? 'I' : 'SIC',
    helper: (flags & 2) !== 0,
    body: bodyHashFromBytes(reader.raw(32)),
    program: reader.sized(),
    lines: reader.sized(),
  };
}
