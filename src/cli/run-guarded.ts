/** The only place that catches errors of commands: each becomes a message and an exit code. */
import type { Context } from './process/context.js';
import { ConfigProblem, EXIT, shortageIn, UsageProblem } from './process/exit.js';

/** Runs a command's body. An error becomes a message on stderr and an exit code. */
export async function guarded(context: Context, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    const { problemLines } = await import('./render/problem.js');
    context.stderr.write(`${problemLines(error, context).join('\n')}\n`);
    if (error instanceof UsageProblem || error instanceof ConfigProblem) return EXIT.usage;
    return shortageIn(error) === null ? EXIT.bug : EXIT.inputs;
  }
}
