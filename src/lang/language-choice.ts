/** Decides which language a file is written in, and reports a file that mixes two languages. */
import type { Diagnostic } from '../diagnostic.js';
import { type Language, languages } from './language.js';
import type { LoadedFunction } from './loaded.js';
import type { UnknownName } from './module/scope.js';
import { factsOf } from './program/facts.js';
import { decodeProgram } from './program/program.js';
import { closest } from './suggest.js';
import { quoted } from './syntax/quote.js';

/** A comment `# dialect: NAME`, on a line of its own. */
export interface DialectMark {
  readonly name: string;
  readonly offset: number;
}

const MARK = '# dialect:';
const LONGEST_NAME = 100;
const LINE_ENDS: readonly number[] = [0x0a, 0x0d];

/** The dialect that a comment before the first function names; null if there is none. */
export function dialectMark(bytes: Uint8Array): DialectMark | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = buffer.indexOf(MARK);
  // Elsewhere in a line it is talk about dialects; the first three bytes may be a byte order mark.
  while (at > 0 && at !== 3 && !LINE_ENDS.includes(buffer[at - 1])) at = buffer.indexOf(MARK, at + 1);
  if (at < 0) return null;
  const before = buffer.toString('latin1', 0, at);
  if (/^(async )?def\b/m.test(before)) return null;
  const line = buffer
    .toString('utf8', at + MARK.length, at + MARK.length + LONGEST_NAME)
    .split(/\r?\n|\r/)[0];
  return { name: line.trim(), offset: at };
}

export function unknownDialect({ name, offset }: DialectMark, bytes: Uint8Array, file: string): Diagnostic {
  const names = languages.map((language) => language.name);
  const meant = closest(name, names);
  return {
    code: 'LANG030',
    severity: 'error',
    file,
    ...placeOf(offset, bytes),
    message: `there is no dialect ${quoted(name)}`,
    hint: meant === null ? `the dialects are ${names.join(' and ')}` : `did you mean ${quoted(meant)}?`,
  };
}

/** The error of a file that uses a name that only the base language has, and one that only another language has. */
export function mixture(
  ours: UnknownName,
  theirs: UnknownName,
  other: Language,
  bytes: Uint8Array,
  file: string,
): Diagnostic {
  const [base] = languages;
  const [a, b] = [placeOf(ours.offset, bytes), placeOf(theirs.offset, bytes)];
  const message =
    `${quoted(ours.text)} (line ${a.line}) is a name of ${base.name} only, ` +
    `${quoted(theirs.text)} (line ${b.line}) one of ${other.name} only: a file is in one of the two`;
  const first = ours.offset < theirs.offset ? a : b;
  const hint = `put the functions of each into files of their own, or begin the file with "${MARK} ${other.name}"`;
  return { code: 'LANG030', severity: 'error', file, ...first, message, hint };
}

/**
 * The note of a file that is in the base only because no name in it says otherwise, though it has a solver in the form
 * of the other dialect: `(S, I, C)`, of which it reads `I` alone. Null for any other file.
 */
export function undecided(functions: readonly LoadedFunction[], file: string): Diagnostic | null {
  const [base, other] = languages;
  const solver = functions.find(({ parameters, helper, program }) => {
    if (parameters !== 'SIC' || helper) return false;
    const { readsS, readsC, primitives } = factsOf(decodeProgram(program));
    return !readsS && !readsC && primitives.length > 0;
  });
  if (solver === undefined) return null;
  const isCommon = (name: string) => other.idOf(name) !== undefined;
  if (!functions.every(({ program }) => factsOf(decodeProgram(program)).primitives.every(isCommon)))
    return null;
  return {
    code: 'LANG031',
    severity: 'note',
    file,
    line: solver.line,
    column: 1,
    message: `${quoted(solver.name)} uses only names that ${base.name} and ${other.name} have in common: it is read in ${base.name}`,
    hint: `begin the file with "${MARK} ${other.name}" or "${MARK} ${base.name}", or say it of all with the setting "dialect"`,
  };
}

function placeOf(offset: number, bytes: Uint8Array): { readonly line: number; readonly column: number } {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, offset)
    .toString('utf8')
    .split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
