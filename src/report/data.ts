/**
 * The contents of a report as plain JSON: `report --json` prints it, and the page draws it. This file imports
 * nothing.
 */

export type Verdict = 'solved' | 'partly' | 'unsolved';
export type Status = 'ok' | 'not-a-grid' | 'error' | 'over-budget' | 'timeout' | 'crashed' | 'skipped';

/** Everything that `report --json` prints. */
export interface Report extends Overview {
  /** Sorted by id. */
  readonly tasks: readonly TaskReport[];
}

export type TaskReport = TaskHead & TaskDetail;

/** What concerns all tasks. */
export interface Overview {
  /** Version of this layout. */
  readonly format: 1;
  /** The version of battbuild that made the report. */
  readonly battbuild: string;
  /** Name of the workspace's folder. */
  readonly workspace: string;
  /** Number of the run that recorded the results. */
  readonly run: number;
  readonly totals: Totals;
  /** What got better and worse; null if there is no earlier run to compare with. */
  readonly changes: ChangesReport | null;
  /** Unsolved tasks, the nearest to a solution first. */
  readonly nearest: readonly NearMissReport[];
  /** The newest runs of the store, oldest first. */
  readonly runs: readonly RunFigures[];
  /** Diagnostics of the build, and the number of further ones. */
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly moreDiagnostics: number;
  /** Input files that were added, changed or removed since the build. */
  readonly changedInputs: readonly string[];
  /** The programs with the most expensive cells. */
  readonly costliest: readonly CostlyProgram[];
  /** Solver sources that are candidates of several tasks: the columns of the map of tasks by solvers. */
  readonly sharedSolvers: readonly SourceLocation[];
  /** Inlined texts of programs that belong to several tasks. */
  readonly sharedTexts: readonly string[];
}

export interface ChangesReport {
  /** What is compared, such as `run 3`. */
  readonly before: string;
  readonly after: string;
  /** The worst changes first. */
  readonly tasks: readonly ChangedTask[];
}

