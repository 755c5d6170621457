/** The one place that catches: whatever a command throws becomes a message and an exit code. */
import type { Context } from './context.js';
import { ConfigProblem, EXIT, UsageProblem } from './exit.js';

/** Runs a command's body; what it throws becomes a message on stderr and an exit code. */
export async function guarded(context: Context, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    const { problemLines } = await import('./render/problem.js');
    context.stderr.write(`${problemLines(error, context).join('\n')}\n`);
    return error instanceof UsageProblem || error instanceof ConfigProblem ? EXIT.usage : EXIT.bug;
  }
}
