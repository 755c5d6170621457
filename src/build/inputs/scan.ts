/**
 * The scan, the first step of a build: which input files there are, and which of them changed since the recorded
 * scan.
 */
import type { Diagnostic } from '../../diagnostic.js';
import {
  discoverPrograms,
  discoverTasks,
  discoverWheels,
  type NotSearched,
  notSearchedIn,
  type TaskInput,
} from '../../workspace/discovery/discover.js';
import { type Clock, FileProblem, type FileSystem } from '../../workspace/file-system.js';
import { type NamedPath, sortByName } from '../../workspace/paths.js';
import {
  contentDigest,
  EMPTY_TABLE,
  forget,
  isContent,
  type StatTable,
  settle,
  statFiles,
} from '../../workspace/stat-table.js';
import type { Workspace } from '../../workspace/workspace.js';

export interface Scan {
  readonly tasks: readonly TaskInput[];
  /** Files of solvers, those in Python among them. */
  readonly solvers: readonly NamedPath[];
  /** Names of those in Python. */
  readonly python: ReadonlySet<string>;
  readonly differs: readonly NamedPath[];
  /** The stats of all these files, sorted by name. */
  readonly table: StatTable;
  /** Names of files that are new or have new content. */
  readonly changed: ReadonlySet<string>;
  /** Names of recorded files that no longer exist. */
  readonly removed: ReadonlySet<string>;
  /** A file was touched, or scanned too early: the stats must be recorded again, although nothing changed. */
  readonly touched: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** SHA-256 of a file's content, as 32 characters of one byte each; undefined for a file that cannot be read. */
  digestOf(name: string): string | undefined;
  /** The content of a file, exactly as it was scanned; null if it is not available. */
  read(file: NamedPath): Uint8Array | null;
  /** The content of a file need not be held in memory any longer: nobody is going to request it soon. */
  release(file: NamedPath): void;
  /** Names of scanned files that had disappeared or changed when `read` requested them. */
  readonly gone: ReadonlySet<string>;
}

/** Bytes of changed files that are held in memory until they are requested; the rest is read again. */
const MOST_BYTES = 64_000_000;

export function scanInputs(
  workspace: Workspace,
  recorded: StatTable | null,
  files: FileSystem,
  clock: Clock,
): Scan {
  const excluded = notSearchedIn(workspace);
  const tasks = discoverTasks(files, workspace.tasks, excluded);
  const { python: pythonRoots } = workspace;
  const python = discoverPrograms(
    files,
    pythonRoots,
    pythonRoots.length === 0 ? excluded : without(excluded, [...workspace.solvers, ...workspace.differs]),
  );
  const others = pythonRoots.length === 0 ? excluded : without(excluded, pythonRoots);
  const pythonPaths = new Set(python.files.map(({ path }) => path));
  const isOther = ({ path }: NamedPath) => !pythonPaths.has(path);
  const foundSolvers = discoverPrograms(files, workspace.solvers, others);
  const foundDiffers = discoverPrograms(files, workspace.differs, others);
  const solvers =
    python.files.length === 0
      ? foundSolvers.files
      : sortByName([...foundSolvers.files.filter(isOther), ...python.files]);
  const differs = python.files.length === 0 ? foundDiffers.files : foundDiffers.files.filter(isOther);
  const solutions = tasks.files.flatMap((task) => (task.solutions === null ? [] : [task.solutions]));
  const inputs = sortByName<NamedPath>([...tasks.files, ...solutions, ...solvers, ...differs]);
  const stats = statFiles(inputs, recorded ?? EMPTY_TABLE, files, clock);
  // Their content is a part of the settings; here only problems with their folders are reported.
  const wheels = discoverWheels(files, workspace.packages, excluded);
  const found = [tasks, foundSolvers, foundDiffers, python, wheels];
  const diagnostics = found.flatMap((one) => one.diagnostics);
  for (const { file, problem } of stats.problems) diagnostics.push(unreadable(file, problem));

  const { table } = stats;
  const contents = new Map<string, Uint8Array>();
  let bytes = 0;
  const changed = new Set<string>();
  for (const index of stats.suspects) {
    const input = inputs[stats.sources[index]];
    const content = files.read(input.path);
    if (content instanceof FileProblem) {
      forget(table, index);
      diagnostics.push(unreadable(input, content));
      changed.add(input.name);
    } else if (settle(table, index, content)) {
      bytes += content.length;
      if (bytes <= MOST_BYTES) contents.set(input.name, content);
      changed.add(input.name);
    }
  }
  const gone = new Set<string>();
  const indexOf = new Map<string, number>();
  table.names.forEach((name, index) => void indexOf.set(name, index));
  return {
    tasks: tasks.files,
    solvers,
    python: new Set(python.files.map(({ name }) => name)),
    differs,
    table,
    changed,
    removed: new Set(stats.removed),
    touched: stats.suspects.length > 0,
    diagnostics,
    digestOf(name) {
      const index = indexOf.get(name);
      return index === undefined ? undefined : contentDigest(table, index);
    },
    gone,
    release({ name }) {
      contents.delete(name);
    },
    read(file) {
      const known = contents.get(file.name);
      if (known !== undefined) return known;
      const index = indexOf.get(file.name);
      // Files without a stat have already been reported.
      if (index === undefined || contentDigest(table, index) === undefined) return null;
      const content = files.read(file.path);
      if (!(content instanceof FileProblem) && isContent(table, index, content)) return content;
      gone.add(file.name);
      // So that the next build counts it as changed, whatever it contains then.
      forget(table, index);
      return null;
    },
  };
}

/** Nor are these searched: a file is Python or in the language of solvers. */
function without({ folders, ignored }: NotSearched, roots: readonly NamedPath[]): NotSearched {
  return { folders: [...folders, ...roots.map(({ path }) => path)], ignored };
}

/** Reports that a file changed during the build. */
export function changedMeanwhile(file: string): Diagnostic {
  return {
    code: 'FILE003',
    severity: 'error',
    file,
    line: null,
    column: null,
    message: 'changed while it was being built, so that what depends on it was left as it was',
    hint: 'build again',
  };
}

function unreadable(file: NamedPath, problem: FileProblem): Diagnostic {
  return {
    code: 'FILE001',
    severity: 'error',
    file: file.name,
    line: null,
    column: null,
    message: `cannot be read: ${problem.describe()}`,
    hint: null,
  };
}
