/** The result of loading a solver file. */
import type { Diagnostic } from '../diagnostic.js';
import type { BodyHash } from './program/program.js';

/** `I` for a solver of the input grid alone, `SIC` for `(S, I, C)`; the names of the parameters do not matter. */
export type Parameters = 'I' | 'SIC';

/** A function without errors. The arrays of all functions of a file are views of one buffer. */
export interface LoadedFunction {
  readonly name: string;
  /** Line of its `def`, from 1. */
  readonly line: number;
  readonly parameters: Parameters;
  /** Whether other functions of the file call it. Then it is a solver only if its name says so. */
  readonly helper: boolean;
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
