/** Phase 5, score: compares outcomes with the expected outputs, and scores them by the differs. */
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import type { Budget } from '../engine/node.js';
import type { Outcome } from '../engine/outcome.js';
import type { OutputDigest } from '../engine/output.js';
import { stopwatch } from '../stopwatch.js';
import { DEMO, type SampleKind, TEST } from '../task/task.js';
import type { GridDigest, SamplesDigest, TaskDigests } from '../task/task-digest.js';
import { fingerprints } from './fingerprints.js';
import type { KeyWriter } from './key.js';
import type { StepPhase } from './phase.js';
import { differScores, type EvaluateDiffers } from './subject/d-score.js';
import type { DifferSet } from './subject/differ.js';
import type { Score, TaskProgram, TaskSubject } from './subject/task-subject.js';

export interface ScoreContext {
  readonly budget: Budget;
  readonly differs: DifferSet;
  /** Compares pairs of grids of one task by differs, on this thread or on a worker. */
  readonly evaluateDiffers: EvaluateDiffers;
}

/** The result of comparing a program's outcomes with the expected outputs. */
type Matched = Pick<Score, 'matches' | 'demo' | 'test' | 'further'>;

/**
 * A match is equality of outputs, and an output equal to the expected one is valid. A skipped cell counts as unknown.
 */
export function matchOutcomes(
  outcomes: readonly Outcome[],
  expected: readonly (OutputDigest | null)[],
  kinds: readonly SampleKind[],
): Matched {
  const matches = outcomes.map((outcome, k) => {
    if (expected[k] === null || outcome.status === 'skipped') return null;
    return outcome.status === 'ok' && outcome.output === expected[k];
  });
  const count = (counts: (kind: SampleKind) => boolean) =>
    matches.filter((match, k) => match === true && counts(kinds[k])).length;
  const demo = count((kind) => kind === DEMO);
  const test = count((kind) => kind === TEST);
  return { matches, demo, test, further: count(() => true) - demo - test };
}

/** What a score's key is made from; `explain` passes the record of an earlier build. */
export interface ScoreInputs {
  readonly task: string;
  readonly samples: readonly {
    readonly kind: SampleKind;
    readonly outcome: Outcome;
    readonly expected: OutputDigest | null;
  }[];
  /** What differs read besides outcomes; null without differs. */
  readonly differs: DifferInputs | null;
}

export interface DifferInputs {
  /** Digest of the differs and of the code that they can reach. */
  readonly set: string;
  /** Digests of the samples' inputs, with which outputs are compared. */
  readonly inputs: readonly GridDigest[];
  /** Digest of the demonstrations; null if no differ reads S. */
  readonly demo: SamplesDigest | null;
  readonly budget: Budget;
}

export function writeScoreInputs({ task, samples, differs }: ScoreInputs, writer: KeyWriter): void {
  writer.field('task', task);
  for (const { kind, outcome, expected } of samples) {
    // A score depends on a cell only through its output or, without one, its status.
    if (outcome.status === 'ok') writer.binary(`${kind} outcome`, outcome.output);
    else writer.field(`${kind} outcome`, outcome.status);
    writer.binary(`${kind} expected`, expected ?? '');
  }
  if (differs === null) return;
  writer.field('differs', differs.set);
  for (const input of differs.inputs) writer.binary('sample input', input);
  if (differs.demo !== null) writer.binary('demonstrations', differs.demo);
  writer.field('budget.cost', differs.budget.cost);
  writer.field('budget.cells', differs.budget.cells);
}

export function differInputs(set: DifferSet, digests: TaskDigests, budget: Budget): DifferInputs | null {
  if (set.differs.length === 0) return null;
  return { set: set.digest, inputs: digests.inputs, demo: set.readsS ? digests.demo : null, budget };
}

const MATCHES = [null, false, true] as const;

export const score: StepPhase<TaskSubject, TaskProgram, Score, ScoreContext> = {
  kind: 'steps',
  name: 'score',
  version: fingerprints.phases['score'],
  harmless: true,
  shard: (subject) => subject.task.id,
  steps: (subject) => subject.programs,
  key(program, subject, context, writer) {
    const samples = subject.samples.map(({ kind }, k) => {
      return { kind, outcome: program.outcomes[k], expected: subject.expected[k] };
    });
    const { differs, budget } = context;
    const seen = differInputs(differs, subject.digests, budget);
    writeScoreInputs({ task: subject.task.id, samples, differs: seen }, writer);
  },
  batches: (steps) => [steps],
  async run(programs, subject, context) {
    const kinds = subject.samples.map(({ kind }) => kind);
    const startedAt = stopwatch.now();
    const matched = programs.map((program) => matchOutcomes(program.outcomes, subject.expected, kinds));
    let cpuMs = stopwatch.now() - startedAt;
    let outputs: Score[];
    if (context.differs.differs.length === 0) outputs = matched.map((score) => ({ ...score, differs: [] }));
    else {
      const compared = await differScores(programs, subject, context.differs, context.evaluateDiffers);
      cpuMs += compared.cpuMs;
      outputs = matched.map((score, k) => ({ ...score, ...compared.scores[k] }));
    }
    const micros = programs.map(() => Math.round((cpuMs * 1000) / programs.length));
    return { outputs, micros, blobs: new Map(), cpuMs };
  },
  cacheable: (value) => value.lost !== true,
  write(value, writer: ByteWriter) {
    writer.unsigned(value.demo).unsigned(value.test).unsigned(value.further).unsigned(value.matches.length);
    for (const match of value.matches) writer.byte(MATCHES.indexOf(match));
    writer.unsigned(value.differs.length);
    for (const { dScore, worstCost, failures } of value.differs) {
      writer.unsigned(dScore).unsigned(worstCost).unsigned(failures);
    }
  },
  read(reader: ByteReader) {
    const demo = reader.unsigned();
    const test = reader.unsigned();
    const further = reader.unsigned();
    const matches = Array.from({ length: reader.unsigned() }, () => {
      const match = reader.byte();
      if (match >= MATCHES.length) throw new RangeError('a score has an unknown match');
      return MATCHES[match];
    });
    const differs = Array.from({ length: reader.unsigned() }, () => {
      return { dScore: reader.unsigned(), worstCost: reader.unsigned(), failures: reader.unsigned() };
    });
    return { matches, demo, test, further, differs };
  },
  blobsOf: () => [],
  accept(_subject, programs, scores) {
    programs.forEach((program, k) => {
      program.score = scores[k];
    });
  },
};
