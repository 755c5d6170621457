/** Opens the record of the last build, for the commands that show it. */

import { LastBuild } from '../../build/last-build.js';
import type { Selection } from '../../build/options.js';
import { hasStore } from '../../store/database.js';
import { plural } from '../../text/amounts.js';
import { printable } from '../../text/printable.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { unknownTasks } from '../options/unknown-names.js';
import { UsageProblem } from '../process/exit.js';

/** Throws UsageProblem if nothing has been built. A command that only reads must not create a store. */
export function requireStore({ cache }: Workspace): void {
  if (hasStore(cache.path)) return;
  throw new UsageProblem(`there is no store in ${cache.path}`, 'run "battbuild build" first');
}

/** The record of the selection's last build; the caller closes it. Throws UsageProblem if there is none. */
export function openLastBuild(workspace: Workspace, selection: Selection): LastBuild {
  const recorded = LastBuild.open(workspace, selection);
  if (recorded === null) {
    const hint = 'run "battbuild build" with the same options first';
    throw new UsageProblem(`there was no build of these tasks and solvers in ${workspace.root}`, hint);
  }
  if (recorded.unknownTasks.length > 0) {
    recorded.close();
    throw unknownTasks(recorded.unknownTasks);
  }
  return recorded;
}

/** At most this many file names are listed. */
const MOST_NAMES = 3;

/** A sentence that names the inputs that changed since the build; null if none did. */
export function changeNote(recorded: LastBuild): string | null {
  const changed = recorded.changedInputs(nodeFileSystem, Date.now);
  if (changed.length === 0) return null;
  const names = changed.slice(0, MOST_NAMES).map(printable).join(', ');
  const rest = changed.length > MOST_NAMES ? ', ...' : '';
  const verb = changed.length === 1 ? 'has' : 'have';
  return `these are the results of the last build: ${plural(changed.length, 'input')} ${verb} changed since (${names}${rest})`;
}
