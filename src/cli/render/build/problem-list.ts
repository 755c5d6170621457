/** The problems of a build: all of them, or their number at the end of a summary. */
import type { StraySolver } from '../../../build/options.js';
import { type Diagnostic, SEVERITIES } from '../../../diagnostic.js';
import { plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import { diagnosticLines, tally } from '../diagnostics.js';
import type { Excerpts } from '../excerpt.js';
import type { Style } from '../style.js';

/** The worst problems first, then the solvers that belong to no task, then the totals. */
export function listedLines(
  diagnostics: readonly Diagnostic[],
  strays: readonly StraySolver[],
  style: Style,
  excerpts: Excerpts | null = null,
): string[] {
  const rank = ({ severity }: Diagnostic) => SEVERITIES.indexOf(severity);
  const ordered = [...diagnostics].sort((a, b) => rank(a) - rank(b));
  const lines = diagnosticLines(ordered, style, excerpts);
  for (const { file, line, name } of strays) {
    const place = style.apply('bold', `${printable(file)}:${line}`);
    lines.push(`${place}: ${printable(name)} belongs to no task here`);
  }
  const counts = [
    ...(diagnostics.length > 0 ? [tally(diagnostics)] : []),
    ...(strays.length > 0 ? [strayText(strays.length)] : []),
  ];
  return [...lines, counts.length > 0 ? counts.join('; ') : 'no problems'];
}

/** At most two lines. Strays are no problems, so they have a line of their own. */
export function closingLines(diagnostics: readonly Diagnostic[], strays: number, style: Style): string[] {
  return [
    ...(strays > 0 ? [strayText(strays)] : []),
    ...(diagnostics.length > 0
      ? [`${tally(diagnostics)}; all of them: ${style.apply('bold', 'battbuild build --problems')}`]
      : []),
  ];
}

function strayText(strays: number): string {
  return `${plural(strays, 'solver')} ${strays === 1 ? 'belongs' : 'belong'} to no task here`;
}
