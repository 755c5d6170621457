/** Which files and folders a watch of a workspace needs events for. It only asks the disk which folders exist. */
import { dirname } from 'node:path';
import { STORE_FILE } from '../../store/database.js';
import { SKIPPED_FOLDERS } from '../../workspace/discovery/discover.js';
import { FileProblem, type FileSystem } from '../../workspace/file-system.js';
import type { Workspace } from '../../workspace/workspace.js';

interface Root {
  readonly path: string;
  /** Extensions of input files. */
  readonly extension: string;
  /** Folders below that contain no inputs. */
  readonly excluded: readonly string[];
}

/** The folders at which watching begins: they contain everything relevant. */
export interface Anchors {
  readonly present: readonly string[];
  /** Folders in which inputs may reappear without an event. */
  readonly missing: readonly string[];
}

export class WatchedPaths {
  private readonly roots: readonly Root[];
  /** Single files and folders that are relevant, wherever they are. */
  private readonly targets: ReadonlySet<string>;
  private readonly store: string;

  /** `config` is the path of the config, whether it exists or not. */
  constructor(
    private readonly workspace: Workspace,
    private readonly config: string,
  ) {
    const { tasks, solvers, differs, python, packages, cache, out } = workspace;
    const rootOf = (extension: string) => {
      return ({ path }: { readonly path: string }): Root => {
        const excluded = [out.path, cache.path].filter((folder) => isBelow(folder, path));
        return { path, extension, excluded };
      };
    };
    this.roots = [
      ...tasks.map(rootOf('.json')),
      ...solvers.map(rootOf('.py')),
      ...differs.map(rootOf('.py')),
      ...python.map(rootOf('.py')),
      ...packages.map(rootOf('.whl')),
    ];
    this.store = `${cache.path}/${STORE_FILE}`;
    const solutions = tasks.map(({ path }) => path.replace(/challenges\.json$/, 'solutions.json'));
    const inputs = [...this.roots.map(({ path }) => path), ...solutions];
    this.targets = new Set([...inputs, config, this.store, out.path]);
  }

  anchors(files: FileSystem): Anchors {
    const { root, cache, out } = this.workspace;
    const isFolder = (path: string) => {
      const stat = files.stat(path);
      return !(stat instanceof FileProblem) && stat.kind === 'folder';
    };
    const outside = this.roots
      .filter(({ path }) => !isBelow(path, root))
      .map(({ path, extension }) => (isFolder(path) || !path.endsWith(extension) ? path : dirname(path)));
    const needed = [root, dirname(this.config), ...outside];
    const wanted = [...new Set([...needed, cache.path, out.path])];
    const present = wanted.filter(isFolder);
    // Anything below another anchor is covered by that anchor.
    const highest = present.filter((path) => !present.some((other) => isBelow(path, other)));
    const reached = (path: string) => highest.some((other) => path === other || isBelow(path, other));
    return { present: highest, missing: [...new Set(needed)].filter((path) => !reached(path)) };
  }

  /** Whether changes in a folder, or in a link's target, can be relevant. */
  leads(path: string): boolean {
    if (path === this.workspace.out.path || path === this.config) return true;
    for (const target of this.targets) if (isBelow(target, path)) return true;
    return this.roots.some((root) => path === root.path || isWithin(root, path));
  }

  /** Whether battbuild itself writes to the folder. */
  isOutput(path: string): boolean {
    return path === this.workspace.out.path || path === this.workspace.cache.path;
  }

  /** Whether a change of a file or folder can be relevant: of its existence, or of its content only. */
  concerns(path: string, presence: boolean): boolean {
    if (presence) {
      // A folder on the way to a relevant path was added or removed.
      for (const target of this.targets) if (target === path || isBelow(target, path)) return true;
      if (dirname(path) === this.workspace.out.path) return true;
      // An added or removed entry may be a folder full of inputs.
      return this.roots.some((root) => isWithin(root, path));
    }
    if (path === this.store) return false;
    if (this.targets.has(path)) return true;
    return this.roots.some((root) => path.endsWith(root.extension) && isWithin(root, path));
  }
}

/** Whether a path is below a root, and neither hidden nor in an excluded folder. */
function isWithin({ path: root, excluded }: Root, path: string): boolean {
  if (!isBelow(path, root)) return false;
  if (excluded.some((folder) => path === folder || isBelow(path, folder))) return false;
  const parts = path.slice(root.length).split('/');
  return parts.every((part) => !part.startsWith('.') && !SKIPPED_FOLDERS.has(part));
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && path !== folder && (folder.endsWith('/') || path[folder.length] === '/');
}
