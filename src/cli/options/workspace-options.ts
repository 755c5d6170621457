/** From the text of options to a workspace and a selection of its tasks. */
import type { Selection } from '../../build/options.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { openWorkspace, type Workspace, type WorkspaceFlags } from '../../workspace/workspace.js';
import type { Context } from '../process/context.js';
import { ConfigProblem, UsageProblem } from '../process/exit.js';

/** The options of every command that works on a workspace, as text. */
export interface CommonFlags extends WorkspaceFlags {
  readonly task?: readonly string[] | undefined;
  readonly count?: string | undefined;
  readonly start?: string | undefined;
}

/** Opens the workspace that the options describe. Throws ConfigProblem. */
export function workspaceOf(flags: CommonFlags, context: Context): Workspace {
  const { folder, env } = context;
  const request = { folder, flags, env, cores: context.cores() };
  const { workspace, diagnostics } = openWorkspace(request, nodeFileSystem);
  if (workspace === null) throw new ConfigProblem(diagnostics);
  return workspace;
}

/** The tasks that the options select. Throws UsageProblem. */
export function selectionOf(flags: CommonFlags): Selection {
  return {
    ids: flags.task ?? [],
    start: flags.start === undefined ? 0 : wholeNumber('--start', flags.start),
    count: flags.count === undefined ? null : wholeNumber('--count', flags.count),
  };
}

/** Whether only some tasks are selected. */
export function isNarrowed({ ids, start, count }: Selection): boolean {
  return ids.length > 0 || start > 0 || count !== null;
}

/** The value of an option that is a whole number from 0. Throws UsageProblem. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new UsageProblem(`${option}: expected a whole number, 0 or more, found ${JSON.stringify(text)}`);
}
