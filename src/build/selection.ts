/** Names a selection of inputs in the store, and digests what its results depend on besides the inputs. */
import { createHash } from 'node:crypto';
import type { Budget } from '../engine/node.js';
import type { Fingerprints } from '../fingerprint/fingerprints.js';
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
    // What other code recorded is not read.
    fingerprints.records,
  ]);
}

/**
 * Names the tasks of a workspace, as a prefix for names of single ones: what was published of a task goes when the
 * workspace has it no more, whichever selection published it, and what others published to the same folder stays.
 */
export function workspaceName({ tasks }: Workspace): string {
  const roots = JSON.stringify(tasks.map(({ path }) => path));
  return `${createHash('sha256').update(roots).digest('hex').slice(0, 16)}/`;
}

/** What results depend on besides the inputs: recorded, so that `explain` can say what of it changed. */
export interface Surroundings {
  readonly budget: Budget;
  readonly publish: { readonly enabled: boolean; readonly keep: number };
  readonly fingerprints: Fingerprints;
}

export function surroundingsOf({ settings }: Workspace): Surroundings {
  return {
    budget: { cost: settings['budget.cost'].value, cells: settings['budget.cells'].value },
    publish: { enabled: settings['publish.enabled'].value, keep: settings['publish.keep'].value },
    fingerprints,
  };
}

/** Equal: tasks with equal samples and candidates have equal results and publications. */
export function digestSurroundings(surroundings: Surroundings): string {
  return createHash('sha256').update(JSON.stringify(surroundings)).digest('hex');
}
