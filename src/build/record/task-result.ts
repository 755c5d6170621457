/** The recorded result of a task, for `results`, `show`, `explain` and reports. */
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { type Outcome, readOutcome, writeOutcome } from '../../engine/outcome.js';
import type { OutputDigest } from '../../engine/output.js';
import { type ProgramFacts, readFacts, writeFacts } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import type { DifferSet } from '../../phases/subject/differ.js';
import { behavioursOf, rankPrograms } from '../../phases/subject/ranking.js';
import type { Inlined, TaskSubject } from '../../phases/subject/task-subject.js';
import { largestSide, type SampleKind } from '../../task/task.js';
import type { GridDigest, SamplesDigest } from '../../task/task-digest.js';

export interface SampleResult {
  readonly kind: SampleKind;
  /** From 0 within its kind. */
  readonly index: number;
  /** Digest of the input grid, and of the expected output; null if that is hidden. */
  readonly input: GridDigest;
  readonly expected: OutputDigest | null;
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
  /** By sample. */
  readonly outcomes: readonly Outcome[];
  /** By sample: whether it matches the expected output; null if that is hidden, or the cell was skipped. */
  readonly matches: readonly (boolean | null)[];
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
  readonly samples: readonly SampleResult[];
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
export function verdictOf(result: TaskResult): Verdict {
  const known = result.samples.flatMap(({ expected }, k) => (expected === null ? [] : [k]));
  const solves = ({ matches }: ProgramResult) => known.every((k) => matches[k] === true) && known.length > 0;
  if (result.programs.some(solves)) return 'solved';
  return result.programs.some(({ matches }) => matches.includes(true)) ? 'partly' : 'unsolved';
}

/** Number of samples that a program matches, of all kinds. */
export function oScoreOf({ demo, test, further }: Pick<ProgramResult, 'demo' | 'test' | 'further'>): number {
  return demo + test + further;
}

export function behaviourCount(result: TaskResult): number {
  return result.programs.reduce((most, { behaviour }) => Math.max(most, behaviour), 0);
}

export function resultOf(subject: TaskSubject, set: DifferSet): TaskResult {
  const ranked = rankPrograms(subject);
  const rankOf = new Map(ranked.map((program, k) => [program, k + 1]));
  const behaviours = behavioursOf(ranked);
  const programOf = new Map<number, number>();
  subject.programs.forEach((program, k) => {
    for (const candidate of program.candidates) programOf.set(candidate, k);
  });
  return {
    task: subject.task.id,
    files: subject.task.files,
    largestSide: largestSide(subject.task),
    demo: subject.digests.demo,
    samples: subject.samples.map(({ kind, index }, k) => {
      return { kind, index, input: subject.digests.inputs[k], expected: subject.expected[k] };
    }),
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
      outcomes: program.outcomes,
      matches: program.score?.matches ?? [],
    })),
    candidates: subject.candidates.map(({ file, name, line, lines }, k) => {
      return { file, name, line, program: programOf.get(k) as number, lines };
    }),
  };
}

const MATCHES = [null, false, true] as const;

export function encodeTaskResult(result: TaskResult): Uint8Array {
  const writer = new ByteWriter(16_384).string(result.task).unsigned(result.files.length);
  for (const file of result.files) writer.string(file);
  writer.unsigned(result.largestSide).latin1(result.demo).unsigned(result.samples.length);
  let last = '';
  for (const { kind, index, input, expected } of result.samples) {
    // Samples of one kind are adjacent: the kind is written once.
    writer.string(kind === last ? '' : kind).unsigned(index);
    writer
      .latin1(input)
      .byte(expected === null ? 0 : 1)
      .latin1(expected ?? '');
    last = kind;
  }
  writer
    .string(result.differSet.digest)
    .byte(result.differSet.readsS ? 1 : 0)
    .unsigned(result.differs.length);
  for (const { file, name, line, body, sScore, failures } of result.differs) {
    writer.string(file).string(name).unsigned(line).raw(Buffer.from(body, 'hex'));
    writer.unsigned(sScore).unsigned(failures);
  }
  writer.unsigned(result.programs.length);
  for (const program of result.programs) {
    writer.raw(Buffer.from(program.body, 'hex')).unsigned(program.rank).unsigned(program.behaviour);
    writer.unsigned(program.demo).unsigned(program.test).unsigned(program.further);
    writeFacts(program.facts, writer);
    for (const dScore of program.dScores) writer.unsigned(dScore);
    for (const outcome of program.outcomes) writeOutcome(outcome, writer);
    for (const match of program.matches) writer.byte(MATCHES.indexOf(match));
  }
  writer.unsigned(result.candidates.length);
  let file = '';
  for (const candidate of result.candidates) {
    // Candidates of one file are adjacent: the name is written once.
    writer.string(candidate.file === file ? '' : candidate.file).string(candidate.name);
    writer.unsigned(candidate.line).unsigned(candidate.program).sized(candidate.lines);
    file = candidate.file;
  }
  return writer.finish();
}

function readMatch(reader: ByteReader): boolean | null {
  const match = reader.byte();
  if (match >= MATCHES.length) throw new RangeError('a result has an unknown match');
  return MATCHES[match];
}

/** A recorded result; null if there is none, or if the bytes are invalid. */
export function readTaskResult(bytes: Uint8Array | null): TaskResult | null {
  if (bytes === null) return null;
  try {
    return decodeTaskResult(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Throws RangeError if the bytes are no task result. */
export function decodeTaskResult(bytes: Uint8Array): TaskResult {
  const reader = new ByteReader(bytes);
  const task = reader.string();
  const files = Array.from({ length: reader.unsigned() }, () => reader.string());
  const largest = reader.unsigned();
  const demonstrations = reader.latin1(32) as SamplesDigest;
  let kind: SampleKind = '';
  const samples = Array.from({ length: reader.unsigned() }, () => {
    kind = reader.string() || kind;
    const index = reader.unsigned();
    const input = reader.latin1(32) as GridDigest;
    return { kind, index, input, expected: reader.byte() === 0 ? null : (reader.latin1(16) as OutputDigest) };
  });
  const differSet = { digest: reader.string(), readsS: reader.byte() === 1 };
  const differs = Array.from({ length: reader.unsigned() }, () => {
    const place = { file: reader.string(), name: reader.string(), line: reader.unsigned() };
    const body = Buffer.from(reader.raw(32)).toString('hex') as BodyHash;
    return { ...place, body, sScore: reader.unsigned(), failures: reader.unsigned() };
  });
  const programs = Array.from({ length: reader.unsigned() }, () => {
    const body = Buffer.from(reader.raw(32)).toString('hex') as BodyHash;
    const rank = reader.unsigned();
    const behaviour = reader.unsigned();
    const demo = reader.unsigned();
    const test = reader.unsigned();
    const further = reader.unsigned();
    const facts = readFacts(reader);
    const dScores = differs.map(() => reader.unsigned());
    const outcomes = samples.map(() => readOutcome(reader));
    const matches = samples.map(() => readMatch(reader));
    return { body, facts, rank, behaviour, demo, test, further, dScores, outcomes, matches };
  });
  let file = '';
  const candidates = Array.from({ length: reader.unsigned() }, () => {
    file = reader.string() || file;
    return {
      file,
      name: reader.string(),
      line: reader.unsigned(),
      program: reader.unsigned(),
      lines: reader.sized(),
    };
  });
  const head = { task, files, largestSide: largest, demo: demonstrations, samples };
  return { ...head, differSet, differs, programs, candidates };
}
