/** The entries of docs/errors.md, which is compiled beside the program: what each code of a diagnostic means. */
import { readFileSync } from 'node:fs';
import { DIAGNOSTIC_CODES, type DiagnosticCode } from '../diagnostic.js';
import { closest } from '../lang/suggest.js';
import { UsageProblem } from './exit.js';

const CODES = Object.keys(DIAGNOSTIC_CODES) as readonly DiagnosticCode[];

/** What a code looks like: `LANG012`; the number may be any, the letters are those of a code that there is. */
const FAMILIES = new Set(CODES.map((code) => code.replace(/\d+$/, '')));

export interface ErrorEntry {
  readonly code: DiagnosticCode;
  /** One sentence. */
  readonly meaning: string;
  /** What follows it in the document: an example with its message, and what else is to be said; Markdown. */
  readonly text: string;
}

/** The code that a word is, in capitals; null when it is none. Whether there is such a code is another question. */
export function asCode(word: string): string | null {
  const code = word.toUpperCase();
  return /^[A-Z]+\d{3}$/.test(code) && FAMILIES.has(code.replace(/\d+$/, '')) ? code : null;
}

/** The entry of a code, as `asCode` gives it. Throws UsageProblem where there is no such code. */
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

/** What stands below a code's heading, up to the next one; without the sentence that it begins with. */
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
