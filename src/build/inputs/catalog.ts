/**
 * The catalog: which tasks there are, and which tasks each solver file's functions belong to. For unchanged files the
 * last build's record tells; they are read again only if a task needs them. Where nothing is recorded and all tasks are
 * built, files whose functions all belong to one task are read when that task is: so evaluation need not wait until all
 * files have been loaded.
 */
import type { Diagnostic } from '../../diagnostic.js';
import type { LoadedFile, LoadedFunction } from '../../lang/load.js';
import { inlineProgram } from '../../phases/inline.js';
import type { FileSubject, PythonLoading } from '../../phases/load.js';
import { type Differ, DifferSet, NO_DIFFERS } from '../../phases/subject/differ.js';
import type { Candidate } from '../../phases/subject/task-subject.js';
import type { Task, TaskId } from '../../task/task.js';
import { count } from '../../text/amounts.js';
import { Assigner } from '../../workspace/discovery/assign.js';
import type { TaskInput } from '../../workspace/discovery/discover.js';
import type { NamedPath } from '../../workspace/paths.js';
import { EVERY_TASK, type FileRecord, NO_RECORD, type Stray } from '../record/selection-state.js';
import type { Claim } from './claim.js';
import { type FileOfOneTask, fileOfOneTask } from './file-of-one-task.js';
import type { Scan } from './scan.js';
import { TaskFiles } from './task-files.js';

/**
 * Loads a solver file through the phase load; returns its loading time in microseconds. `claim` is given if the file is
 * loaded for one task only: then other processes are kept from loading it by that task's claim.
 */
export type LoadFile = (file: FileSubject, claim: Claim | null) => Promise<number>;

export interface CatalogOptions {
  readonly scan: Scan;
  /** By file name; empty if nothing was recorded. */
  readonly recorded: ReadonlyMap<string, FileRecord>;
  readonly pairing: 'own' | 'all';
  /** The dialect of files that do not name theirs. */
  readonly dialect: string;
  /** Loads files in Python. */
  readonly python: PythonLoading;
  /** Lists of samples that are judged besides `train` and `test`. */
  readonly further: readonly string[];
  /** Called with the digests of files that are loaded next. */
  readonly announce?: (contents: readonly string[]) => void;
  readonly load: LoadFile;
  /** Called before files of solvers and differs are loaded, with their number. */
  readonly loading?: (files: number) => void;
  /** Whether `read` may leave out files of one task. Then `finish` must be called after all tasks have been asked for. */
  readonly mayPostpone?: boolean;
}

export class Catalog {
  /** By file name: the new record of every input file. */
  readonly records = new Map<string, FileRecord>();
  /** Ids of tasks whose files or solvers changed: all others are as recorded. */
  readonly affected = new Set<string>();
  private readonly ofTasks: Diagnostic[] = [];
  /** The differs that score every task. */
  differs: DifferSet = NO_DIFFERS;
  private readonly taskFiles: TaskFiles;
  private known: ReadonlySet<TaskId> = new Set();
  private assigner: Assigner;
  private readonly loading = new Map<string, Promise<FileRecord>>();
  private readonly loaded = new Map<string, readonly LoadedFunction[]>();
  /** By task, and under EVERY_TASK: number of candidates among the functions loaded so far. */
  private readonly counts = new Map<string, number>();
  /** The files that are read together with their task. */
  private readonly postponed = new Map<string, FileOfOneTask>();
  /** By the number of a solver file: the task that it was postponed for, if it turned out to concern no other. */
  private readonly onlyFor: (TaskId | null)[];
  /** Ids of tasks whose candidates have been asked for. */
  private readonly begun = new Set<string>();
  /** Those of them that have more candidates than they were told. */
  private readonly surprised = new Set<string>();

  constructor(private readonly options: CatalogOptions) {
    this.taskFiles = new TaskFiles(options.scan, options.further);
    this.assigner = new Assigner(this.known, options.pairing);
    this.onlyFor = options.scan.solvers.map(() => null);
  }

  /** Ids of all usable tasks, ascending. */
  get ids(): readonly string[] {
    return this.taskFiles.ids;
  }

  isKnown(id: string): boolean {
    return this.known.has(id as TaskId);
  }

  /** Reads the changed files. */
  async read(): Promise<void> {
    const reassign = this.readTasks();
    const { scan, announce, loading, mayPostpone = false } = this.options;
    if (mayPostpone) this.postpone();
    const files = scan.solvers.filter(({ name }) => !this.postponed.has(name));
    const fresh = reassign ? files : files.filter((file) => this.isFresh(file));
    loading?.(fresh.length + scan.differs.length);
    announce?.(fresh.map(({ name }) => scan.digestOf(name)).filter((content) => content !== undefined));
    for (const file of files) await this.readSolvers(file, reassign);
    await this.readDiffers();
    for (const name of this.options.scan.removed) this.affect(this.options.recorded.get(name)?.tasks ?? []);
  }

