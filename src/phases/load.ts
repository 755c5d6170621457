/** Phase 1, load: a solver file's functions, each with its canonical program and body hash, and its diagnostics. */
import type { Diagnostic } from '../diagnostic.js';
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { BY_FILE, type LoadedFile, type LoadedFunction, loadFile } from '../lang/load.js';
import { bodyHashFromBytes, bodyHashToBytes } from '../lang/program/program.js';
import { fingerprints } from './fingerprints.js';
import type { KeyWriter } from './key.js';
import type { StepPhase } from './phase.js';

/** A solver file. Its bytes are read only when its functions are not known yet. */
export interface FileSubject {
  /** As shown to the user. */
  readonly name: string;
  /** SHA-256 of the content, as 32 characters of one byte each. */
  readonly content: string;
  /** The setting `dialect` of the workspace. */
  readonly dialect: string;
  /** Reads the file; null when that has no longer the digest above. */
  read(): Uint8Array | null;
  /** Null before it was loaded, and when it could not be. */
  loaded: LoadedFile | null;
}

/** Stands for a file that is no longer what was to be loaded. */
const GONE: LoadedFile = { functions: [], diagnostics: [] };

export const load: StepPhase<FileSubject, FileSubject, LoadedFile, unknown> = {
  kind: 'steps',
  name: 'load',
  version: fingerprints.phases['load'],
  harmless: true,
  shard: (file) => file.content,
  steps: (file) => [file],
  key(file, _subject, _context, writer) {
    // The name of the file is not in it: a moved file is known by its content.
    writeLoadKey(file.content, file.dialect, writer);
  },
  batches: (steps) => [steps],
  async run([file]) {
    const startedAt = performance.now();
    const bytes = file.read();
    const output = bytes === null ? GONE : loadFile(bytes, '', file.dialect);
    const cpuMs = performance.now() - startedAt;
    return { outputs: [output], micros: [Math.round(cpuMs * 1000)], blobs: new Map(), cpuMs };
  },
  cacheable: (file) => file !== GONE,
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

/** The setting counts only where it is not for the file to say. */
export function writeLoadKey(content: string, dialect: string, writer: KeyWriter): void {
  writer.field('content', Buffer.from(content, 'latin1'));
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
