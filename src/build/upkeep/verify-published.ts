/** Checks published files: each must exist, and the name of a text must be the digest of its content. */
import type { Store } from '../../store/store.js';
import { FileProblem, type FileSystem } from '../../workspace/file-system.js';
import { isNamedRight } from '../../workspace/output/published-path.js';
import { insideOf, type NamedPath } from '../../workspace/paths.js';
import { type PublishedTotal, totalOfPaths } from '../record/published-total.js';
import { readSelectionName } from '../selection/selection-name.js';

export interface CheckedPublished {
  readonly total: PublishedTotal;
  /** Missing files of a build that is running or was killed; the next build writes them. */
  readonly pending: number;
  readonly problems: readonly string[];
  /** The problems, by path in the output folder. */
  readonly wrong: readonly string[];
}

export function checkPublished(store: Store, out: NamedPath, files: FileSystem): CheckedPublished {
  const names = new Set<string>();
  for (const owner of store.published.owners(out.path)) {
    for (const file of store.published.filesOf(out.path, owner)) names.add(file);
  }
  const underWay = isBuildUnfinished(store, out.path);
  const problems: string[] = [];
  const wrong: string[] = [];
  let pending = 0;
  for (const name of [...names].sort()) {
    const path = insideOf(out.path, name);
    const content = path === null ? null : files.read(path);
    if (path === null) {
      problems.push(`${out.name}/${name}: a published name leads out of the folder`);
      wrong.push(name);
    } else if (content === null || content instanceof FileProblem) {
      if (underWay && content?.absent) pending++;
      else {
        problems.push(`${out.name}/${name}: was published, and ${content?.describe()}`);
        wrong.push(name);
      }
    } else if (!isNamedRight(name, content)) {
      problems.push(`${out.name}/${name}: is not what was published`);
      wrong.push(name);
    }
  }
  return { total: totalOfPaths(names), pending, problems, wrong };
}

/**
 * Removes wrong files and unregisters them; the next build publishes them again. Files that cannot be removed stay
 * registered; returns their number.
 */
export function dropPublished(
  store: Store,
  out: NamedPath,
  files: FileSystem,
  wrong: readonly string[],
): number {
  const gone = wrong.filter((name) => {
    const path = insideOf(out.path, name);
    const stat = path === null ? null : files.statLink(path);
    // A folder does not belong to battbuild, whatever was there before.
    if (path === null || stat === null || stat instanceof FileProblem || stat.kind === 'folder') return true;
    return files.remove(path) === null;
  });
  store.write(() => {
    for (const owner of store.published.owners(out.path)) store.published.remove(out.path, owner, gone);
  });
  return wrong.length - gone.length;
}

/**
 * The store registers files before they are written, and unregisters them after they are removed (phases/publish.ts).
 */
function isBuildUnfinished(store: Store, out: string): boolean {
  const newest = new Map<string, boolean>();
  for (const { selection, finished } of store.upkeep.runs()) {
    if (readSelectionName(selection)?.out === out) newest.set(selection, finished);
  }
  return [...newest.values()].includes(false);
}
