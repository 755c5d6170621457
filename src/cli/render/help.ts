/** Help: an overview of the commands, and a command's own page. */

import type { CommandContext } from '../base-command.js';
import type { CliOf } from '../clipanion.js';
import { COMMAND_NAMES, COMMANDS, type CommandType } from '../commands.js';
import { version } from '../version.js';
import { Style } from './style.js';
import { tableLines } from './table.js';

/** What the value of an option is called; clipanion knows only its number. */
const VALUE_NAMES: ReadonlyMap<string, string> = new Map([
  ['--config', 'FILE'],
  ['--tasks', 'PATH'],
  ['--solvers', 'PATH'],
  ['--differs', 'PATH'],
  ['--cache', 'DIR'],
  ['--out', 'DIR'],
  ['--task', 'ID'],
  ['-i', 'ID'],
  ['--timeout', 'SECONDS'],
  ['--format', 'FORMAT'],
  ['--solver', 'NAME'],
]);

/** `FILE`, `DIR`, ...: all others are numbers. */
export function valueName(option: string): string {
  return VALUE_NAMES.get(option) ?? 'N';
}

export function commandHelp(cli: CliOf<CommandContext>, command: CommandType): string {
  const text = cli.usage(command, { detailed: true });
  return text.replace(/(-[a-z-]+) #0/g, (_, option: string) => `${option} ${valueName(option)}`);
}

/** One line a command: all of it fits a screen. */
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
    '',
    'usage: battbuild [COMMAND] [OPTIONS]',
    '',
    ...tableLines(rows, ['left', 'left', 'left'], style),
    '',
    'Without a command it builds. battbuild COMMAND --help explains a command and its options.',
  ];
}
