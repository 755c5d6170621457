/** The state of one task in a build, which the phases pass on: from candidates to ranked programs. */

import { type Outcome, worstCost } from '../../engine/outcome.js';
import { digestOutput, encodeOutput, type OutputDigest } from '../../engine/output.js';
import type { ProgramFacts } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import { type NamedSample, samplesOf, type Task } from '../../task/task.js';
import type { TaskDigests } from '../../task/task-digest.js';
import type { FileStat } from '../../workspace/file-system.js';
import { KeyPart } from '../key.js';

/** A solver function that is a candidate of the task. */
export interface Candidate {
  readonly file: string;
  readonly name: string;
  /** Line of the `def`, from 1. */
  readonly line: number;
  readonly body: BodyHash;
  /** The canonical program, encoded. */
  readonly program: Uint8Array;
  /** Source lines of the program's nodes (lang/load.ts). */
  readonly lines: Uint8Array;
}

/** A program's results on the task's samples. */
export interface Score {
  /** By sample: whether the output matches; null if the expected output is hidden, or the cell was skipped. */
  readonly matches: readonly (boolean | null)[];
  readonly demo: number;
  readonly test: number;
  /** Matches of the samples that are neither demonstrations nor tests. */
  readonly further: number;
  /** By differ of the build, in the order of its DifferSet. */
  readonly differs: readonly DifferScore[];
  /** A worker was lost while differs ran: the next build scores again. */
  readonly lost?: boolean;
}

/** The score of a candidate by one differ, over all samples. */
export interface DifferScore {
  readonly dScore: number;
  /** Units of the most expensive comparison. */
  readonly worstCost: number;
  /** Comparisons that gave no score. */
  readonly failures: number;
}

export interface Inlined {
  readonly text: string;
  readonly facts: ProgramFacts;
}

/** A distinct program among the candidates. Later phases add their results. */
export class TaskProgram {
  inlined: Inlined | null = null;
  /** By sample of the task; set by the phase validate. */
  outcomes: Outcome[] = [];
  score: Score | null = null;
  /** The part of the cells' keys that is common to all samples. */
  readonly keyPart = new KeyPart();

  constructor(
    readonly body: BodyHash,
    readonly program: Uint8Array,
    /** Indices of the candidates with this program; the first one represents all. */
    readonly candidates: number[],
  ) {}

  /** Cost of the most expensive cell; 0 if no cell was charged. */
  get worstCost(): number {
    return worstCost(this.outcomes);
  }

  /** The sum of the d_scores. */
  get dScore(): number {
    return this.score?.differs.reduce((sum, { dScore }) => sum + dScore, 0) ?? 0;
  }

  get oScore(): number {
    return this.score === null ? 0 : this.score.demo + this.score.test + this.score.further;
  }
}

/** The last build's record of a task, for phases that store nothing and compare with it instead. */
export interface RecordedTask {
  isCandidate(candidate: Candidate): boolean;
  /** The s_score of a differ; undefined if it did not score the task. */
  sScoreOf(differ: {
    readonly file: string;
    readonly name: string;
    readonly body: BodyHash;
  }): number | undefined;
}

/** One program on one sample. */
export interface Cell {
  readonly program: TaskProgram;
  /** Index into the subject's samples. */
  readonly sample: number;
}

/** The stop rule of a task: when its evaluation may end before all cells have run (needed-cells.ts). */
export interface StopRule {
  /** A program ends at the first demonstration that it fails. */
  readonly earlyStop: boolean;
  /** The task ends when a program matches all demonstrations. */
  readonly untilSolved: boolean;
  /**
   * By sample: the known share of programs that failed it, from 0 to 1. Samples that many programs failed run first.
   */
  readonly power: readonly number[];
  /** The rank of a program by earlier results; programs with lower ranks run first. */
  rankOf(body: BodyHash): number;
}

export class TaskSubject {
  readonly samples: readonly NamedSample[];
  /** By sample: the digest of the expected output, encoded like an output; null if it is hidden. */
  readonly expected: readonly (OutputDigest | null)[];
  /** Distinct programs, in the order of their first candidates. */
  programs: TaskProgram[] = [];
  /** Null if nothing was recorded, or with --force. */
  recorded: (() => RecordedTask | null) | null = null;
  /** The stop rule; null if all cells run. */
  stopRule: StopRule | null = null;
  /** The bytes of the outputs that outcomes refer to. */
  outputs: ReadonlyMap<string, Uint8Array> = new Map();
  /** The s_score of each differ of the build. */
  sScores: readonly number[] = [];
  /** Current stats of published texts and of folders of links, by path in the output folder. */
  published: ReadonlyMap<string, FileStat> = new Map();
  /** The number of published texts and links, and how many of them were written or removed in this build. */
  publishedCount = 0;
  publishedChanged = 0;
  /**
   * The number of texts and links that the task should have; more than `publishedCount` if some could not be written.
   */
  publishedWanted = 0;

  constructor(
    readonly task: Task,
    readonly digests: TaskDigests,
    readonly candidates: readonly Candidate[],
    /** The value of `published` when all files were last known to be right. */
    readonly publishedBefore: ReadonlyMap<string, FileStat>,
  ) {
    this.samples = samplesOf(task);
    this.expected = this.samples.map(({ sample }) => {
      const output = sample.output === null ? null : encodeOutput(sample.output);
      return output === null ? null : digestOutput(output.bytes);
    });
  }
}