  private postpone(): void {
    const { scan } = this.options;
    for (const [k, file] of scan.solvers.entries()) {
      const content = scan.python.has(file.name) ? null : scan.read(file);
      const one = content === null ? null : fileOfOneTask(file.name, content, this.assigner);
      if (one === null) continue;
      this.postponed.set(file.name, one);
      this.onlyFor[k] = one.task;
      this.counts.set(one.task, (this.counts.get(one.task) ?? 0) + one.functions);
    }
  }

  /** Reads the postponed files that no task has asked for. */
  async finish(): Promise<void> {
    for (const file of this.options.scan.solvers)
      if (!this.records.has(file.name)) await this.readSolvers(file, false);
  }

  /** Whether all files have been read that have to be. */
  get isFinished(): boolean {
    return [...this.postponed.keys()].every((name) => this.records.has(name));
  }

  /** What is wrong with the files that have been read. */
  get diagnostics(): readonly Diagnostic[] {
    const { solvers, differs } = this.options.scan;
    const programs = new Set([...solvers, ...differs].map(({ name }) => name));
    const others = [...this.records.keys()].filter((name) => !programs.has(name));
    const ofFiles = [...others, ...programs].flatMap((name) => this.records.get(name)?.diagnostics ?? []);
    return [...this.ofTasks, ...ofFiles];
  }

  /** Tasks that turned out to have more candidates than they were given, each once; no look at the files could tell. */
  takeSurprised(): readonly string[] {
    const ids = [...this.surprised].sort();
    this.surprised.clear();
    return ids;
  }

  /** Number of solver files that are to be loaded because they are new or changed, without those in Python. */
  get freshSolvers(): number {
    const { solvers, python } = this.options.scan;
    return solvers.filter((file) => this.isFresh(file) && !python.has(file.name)).length;
  }

  private isFresh({ name }: NamedPath): boolean {
    const { scan, recorded } = this.options;
    return !recorded.has(name) || scan.changed.has(name);
  }

  /** Whether the set of ids differs from the recorded one, so that solvers may belong to other tasks. */
  private readTasks(): boolean {
    const { scan, recorded } = this.options;
    const holders: [string, TaskInput][] = [];
    const known = new Set<TaskId>();
    const before = new Set<string>();
    for (const record of recorded.values())
      if (record.loads === 0) for (const id of idsOf(record)) before.add(id);
    // Sorting is stable: files of one root stay in the order of their names.
    for (const file of [...scan.tasks].sort((a, b) => a.root - b.root)) {
      const old = recorded.get(file.name);
      const fresh =
        old === undefined || partsOf(file).some((part) => scan.changed.has(part) || scan.removed.has(part));
      const record = fresh ? this.parse(file, old) : old;
      this.records.set(file.name, record);
      if (fresh) this.affect([...record.tasks, ...(old?.tasks ?? [])]);
      for (const id of idsOf(record)) known.add(id as TaskId);
      for (const id of record.tasks) holders.push([id, file]);
      if (file.solutions !== null) this.records.set(file.solutions.name, NO_RECORD);
    }
    this.ofTasks.push(...this.taskFiles.own(holders));
    this.known = known;
    this.assigner = new Assigner(known, this.options.pairing);
    return known.size !== before.size || [...known].some((id) => !before.has(id));
  }

  private parse(file: TaskInput, old: FileRecord | undefined): FileRecord {
    const { tasks, rejected, diagnostics } = this.taskFiles.parse(file);
    if (old !== undefined && this.taskFiles.isGone(file)) return old;
    return { ...NO_RECORD, tasks: tasks.map(({ id }) => id), rejected, diagnostics };
  }

  private async readSolvers(file: NamedPath, reassign: boolean, claim: Claim | null = null): Promise<void> {
    const old = this.options.recorded.get(file.name);
    const changed = old === undefined || this.isFresh(file);
    if (!changed && !reassign) {
      this.records.set(file.name, old);
      return;
    }
    const record = await this.loadSolvers(file, claim);
    if (this.isGone(file)) {
      // Without a look at it, it is unknown for which tasks the file had candidates.
      const tasks = [this.postponed.get(file.name)?.task ?? EVERY_TASK];
      this.records.set(file.name, old ?? { ...NO_RECORD, tasks, loads: 1 });
      return;
    }
    this.records.set(file.name, record);
    const foreseen = this.postponed.get(file.name);
    if (foreseen !== undefined) {
      const others = record.tasks.filter((id) => id !== foreseen.task);
      if (others.length > 0) this.onlyFor[this.options.scan.solvers.indexOf(file)] = null;
      this.surprise(others);
    }
    if (changed || !sameList(record.tasks, old.tasks)) this.affect([...record.tasks, ...(old?.tasks ?? [])]);
  }

