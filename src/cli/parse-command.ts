/** Parses the arguments of a command with clipanion, and runs it. */
import { closest } from '../lang/suggest.js';
import type { CommandContext } from './clipanion.js';
import { Cli, type CliOf } from './clipanion.js';
import { COMMAND_NAMES, COMMANDS, type NamedCommand } from './commands.js';
import { OPTION_VALUES } from './options/option-values.js';
import { unknownCommand } from './options/unknown-names.js';
import type { Context } from './process/context.js';
import { EXIT, UsageProblem } from './process/exit.js';
import { helpLines } from './render/help.js';

/** Parses the arguments of a command and runs it. Throws UsageProblem. */
export async function parseCommand(command: NamedCommand, context: Context): Promise<number> {
  const { name, args } = command;
  const { default: type } = await COMMANDS[name]();
  const cli = Cli.from<CommandContext>(type, {
    binaryName: 'battbuild',
    enableColors: context.colorDepth > 2,
  });
  if (asksForHelp(args)) {
    context.stdout.write(`${helpLines(cli, type.usage ?? {}, context.colorDepth).join('\n')}\n`);
    return EXIT.done;
  }
  let parsed: ReturnType<typeof cli.process>;
  try {
    parsed = cli.process([name, ...args], context);
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    throw syntaxProblem(error, command, cli);
  }
  return cli.run(parsed, context);
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes('-h') || options.includes('--help');
}

/** What clipanion throws for arguments that it cannot parse; it does not export the type. */
interface SyntaxError extends Error {
  readonly candidates: readonly { readonly reason: string | null }[];
}

function isSyntaxError(error: unknown): error is SyntaxError {
  return error instanceof Error && error.name === 'UnknownSyntaxError' && 'candidates' in error;
}

/** Translates an error of clipanion into our words. clipanion gives its reasons only as text. */
function syntaxProblem(
  error: SyntaxError,
  { name, args, implied }: NamedCommand,
  cli: CliOf<CommandContext>,
): UsageProblem {
  const reason = error.candidates.find((candidate) => candidate.reason !== null)?.reason ?? '';
  const help = `battbuild ${name} --help lists the options`;
  const word = /\("(.*)"\)\.$/s.exec(reason)?.[1] ?? '';
  if (reason.startsWith('Unsupported option') || reason.startsWith('Invalid option')) {
    return unknownOption(word, cli, help);
  }
  if (reason.startsWith('Not enough arguments to option')) {
    const option = /option (.*)\.$/.exec(reason)?.[1] ?? '';
    return new UsageProblem(
      `${option} needs a value: ${option} ${OPTION_VALUES.get(option) ?? 'VALUE'}`,
      help,
    );
  }
  if (reason.startsWith('Extraneous positional')) {
    if (implied) return unknownCommand(word, COMMAND_NAMES);
    return new UsageProblem(`${name} cannot use the argument ${JSON.stringify(word)}`, help);
  }
  if (reason.startsWith('Not enough positional')) {
    return new UsageProblem(`${name} needs an argument: ${cli.definitions()[0].usage}`, help);
  }
  return new UsageProblem(`cannot make sense of: battbuild ${name} ${args.join(' ')}`, help);
}

function unknownOption(word: string, cli: CliOf<CommandContext>, help: string): UsageProblem {
  const message = `there is no option ${JSON.stringify(word)}`;
  const names = cli.definitions()[0].options.flatMap(({ definition }) => definition.split(' ')[0].split(','));
  const meant = closest(word, names);
  return new UsageProblem(message, meant === null ? help : `did you mean "${meant}"?`);
}
