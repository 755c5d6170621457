/** Phase 1, load: the functions of a solver file, with their canonical programs, body hashes and diagnostics. */
import type { Diagnostic } from '../diagnostic.js';
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { BY_FILE, type LoadedFile, type LoadedFunction, loadFile } from '../lang/load.js';
import { bodyHashFromBytes, bodyHashToBytes } from '../lang/program/program.js';
import { fingerprints } from './fingerprints.js';
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
  /** Reads the file; null if its digest has changed. */
  read(): Uint8Array | null;
  /** Null before the file is loaded, and if it could not be loaded. */
  loaded: LoadedFile | null;
}

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

/** The setting counts only if it does not leave the choice to the file. */
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
