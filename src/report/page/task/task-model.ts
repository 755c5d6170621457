/** Answers the questions of views about the details of a task. */
import type {
  CellReport,
  ProgramReport,
  ReportedDiagnostic,
  SolverReport,
  TaskDetail,
  TaskHead,
} from '../../data.js';

export interface TaskModel {
  readonly head: TaskHead;
  readonly detail: TaskDetail;
  readonly sharedTexts: readonly string[];
  /** The diagnostics of its files. */
  readonly diagnostics: readonly ReportedDiagnostic[];
}

export function sumOfScores({ dScores }: ProgramReport): number {
  return dScores.reduce((sum, score) => sum + score, 0);
}

/** The diagnostics of files that hold solvers of the task, that hold the task, or that have its name. */
export function diagnosticsOf(
  { head, detail }: Pick<TaskModel, 'head' | 'detail'>,
  diagnostics: readonly ReportedDiagnostic[],
): ReportedDiagnostic[] {
  const files = new Set([head.file, ...detail.solvers.map(({ file }) => file)]);
  const isNamedLike = (file: string) => file.split(/[/.]/).includes(head.id);
  return diagnostics.filter(({ file }) => files.has(file) || isNamedLike(file));
}

/** The solvers with this program; the first one represents all. */
export function solversOf({ solvers }: TaskDetail, program: number): SolverReport[] {
  return solvers.filter((solver) => solver.program === program);
}

/**
 * The program that replaces a former program after a build: the one of the same solver, which may have been edited;
 * else the same program of another solver; else the program of the same rank.
 */
export function sameProgram(before: TaskDetail, program: number, after: TaskDetail): number {
  const names = new Set(solversOf(before, program).map(({ file, name }) => `${file}\n${name}`));
  const solver = after.solvers.find(({ file, name }) => names.has(`${file}\n${name}`));
  if (solver !== undefined) return solver.program;
  const { body } = before.programs[program] ?? {};
  const same = after.programs.findIndex((one) => one.body === body);
  return same >= 0 ? same : Math.max(0, Math.min(program, after.programs.length - 1));
}

export function textOf(model: TaskModel, { text }: ProgramReport): string | null {
  return typeof text === 'number' ? model.sharedTexts[text] : text;
}

/** `demo 0` */
export function sampleName({ detail }: TaskModel, sample: number): string {
  const { kind, index } = detail.samples[sample];
  return `${kind} ${index}`;
}

/** Why there is no grid to draw; null if there is one. */
export function troubleOf(cell: CellReport): string | null {
  if (cell.status === 'ok') return null;
  return cell.error === null ? cell.status : `${cell.status}: ${cell.error}`;
}

export interface Trouble {
  /** Names of the samples with this error. */
  readonly samples: readonly string[];
  /** Line in the file of the program's first solver; null if unknown. */
  readonly line: number | null;
  readonly text: string;
}

/** The errors of a program, each once. */
export function troublesOf(model: TaskModel, { cells }: ProgramReport): Trouble[] {
  const troubles = new Map<string, { samples: string[]; line: number | null; text: string }>();
  cells.forEach((cell, k) => {
    const text = cell.status === 'skipped' ? null : troubleOf(cell);
    if (text === null) return;
    const known = troubles.get(`${cell.line} ${text}`);
    if (known !== undefined) known.samples.push(sampleName(model, k));
    else troubles.set(`${cell.line} ${text}`, { samples: [sampleName(model, k)], line: cell.line, text });
  });
  return [...troubles.values()];
}

/** Indices of the programs of each behaviour class, in the order of the classes; in each class, best first. */
export function behaviourClasses({ programs }: TaskDetail): number[][] {
  const classes: number[][] = [];
  programs.forEach(({ behaviour }, program) => {
    const members = classes[behaviour - 1];
    if (members === undefined) classes[behaviour - 1] = [program];
    else members.push(program);
  });
  return classes;
}

export interface Ancestor {
  /** The mutation that made the child. */
  readonly mutation: string;
  readonly parent: string;
  /** Null if it is not in the report. */
  readonly at: { readonly task: string; readonly program: number } | null;
}

/** The ancestors of a program, its parent first, as far as the solvers of this task tell. */
export function ancestorsOf({ head, detail }: TaskModel, program: number): Ancestor[] {
  const ancestors: Ancestor[] = [];
  const seen = new Set([program]);
  for (let at: number | null = program; at !== null; ) {
    const lineage: SolverReport['lineage'] =
      solversOf(detail, at).find((solver) => solver.lineage !== null)?.lineage ?? null;
    if (lineage === null) break;
    ancestors.push({ mutation: lineage.mutation, parent: lineage.parent, at: lineage.parentAt });
    const parentHere: number | null = lineage.parentAt?.task === head.id ? lineage.parentAt.program : null;
    // A program may have been found again among its own offspring.
    at = parentHere === null || seen.has(parentHere) ? null : parentHere;
    if (at !== null) seen.add(at);
  }
  return ancestors;
}

/** Programs of this task that name it as their parent. */
export function childrenOf(
  { head, detail }: TaskModel,
  program: number,
): { program: number; mutation: string }[] {
  const children = new Map<number, string>();
  for (const solver of detail.solvers) {
    const at = solver.lineage?.parentAt;
    if (at?.task !== head.id || at.program !== program || solver.program === program) continue;
    if (!children.has(solver.program)) children.set(solver.program, solver.lineage?.mutation ?? '');
  }
  return [...children].map(([child, mutation]) => ({ program: child, mutation }));
}
