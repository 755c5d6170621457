/** Which words may complete a command line, for shells. */
import { DIAGNOSTIC_CODES } from '../../diagnostic.js';
import type { CommandContext } from '../clipanion.js';
import { Cli } from '../clipanion.js';
import { COMMAND_NAMES, COMMANDS, type CommandName, isCommandName } from '../commands.js';
import { CHOICES } from '../options/option-choices.js';
import { firstWord, OPTION_VALUES } from '../options/option-values.js';
import type { Context } from '../process/context.js';
import { solverNames, taskIds } from './workspace-names.js';

export interface Suggestion {
  readonly word: string;
  /** Description; may be empty. */
  readonly about: string;
}

/** Words that begin like the last one; or that the shell is to suggest files or folders. */
export type Suggestions = readonly Suggestion[] | 'files' | 'folders';

/** `words` are those after the program's name, up to the one that is being typed, which may be empty. */
export async function suggestionsFor(words: readonly string[], context: Context): Promise<Suggestions> {
  const joined = joinedAtEquals(words);
  const before = joined.slice(0, -1);
  const last = joined.at(-1) ?? '';
  const at = firstWord(before);
  const typed = at < 0 ? null : before[at];
  if (typed !== null && !isCommandName(typed)) return [];
  const line: Line = { command: typed as CommandName | null, before, context };
  const previous = before.at(-1) ?? '';
  if (OPTION_VALUES.has(previous)) return among(valuesOf(line, previous), last);
  const [, option, value = ''] = /^(--[a-z-]+)=(.*)$/s.exec(last) ?? [];
  if (option === undefined) return among(await wordsFor(line, last), last);
  const values = among(valuesOf(line, option), value);
  // The shell would take the part before the sign for a part of the file's name.
  if (typeof values === 'string') return wasApart(words) ? values : [];
  if (wasApart(words)) return values;
  return values.map(({ word, about }) => ({ word: `${option}=${word}`, about }));
}

interface Line {
  /** Null if no command is typed: it is `build`, or is still to come. */
  readonly command: CommandName | null;
  readonly before: readonly string[];
  readonly context: Context;
}

/** Bash splits a word at an equals sign: `--format`, `=`, `js`. */
function joinedAtEquals(words: readonly string[]): string[] {
  const joined: string[] = [];
  words.forEach((word, k) => {
    const isValue = words[k - 1] === '=' && joined.at(-1)?.endsWith('=');
    if (k > 0 && (isValue || (word === '=' && words[k - 1].startsWith('--')))) {
      joined.push(`${joined.pop()}${word}`);
    } else joined.push(word);
  });
  return joined;
}

function wasApart(words: readonly string[]): boolean {
  return words.at(-1) === '=' || words.at(-2) === '=';
}

function among(suggestions: Suggestions, beginning: string): Suggestions {
  if (typeof suggestions === 'string') return suggestions;
  return suggestions.filter(({ word }) => word.startsWith(beginning));
}

function plainly(words: readonly string[]): Suggestion[] {
  return words.map((word) => ({ word, about: '' }));
}

function valuesOf({ command, before, context }: Line, option: string): Suggestions {
  const choices = CHOICES[command ?? 'build']?.[option];
  if (choices !== undefined) return plainly(choices);
  switch (OPTION_VALUES.get(option)) {
    case 'FILE':
    case 'PATH':
      return 'files';
    case 'DIR':
      return 'folders';
    case 'ID':
      return plainly(taskIds(before, context));
    case 'NAME':
      return plainly(solverNames(before, argumentsIn(before)[0] ?? '', context));
    default:
      return [];
  }
}

/** The words that are neither an option, nor the value of one, nor the command. */
function argumentsIn(before: readonly string[]): string[] {
  const left = [...before];
  const found: string[] = [];
  for (let at = firstWord(left); at >= 0; at = firstWord(left)) found.push(...left.splice(at, 1));
  return found.slice(1);
}

async function wordsFor(line: Line, last: string): Promise<Suggestions> {
  const { command, before } = line;
  if (last.startsWith('-')) return optionsOf(command);
  if (command === null) return commands();
  const cli = Cli.from<CommandContext>((await COMMANDS[command]()).default, {});
  const [, argument] = /[<[](.+)[\]>]$/.exec(cli.definitions()[0].usage) ?? [];
  if (argument === undefined || argumentsIn(before).length > 0) return [];
  return argumentsFor(line, argument, last);
}

function commands(): Promise<Suggestion[]> {
  return Promise.all(
    COMMAND_NAMES.map(async (word) => {
      return { word, about: (await COMMANDS[word]()).default.usage?.description ?? '' };
    }),
  );
}

async function optionsOf(command: CommandName | null): Promise<Suggestion[]> {
  const cli = Cli.from<CommandContext>((await COMMANDS[command ?? 'build']()).default, {});
  const options = cli.definitions()[0].options.flatMap(({ definition, description = '' }) =>
    definition
      .split(' ')[0]
      .split(',')
      .map((word) => ({ word, about: description.trim() })),
  );
  const help = { word: '--help', about: 'explain the command and its options' };
  return [...options, help, ...(command === null ? [{ word: '--version', about: 'print the version' }] : [])];
}

function argumentsFor({ command, before, context }: Line, argument: string, last: string): Suggestions {
  const choices = CHOICES[command as CommandName]?.[argument];
  if (choices !== undefined) return plainly(choices);
  if (argument === 'DIR') return 'folders';
  const slash = last.indexOf('/');
  if (argument.includes('TASK[/SOLVER]') && slash >= 0) {
    const task = last.slice(0, slash);
    return plainly(solverNames(before, task, context).map((name) => `${task}/${name}`));
  }
  const codes = argument.includes('CODE') && /^[A-Z]/.test(last) ? Object.entries(DIAGNOSTIC_CODES) : [];
  const ids = argument.includes('TASK') ? taskIds(before, context) : [];
  return [...plainly(ids), ...codes.map(([word, about]) => ({ word, about }))];
}

/**
 * The lines that the completion scripts read: the kind of suggestions, then one a line, with a tab and its
 * description.
 */
export function suggestionLines(suggestions: Suggestions): string[] {
  if (typeof suggestions === 'string') return [suggestions];
  const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
  const lines = suggestions
    // A name with a line end cannot be in a list of lines, and no control character may reach the terminal.
    .filter(({ word }) => !/\p{C}/u.test(word))
    .map(({ word, about }) => (about === '' ? word : `${word}\t${oneLine(about)}`));
  return ['words', ...lines];
}
