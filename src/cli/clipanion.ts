/**
 * The only import of clipanion. It uses `require`: vitest would load the package's ES modules, which Node cannot run
 * because they import a folder; and an `import` in Node would first have to detect the exports of the CommonJS files,
 * which is slow.
 */
import { createRequire } from 'node:module';
import type { BaseContext } from 'clipanion';
import type { Context } from './process/context.js';

export const { Cli, Command, Option } = createRequire(import.meta.url)(
  'clipanion',
) as typeof import('clipanion');

export type { Cli as CliOf, CommandClass, Usage } from 'clipanion';

/** The library's context together with ours. */
export type CommandContext = BaseContext & Context;
