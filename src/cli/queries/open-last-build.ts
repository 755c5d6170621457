/** Opens the record of the last build, for the commands that show it. */

import { LastBuild } from '../../build/last-build.js';
import type { Selection } from '../../build/options.js';
import { hasStore, type StoreNotice, whyUnknown } from '../../store/database.js';
import { Store } from '../../store/store.js';
import { plural } from '../../text/amounts.js';
import { printable } from '../../text/printable.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { unknownTasks } from '../options/unknown-names.js';
import { UsageProblem } from '../process/exit.js';

/** Throws UsageProblem if nothing has been built. A command that only reads must not create a store. */
export function requireStore({ cache }: Workspace): void {
  if (isStoreIn(cache.path)) return;
  throw new UsageProblem(`there is no store in ${cache.path}`, 'run "battbuild build" first');
}

/**
 * The store of a workspace, for a command that reads it; the caller closes it. Throws UsageProblem if there is none,
 * or if it cannot be read, because the command's output would then be wrong.
 */
export function openStore(workspace: Workspace): Store {
  requireStore(workspace);
  return openStoreIfThere(workspace.cache.path);
}

/** The same, or an empty store in memory if there is none. */
export function openStoreIfThere(folder: string): Store {
  if (!isStoreIn(folder)) return Store.openIfThere(folder, () => new Date());
  const store = Store.open(folder);
  const { notice } = store;
  if (notice === null || notice.kind === 'read-only') return store;
  store.close();
  throw unusable(notice);
}

/** Whether there is a store in a folder. Throws UsageProblem if that cannot be found out. */
export function isStoreIn(folder: string): boolean {
  const reason = whyUnknown(folder);
  if (reason === null) return hasStore(folder);
  throw new UsageProblem(`the store in ${folder} cannot be read: ${reason}`, OTHER_FOLDER);
}

/** The reason why nothing can be read. */
export function unusable(notice: Exclude<StoreNotice, { kind: 'read-only' }>): UsageProblem {
  if (notice.kind === 'in-memory')
    return new UsageProblem(`the store ${notice.file} cannot be read: ${notice.reason}`, OTHER_FOLDER);
  return new UsageProblem(
    `the store could not be used, ${notice.reason}; it was kept as ${notice.kept}`,
    'run "battbuild build": it begins anew',
  );
}

const OTHER_FOLDER = 'choose another folder (--cache)';

/** The record of the selection's last build; the caller closes it. Throws UsageProblem if there is none. */
export function openLastBuild(workspace: Workspace, selection: Selection): LastBuild {
  const { path } = workspace.cache;
  const store = isStoreIn(path) ? openStoreIfThere(path) : null;
  const recorded = store === null ? null : LastBuild.in(store, workspace, selection, true);
  if (recorded === null) {
    store?.close();
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
