/** Finds the bytes of a file that no text file should have. */
import { isUtf8 } from 'node:buffer';
import type { DiagnosticCode } from '../../diagnostic.js';

export interface EncodingErrors {
  /** Offsets of bytes that are not UTF-8, ascending, at most one a line. */
  readonly invalid: readonly number[];
  /** Offsets of NUL characters, ascending, at most one a line. */
  readonly nul: readonly number[];
}

const NONE: EncodingErrors = { invalid: [], nul: [] };

export function encodingErrors(bytes: Uint8Array): EncodingErrors {
  const valid = isUtf8(bytes);
  const clean = bytes.indexOf(0) < 0;
  if (valid && clean) return NONE;
  return { invalid: valid ? [] : firstOfEachLine(bytes, invalidAt), nul: firstOfEachLine(bytes, nulAt) };
}

/**
 * The offsets at which `width` is negative, the first of each line; elsewhere `width` is the number of bytes of the
 * character.
 */
function firstOfEachLine(bytes: Uint8Array, width: (bytes: Uint8Array, at: number) => number): number[] {
  const found: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const step = width(bytes, at);
    if (step > 0) {
      at += step;
      continue;
    }
    found.push(at);
    while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
  }
  return found;
}

function nulAt(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0 ? -1 : 1;
}

/** The length of the UTF-8 character at `at`; negative if there is none (RFC 3629: shortest form, no surrogates). */
function invalidAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return -1;
  for (let k = 1; k < length; k++) if ((bytes[at + k] & 0xc0) !== 0x80) return -1;
  const second = bytes[at + 1];
  if (lead === 0xe0 && second < 0xa0) return -1;
  if (lead === 0xed && second > 0x9f) return -1;
  if (lead === 0xf0 && second < 0x90) return -1;
  if (lead === 0xf4 && second > 0x8f) return -1;
  return length;
}

/** The reason why a file cannot be read at all; null if it can. */
export interface WholeFileError {
  readonly code: DiagnosticCode;
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

const CONFLICT = Buffer.from('<<<<<<< ');

export function wholeFileError(bytes: Uint8Array): WholeFileError | null {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) {
    const message = 'this file is UTF-16, not UTF-8';
    return { code: 'LANG001', offset: 0, message, hint: 'save the file as UTF-8' };
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let offset = text.indexOf(CONFLICT);
  while (offset > 0 && bytes[offset - 1] !== 0x0a && bytes[offset - 1] !== 0x0d)
    offset = text.indexOf(CONFLICT, offset + 1);
  if (offset < 0) return null;
  const hint = 'keep one of the two sides, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>';
  return { code: 'LANG029', offset, message: 'a merge conflict was left in this file', hint };
}
