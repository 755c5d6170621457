/** What a report says, as plain JSON: `report --json` prints it, and the page is drawn from it. Imports nothing. */

export type Verdict = 'solved' | 'partly' | 'unsolved';
export type Status = 'ok' | 'not-a-grid' | 'error' | 'over-budget' | 'timeout' | 'crashed' | 'skipped';

/** All that `report --json` prints. */
export interface Report extends Overview {
  /** In the order of ids. */
  readonly tasks: readonly TaskReport[];
}

export type TaskReport = TaskHead & TaskDetail;

/** What is said of all tasks together. */
export interface Overview {
  /** Number of this layout. */
  readonly format: 1;
  /** The version of battbuild that made the report. */
  readonly battbuild: string;
  /** Name of the workspace's folder. */
  readonly workspace: string;
  /** Number of the run that recorded the results. */
  readonly run: number;
  readonly totals: Totals;
  /** What got better and worse; null where there is nothing to compare with. */
  readonly changes: ChangesReport | null;
  /** Tasks that are not solved, the nearest to it first. */
  readonly nearest: readonly NearMissReport[];
  /** The newest runs of the store, oldest first. */
  readonly runs: readonly RunFigures[];
  /** What the build reported, and how many more there were. */
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly moreDiagnostics: number;
  /** Names of input files that are new, changed or gone since the build. */
  readonly changedInputs: readonly string[];
  /** The programs with the most expensive cells. */
  readonly costliest: readonly CostlyProgram[];
  /** Solver sources that are candidates of several tasks: the columns of the map by solver. */
  readonly sharedSolvers: readonly SourcePlace[];
  /** Inlined texts of programs that several tasks have. */
  readonly sharedTexts: readonly string[];
}

export interface ChangesReport {
  /** What is compared, in words, such as `run 3`. */
  readonly before: string;
  readonly after: string;
  /** What got worse comes first. */
  readonly tasks: readonly ChangedTask[];
}

export interface ChangedTask {
  readonly task: string;
  readonly kind: 'lost' | 'worse' | 'gone' | 'solved' | 'better' | 'new' | 'changed';
  /** Samples whose output is known. */
  readonly samples: number;
  /** Samples that the best program matches; null where there is no such task. */
  readonly before: number | null;
  readonly after: number | null;
  /** Solvers that are new, gone, another program or of another score; the first of them. */
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
  /** Samples that it matches, of those whose output is known. */
  readonly matched: number;
  readonly known: number;
  /** Cells that are not as expected on the others, of all expected there; null where the grids are not at hand. */
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

/** Times are in milliseconds. */
export interface PhaseFigures {
  readonly phase: string;
  readonly hits: number;
  readonly misses: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** What the hits took when they ran. */
  readonly savedMs: number;
}

export interface RunFigures {
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly wallMs: number;
  /** Share of the steps that were hits, 0 to 1; null where there was no step. */
  readonly hitRate: number | null;
  readonly savedMs: number;
  readonly cellsRun: number | null;
  /** In the order in which they run. */
  readonly phases: readonly PhaseFigures[];
  /** What a shared cache was good for, in words; null where none was asked. */
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

export interface SourcePlace {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export interface CostlyProgram {
  readonly task: string;
  /** Index into the task's programs. */
  readonly program: number;
  /** Name of the first of its solvers. */
  readonly name: string;
  /** Units of the most expensive cell. */
  readonly cost: number;
}

/**
 * How a program did: `s` matches every sample whose output is known, `d` every demo sample but not every test, `p` some
 * sample, `n` none though it returned grids, `x` none and returned no valid grid.
 */
export type ProgramState = 's' | 'd' | 'p' | 'n' | 'x';

/** What a list of tasks needs. */
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
  /** A ProgramState a program, best first. */
  readonly states: string;
  /** A ProgramState a shared solver; a blank where it is no candidate of the task. */
  readonly sharedStates: string;
  /** Names of its solvers, each once, and for each the index of its program. */
  readonly solverNames: readonly string[];
  readonly solverPrograms: readonly number[];
}

export interface SampleCounts {
  readonly demo: number;
  readonly test: number;
}

export interface TaskDetail {
  readonly samples: readonly SampleReport[];
  /** Samples that a page has no room for: `cells` of programs are without them, too. */
  readonly moreSamples: number;
  readonly differs: readonly DifferReport[];
  /** Best first. */
  readonly programs: readonly ProgramReport[];
  /** In the order of file and line. */
  readonly solvers: readonly SolverReport[];
  /** What programs returned, each once; null for a grid that was too large to keep, or is gone from the store. */
  readonly outputs: readonly (PackedGrid | null)[];
}

/**
 * Rows of digits with `/` between them; for a grid with other entries, without rows or with rows of different lengths:
 * its rows.
 */
export type PackedGrid = string | readonly (readonly number[])[];

export interface SampleReport {
  /** `demo`, `test` or the name of a further list of samples. */
  readonly kind: string;
  /** From 0 within its kind. */
  readonly index: number;
  /** Null where the task file has changed since the build, so that it is not known any more. */
  readonly input: PackedGrid | null;
  /** Null also where it is hidden. */
  readonly expected: PackedGrid | null;
  readonly hidden: boolean;
}

export interface DifferReport extends SourcePlace {
  readonly sScore: number;
  /** Comparisons that gave no score. */
  readonly failures: number;
}

export interface ProgramReport {
  /** The body hash, 64 hexadecimal digits. */
  readonly body: string;
  /** Number of the behaviour class, from 1. */
  readonly behaviour: number;
  readonly demo: number;
  readonly test: number;
  /** Units of the most expensive cell. */
  readonly cost: number;
  /** Per differ of the task. */
  readonly dScores: readonly number[];
  /** The first of its solvers as its author wrote it; null where the file has changed since. */
  readonly source: string | null;
  /** The inlined source: itself, or an index into `sharedTexts`; null when it is gone from the store. */
  readonly text: string | number | null;
  /** Per sample. */
  readonly cells: readonly CellReport[];
}

export interface CellReport {
  readonly status: Status;
  /** Units. */
  readonly cost: number;
  /** Equal to the expected output; null where that is hidden. */
  readonly match: boolean | null;
  /** Index into `outputs`; null for all but `ok`. */
  readonly output: number | null;
  /** What went wrong, and on which line of the program's first solver; null for `ok`, or where it is not known. */
  readonly error: string | null;
  readonly line: number | null;
}

export interface SolverReport extends SourcePlace {
  /** Index into `programs`. */
  readonly program: number;
  /** What the comment above it says that it descends from. */
  readonly lineage: LineageReport | null;
}

export interface LineageReport {
  /** First digits of the parent's body hash. */
  readonly parent: string;
  /** A program with that hash; null where there is none any more. */
  readonly parentAt: ProgramPlace | null;
  /** What was done to it, such as `constant+crossover:5e6f7a8b`. */
  readonly mutation: string;
  readonly seed: number;
  readonly round: number;
}

export interface ProgramPlace {
  readonly task: string;
  /** Index into the task's programs. */
  readonly program: number;
}
