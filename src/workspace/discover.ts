/** Finds the input files below the folders (or at the files) that a workspace names. */
import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostic.js';
import { FileProblem, type FileStat, type FileSystem } from './file-system.js';
import { type IgnoreRules, ignoreRules } from './ignore.js';
import { type NamedPath, sortByName } from './paths.js';

/** A folder or file in which inputs are looked for. */
export interface InputRoot extends NamedPath {
  /** False for a default folder: it may be absent or empty. */
  readonly explicit: boolean;
}

export interface Discovered<Input extends NamedPath> {
  /** In the order of their names; none twice. */
  readonly files: readonly Input[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A file with a single task or combined challenges. */
export interface TaskInput extends NamedPath {
  /** The solutions beside challenges. */
  readonly solutions: NamedPath | null;
  /** Which of the roots it was found in, from 0: of two files with one task, that of the first root comes first. */
  readonly root: number;
}

/** What is submitted stands beside the challenges often: `submission.json`, `sample_submission.json`. */
const SUBMISSION = /(^|[/_])submission\.json$/;

/** Folders that hold no inputs of ours wherever they are; hidden ones (.git, .venv) are skipped as well. */
export const SKIPPED_FOLDERS = new Set(['node_modules', 'venv', '__pycache__']);

/** What is not searched, unless a root is it or lies inside. */
export interface NotSearched {
  /** Absolute paths of folders, such as the output folder. */
  readonly folders: readonly string[];
  readonly ignored: IgnoreRules;
}

/** What is not searched for the inputs of a workspace. */
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
 * Task files: every `*.json` below the roots, and roots that are files. `x_solutions.json` is no task file but a part
 * of `x_challenges.json` if that is beside it; submissions below the roots are none either.
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
    // Challenges that were named as a file have not been searched for what is beside them.
    else if (!(fileSystem.stat(beside.path) instanceof FileProblem)) solutions.set(file.path, beside);
  }
  const parts = new Set([...solutions.values()].map(({ path }) => path));
  const tasks = files.filter(({ path }) => !parts.has(path));
  return {
    files: tasks.map((file) => ({ ...file, solutions: solutions.get(file.path) ?? null })),
    diagnostics,
  };
}

/** Where the solutions of a challenges file would be; null for other files. */
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

interface FoundFile extends NamedPath {
  readonly root: number;
}

/** Walks folders. A folder is entered once, however many links lead to it, so that circles of links do no harm. */
class Search {
  private readonly found = new Map<string, FoundFile>();
  private root = -1;
  private readonly diagnostics: Diagnostic[] = [];
  private readonly entered = new Set<string>();
  private readonly excluded: ReadonlySet<string>;
  private readonly ignored: IgnoreRules;
  /** Linked folders wait until all others were entered: the direct way to a file gives it its name. */
  private linked: NamedPath[] = [];
  /** Whether the root at hand holds anything, be it found already or unreadable. */
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

  /** Searches a root. A folder that was named and holds nothing is reported. */
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
          // A broken link matters if it would be an input.
          if (kind === 'folder' || base.endsWith(this.extension)) this.reportUnreadable(entry, target);
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

  private reportUnreadable({ name }: NamedPath, problem: FileProblem): void {
    this.holdsAny = true;
    const place = { file: name, line: null, column: null };
    const message = `cannot be read: ${problem.describe()}`;
    this.diagnostics.push({ code: 'FILE001', severity: 'error', ...place, message, hint: null });
  }
}

function identityOf(stat: FileStat): string {
  return `${stat.device}:${stat.inode}`;
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
