/** Names of tasks and solvers in a workspace, for completion. Only what is known quickly; problems are ignored. */
import { LastBuild } from '../../build/last-build.js';
import { parseTaskFile } from '../../task/parse.js';
import { discoverTasks, notSearchedIn } from '../../workspace/discovery/discover.js';
import { FileProblem } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { openWorkspace, type Workspace, type WorkspaceFlags } from '../../workspace/workspace.js';
import type { Context } from '../process/context.js';

/**
 * At most this many task files are read, since each may hold many tasks. If there are more, file names are taken as
 * ids.
 */
const MOST_READ = 8;

/** Ids of the tasks in the workspace that the options of a command line select. */
export function taskIds(words: readonly string[], context: Context): string[] {
  const workspace = workspaceIn(words, context);
  if (workspace === null) return [];
  const { files } = discoverTasks(nodeFileSystem, workspace.tasks, notSearchedIn(workspace));
  return files.flatMap(({ path, name }) => {
    if (files.length > MOST_READ && !name.endsWith('challenges.json')) {
      return [name.slice(name.lastIndexOf('/') + 1, -'.json'.length)];
    }
    const bytes = nodeFileSystem.read(path);
    if (bytes instanceof FileProblem) return [];
    const { tasks, rejected } = parseTaskFile({ name, bytes }, null);
    return [...tasks.map(({ id }) => id), ...rejected];
  });
}

/** Names of the solvers that a task had in the last build. */
export function solverNames(words: readonly string[], task: string, context: Context): string[] {
  const workspace = workspaceIn(words, context);
  if (workspace === null) return [];
  const recorded = LastBuild.open(workspace, { ids: [task], start: 0, count: null });
  try {
    const names = recorded?.task(task)?.candidates.map(({ name }) => name) ?? [];
    return [...new Set(names)].sort();
  } finally {
    recorded?.close();
  }
}

function workspaceIn(words: readonly string[], { folder, env, cores }: Context): Workspace | null {
  const valuesOf = (option: string) => {
    const values = words.flatMap((word, k) =>
      words[k - 1] === option ? [word] : word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [],
    );
    return values.length === 0 ? undefined : values;
  };
  const flags: WorkspaceFlags = {
    config: valuesOf('--config')?.at(-1),
    tasks: valuesOf('--tasks'),
    cache: valuesOf('--cache')?.at(-1),
    out: valuesOf('--out')?.at(-1),
  };
  return openWorkspace({ folder, flags, env, cores: cores() }, nodeFileSystem).workspace;
}
