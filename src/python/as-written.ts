/** How a program was written, for messages about it: the lines of its statements and the names of its variables. */
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { decodeLines, writeLine } from '../lang/program/source-lines.js';

export interface AsWritten {
  /** The line of each statement, in the order of the tree. */
  readonly lines: readonly number[];
  /** The names in the file of `_v0`, `_v1`, and so on; empty if names were not replaced. */
  readonly names: readonly string[];
}

/** `firstLine` is the line of the function. */
export function encodeAsWritten({ lines, names }: AsWritten, firstLine: number): Uint8Array {
  const steps = new ByteWriter(lines.length + 16);
  let last = firstLine;
  for (const line of lines) {
    writeLine(line, last, steps);
    last = line;
  }
  const writer = new ByteWriter(steps.length + 16 * names.length + 16).sized(steps.finish());
  for (const name of names) writer.string(name);
  return writer.finish();
}

/** Throws RangeError for anything that `encodeAsWritten` did not write. */
export function decodeAsWritten(encoded: Uint8Array, firstLine: number): AsWritten {
  const reader = new ByteReader(encoded);
  const lines = decodeLines(reader.sized(), firstLine);
  const names: string[] = [];
  while (!reader.done) names.push(reader.string());
  return { lines, names };
}

/** A replaced name in a program (syntax.py). */
const GIVEN = /(?<![\p{L}\p{N}_])_v(\d+)(?![\p{L}\p{N}_])/gu;

/** A message of Python with the names of the source file. */
export function withNames(message: string, names: readonly string[]): string {
  return message.replaceAll(GIVEN, (given, number) => names[Number(number)] ?? given);
}