export interface ChangedTask {
  readonly task: string;
  readonly kind: 'lost' | 'worse' | 'gone' | 'solved' | 'better' | 'new' | 'changed';
  /** Samples whose output is known. */
  readonly samples: number;
  /** Number of samples that the best program matches; null if the task did not exist. */
  readonly before: number | null;
  readonly after: number | null;
  /** The first of the solvers that are new, removed, or have another program or score. */
  readonly solvers: readonly {
    readonly name: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
  readonly moreSolvers: number;
}

export interface NearMissReport {
  readonly task: string;
  /** Index into the task's programs, and the name of its first solver. */
  readonly program: number;
  readonly name: string;
  /** Number of matched samples, out of those whose output is known. */
  readonly matched: number;
  readonly known: number;
  /** Wrong cells on the other samples, out of all expected cells there; null if the grids are not available. */
  readonly wrongCells: number | null;
  readonly cells: number | null;
}

export interface Totals {
  readonly tasks: number;
  readonly solved: number;
  readonly partly: number;
  readonly unsolved: number;
  readonly candidates: number;
  readonly programs: number;
  readonly behaviours: number;
  readonly cells: number;
  /** Cells that the build executed. */
  readonly cellsRun: number;
  /** Cells by status. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
}

/** All times are in milliseconds. */
export interface PhaseFigures {
  readonly phase: string;
  readonly hits: number;
  readonly misses: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** The time that the steps found in the store took when they ran. */
  readonly savedMs: number;
}

export interface RunFigures {
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly wallMs: number;
  /** Share of the steps that were hits, from 0 to 1; null if there was no step. */
  readonly hitRate: number | null;
  readonly savedMs: number;
  readonly cellsRun: number | null;
  /** In the order in which the phases run. */
  readonly phases: readonly PhaseFigures[];
  /** The use of a shared cache, in words; null if there was none. */
  readonly shared: string | null;
}

export interface ReportedDiagnostic {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly hint: string | null;
}

export interface SourceLocation {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export interface CostlyProgram {
  readonly task: string;
  /** Index into the task's programs. */
  readonly program: number;
  /** Name of the program's first solver. */
  readonly name: string;
  /** Units of the budget for the most expensive cell. */
  readonly cost: number;
}

/**
 * The result of a program. `s`: it matches every sample whose output is known. `d`: every demo sample, but not every
 * test sample. `p`: some sample. `n`: none, but it returned grids. `x`: none, and it returned no valid grid.
 */
export type ProgramState = 's' | 'd' | 'p' | 'n' | 'x';

/** What a list of tasks shows. */
export interface TaskHead {
  readonly id: string;
  /** The file that defines it. */
  readonly file: string;
  readonly verdict: Verdict;
  readonly candidates: number;
  readonly behaviours: number;
  /** Samples whose expected output is known, and how many of them the best program matches. */
  readonly known: SampleCounts;
  readonly best: SampleCounts;
  /** One ProgramState for each program, best first. */
  readonly states: string;
  /** One ProgramState for each shared solver; a blank if it is no candidate of the task. */
  readonly sharedStates: string;
  /** The names of its solvers, each once, and for each the index of its program. */
  readonly solverNames: readonly string[];
  readonly solverPrograms: readonly number[];
}

export interface SampleCounts {
  readonly demo: number;
  readonly test: number;
}

export interface TaskDetail {
  readonly samples: readonly SampleReport[];
  /** Number of samples that the page leaves out; the programs' `cells` leave them out too. */
  readonly moreSamples: number;
  readonly differs: readonly DifferReport[];
  /** Best first. */
  readonly programs: readonly ProgramReport[];
  /** Sorted by file and line. */
  readonly solvers: readonly SolverReport[];
  /**
   * The outputs of the programs, each once; null for a grid that was too large to store, or that the store no longer
   * has.
   */
  readonly outputs: readonly (PackedGrid | null)[];
}

/**
 * Rows of digits, separated by `/`. The rows themselves if the grid has other entries, no rows, or rows of different
 * lengths.
 */
export type PackedGrid = string | readonly (readonly number[])[];

export interface SampleReport {
  /** `demo`, `test`, or the name of another list of samples. */
  readonly kind: string;
  /** From 0 within its kind. */
  readonly index: number;
  /** Null if the task file has changed since the build. */
  readonly input: PackedGrid | null;
  /** Null also if it is hidden. */
  readonly expected: PackedGrid | null;
  readonly hidden: boolean;
}

export interface DifferReport extends SourceLocation {
  readonly sScore: number;
  /** Number of comparisons that gave no score. */
  readonly failures: number;
}

export interface ProgramReport {
  /** The body hash, 64 hexadecimal digits. */
  readonly body: string;
  /** The dialect it is written in; null for the base. */
  readonly dialect: string | null;
  /** Number of the behaviour class, from 1. */
  readonly behaviour: number;
  readonly demo: number;
  readonly test: number;
  /** Units of the budget for the most expensive cell. */
  readonly cost: number;
  /** One for each differ of the task. */
  readonly dScores: readonly number[];
  /** The source of its first solver; null if the file has changed since the build. */
  readonly source: string | null;
  /** The inlined source, or an index into `sharedTexts`; null if the store no longer has it. */
  readonly text: string | number | null;
  /** One for each sample. */
  readonly cells: readonly CellReport[];
}

export interface CellReport {
  readonly status: Status;
  /** Units of the budget. */
  readonly cost: number;
  /** Whether the output equals the expected one; null if that is hidden. */
  readonly match: boolean | null;
  /** Index into `outputs`; null unless the status is `ok`. */
  readonly output: number | null;
  /** The error message, and its line in the program's first solver. Null if the status is `ok`, or if unknown. */
  readonly error: string | null;
  readonly line: number | null;
}

export interface SolverReport extends SourceLocation {
  /** Index into `programs`. */
  readonly program: number;
  /** What the comment above it names as its parent. */
  readonly lineage: LineageReport | null;
}

export interface LineageReport {
  /** First digits of the parent's body hash. */
  readonly parent: string;
  /** Index of a program with that hash; null if there is none any more. */
  readonly parentAt: ProgramLocation | null;
  /** The mutation, such as `constant+crossover:5e6f7a8b`. */
  readonly mutation: string;
  readonly seed: number;
  readonly round: number;
}

export interface ProgramLocation {
  readonly task: string;
  /** Index into the task's programs. */
  readonly program: number;
}