  /** These tasks have candidates in a file that was postponed for another one. */
  private surprise(ids: readonly string[]): void {
    const all = ids.includes(EVERY_TASK);
    for (const id of all ? this.begun : ids) if (this.begun.has(id)) this.surprised.add(id);
  }

  /** Loads all differ files, changed or not: every task that is built needs all of them. */
  private async readDiffers(): Promise<void> {
    const { scan, recorded } = this.options;
    const differs: Differ[] = [];
    for (const file of scan.differs) {
      const { functions, diagnostics: found, micros } = await this.loadFile(file);
      // Differs have the form (S, I, C) in every dialect.
      const diagnostics = found.filter(({ code }) => code !== 'LANG031');
      this.records.set(file.name, { ...NO_RECORD, tasks: [EVERY_TASK], micros, loads: 1, diagnostics });
      if (!recorded.has(file.name) || scan.changed.has(file.name)) this.affect([EVERY_TASK]);
      for (const { name, line, helper, body, program } of functions) {
        if (helper) continue;
        const { text, facts } = inlineProgram(program, 'differ');
        differs.push({ file: file.name, name, line, body, program, text, facts });
      }
    }
    this.differs = new DifferSet(differs);
  }

  private async loadFile(
    file: NamedPath,
    claim: Claim | null = null,
  ): Promise<LoadedFile & { micros: number }> {
    const content = this.options.scan.digestOf(file.name);
    if (content === undefined) return { functions: [], diagnostics: [], micros: 0 };
    const read = () => this.options.scan.read(file);
    const subject: FileSubject = {
      name: file.name,
      content,
      dialect: this.options.dialect,
      python: this.options.scan.python.has(file.name) ? this.options.python : null,
      read,
      loaded: null,
    };
    const micros = await this.options.load(subject, claim);
    const { functions, diagnostics } = subject.loaded ?? { functions: [], diagnostics: [] };
    return { functions, diagnostics, micros };
  }

  /** Loads a solver file once, even if several tasks request it at the same time. */
  private loadSolvers(file: NamedPath, claim: Claim | null = null): Promise<FileRecord> {
    let loading = this.loading.get(file.name);
    if (loading === undefined) {
      loading = this.loadAndAssign(file, claim);
      this.loading.set(file.name, loading);
    }
    return loading;
  }

  private forget(file: NamedPath): void {
    this.loading.delete(file.name);
    this.loaded.delete(file.name);
    this.options.scan.release(file);
  }

  private async loadAndAssign(file: NamedPath, claim: Claim | null): Promise<FileRecord> {
    const { functions, diagnostics, micros } = await this.loadFile(file, claim);
    const solvers = functions.filter(({ helper, name }) => !helper || this.assigner.isNamedForTask(name));
    this.loaded.set(file.name, solvers);
    const tasks = new Set<string>();
    const reported = [...diagnostics];
    const strays: Stray[] = [];
    let generic = 0;
    for (const loaded of solvers) {
      const assigned = this.assign(file, loaded);
      if (assigned.diagnostic !== null) reported.push(assigned.diagnostic);
      if (assigned.tasks.length === 0) strays.push({ name: loaded.name, line: loaded.line });
      for (const id of assigned.tasks) {
        tasks.add(id);
        if (id === EVERY_TASK) generic++;
        if (!this.postponed.has(file.name)) this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
      }
    }
    const record = { ...NO_RECORD, micros, loads: 1, generic, strays, diagnostics: reported };
    return { ...record, tasks: [...tasks].sort() };
  }

  /** Number of solvers that belong to no existing task. */
  get strays(): number {
    let count = 0;
    for (const { strays } of this.records.values()) count += strays.length;
    return count;
  }

  /**
   * Notes about files with so many solvers for every task that it may be unintended; `tasks` are the selected ones.
   */
  excesses(tasks: number): Diagnostic[] {
    if (this.options.pairing === 'all') return [];
    return this.options.scan.solvers.flatMap(({ name }) => {
      const generic = this.records.get(name)?.generic ?? 0;
      return generic * tasks > MOST_GENERIC ? [manyCandidates(name, generic, tasks)] : [];
    });
  }

  private assign(
    file: NamedPath,
    loaded: LoadedFunction,
  ): { tasks: readonly string[]; diagnostic: Diagnostic | null } {
    const assignment = this.assigner.assign(file.name, loaded.name, loaded.line);
    const { kind, diagnostic } = assignment;
    return { tasks: kind === 'every' ? [EVERY_TASK] : kind === 'none' ? [] : [assignment.task], diagnostic };
  }

  private affect(ids: readonly string[]): void {
    for (const id of ids) this.affected.add(id);
  }

