/** Help: an overview of the commands, and a command's own page. */

import type { CommandContext } from '../base-command.js';
import type { CliOf } from '../clipanion.js';
import { COMMAND_NAMES, COMMANDS } from '../commands.js';
import { OPTION_VALUES } from '../option-values.js';
import { version } from '../version.js';
import { Style } from './style.js';
import { tableLines } from './table.js';

/** A command's page; `cli` has that command only. */
export function helpLines(cli: CliOf<CommandContext>, colorDepth: number): string[] {
  const style = new Style(colorDepth);
  const [definition] = cli.definitions({ colored: style.colored });
  const { description = '', details = '', examples = [], options, usage } = definition;
  const rows = options.map(({ definition: names, description: what = '' }) => {
    const [joined, value] = names.split(' ');
    const option = joined.split(',');
    const shown = value === undefined ? joined : `${joined} ${OPTION_VALUES.get(option[0]) ?? 'VALUE'}`;
    return ['', { text: shown.replace(',', ', '), format: 'bold' as const }, what.trim()];
  });
  const lines = [capitalized(description.trim()), ''];
  if (rows.length === 0) lines.push(`usage: ${usage}`, '');
  else lines.push(`usage: ${usage} [OPTIONS]`, '', ...tableLines(rows, ['left', 'left', 'left'], style), '');
  lines.push(
    ...details
      .trim()
      .split('\n')
      .map((line) => line.trimEnd()),
    '',
  );
  for (const [what, command] of examples) {
    lines.push(`# ${what.trim()}`, style.apply('bold', command));
  }
  return lines;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** One line a command: all of it fits a screen of 24 lines of 80 columns, a prompt included. */
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
    'usage: battbuild [COMMAND] [OPTIONS]; without a command it builds',
    'battbuild COMMAND --help explains a command and its options',
    '',
    ...tableLines(rows, ['left', 'left', 'left'], style),
  ];
}
