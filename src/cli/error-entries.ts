/**
 * The entries of docs/errors.md, which explain the codes of diagnostics. The build copies the document beside the
 * program.
 */
import { readFileSync } from 'node:fs';
import { DIAGNOSTIC_CODES, type DiagnosticCode } from '../diagnostic.js';
import { closest } from '../lang/suggest.js';
import { UsageProblem } from './process/exit.js';

const CODES = Object.keys(DIAGNOSTIC_CODES) as readonly DiagnosticCode[];

/**
 * The letters of all codes. A word such as `LANG012` is taken for a code if its letters are among them, whatever its
 * number.
 */
const FAMILIES = new Set(CODES.map((code) => code.replace(/\d+$/, '')));

export interface ErrorEntry {
  readonly code: DiagnosticCode;
  /** One sentence. */
  readonly meaning: string;
  /** The Markdown that follows the sentence in the document: an example with its message, and further remarks. */
  readonly text: string;
}

/** The word as a code, in capitals; null if it does not look like one. The code need not exist. */
export function asCode(word: string): string | null {
  const code = word.toUpperCase();
  return /^[A-Z]+\d{3}$/.test(code) && FAMILIES.has(code.replace(/\d+$/, '')) ? code : null;
}

/** The entry of a code that `asCode` gave. Throws UsageProblem if the code does not exist. */
export function errorEntry(code: string): ErrorEntry {
  const known = CODES.find((one) => one === code);
  if (known === undefined) {
    const meant = closest(code, CODES);
    const hint = meant === null ? 'docs/errors.md has all codes' : `did you mean "${meant}"?`;
    throw new UsageProblem(`there is no code ${code}`, hint);
  }
  const document = readFileSync(new URL('../../dist/bundle/errors.md', import.meta.url), 'utf8');
  return { code: known, meaning: DIAGNOSTIC_CODES[known], text: textUnder(known, document) };
}

/** The text below a code's heading, up to the next heading and without the first sentence. */
function textUnder(code: DiagnosticCode, document: string): string {
  const lines = document.split('\n');
  const start = lines.indexOf(`### ${code}`) + 2;
  let end = start;
  // A line of an example may look like a heading.
  for (let inExample = false; end < lines.length; end++) {
    if (lines[end].startsWith('```')) inExample = !inExample;
    else if (!inExample && lines[end].startsWith('#')) break;
  }
  return lines.slice(start, end).join('\n').trim();
}
