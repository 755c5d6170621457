/** Finds the input files in the folders and files that a workspace names. */
import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostic.js';
import { FileProblem, type FileStat, type FileSystem } from '../file-system.js';
import { type NamedPath, sortByName } from '../paths.js';
import { type IgnoreRules, ignoreRules } from './ignore.js';

/** A folder or file to search for inputs. */
export interface InputRoot extends NamedPath {
  /** False for a default folder, which may be absent or empty. */
  readonly explicit: boolean;
}

export interface Discovered<Input extends NamedPath> {
  /** Sorted by name; distinct. */
  readonly files: readonly Input[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A file with a single task or combined challenges. */
export interface TaskInput extends NamedPath {
  /** The solutions file of a challenges file. */
  readonly solutions: NamedPath | null;
  /**
   * Index of the root in which it was found. If two files have the same task, the one in the first root takes
   * precedence.
   */
  readonly root: number;
}

/** Submissions are often beside the challenges: `submission.json`, `sample_submission.json`. */
const SUBMISSION = /(^|[/_])submission\.json$/;

/** Folders that never contain inputs; hidden ones (.git, .venv) are skipped too. */
export const SKIPPED_FOLDERS = new Set(['node_modules', 'venv', '__pycache__']);

/** Paths that are not searched, unless a root is one of them or inside one. */
export interface NotSearched {
  /** Absolute paths of folders, such as the output folder. */
  readonly folders: readonly string[];
  readonly ignored: IgnoreRules;
}

/** The paths that are not searched for inputs of a workspace. */
export function notSearchedIn({
  out,
  cache,
  ignored,
}: {
  readonly out: NamedPath;
  readonly cache: NamedPath;
  readonly ignored: readonly string[];
}): NotSearched {
  return { folders: [out.path, cache.path], ignored: ignoreRules(ignored) };
}

/**
 * Task files: every `*.json` below the roots, and roots that are files. `x_solutions.json` is a part of
 * `x_challenges.json` if both are in one folder, and no task file. Submissions below the roots are no task files
 * either.
 */
export function discoverTasks(
  fileSystem: FileSystem,
  roots: readonly InputRoot[],
  excluded: NotSearched,
): Discovered<TaskInput> {
  const search = new Search(fileSystem, '.json', excluded);
  for (const root of roots) search.visit(root, 'error', 'there is no task file (*.json) in this folder');
  const { files: all, diagnostics } = search.result();
  const files = all.filter(({ path }) => !SUBMISSION.test(path) || roots.some((root) => root.path === path));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const solutions = new Map<string, NamedPath>();
  for (const file of files) {
    const beside = solutionsBeside(file);
    if (beside === null) continue;
    const found = byPath.get(beside.path);
    if (found !== undefined) solutions.set(file.path, found);
    // If challenges were named as a file, their folder has not been searched for solutions.
    else if (!(fileSystem.stat(beside.path) instanceof FileProblem)) solutions.set(file.path, beside);
  }
  const parts = new Set([...solutions.values()].map(({ path }) => path));
  const tasks = files.filter(({ path }) => !parts.has(path));
  return {
    files: tasks.map((file) => ({ ...file, solutions: solutions.get(file.path) ?? null })),
    diagnostics,
  };
}

/** The path of the solutions of a challenges file; null for other files. */
function solutionsBeside(file: NamedPath): NamedPath | null {
  const base = basename(file.path);
  if (!base.endsWith('challenges.json')) return null;
  const solutions = base.replace(/challenges\.json$/, 'solutions.json');
  return {
    path: join(dirname(file.path), solutions),
    name: file.name.slice(0, file.name.length - base.length) + solutions,
  };
}

/** Files of programs: every `*.py` below the roots, and roots that are files. */
export function discoverPrograms(
  fileSystem: FileSystem,
  roots: readonly InputRoot[],
  excluded: NotSearched,
): Discovered<NamedPath> {
  const search = new Search(fileSystem, '.py', excluded);
  for (const root of roots) search.visit(root, 'warning', 'there is no file *.py in this folder');
  return search.result();
}

/** Wheels: every `*.whl` below the roots, and roots that are files. */
export function discoverWheels(
  fileSystem: FileSystem,
  roots: readonly InputRoot[],
  excluded: NotSearched,
): Discovered<NamedPath> {
  const search = new Search(fileSystem, '.whl', excluded);
  for (const root of roots) search.visit(root, 'warning', 'there is no wheel (*.whl) in this folder');
  return search.result();
}

interface FoundFile extends NamedPath {
  readonly root: number;
}

/** Walks folders. Each folder is entered once, even if many links lead to it, so cycles of links do no harm. */
class Search {
  private readonly found = new Map<string, FoundFile>();
  private root = -1;
  private readonly diagnostics: Diagnostic[] = [];
  private readonly entered = new Set<string>();
  private readonly excluded: ReadonlySet<string>;
  private readonly ignored: IgnoreRules;
  /** Linked folders wait until all others have been entered, so that a file is named by its direct path. */
  private linked: NamedPath[] = [];
  /** Whether the current root contains anything, already found or unreadable. */
  private holdsAny = false;

  constructor(
    private readonly fileSystem: FileSystem,
    private readonly extension: string,
    { folders, ignored }: NotSearched,
  ) {
    this.ignored = ignored;
    const identities = new Set<string>();
    for (const path of folders) {
      const stat = fileSystem.stat(path);
      if (!(stat instanceof FileProblem)) identities.add(identityOf(stat));
    }
    this.excluded = identities;
  }

  /** Searches a root. Reports a named folder that contains no inputs. */
  visit(root: InputRoot, severity: Diagnostic['severity'], nothing: string): void {
    this.root++;
    const stat = this.fileSystem.stat(root.path);
    if (stat instanceof FileProblem) {
      if (root.explicit || !stat.absent) this.reportUnreadable(root, stat);
      return;
    }
    if (stat.kind !== 'folder') {
      this.add(root.path, root.name);
      return;
    }
    this.holdsAny = false;
    this.enter(root, stat);
    while (this.linked.length > 0) {
      const linked = this.linked;
      this.linked = [];
      for (const folder of linked) {
        const target = this.fileSystem.stat(folder.path);
        if (!(target instanceof FileProblem) && !this.excluded.has(identityOf(target)))
          this.enter(folder, target);
      }
    }
    if (!root.explicit || this.holdsAny) return;
    const place = { file: root.name, line: null, column: null };
    this.diagnostics.push({ code: 'FILE002', severity, ...place, message: nothing, hint: null });
  }

  result(): Discovered<FoundFile> {
    return { files: sortByName([...this.found.values()]), diagnostics: this.diagnostics };
  }

  private enter(folder: NamedPath, stat: FileStat): void {
    const pending: { folder: NamedPath; stat: FileStat }[] = [{ folder, stat }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const identity = identityOf(next.stat);
      if (this.entered.has(identity)) {
        this.holdsAny = true;
        continue;
      }
      this.entered.add(identity);
      const entries = this.fileSystem.list(next.folder.path);
      if (entries instanceof FileProblem) {
        this.reportUnreadable(next.folder, entries);
        continue;
      }
      const prefix = withSlash(next.folder.path);
      const namePrefix = next.folder.name === '.' ? '' : withSlash(next.folder.name);
      for (const { name: base, kind } of entries) {
        if (base.startsWith('.') || kind === 'other' || this.ignored.ignores(namePrefix + base)) continue;
        if (kind === 'file') {
          if (base.endsWith(this.extension)) this.add(prefix + base, namePrefix + base);
          continue;
        }
        if (SKIPPED_FOLDERS.has(base)) continue;
        const entry = { path: prefix + base, name: namePrefix + base };
        const target = this.fileSystem.stat(entry.path);
        if (target instanceof FileProblem) {
          // A broken link is only reported if it could be an input.
          if (kind === 'folder' || base.endsWith(this.extension))
            this.reportUnreadable(entry, target, kind === 'link');
        } else if (target.kind === 'file') {
          if (base.endsWith(this.extension)) this.add(entry.path, entry.name);
        } else if (target.kind === 'folder' && !this.excluded.has(identityOf(target))) {
          if (kind === 'link') this.linked.push(entry);
          else pending.push({ folder: entry, stat: target });
        }
      }
    }
  }

  private add(path: string, name: string): void {
    this.holdsAny = true;
    if (!this.found.has(path)) this.found.set(path, { path, name, root: this.root });
  }

  private reportUnreadable({ name }: NamedPath, problem: FileProblem, isLink = false): void {
    this.holdsAny = true;
    const place = { file: name, line: null, column: null };
    const reason = isLink && problem.absent ? 'the link leads nowhere' : problem.describe();
    const message = `cannot be read: ${reason}`;
    this.diagnostics.push({ code: 'FILE001', severity: 'error', ...place, message, hint: null });
  }
}

function identityOf(stat: FileStat): string {
  return `${stat.device}:${stat.inode}`;
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
