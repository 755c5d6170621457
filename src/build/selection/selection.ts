/** The name of a selection in the store, and a digest of what its results depend on besides the inputs. */
import { sha256Hex } from '../../encoding/digest.js';
import type { Budget } from '../../engine/node.js';
import type { Fingerprints } from '../../fingerprint/fingerprints.js';
import { fingerprints } from '../../phases/fingerprints.js';
import { type PythonSettings, pythonSettingsOf } from '../../python/python-settings.js';
import type { SettingValue } from '../../workspace/config/config-keys.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Selection, Stopping } from '../options.js';

/**
 * The name under which the store records a selection: the folders of the tasks, the selected tasks, and the output
 * folder. The folders of solvers are not part of it. The published files of a task are those of its last build, so a
 * build with other solvers must find that last record of the task, not an older one of its own. The record concerns
 * files of this machine, so it contains paths; no action key contains any.
 */
export function selectionName({ tasks, out }: Workspace, selection: Selection): string {
  return JSON.stringify([
    tasks.map(({ path }) => path),
    out.path,
    [...new Set(selection.ids)].sort(),
    selection.start,
    selection.count,
    // Records of other code are not read.
    fingerprints.records,
  ]);
}

/** Whether builds of this selection publish the same tasks to the same output folder as the workspace's. */
export function publishesWith(name: string, { tasks, out }: Workspace): boolean {
  const [roots, folder] = JSON.parse(name) as unknown[];
  return folder === out.path && JSON.stringify(roots) === JSON.stringify(tasks.map(({ path }) => path));
}

/**
 * A prefix of names for the tasks of a workspace. If a task is removed from the workspace, its published files are
 * removed, whichever selection published them; files that other workspaces published to the same folder stay.
 */
export function workspaceName({ tasks }: Workspace): string {
  const roots = JSON.stringify(tasks.map(({ path }) => path));
  return `${sha256Hex(roots).slice(0, 16)}/`;
}

/** What results depend on besides the inputs. It is recorded, so that `explain` can name the changes. */
export interface Surroundings {
  readonly pairing: SettingValue<'pairing'>;
  readonly dialect: SettingValue<'dialect'>;
  /** Further lists of samples that are judged. */
  readonly samples: readonly string[];
  readonly budget: Budget;
  /** The folders of programs in Python, and the setting `python.entry`; null without such folders. */
  readonly python: (PythonSettings & { readonly roots: readonly string[] }) | null;
  readonly publish: {
    readonly enabled: boolean;
    readonly keep: number;
    readonly links: SettingValue<'publish.links'>;
  };
  /** The stop rule. A task whose cells were skipped by one is not complete for builds without it. */
  readonly stopping: Stopping;
  readonly fingerprints: Fingerprints;
}

const ALL_CELLS: Stopping = { earlyStop: false, untilSolved: false };

/** Names of the lists of samples that are judged besides `train` and `test`, each once. */
export function furtherSamplesOf({ settings }: Pick<Workspace, 'settings'>): readonly string[] {
  return [...new Set(settings.samples.value)].filter((name) => name !== 'train' && name !== 'test');
}

/** What one program may use on one sample. */
export function budgetOf({ settings, wheels }: Pick<Workspace, 'settings' | 'wheels'>): Budget {
  return {
    cost: settings['budget.cost'].value,
    cells: settings['budget.cells'].value,
    events: settings['python.events'].value,
    ...(wheels.digest === null ? {} : { packages: wheels.digest }),
  };
}

export function surroundingsOf(
  { settings, python, wheels }: Pick<Workspace, 'settings' | 'python' | 'wheels'>,
  stopping = ALL_CELLS,
): Surroundings {
  return {
    pairing: settings.pairing.value,
    dialect: settings.dialect.value,
    samples: furtherSamplesOf({ settings }),
    budget: budgetOf({ settings, wheels }),
    python:
      python.length === 0
        ? null
        : { roots: python.map(({ path }) => path), ...pythonSettingsOf({ settings, wheels }) },
    publish: {
      enabled: settings['publish.enabled'].value,
      keep: settings['publish.keep'].value,
      links: settings['publish.links'].value,
    },
    stopping,
    fingerprints,
  };
}

/** In the same surroundings, tasks with equal samples and candidates have equal results and published files. */
export function isSameSurroundings(a: Surroundings, b: Surroundings): boolean {
  // Of two builds of one process, the fingerprints are one object, and nearly all of the text.
  const isSameCode = a.fingerprints === b.fingerprints;
  const textOf = (one: Surroundings) =>
    JSON.stringify(isSameCode ? { ...one, fingerprints: undefined } : one);
  return textOf(a) === textOf(b);
}

/** If two digests are equal, the surroundings are the same. */
export function digestSurroundings(surroundings: Surroundings): string {
  return sha256Hex(JSON.stringify(surroundings));
}
