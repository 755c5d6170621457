/** Diagnostics as lines: file and position, severity, code and message, and below them the hint. */
import { type Diagnostic, SEVERITIES } from '../../diagnostic.js';
import { count, plural } from '../../text/amounts.js';
import { printable } from '../../text/printable.js';
import type { Excerpts } from './excerpt.js';
import type { Style } from './style.js';

const COLORS = { error: 'red', warning: 'yellow', note: 'dim' } as const;

/**
 * If not all diagnostics fit, at most this many of one code are shown one by one; more are represented by the first.
 */
const MOST_ALIKE = 3;

/** All diagnostics in their order, with excerpts of the input lines if `excerpts` is given. */
export function diagnosticLines(
  diagnostics: readonly Diagnostic[],
  style: Style,
  excerpts: Excerpts | null = null,
): string[] {
  return diagnostics.flatMap((diagnostic) => linesOf(diagnostic, 1, style, excerpts));
}

/**
 * At most `most` lines: the worst first, many of one code represented by the first, and a line that counts the rest.
 */
export function briefLines(
  diagnostics: readonly Diagnostic[],
  most: number,
  style: Style,
  excerpts: Excerpts | null = null,
): string[] {
  const entries = folded(diagnostics, diagnostics.length > most);
  const lines = entries
    .slice(0, most)
    .flatMap(([first, ...more]) => linesOf(first, 1 + more.length, style, excerpts));
  const rest = entries.slice(most).flat();
  if (rest.length > 0) lines.push(style.apply('dim', `... and ${tally(rest)} more`));
  return lines;
}

/**
 * The diagnostics to show: the worst first, and the first of each entry for all of the entry. Many notes are always
 * represented by the first.
 */
function folded(diagnostics: readonly Diagnostic[], tight: boolean): Diagnostic[][] {
  return SEVERITIES.flatMap((severity) => {
    const alike = new Map<string, Diagnostic[]>();
    for (const diagnostic of diagnostics) {
      if (diagnostic.severity !== severity) continue;
      const known = alike.get(diagnostic.code);
      if (known === undefined) alike.set(diagnostic.code, [diagnostic]);
      else known.push(diagnostic);
    }
    const mayFold = tight || severity === 'note';
    return [...alike.values()].flatMap((all) => {
      return mayFold && all.length > MOST_ALIKE ? [all] : all.map((one) => [one]);
    });
  });
}

/** `3 errors in 2 files, 1 warning, 17 notes`. */
export function tally(diagnostics: readonly Diagnostic[]): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const found = diagnostics.filter((one) => one.severity === severity);
    if (found.length === 0) return [];
    const files = new Set(found.map(({ file }) => file)).size;
    return [`${plural(found.length, severity)}${severity === 'error' ? ` in ${plural(files, 'file')}` : ''}`];
  });
  return parts.join(', ');
}

/** `times` is how many diagnostics it represents. */
function linesOf(diagnostic: Diagnostic, times: number, style: Style, excerpts: Excerpts | null): string[] {
  const { file, line, column, severity, code, message, hint } = diagnostic;
  let place = printable(file);
  if (line !== null) place += column === null ? `:${line}` : `:${line}:${column}`;
  const level = style.apply(COLORS[severity], severity);
  const often = times > 1 ? ` ${count(times)} times` : '';
  const first = `${style.apply('bold', place)}: ${level} ${code}${often}: ${printable(message)}`;
  const lines = [first, ...(excerpts?.of(diagnostic, style) ?? [])];
  if (hint !== null) lines.push(style.apply('dim', `    ${printable(hint)}`));
  return lines;
}
