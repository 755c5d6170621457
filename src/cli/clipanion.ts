/**
 * The one import of clipanion. By `require`: vitest would take the package's files for `import`, which do not work in Node
 * (they import a folder), and Node would have to guess the exports of those for `require`, which takes its time.
 */
import { createRequire } from 'node:module';

export const { Cli, Command, Option } = createRequire(import.meta.url)(
  'clipanion',
) as typeof import('clipanion');

export type { BaseContext, Cli as CliOf, CommandClass, Usage } from 'clipanion';
