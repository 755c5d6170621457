/** Names a selection of inputs in the store, and digests what its results depend on besides the inputs. */
import { sha256Hex } from '../../encoding/digest.js';
import type { Budget } from '../../engine/node.js';
import type { Fingerprints } from '../../fingerprint/fingerprints.js';
import { fingerprints } from '../../phases/fingerprints.js';
import type { SettingValue } from '../../workspace/config-keys.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Selection, Stopping } from '../options.js';

/**
 * The name under which the store remembers the last look at a selection: where the tasks are, which of them, and where
 * they are published. Where the solvers are is not in it: what is published of a task is what the last build made of
 * it, so that a build with other solvers must not find its last look, but the last look at the task.
 * It names a memory of this machine's files, so paths are in it as they are; no action key has any.
 */
export function selectionName({ tasks, out }: Workspace, selection: Selection): string {
  return JSON.stringify([
    tasks.map(({ path }) => path),
    out.path,
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
  return `${sha256Hex(roots).slice(0, 16)}/`;
}

/** What results depend on besides the inputs: recorded, so that `explain` can say what of it changed. */
export interface Surroundings {
  readonly pairing: SettingValue<'pairing'>;
  readonly dialect: SettingValue<'dialect'>;
  /** Further lists of samples that are judged. */
  readonly samples: readonly string[];
  readonly budget: Budget;
  /** Where programs in Python are, and which function of them counts; null where there are none. */
  readonly python: { readonly roots: readonly string[]; readonly entry: string } | null;
  readonly publish: { readonly enabled: boolean; readonly keep: number };
  /** Cells that ran with one of these do not make a task complete for builds without it. */
  readonly stopping: Stopping;
  readonly fingerprints: Fingerprints;
}

const ALL_CELLS: Stopping = { earlyStop: false, untilSolved: false };

/** Names of the lists of samples that are judged besides `train` and `test`, each once. */
export function furtherSamplesOf({ settings }: Pick<Workspace, 'settings'>): readonly string[] {
  return [...new Set(settings.samples.value)].filter((name) => name !== 'train' && name !== 'test');
}

/** What one program may use on one sample. */
export function budgetOf({ settings }: Pick<Workspace, 'settings'>): Budget {
  return {
    cost: settings['budget.cost'].value,
    cells: settings['budget.cells'].value,
    events: settings['python.events'].value,
  };
}

export function surroundingsOf(
  { settings, python }: Pick<Workspace, 'settings' | 'python'>,
  stopping = ALL_CELLS,
): Surroundings {
  return {
    pairing: settings.pairing.value,
    dialect: settings.dialect.value,
    samples: furtherSamplesOf({ settings }),
    budget: budgetOf({ settings }),
    python:
      python.length === 0
        ? null
        : { roots: python.map(({ path }) => path), entry: settings['python.entry'].value },
    publish: { enabled: settings['publish.enabled'].value, keep: settings['publish.keep'].value },
    stopping,
    fingerprints,
  };
}

/** Equal: tasks with equal samples and candidates have equal results and publications. */
export function isSameSurroundings(a: Surroundings, b: Surroundings): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** For what depends on the surroundings and is digested. */
export function digestSurroundings(surroundings: Surroundings): string {
  return sha256Hex(JSON.stringify(surroundings));
}
