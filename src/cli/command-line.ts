/** From arguments to an exit code: finds the command and loads only what it needs. */
import { loadChecksums } from '../encoding/checksum.js';
import type { NamedCommand } from './commands.js';
import { readBuildArguments, separated } from './options/quick-arguments.js';
import type { Context } from './process/context.js';
import { EXIT } from './process/exit.js';
import { guarded } from './run-guarded.js';

const HELP = new Set(['-h', '--help', 'help']);

/** How the completion scripts ask for the words that may complete a command line. */
const COMPLETE = '--complete';
const VERSION = new Set(['-v', '--version']);

/** Runs a command line (without the program's own name); returns the exit code. Never throws. */
export function runCommandLine(typed: readonly string[], context: Context): Promise<number> {
  return guarded(context, async () => {
    // Every command that opens a store needs the checksums.
    const checksums = loadChecksums();
    if (typed[0] === COMPLETE) {
      await checksums;
      return suggest(typed.slice(1), context);
    }
    const args = separated(typed);
    const flags = readBuildArguments(args);
    if (flags !== null) {
      const { runBuild } = await import('./live/build-runner.js');
      await checksums;
      return runBuild(flags, context);
    }
    await checksums;
    if (args.length === 1 && VERSION.has(args[0])) return printVersion(context);
    if (args.length === 1 && HELP.has(args[0])) return printOverview(context);
    const command = await splitCommand(args);
    const { parseCommand } = await import('./parse-command.js');
    return parseCommand(command, context);
  });
}

/**
 * Finds the command's name: the first word that is neither an option nor the value of an option. Without one, the
 * command is `build`. Options may stand before the name. (clipanion allows that too, but not together with a default
 * command.)
 */
async function splitCommand(args: readonly string[]): Promise<NamedCommand> {
  const { firstWord } = await import('./options/option-values.js');
  const { COMMAND_NAMES, isCommandName } = await import('./commands.js');
  const at = firstWord(args);
  const name = args[at];
  if (at >= 0 && isCommandName(name)) return { name, args: args.toSpliced(at, 1), implied: false };
  // A word after an unknown option may be its value: then the option is the mistake, not the word.
  if (at === 0) {
    const { unknownCommand } = await import('./options/unknown-names.js');
    throw unknownCommand(name, COMMAND_NAMES);
  }
  return { name: 'build', args, implied: true };
}

async function suggest(words: readonly string[], context: Context): Promise<number> {
  const { suggestionLines, suggestionsFor } = await import('./completion/suggestions.js');
  context.stdout.write(`${suggestionLines(await suggestionsFor(words, context)).join('\n')}\n`);
  return EXIT.done;
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
