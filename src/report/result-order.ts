/** A task's result in the order of the report: programs by rank, solvers by file and line. */
import type {
  CandidateResult,
  DifferResult,
  ProgramResult,
  TaskResult,
} from '../build/record/task-result.js';
import { compareNames } from '../workspace/paths.js';

export interface OrderedResult {
  readonly task: string;
  readonly files: readonly string[];
  readonly samples: TaskResult['samples'];
  readonly runs: TaskResult['runs'];
  readonly differs: readonly DifferResult[];
  /** Best first. */
  readonly programs: readonly ProgramResult[];
  /** `program` is an index into `programs` here. */
  readonly solvers: readonly CandidateResult[];
}

export function inReportOrder({
  task,
  files,
  samples,
  runs,
  differs,
  programs,
  candidates,
}: TaskResult): OrderedResult {
  // Ranks count from 1 without gaps.
  const ranked = programs.toSorted((a, b) => a.rank - b.rank);
  const solvers = candidates
    .map((candidate) => ({ ...candidate, program: programs[candidate.program].rank - 1 }))
    .sort((a, b) => compareNames(a.file, b.file) || a.line - b.line);
  return { task, files, samples, runs, differs, programs: ranked, solvers };
}
