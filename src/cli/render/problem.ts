/** The message when a command cannot go on: a mistake or a lack of resources with a hint, or a bug of battbuild. */

import { printable } from '../../text/printable.js';
import { type Context, colorDepthOf } from '../process/context.js';
import { ConfigProblem, shortageIn, UsageProblem } from '../process/exit.js';
import { diagnosticLines } from './diagnostics.js';
import { Style } from './style.js';

/** The lines for an error that a command threw. */
export function problemLines(error: unknown, context: Context): string[] {
  const style = new Style(colorDepthOf(context.stderr, context.env));
  if (error instanceof ConfigProblem) return diagnosticLines(error.diagnostics, style);
  if (error instanceof UsageProblem) return withHint(error.message, error.hint, style);
  const shortage = shortageIn(error);
  if (shortage !== null) {
    const hint = 'raise the limit (ulimit), or let fewer workers run (-j 1); what is finished is kept';
    return withHint(`the system has no more to give: ${shortage}`, hint, style);
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const lines = withHint(`this is a bug in battbuild: ${message}`, null, style);
  if (context.env['BATTBUILD_DEBUG'] && error instanceof Error) return [...lines, error.stack ?? ''];
  return [...lines, '    please report it with the output of the same command under BATTBUILD_DEBUG=1'];
}

function withHint(message: string, hint: string | null, style: Style): string[] {
  const first = `${style.apply('red', 'error')}: ${printable(message)}`;
  return hint === null ? [first] : [first, style.apply('dim', `    ${printable(hint)}`)];
}
