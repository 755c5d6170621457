/**
 * The one import of clipanion. By `require`: vitest would take the package's files for `import`, which do not work in Node
 * (they import a folder), and Node would have to guess the exports of those for `require`, which takes its time.
 */
import { createRequire } from 'node:module';
import type { BaseContext } from 'clipanion';
import type { Context } from './context.js';

export const { Cli, Command, Option } = createRequire(import.meta.url)(
  'clipanion',
) as typeof import('clipanion');

export type { Cli as CliOf, CommandClass, Usage } from 'clipanion';

/** The library's context, with ours in it. */
export type CommandContext = BaseContext & Context;
