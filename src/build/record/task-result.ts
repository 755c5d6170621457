/** The result of a task, for `results`, `show`, `explain` and reports. */
import { countStatuses, type Outcome } from '../../engine/outcome.js';
import type { OutputDigest } from '../../engine/output.js';
import type { ProgramFacts } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import type { DifferSet } from '../../phases/subject/differ.js';
import { behavioursOf, rankPrograms } from '../../phases/subject/ranking.js';
import type { Inlined, TaskSubject } from '../../phases/subject/task-subject.js';
import { largestSide, type SampleKind } from '../../task/task.js';
import type { GridDigest, SamplesDigest } from '../../task/task-digest.js';
import type { Sequence } from './sequence.js';

export interface SampleResult {
  readonly kind: SampleKind;
  /** From 0 within its kind. */
  readonly index: number;
  /** Digest of the input grid, and of the expected output; null if that is hidden. */
  readonly input: GridDigest;
  readonly expected: OutputDigest | null;
}

/** The samples of one kind, which are adjacent. */
export interface SampleRun {
  readonly kind: SampleKind;
  /** Index of the first one in the task, and their number. */
  readonly from: number;
  readonly count: number;
  /** Number of those with a known output. */
  readonly known: number;
}

export interface ProgramResult {
  readonly body: BodyHash;
  readonly facts: ProgramFacts;
  /** From 1, best first. */
  readonly rank: number;
  /** Number of the behaviour class, from 1. */
  readonly behaviour: number;
  readonly demo: number;
  readonly test: number;
  /** Matches of the samples that are neither demonstrations nor tests. */
  readonly further: number;
  /** By differ of the task. */
  readonly dScores: readonly number[];
  /** Units of the most expensive cell. */
  readonly cost: number;
  /** Number of cells by outcome, in the order of STATUSES. */
  readonly statuses: readonly number[];
  /** By sample. */
  readonly outcomes: Sequence<Outcome>;
  /** By sample: whether it matches the expected output; null if that is hidden, or the cell was skipped. */
  readonly matches: Sequence<boolean | null>;
}

export interface DifferResult {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly body: BodyHash;
  readonly sScore: number;
  /** Number of comparisons that gave no score. */
  readonly failures: number;
}

export interface CandidateResult {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  /** Index into `programs`. */
  readonly program: number;
  /** Source lines of the program's nodes (lang/program/source-lines.ts). */
  readonly lines: Uint8Array;
}

export type Verdict = 'solved' | 'partly' | 'unsolved';

export interface TaskResult {
  readonly task: string;
  /** The files that the task comes from; the first defines it. */
  readonly files: readonly string[];
  /** Maximum number of rows and columns of a valid output. */
  readonly largestSide: number;
  /** Digest of the demonstration samples. */
  readonly demo: SamplesDigest;
  readonly samples: Sequence<SampleResult>;
  readonly runs: readonly SampleRun[];
  /** Digest of the set of differs (empty if there are none), and whether one of them reads the demonstrations. */
  readonly differSet: { readonly digest: string; readonly readsS: boolean };
  /** The differs that scored it, in the order of `dScores`. */
  readonly differs: readonly DifferResult[];
  readonly programs: readonly ProgramResult[];
  readonly candidates: readonly CandidateResult[];
}

/**
 * A task is solved if a candidate matches every sample whose output is known, and partly solved if one matches any.
 */
export function verdictOf(result: Pick<TaskResult, 'runs' | 'programs'>): Verdict {
  // Only a sample whose output is known can match.
  const known = knownCount(result);
  const most = result.programs.reduce((best, program) => Math.max(best, oScoreOf(program)), 0);
  if (most === 0) return 'unsolved';
  return most === known ? 'solved' : 'partly';
}

/** The number of samples with a known output, of one kind or of all. */
export function knownCount({ runs }: Pick<TaskResult, 'runs'>, kind?: SampleKind): number {
  return runs.reduce((sum, run) => (kind === undefined || run.kind === kind ? sum + run.known : sum), 0);
}

/** Index of the sample with this number within its kind; -1 if there is none. */
export function indexOfSample(
  { runs }: Pick<TaskResult, 'runs'>,
  { kind, index }: Pick<SampleResult, 'kind' | 'index'>,
): number {
  const run = runs.find((one) => one.kind === kind && index < one.count);
  return run === undefined ? -1 : run.from + index;
}

/** Number of samples that a program matches, of all kinds. */
export function oScoreOf({ demo, test, further }: Pick<ProgramResult, 'demo' | 'test' | 'further'>): number {
  return demo + test + further;
}

export function behaviourCount(result: TaskResult): number {
  return result.programs.reduce((most, { behaviour }) => Math.max(most, behaviour), 0);
}

/** Samples of one kind are counted from 0. */
export function runsOf(samples: Iterable<Pick<SampleResult, 'kind' | 'expected'>>): SampleRun[] {
  const runs: { kind: SampleKind; from: number; count: number; known: number }[] = [];
  let k = 0;
  for (const { kind, expected } of samples) {
    let run = runs.at(-1);
    if (run?.kind !== kind) {
      run = { kind, from: k, count: 0, known: 0 };
      runs.push(run);
    }
    run.count++;
    if (expected !== null) run.known++;
    k++;
  }
  return runs;
}

export function resultOf(subject: TaskSubject, set: DifferSet): TaskResult {
  const ranked = rankPrograms(subject);
  const rankOf = new Map(ranked.map((program, k) => [program, k + 1]));
  const behaviours = behavioursOf(ranked);
  const programOf = new Map<number, number>();
  subject.programs.forEach((program, k) => {
    for (const candidate of program.candidates) programOf.set(candidate, k);
  });
  const samples = subject.samples.map(({ kind, index }, k) => {
    return { kind, index, input: subject.digests.inputs[k], expected: subject.expected[k] };
  });
  return {
    task: subject.task.id,
    files: subject.task.files,
    largestSide: largestSide(subject.task),
    demo: subject.digests.demo,
    samples,
    runs: runsOf(samples),
    differSet: { digest: set.digest, readsS: set.readsS },
    differs: set.differs.map(({ file, name, line, body }, k) => {
      const sScore = subject.sScores[k];
      const failed = subject.programs.map(({ score }) => score?.differs[k].failures ?? 0);
      return { file, name, line, body, sScore, failures: failed.reduce((sum, count) => sum + count, 0) };
    }),
    programs: subject.programs.map((program) => ({
      body: program.body,
      facts: (program.inlined as Inlined).facts,
      rank: rankOf.get(program) as number,
      behaviour: behaviours.get(program) as number,
      demo: program.score?.demo ?? 0,
      test: program.score?.test ?? 0,
      further: program.score?.further ?? 0,
      dScores: program.score?.differs.map(({ dScore }) => dScore) ?? [],
      cost: program.worstCost,
      statuses: countStatuses(program.outcomes),
      outcomes: program.outcomes,
      matches: program.score?.matches ?? [],
    })),
    candidates: subject.candidates.map(({ file, name, line, lines }, k) => {
      return { file, name, line, program: programOf.get(k) as number, lines };
    }),
  };
}
