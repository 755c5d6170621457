/** Phase 5, score: outcomes against the expected outputs. */
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import type { Outcome } from '../engine/outcome.js';
import type { OutputDigest } from '../engine/output.js';
import type { SampleKind } from '../task/task.js';
import { fingerprints } from './fingerprints.js';
import type { KeyWriter } from './key.js';
import type { StepPhase } from './phase.js';
import type { Score, TaskProgram, TaskSubject } from './task-subject.js';

export interface ScoreContext {
  /** Digest of the set of differs that score candidates; empty while there are none. */
  readonly differs: string;
}

/** The function of the phase. Matching is equality of outputs; only valid outputs can match. */
export function scoreProgram(
  outcomes: readonly Outcome[],
  expected: readonly (OutputDigest | null)[],
  kinds: readonly SampleKind[],
): Score {
  const matches = outcomes.map((outcome, k) => {
    if (expected[k] === null) return null;
    return outcome.status === 'ok' && outcome.valid && outcome.output === expected[k];
  });
  const count = (kind: SampleKind) =>
    matches.filter((match, k) => match === true && kinds[k] === kind).length;
  return { matches, demo: count('demo'), test: count('test') };
}

/** What a score's key is made from; `explain` gives what was recorded of an earlier build. */
export interface ScoreInputs {
  readonly task: string;
  readonly samples: readonly {
    readonly kind: SampleKind;
    readonly outcome: Outcome;
    readonly expected: OutputDigest | null;
  }[];
  readonly differs: string;
}

export function writeScoreInputs({ task, samples, differs }: ScoreInputs, writer: KeyWriter): void {
  writer.field('task', task);
  for (const { kind, outcome, expected } of samples) {
    // An output says all of its cell that a score depends on; without one, its status does.
    const came = outcome.status === 'ok' ? Buffer.from(outcome.output, 'latin1') : outcome.status;
    writer.field(`${kind} outcome`, came);
    writer.field(`${kind} expected`, Buffer.from(expected ?? '', 'latin1'));
  }
  writer.field('differs', differs);
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
    writeScoreInputs({ task: subject.task.id, samples, differs: context.differs }, writer);
  },
  batches: (steps) => [steps],
  async run(programs, subject) {
    const kinds = subject.samples.map(({ kind }) => kind);
    const startedAt = performance.now();
    const outputs = programs.map((program) => scoreProgram(program.outcomes, subject.expected, kinds));
    const cpuMs = performance.now() - startedAt;
    const micros = programs.map(() => Math.round((cpuMs * 1000) / programs.length));
    return { outputs, micros, blobs: new Map(), cpuMs };
  },
  cacheable: () => true,
  write(value, writer: ByteWriter) {
    writer.unsigned(value.demo).unsigned(value.test).unsigned(value.matches.length);
    for (const match of value.matches) writer.byte(MATCHES.indexOf(match));
  },
  read(reader: ByteReader) {
    const demo = reader.unsigned();
    const test = reader.unsigned();
    const matches = Array.from({ length: reader.unsigned() }, () => {
      const match = reader.byte();
      if (match >= MATCHES.length) throw new RangeError('a score has an unknown match');
      return MATCHES[match];
    });
    return { matches, demo, test };
  },
  blobsOf: () => [],
  accept(_subject, programs, scores) {
    programs.forEach((program, k) => {
      program.score = scores[k];
    });
  },
};
