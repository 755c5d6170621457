/** Diagnostics as lines: where, how bad, which code, what is wrong, and below it what to do. */
import type { Diagnostic } from '../../diagnostic.js';
import { plural } from './amounts.js';
import { printable } from './printable.js';
import type { Style } from './style.js';

/** The lines of the first `most` diagnostics, and one that counts the rest. */
export function diagnosticLines(
  diagnostics: readonly Diagnostic[],
  style: Style,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const lines = diagnostics.slice(0, most).flatMap((diagnostic) => linesOf(diagnostic, style));
  const rest = diagnostics.slice(most);
  if (rest.length > 0) lines.push(style.apply('dim', `... and ${tally(rest)} more`));
  return lines;
}

/** `2 errors and 1 warning`. */
export function tally(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  return parts.join(' and ');
}

function linesOf({ file, line, column, severity, code, message, hint }: Diagnostic, style: Style): string[] {
  let place = printable(file);
  if (line !== null) place += column === null ? `:${line}` : `:${line}:${column}`;
  const level = style.apply(severity === 'error' ? 'red' : 'yellow', severity);
  const first = `${style.apply('bold', place)}: ${level} ${code}: ${printable(message)}`;
  return hint === null ? [first] : [first, style.apply('dim', `    ${printable(hint)}`)];
}
