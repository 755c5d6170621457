/**
 * The results of a task as one row a candidate, sorted by file and line. All formats of `results` are made from them.
 */
import type { CandidateResult, ProgramResult, TaskResult } from '../../build/record/task-result.js';
import { DEMO, type SampleKind, TEST } from '../../task/task.js';
import { compareNames } from '../../workspace/paths.js';

export interface CandidateRow {
  readonly candidate: CandidateResult;
  readonly program: ProgramResult;
  /** Name of the first candidate with the same program; null for that first one itself. */
  readonly duplicateOf: string | null;
}

export function candidateRows(result: TaskResult): CandidateRow[] {
  const ordered = [...result.candidates].sort((a, b) => compareNames(a.file, b.file) || a.line - b.line);
  const first = new Map<number, CandidateResult>();
  return ordered.map((candidate) => {
    const same = first.get(candidate.program);
    if (same === undefined) first.set(candidate.program, candidate);
    const program = result.programs[candidate.program];
    return { candidate, program, duplicateOf: same?.name ?? null };
  });
}

/** A behaviour class: the candidates with the same outcomes on every sample of a task. */
export interface BehaviourRows {
  /** Number of the class, from 1. Classes are numbered by their best programs. */
  readonly behaviour: number;
  /** Best program first, each followed by its duplicates; at least one. */
  readonly members: readonly CandidateRow[];
}

/** The behaviour classes of a task, the one with the best program first. */
export function behaviourRows(result: TaskResult): BehaviourRows[] {
  const classes = new Map<number, CandidateRow[]>();
  // Sorting is stable: candidates of one program stay in the order of file and line.
  for (const row of candidateRows(result).sort((a, b) => a.program.rank - b.program.rank)) {
    const members = classes.get(row.program.behaviour);
    if (members === undefined) classes.set(row.program.behaviour, [row]);
    else members.push(row);
  }
  return [...classes].map(([behaviour, members]) => ({ behaviour, members }));
}

/** How many samples of a kind a program matches. */
export function matchedSamples(program: ProgramResult, { runs }: TaskResult, kind: SampleKind): number {
  let matched = 0;
  for (const run of runs) {
    if (run.kind !== kind) continue;
    for (let k = run.from; k < run.from + run.count; k++) if (program.matches.at(k) === true) matched++;
  }
  return matched;
}

/** The kinds of samples that a task has besides demo and test samples, in their order. */
export function furtherKinds({ runs }: TaskResult): SampleKind[] {
  return [...new Set(runs.map(({ kind }) => kind))].filter((kind) => kind !== DEMO && kind !== TEST);
}
