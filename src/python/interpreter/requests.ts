/** The interpreter's side of requests: loads files and runs cells. */
import { ByteWriter } from '../../encoding/bytes.js';
import { sha256 } from '../../encoding/digest.js';
import { END_HEAD, End, WireReader, WireWriter } from '../interpreter-wire.js';
import type { Interpreter } from './interpreter.js';

export function answerLoad(interpreter: Interpreter, request: Uint8Array): Uint8Array {
  // What programs left behind must not influence how a file is loaded.
  if (interpreter.isDirty) interpreter.restore();
  try {
    return interpreter.load(request);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    interpreter.isDirty = true;
    return TOO_DEEP;
  }
}

/** The answer for a file that is nested too deeply for the parser's stack. */
const TOO_DEEP = new WireWriter()
  .text(
    JSON.stringify({
      functions: [],
      problems: [
        { code: 'PY001', line: null, column: null, message: 'this is nested too deeply', hint: null },
      ],
      identity: '',
      plain: false,
      lines: [],
      names: [],
    }),
  )
  .finish();

interface Program {
  readonly isPlain: boolean;
  readonly parameters: number;
  readonly entry: Uint8Array;
  readonly code: Uint8Array;
  /** The state of the memory that contains the code; see `Interpreter.restores`. */
  loadedIn: number;
  failed: boolean;
}

/** Codes get numbers that are unique in the process. After this many codes the memory is restored. */
const MOST_CODES = 4000;
let nextNumber = 0;
let forgottenAt = 0;

/**
 * Sends an answer for each cell, then the CPU time in microseconds. The request has programs, inputs, samples, the
 * limit, the required outputs of samples, and the cells in their order.
 */
export function answerCells(
  interpreter: Interpreter,
  request: Uint8Array,
  answer: (bytes: Uint8Array) => void,
): void {
  const before = process.cpuUsage();
  const reader = new WireReader(request);
  const programs = Array.from({ length: reader.number() }, (): Program => {
    const flags = reader.number();
    const [entry, code] = [reader.bytes(), reader.bytes()];
    return { isPlain: (flags & 1) === 1, parameters: flags >> 1, entry, code, loadedIn: -1, failed: false };
  });
  const inputs = Array.from({ length: reader.number() }, () => reader.bytes());
  const samples = reader.bytes();
  const limit = reader.bytes();
  const required = Array.from({ length: reader.number() }, () =>
    Buffer.from(reader.bytes()).toString('latin1'),
  );
  const cells = reader.number();
  if (interpreter.isLarge || nextNumber - forgottenAt > MOST_CODES) {
    forgottenAt = nextNumber;
    interpreter.restore();
  }
  const firstNumber = nextNumber;
  nextNumber += programs.length;
  for (let k = 0; k < cells; k++) {
    const number = reader.number();
    const sample = reader.number();
    const program = programs[number];
    if (program.failed) {
      answer(Buffer.from(End.skipped));
      continue;
    }
    const run = () => {
      const isKnown = program.loadedIn === interpreter.restores;
      if (program.isPlain) program.loadedIn = interpreter.restores;
      const parts = [program.entry, inputs[sample], program.parameters > 1 ? samples : NOTHING];
      const cell = cellOf(program, firstNumber + number, isKnown ? NOTHING : program.code, parts, limit);
      return interpreter.run(cell, program.isPlain);
    };
    let end: Uint8Array;
    try {
      if (interpreter.isDirty || !program.isPlain) interpreter.restore();
      end = run();
      if (program.isPlain && interpreter.ranShort) {
        // The available memory depends on earlier programs, so the cell runs again in restored memory.
        interpreter.restore();
        end = run();
      }
      if (interpreter.ranShort || interpreter.isLarge) interpreter.isDirty = true;
    } catch (error) {
      answer(crash(error));
      // After a stack overflow, restoring the memory is enough; after any other failure the instance cannot be trusted.
      if (!(error instanceof RangeError)) process.exit(1);
      interpreter.isDirty = true;
      continue;
    }
    if (!program.isPlain) interpreter.isDirty = true;
    if (required[sample] !== '' && required[sample] !== undefined && digestOf(end) !== required[sample]) {
      program.failed = true;
    }
    answer(end);
  }
  const { user, system } = process.cpuUsage(before);
  const cpu = Buffer.alloc(4);
  cpu.writeUInt32LE(Math.min(user + system, 0xffffffff), 0);
  answer(cpu);
}

const NOTHING = new Uint8Array(0);

function cellOf(
  { isPlain, parameters }: Program,
  number: number,
  code: Uint8Array,
  [entry, input, samples]: readonly Uint8Array[],
  limit: Uint8Array,
): Uint8Array {
  const parts = [code, entry, input, samples];
  const head = Buffer.alloc(36);
  head.writeUInt32LE(isPlain ? 1 : 0, 0);
  head.writeUInt32LE(parameters, 4);
  head.set(limit, 8);
  head.writeUInt32LE(number, 16);
  parts.forEach((part, k) => void head.writeUInt32LE(part.length, 20 + 4 * k));
  return Buffer.concat([head, ...parts]);
}

function crash(error: unknown): Uint8Array {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const head = Buffer.alloc(END_HEAD);
  head.write(End.crashed, 'latin1');
  return Buffer.concat([head, Buffer.from(detail.slice(0, 200))]);
}

/** The digest of a grid, as in engine/output.ts; for anything else, the digest of no bytes. */
function digestOf(end: Uint8Array): string {
  const writer = new ByteWriter(1024);
  if (end[0] === End.grid.charCodeAt(0)) {
    const reader = new WireReader(end);
    reader.at = END_HEAD;
    writer.byte(1).unsigned(reader.number()).unsigned(reader.number()).raw(end.subarray(reader.at));
  }
  return sha256(writer.view()).toString('latin1', 0, 16);
}
