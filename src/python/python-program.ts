/** The encoding of a Python program. Its first bytes distinguish it from a canonical program, so phases pass both on alike. */
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { sha256Hex } from '../encoding/digest.js';
import type { ProgramFacts } from '../lang/program/facts.js';
import type { BodyHash } from '../lang/program/program.js';

export interface PythonProgram {
  /** The name of the entry in the code. */
  readonly entry: string;
  /** 1 for the grid alone, 2 for (S, I), 3 for (S, I, C). */
  readonly parameters: number;
  /**
   * Whether the syntax shows that the program can neither change what other programs see nor learn an address. Any
   * other program runs in memory restored to the state after the start.
   */
  readonly isPlain: boolean;
  /** Compiled from the syntax tree that is the program's identity; marshalled by CPython. */
  readonly code: Uint8Array;
  /** The unchanged source file. */
  readonly source: Uint8Array;
}

/** `p`, `y`, and the version of this encoding. */
const HEAD = [0x70, 0x79, 1] as const;

export function encodePython({ entry, parameters, isPlain, code, source }: PythonProgram): Uint8Array {
  const writer = new ByteWriter(code.length + source.length + 64);
  writer.byte(HEAD[0]).byte(HEAD[1]).byte(HEAD[2]);
  writer
    .byte(isPlain ? 1 : 0)
    .unsigned(parameters)
    .string(entry);
  return writer.sized(code).sized(source).finish();
}

export function isPython(program: Uint8Array): boolean {
  return program[0] === HEAD[0] && program[1] === HEAD[1] && program[2] === HEAD[2];
}

/** Throws RangeError for anything that `encodePython` did not write. */
export function decodePython(program: Uint8Array): PythonProgram {
  if (!isPython(program)) throw new RangeError('this is no Python program');
  const reader = new ByteReader(program.subarray(HEAD.length));
  const isPlain = reader.byte() === 1;
  const parameters = reader.unsigned();
  const entry = reader.string();
  return { isPlain, parameters, entry, code: reader.sized(), source: reader.sized() };
}

/** The body hash: of the file's syntax tree without irrelevant parts, and of the entry's name and parameters. */
export function pythonBodyHash(identity: string, entry: string, parameters: number): BodyHash {
  return sha256Hex(JSON.stringify(['py', 1, entry, parameters, identity])) as BodyHash;
}

/** Takes the place of primitives: its fingerprint is that of the interpreter and of everything around a program. */
export const INTERPRETER = 'python.interpreter';

/** Facts of the same form as those of other programs. The weight is an estimate from the length of the code. */
export function factsOfPython({ parameters, code, source }: PythonProgram): ProgramFacts {
  const written = { digest: sha256Hex(source), bytes: source.length };
  return {
    primitives: [INTERPRETER],
    readsS: parameters > 1,
    readsC: false,
    weight: code.length,
    source: written,
  };
}

/** Whether the facts are those of a Python program. */
export function arePython({ primitives }: Pick<ProgramFacts, 'primitives'>): boolean {
  return primitives[0] === INTERPRETER;
}
