/** Parses the arguments of a command with clipanion, and runs it. */

import { closest } from '../lang/suggest.js';
import type { CommandContext } from './base-command.js';
import { Cli, type CliOf } from './clipanion.js';
import { COMMAND_NAMES, COMMANDS, type CommandName, type CommandType } from './commands.js';
import type { Context } from './context.js';
import { EXIT, UsageProblem } from './exit.js';
import { commandHelp, valueName } from './render/help.js';
import { unknownCommand } from './unknown-names.js';
import { version } from './version.js';

/** Parses and runs; `names` are the commands that the arguments may mean. Throws UsageProblem. */
export async function parseCommand(
  names: readonly CommandName[],
  args: readonly string[],
  context: Context,
): Promise<number> {
  const classes = await Promise.all(
    names.map(async (name): Promise<CommandType> => (await COMMANDS[name]()).default),
  );
  const cli = Cli.from<CommandContext>(classes, {
    binaryName: 'battbuild',
    binaryVersion: version(),
    enableColors: context.colorDepth > 2,
  });
  if (classes.length === 1 && asksForHelp(args)) {
    context.stdout.write(commandHelp(cli, classes[0]));
    return EXIT.done;
  }
  let command: ReturnType<typeof cli.process>;
  try {
    command = cli.process([...args], context);
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    throw syntaxProblem(error, args, cli);
  }
  return cli.run(command, context);
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes('-h') || options.includes('--help');
}

/** What clipanion throws for arguments that it cannot place; it exports no type of it. */
interface SyntaxError extends Error {
  readonly candidates: readonly { readonly reason: string | null }[];
}

function isSyntaxError(error: unknown): error is SyntaxError {
  return error instanceof Error && error.name === 'UnknownSyntaxError' && 'candidates' in error;
}

/** Says in our words what clipanion has to say in its own: it knows reasons only as text. */
function syntaxProblem(
  error: SyntaxError,
  args: readonly string[],
  cli: CliOf<CommandContext>,
): UsageProblem {
  const reason = error.candidates.find((candidate) => candidate.reason !== null)?.reason ?? '';
  const command = args[0]?.startsWith('-') === false ? args[0] : 'build';
  const help = `battbuild ${command} --help lists the options`;
  const word = /\("(.*)"\)\.$/s.exec(reason)?.[1] ?? '';
  if (reason.startsWith('Unsupported option') || reason.startsWith('Invalid option')) {
    return unknownOption(word, cli, help);
  }
  if (reason.startsWith('Not enough arguments to option')) {
    const option = /option (.*)\.$/.exec(reason)?.[1] ?? '';
    return new UsageProblem(`${option} needs a value: ${option} ${valueName(option)}`, help);
  }
  if (reason.startsWith('Extraneous positional')) {
    if (args[0]?.startsWith('-')) return unknownCommand(word, COMMAND_NAMES);
    return new UsageProblem(`${command} cannot use the argument ${JSON.stringify(word)}`, help);
  }
  if (reason.startsWith('Not enough positional')) {
    const { usage } = cli.definitions().find(({ path }) => path === `battbuild ${command}`) ?? { usage: '' };
    return new UsageProblem(`${command} needs an argument: ${usage.replace(/ \[.*?\]/g, '')}`, help);
  }
  return new UsageProblem(`cannot make sense of: ${args.join(' ')}`, help);
}

function unknownOption(word: string, cli: CliOf<CommandContext>, help: string): UsageProblem {
  const message = `there is no option ${JSON.stringify(word)}`;
  const joined = /^(-[a-zA-Z])(.+)$/.exec(word);
  const names = cli
    .definitions()
    .flatMap(({ options }) =>
      (options ?? []).flatMap(({ definition }) => definition.split(' ')[0].split(',')),
    );
  if (joined !== null && !word.startsWith('--') && names.includes(joined[1])) {
    return new UsageProblem(message, `did you mean "${joined[1]} ${joined[2]}"?`);
  }
  const meant = closest(word, names);
  return new UsageProblem(message, meant === null ? help : `did you mean "${meant}"?`);
}
