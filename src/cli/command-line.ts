/** From arguments to an exit code: which command is meant, with nothing loaded that it does not need. */
import type { CommandName } from './commands.js';
import type { Context } from './context.js';
import { EXIT } from './exit.js';
import { guarded } from './guard.js';
import { readBuildArguments } from './quick-arguments.js';

const HELP = new Set(['-h', '--help', 'help']);
const VERSION = new Set(['-v', '--version']);

/** Runs a command line (without the program's own name); returns the exit code. Never throws. */
export function runCommandLine(args: readonly string[], context: Context): Promise<number> {
  return guarded(context, async () => {
    if (args.length === 1 && VERSION.has(args[0])) return printVersion(context);
    if (args.length === 1 && HELP.has(args[0])) return printOverview(context);
    const flags = readBuildArguments(args);
    if (flags !== null) {
      const { runBuild } = await import('./build-face.js');
      return runBuild(flags, context);
    }
    const { parseCommand } = await import('./parse-command.js');
    return parseCommand(await namedCommands(args), args, context);
  });
}

/** The commands that these arguments may mean: one, unless options come before its name. */
async function namedCommands(args: readonly string[]): Promise<readonly CommandName[]> {
  const [first] = args;
  const { COMMAND_NAMES, isCommandName } = await import('./commands.js');
  if (first === undefined) return ['build'];
  if (isCommandName(first)) return [first];
  // A name that comes later may also be the value of an option of the default command: the parser can tell.
  if (first.startsWith('-')) return args.some(isCommandName) ? COMMAND_NAMES : ['build'];
  const { unknownCommand } = await import('./unknown-names.js');
  throw unknownCommand(first, COMMAND_NAMES);
}

async function printVersion(context: Context): Promise<number> {
  const { version } = await import('./version.js');
  context.stdout.write(`${version()}\n`);
  return EXIT.done;
}

async function printOverview(context: Context): Promise<number> {
  const { overviewLines } = await import('./render/help.js');
  context.stdout.write(`${(await overviewLines(context.colorDepth)).join('\n')}\n`);
  return EXIT.done;
}
