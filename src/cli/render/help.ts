/** The text of help: an overview of all commands, and a page for each command. */

import type { CliOf, CommandContext, Usage } from '../clipanion.js';
import { COMMAND_NAMES, COMMANDS } from '../commands.js';
import { COMMON_NAMES } from '../options/common-options.js';
import { OPTION_VALUES } from '../options/option-values.js';
import { version } from '../version.js';
import { type TableCell, tableLines } from './columns.js';
import { Style } from './style.js';

/** The page of a command. `cli` has only that command, `usage` is the command's. Its own options come first. */
export function helpLines(cli: CliOf<CommandContext>, usage: Usage, colorDepth: number): string[] {
  const style = new Style(colorDepth);
  const [{ options, usage: call }] = cli.definitions({ colored: style.colored });
  const { description = '', details = '', examples = [] } = usage;
  const position = ({ definition }: Described) => COMMON_NAMES.indexOf(namesOf(definition));
  const own = options.filter((option) => position(option) < 0);
  const common = options.filter((option) => position(option) >= 0).sort((a, b) => position(a) - position(b));
  const rows = [own, common].filter((group) => group.length > 0).map((group) => group.map(optionRow));
  const lines = [capitalized(description.trim()), '', `usage: ${call}${rows.length > 0 ? ' [OPTIONS]' : ''}`];
  const table = tableLines(rows.flat(), ['left', 'left', 'left'], style);
  for (const group of rows) lines.push('', ...table.splice(0, group.length));
  lines.push('', ...detailLines(details, style), '');
  for (const [what, command] of examples) {
    lines.push(`# ${what.trim()}`, style.apply('bold', command.replace('$0', 'battbuild')));
  }
  return lines;
}

interface Described {
  readonly definition: string;
  readonly description?: string;
}

/** Such as `-i,--task` from `-i,--task #0`. */
function namesOf(definition: string): string {
  return definition.split(' ')[0];
}

function optionRow({ definition, description = '' }: Described): TableCell[] {
  const joined = namesOf(definition);
  const shown =
    joined === definition ? joined : `${joined} ${OPTION_VALUES.get(joined.split(',')[0]) ?? 'VALUE'}`;
  return ['', { text: shown.replace(',', ', '), format: 'bold' }, description.trim()];
}

const WIDTH = 80;

/** A blank, or a piece that stays on one line: a word, or text in backticks with the characters next to it. */
const PIECES = /(?:`[^`]*`|[^\s`])+/g;

/** Beginning of a list item; lines of lists are not filled. */
const LISTED = '- ';

/** Fills paragraphs; leaves lists as they are. */
function detailLines(details: string, style: Style): string[] {
  const paragraphs = details.trim().split(/\n\s*\n/);
  const lines = paragraphs.flatMap((paragraph) => ['', ...paragraphLines(paragraph)]);
  return lines.slice(1).map((line) => line.replaceAll(/`[^`]*`/g, (code) => style.apply('cyan', code)));
}

function paragraphLines(paragraph: string): string[] {
  const listed = paragraph.split('\n').map((line) => line.trim());
  if (listed.every((line) => line.startsWith(LISTED)))
    return listed.map((line) => `  ${line.slice(LISTED.length)}`);
  const lines: string[] = [];
  let line = '';
  for (const [piece] of paragraph.matchAll(PIECES)) {
    if (line !== '' && line.length + 1 + piece.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? piece : ` ${piece}`;
  }
  return [...lines, line];
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** One line for each command. All lines fit a screen of 24 lines of 80 columns together with a prompt. */
export async function overviewLines(colorDepth: number): Promise<string[]> {
  const style = new Style(colorDepth);
  const rows = await Promise.all(
    COMMAND_NAMES.map(async (name) => {
      const description = (await COMMANDS[name]()).default.usage?.description ?? '';
      return ['', { text: name, format: 'bold' as const }, description];
    }),
  );
  return [
    `${style.apply('bold', `battbuild ${version()}`)} judges ARC solver programs, and does again only what changed`,
    'usage: battbuild [COMMAND] [OPTIONS], default: build; COMMAND --help explains it',
    '',
    ...tableLines(rows, ['left', 'left', 'left'], style),
  ];
}