  /** Number of cells of a task, as far as files have been looked at. */
  cellsOf(id: string): number {
    const candidates = (this.counts.get(id) ?? 0) + (this.counts.get(EVERY_TASK) ?? 0);
    return candidates * this.taskFiles.samplesOf(id);
  }

  /** Whether the task, or a solver of it, changed since it was recorded. */
  isAffected(id: string): boolean {
    return this.affected.has(id) || this.affected.has(EVERY_TASK);
  }

  /** A usable task, read from its files as they were scanned. */
  task(id: string): Task {
    const task = this.taskFiles.task(id);
    if (task === null) throw new Error(`there is no task ${id}`);
    return task;
  }

  /**
   * A usable task with its candidates. Null if a file of the task, of a solver or of a differ changed after the scan,
   * so that they are unknown. `claim` is called before a file of this task only is loaded.
   */
  async taskWithCandidates(
    id: string,
    claim: Claim | null = null,
  ): Promise<{ task: Task; candidates: Candidate[] } | null> {
    const { solvers, differs, gone } = this.options.scan;
    const task = this.taskFiles.task(id);
    this.begun.add(id);
    const candidates = await this.candidates(id, claim);
    if (gone.size > 0) {
      const needed = solvers.filter(({ name }) => this.concerns(name, id));
      if ([...needed, ...differs].some((file) => this.isGone(file))) return null;
    }
    return task === null ? null : { task, candidates };
  }

  /** Whether files changed after the scan, so that some inputs are unknown. */
  get hasGaps(): boolean {
    return this.options.scan.gone.size > 0;
  }

  /** The files that a usable task comes from. */
  filesOf(id: string): readonly TaskInput[] {
    return this.taskFiles.filesOf(id);
  }

  private isGone({ name }: NamedPath): boolean {
    return this.options.scan.gone.has(name);
  }

  /** Whether a solver file may have candidates for a task. */
  private concerns(file: string, id: string): boolean {
    const postponed = this.records.has(file) ? undefined : this.postponed.get(file);
    if (postponed !== undefined) return postponed.task === id;
    const { tasks } = this.records.get(file) as FileRecord;
    return tasks.includes(id) || tasks.includes(EVERY_TASK);
  }

  /** The content of a solver file; null if it is not available as it was scanned. */
  sourceOf(name: string): Uint8Array | null {
    const file = this.options.scan.solvers.find((solver) => solver.name === name);
    return file === undefined ? null : this.options.scan.read(file);
  }

  /** The functions that are candidates for a task, sorted by file and line. */
  async candidates(id: string, claim: Claim | null = null): Promise<Candidate[]> {
    const candidates: Candidate[] = [];
    const { solvers } = this.options.scan;
    for (const [k, file] of solvers.entries()) {
      const only = this.onlyFor[k];
      if (only !== null && only !== id) continue;
      if (!this.concerns(file.name, id)) continue;
      if (!this.records.has(file.name)) await this.readSolvers(file, false, claim);
      else if (!this.loaded.has(file.name)) await this.loadSolvers(file);
      const { tasks: ofFile, strays } = this.records.get(file.name) as FileRecord;
      const areAllOfIt = ofFile.length === 1 && strays.length === 0;
      for (const loaded of this.loaded.get(file.name) ?? []) {
        const tasks = areAllOfIt ? ofFile : this.assign(file, loaded).tasks;
        if (!tasks.includes(id) && !tasks.includes(EVERY_TASK)) continue;
        const { name, line, body, program, lines } = loaded;
        candidates.push({ file: file.name, name, line, body, program, lines });
      }
      // No other task is going to ask for them.
      if (this.postponed.has(file.name)) this.forget(file);
    }
    return candidates;
  }
}

/** Number of candidates from one file that names no task, above which a note is given. */
const MOST_GENERIC = 20_000;

function manyCandidates(file: string, generic: number, tasks: number): Diagnostic {
  const [functions, all, candidates] = [generic, tasks, generic * tasks].map(count);
  return {
    code: 'TASK014',
    severity: 'warning',
    file,
    line: null,
    column: null,
    message: `${functions} functions of this file name no task, so that each is tried on all ${all} tasks: ${candidates} candidates`,
    hint: 'name them after their tasks (solve_<task>), put them into folders named so, or select tasks with -i',
  };
}

function idsOf(record: FileRecord): readonly string[] {
  return [...record.tasks, ...record.rejected];
}

/** Possible names of files that affect what a task file means, whether they exist or not. */
function partsOf(file: TaskInput): string[] {
  return [
    file.name,
    file.solutions?.name ?? file.name.replace(/challenges\.json$/, 'solutions.json'),
    // A solutions file without its challenges file is an ordinary file.
    file.name.replace(/solutions\.json$/, 'challenges.json'),
  ];
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, k) => item === b[k]);
}
