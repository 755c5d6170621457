/** Names a selection of inputs in the store, and digests what its results depend on besides the inputs. */
import { createHash } from 'node:crypto';
import { fingerprints } from '../phases/fingerprints.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Selection } from './options.js';

/**
 * The name under which the store remembers the last look at a selection: where the inputs are and which tasks of them.
 * It names a memory of this machine's files, so paths are in it as they are; no action key has any.
 */
export function selectionName(workspace: Workspace, selection: Selection): string {
  const paths = (roots: readonly { path: string }[]) => roots.map(({ path }) => path);
  const { tasks, solvers, differs, out, settings } = workspace;
  return JSON.stringify([
    paths(tasks),
    paths(solvers),
    paths(differs),
    out.path,
    settings.pairing.value,
    [...new Set(selection.ids)].sort(),
    selection.start,
    selection.count,
  ]);
}

/** Equal: tasks with equal samples and candidates have equal results and publications. */
export function settingsDigest(workspace: Workspace): string {
  const { settings } = workspace;
  const relevant = [
    settings['budget.cost'].value,
    settings['budget.cells'].value,
    settings['publish.enabled'].value,
    settings['publish.keep'].value,
    fingerprints,
  ];
  return createHash('sha256').update(JSON.stringify(relevant)).digest('hex');
}
