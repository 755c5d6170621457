/**
 * The task files of a build: which tasks they have, and the parsed tasks. To limit memory, tasks may be parsed again.
 */
import type { Diagnostic } from '../../diagnostic.js';
import { mergeTasks } from '../../task/merge-tasks.js';
import { type NamedBytes, type ParsedTasks, parseTaskFile, unusableTaskFile } from '../../task/parse.js';
import { samplesOf, type Task } from '../../task/task.js';
import { shortened } from '../../task/task-problems.js';
import type { TaskInput } from '../../workspace/discovery/discover.js';
import type { Scan } from './scan.js';

/** Number of cells of parsed grids held in memory; other tasks are read again when needed. */
const MOST_CELLS = 50_000_000;

/** The memory of a grid besides its cells, in cells. */
const GRID = 200;

export class TaskFiles {
  /** By name, least recently used first. */
  private readonly parsed = new Map<string, { readonly tasks: ParsedTasks; readonly cells: number }>();
  private cells = 0;
  /** By task: its files, the one that defines it first. */
  private owners = new Map<string, readonly TaskInput[]>();
  /** Number of samples of parsed tasks. */
  private readonly samples = new Map<string, number>();

  constructor(
    private readonly scan: Scan,
    /** Lists of samples that are judged besides `train` and `test`. */
    private readonly further: readonly string[],
  ) {}

  /** Ids of all usable tasks, ascending. */
  get ids(): readonly string[] {
    return [...this.owners.keys()];
  }

  /** The contents of a file. */
  parse(file: TaskInput): ParsedTasks {
    const known = this.parsed.get(file.name);
    if (known !== undefined) {
      this.parsed.delete(file.name);
      this.parsed.set(file.name, known);
      return known.tasks;
    }
    const tasks = this.read(file);
    let cells = 0;
    for (const task of tasks.tasks) {
      const samples = samplesOf(task);
      this.samples.set(task.id, samples.length);
      for (const { sample } of samples) {
        cells += 2 * GRID + sample.input.cells.length + (sample.output?.cells.length ?? 0);
      }
    }
    this.parsed.set(file.name, { tasks, cells });
    this.cells += cells;
    for (const [name, oldest] of this.parsed) {
      if (this.cells <= MOST_CELLS || name === file.name) break;
      this.parsed.delete(name);
      this.cells -= oldest.cells;
    }
    return tasks;
  }

  private read(file: TaskInput): ParsedTasks {
    const bytes = this.scan.read(file);
    const solutions = file.solutions === null ? null : this.scan.read(file.solutions);
    // The scan reports files that cannot be read.
    if (bytes === null) return unusableTaskFile(file.name);
    let named: NamedBytes | null = null;
    if (file.solutions !== null && solutions !== null)
      named = { name: file.solutions.name, bytes: solutions };
    return parseTaskFile({ name: file.name, bytes }, named, this.further);
  }

  /**
   * Records which files have which tasks; earlier files take precedence. Several files may have copies of the same
   * task. If copies contradict each other, the first one counts, and diagnostics report the others.
   */
  own(holders: Iterable<readonly [id: string, file: TaskInput]>): Diagnostic[] {
    const owners = new Map<string, TaskInput[]>();
    for (const [id, file] of holders) {
      const known = owners.get(id);
      if (known === undefined) owners.set(id, [file]);
      else known.push(file);
    }
    const diagnostics: Diagnostic[] = [];
    for (const [id, files] of owners) {
      if (files.length > 1) owners.set(id, this.agreeing(id, files, diagnostics));
    }
    this.owners = new Map([...owners].sort(([a], [b]) => (a < b ? -1 : 1)));
    return diagnostics;
  }

  /** The files with copies of a task that agree. */
  private agreeing(id: string, files: readonly TaskInput[], diagnostics: Diagnostic[]): TaskInput[] {
    const contents = new Set(files.map((file) => this.contentOf(file)));
    // Identical files need not be parsed.
    if (contents.size === 1) return [files[0]];
    let merged: Task | null = null;
    const agreeing: TaskInput[] = [];
    for (const file of files) {
      const task = this.taskIn(file, id);
      // It changed after the scan, which has been reported.
      if (task === null) continue;
      const joined: Task | null = merged === null ? task : mergeTasks(merged, task);
      if (joined === null) diagnostics.push(contradiction(id, file, agreeing[0]));
      else {
        merged = joined;
        agreeing.push(file);
      }
    }
    return agreeing.length === 0 ? [files[0]] : agreeing;
  }

  private contentOf({ name, solutions }: TaskInput): string {
    const { scan } = this;
    return `${scan.digestOf(name)} ${solutions === null ? '' : scan.digestOf(solutions.name)}`;
  }

  /** The files that a task comes from; empty if the task does not exist. */
  filesOf(id: string): readonly TaskInput[] {
    return this.owners.get(id) ?? [];
  }

  /** How many samples a task has. */
  samplesOf(id: string): number {
    const [file] = this.filesOf(id);
    if (file !== undefined && !this.samples.has(id)) this.parse(file);
    return this.samples.get(id) ?? 0;
  }

  /** Null if it does not exist, or if one of its files changed after the scan. */
  task(id: string): Task | null {
    let merged: Task | null = null;
    for (const file of this.filesOf(id)) {
      const task = this.taskIn(file, id);
      if (task === null || this.isGone(file)) return null;
      merged = merged === null ? task : mergeTasks(merged, task);
      if (merged === null) return null;
    }
    return merged;
  }

  private taskIn(file: TaskInput, id: string): Task | null {
    return this.parse(file).tasks.find((one) => one.id === id) ?? null;
  }

  isGone({ name, solutions }: TaskInput): boolean {
    const { gone } = this.scan;
    return gone.has(name) || (solutions !== null && gone.has(solutions.name));
  }
}

/** The order of several task folders determines precedence; within one folder there is none. */
function contradiction(id: string, file: TaskInput, first: TaskInput): Diagnostic {
  return {
    code: 'TASK011',
    severity: file.root === first.root ? 'error' : 'warning',
    file: file.name,
    line: null,
    column: null,
    message: `task ${shortened(id)} has other samples in ${first.name}, which stands; this one is left out`,
    hint: file.root === first.root ? 'remove or rename one of the two' : null,
  };
}
