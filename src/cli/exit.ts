/** How commands end: exit codes, and what is said when one cannot go on. */
import type { Diagnostic } from '../diagnostic.js';
import { type Context, colorDepthOf } from './context.js';
import { diagnosticLines } from './render/diagnostics.js';
import { printable } from './render/printable.js';
import { Style } from './render/style.js';

export const EXIT = {
  /** All was done. */
  done: 0,
  /** Some input could not be built, or a check failed; all else was done. */
  inputs: 1,
  /** Usage or config: nothing was done. */
  usage: 2,
  /** A bug of ours (EX_SOFTWARE of sysexits). */
  bug: 70,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The user asked for something that cannot be done: exit code 2. Thrown by commands and caught by `guarded` only. */
export class UsageProblem extends Error {
  constructor(
    message: string,
    /** What to do about it. */
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

/** The workspace cannot be opened: exit code 2. */
export class ConfigProblem extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super('the workspace cannot be opened');
  }
}

/** Runs a command's body; what it throws becomes a message on stderr and an exit code. */
export async function guarded(context: Context, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    const style = new Style(colorDepthOf(context.stderr, context.env));
    context.stderr.write(`${explained(error, context, style).join('\n')}\n`);
    return error instanceof UsageProblem || error instanceof ConfigProblem ? EXIT.usage : EXIT.bug;
  }
}

function explained(error: unknown, context: Context, style: Style): string[] {
  if (error instanceof ConfigProblem) return diagnosticLines(error.diagnostics, style);
  if (error instanceof UsageProblem) return problemLines(error.message, error.hint, style);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const lines = problemLines(`this is a bug in battbuild: ${message}`, null, style);
  if (context.env['BATTBUILD_DEBUG'] && error instanceof Error) return [...lines, error.stack ?? ''];
  lines.push('    please report it with the output of the same command under BATTBUILD_DEBUG=1');
  return lines;
}

function problemLines(message: string, hint: string | null, style: Style): string[] {
  const first = `${style.apply('red', 'error')}: ${printable(message)}`;
  return hint === null ? [first] : [first, style.apply('dim', `    ${printable(hint)}`)];
}
