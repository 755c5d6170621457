/** What a build knows of one task while the phases pass it on: candidates in, ranked programs out. */

import { type Outcome, worstCost } from '../../engine/outcome.js';
import { digestOutput, encodeOutput, type OutputDigest } from '../../engine/output.js';
import type { ProgramFacts } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import { type NamedSample, samplesOf, type Task } from '../../task/task.js';
import type { TaskDigests } from '../../task/task-digest.js';
import type { FileStat } from '../../workspace/file-system.js';
import { KeyPart } from '../key.js';

/** One solver function that is to be judged on the task. */
export interface Candidate {
  readonly file: string;
  readonly name: string;
  /** Of the `def`, from 1. */
  readonly line: number;
  readonly body: BodyHash;
  /** The canonical program, encoded. */
  readonly program: Uint8Array;
  /** Source lines of the program's nodes (lang/load.ts). */
  readonly lines: Uint8Array;
}

/** How a program did on the task's samples. */
export interface Score {
  /** Per sample: equal to the expected output; null where that is hidden, or the cell was skipped. */
  readonly matches: readonly (boolean | null)[];
  readonly demo: number;
  readonly test: number;
  /** Matches of samples that are neither. */
  readonly further: number;
  /** Per differ of the build, in the order of its DifferSet. */
  readonly differs: readonly DifferScore[];
  /** A worker was lost while differs ran: the next build is to score again. */
  readonly lost?: boolean;
}

/** What one differ says of a candidate, all samples together. */
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

/** A distinct program among the candidates; later phases fill in what they find. */
export class TaskProgram {
  inlined: Inlined | null = null;
  /** Per sample of the task, once validated. */
  outcomes: Outcome[] = [];
  score: Score | null = null;
  /** The part of the cells' keys that all samples share. */
  readonly keyPart = new KeyPart();

  constructor(
    readonly body: BodyHash,
    readonly program: Uint8Array,
    /** Indices of the candidates that are this program, the first one standing for all. */
    readonly candidates: number[],
  ) {}

  /** Cost of the worst cell; 0 when no cell was charged. */
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

/** What the last build recorded of a task, as far as phases that store nothing compare with it. */
export interface RecordedTask {
  isCandidate(candidate: Candidate): boolean;
  /** The s_score of a differ; undefined where it did not score the task. */
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

/** When the evaluation of a task may end before all of its cells have run (needed-cells.ts). */
export interface StopRule {
  /** A program ends at the first demonstration that it fails. */
  readonly earlyStop: boolean;
  /** The task ends when a program matches all demonstrations. */
  readonly untilSolved: boolean;
  /** Per sample: the share of programs that failed it, 0 to 1, as far as it is known: what tells most runs first. */
  readonly power: readonly number[];
  /** Where a program stands among all by what is known of it; those with lesser numbers run first. */
  rankOf(body: BodyHash): number;
}

export class TaskSubject {
  readonly samples: readonly NamedSample[];
  /** Per sample: the digest of the expected output as an output; null where hidden. */
  readonly expected: readonly (OutputDigest | null)[];
  /** Distinct programs, in the order of their first candidates. */
  programs: TaskProgram[] = [];
  /** Null where nothing was recorded, or all is to be done again. */
  recorded: (() => RecordedTask | null) | null = null;
  /** Which cells need not run; null: all run. */
  stopRule: StopRule | null = null;
  /** The bytes of the outputs that outcomes name. */
  outputs: ReadonlyMap<string, Uint8Array> = new Map();
  /** Per differ of the build: its s_score. */
  sScores: readonly number[] = [];
  /** Stats of published texts and of the folders of links, by path below the output folder, as they are now. */
  published: ReadonlyMap<string, FileStat> = new Map();
  /** How many texts and links are published; and how many were written or removed to get there. */
  publishedCount = 0;
  publishedChanged = 0;
  /** How many texts and links the task is to have; more than `publishedCount` when something stood in the way. */
  publishedWanted = 0;

  constructor(
    readonly task: Task,
    readonly digests: TaskDigests,
    readonly candidates: readonly Candidate[],
    /** What `published` was when all was last seen to be right. */
    readonly publishedBefore: ReadonlyMap<string, FileStat>,
  ) {
    this.samples = samplesOf(task);
    this.expected = this.samples.map(({ sample }) => {
      const output = sample.output === null ? null : encodeOutput(sample.output);
      return output === null ? null : digestOutput(output.bytes);
    });
  }
}
