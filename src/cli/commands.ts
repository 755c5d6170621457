/** The only list of commands. Each command is loaded when it is needed. */

import type { CommandClass, CommandContext } from './clipanion.js';

export type CommandType = CommandClass<CommandContext>;

type LoadCommand = () => Promise<{ readonly default: CommandType }>;

/** By name, in the order that help shows. */
export const COMMANDS = {
  build: () => import('./commands/build.js'),
  watch: () => import('./commands/watch.js'),
  results: () => import('./commands/results.js'),
  compare: () => import('./commands/compare.js'),
  show: () => import('./commands/show.js'),
  graph: () => import('./commands/graph.js'),
  explain: () => import('./commands/explain.js'),
  stats: () => import('./commands/stats.js'),
  report: () => import('./commands/report.js'),
  card: () => import('./commands/card.js'),
  evolve: () => import('./commands/evolve.js'),
  worker: () => import('./commands/worker.js'),
  submit: () => import('./commands/submit.js'),
  verify: () => import('./commands/verify.js'),
  gc: () => import('./commands/gc.js'),
  clean: () => import('./commands/clean.js'),
  config: () => import('./commands/config.js'),
  init: () => import('./commands/init.js'),
  completion: () => import('./commands/completion.js'),
  conformance: () => import('./commands/conformance.js'),
} as const satisfies Record<string, LoadCommand>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

/** A command with its arguments; its own name is not among them. */
export interface NamedCommand {
  readonly name: CommandName;
  readonly args: readonly string[];
  /** True if no name was given and the command is the default. */
  readonly implied: boolean;
}

export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(COMMANDS, text);
}
