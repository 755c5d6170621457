/** Encodes and decodes the result of a task. Samples and cells are decoded on demand. */
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { passBytes, passString } from '../../encoding/passing.js';
import { type Outcome, OutcomeTally, passOutcome, readOutcome, writeOutcome } from '../../engine/outcome.js';
import type { OutputDigest } from '../../engine/output.js';
import { readFacts, writeFacts } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import type { SampleKind } from '../../task/task.js';
import type { GridDigest, SamplesDigest } from '../../task/task-digest.js';
import { ByteSequence, EncodedSequence, type ItemCodec } from './sequence.js';
import type { SampleResult, SampleRun, TaskResult } from './task-result.js';

const MATCHES: readonly (boolean | null)[] = [null, false, true];

const OUTCOMES: ItemCodec<Outcome> = { pass: passOutcome, read: readOutcome };

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
    for (let k = 0; k < result.samples.length; k++)
      writer.byte(MATCHES.indexOf(program.matches.at(k) ?? null));
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
  const { samples, runs } = readSamples(reader);
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
    const tally = new OutcomeTally();
    const outcomes = EncodedSequence.read(reader, samples.length, OUTCOMES, () => tally.pass(reader));
    const matches = ByteSequence.read(reader, samples.length, MATCHES);
    const { worstCost: cost, statuses } = tally;
    return { body, facts, rank, behaviour, demo, test, further, dScores, cost, statuses, outcomes, matches };
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
  const head = { task, files, largestSide: largest, demo: demonstrations, samples, runs };
  return { ...head, differSet, differs, programs, candidates };
}

/** The samples, and counts of them. */
function readSamples(reader: ByteReader): Pick<TaskResult, 'samples' | 'runs'> {
  const runs: (SampleRun & { count: number; known: number })[] = [];
  let kind: SampleKind = '';
  const samples = EncodedSequence.read<SampleResult>(
    reader,
    reader.unsigned(),
    { pass: passSample, read: (at, index) => readSample(at, kindAt(runs, index)) },
    (index) => {
      kind = readKind(reader) || kind;
      let run = runs.at(-1);
      if (run?.kind !== kind) {
        run = { kind, from: index, count: 0, known: 0 };
        runs.push(run);
      }
      run.count++;
      if (passSampleRest(reader)) run.known++;
    },
  );
  return { samples, runs };
}

function readSample(reader: ByteReader, kind: SampleKind): SampleResult {
  readKind(reader);
  const index = reader.unsigned();
  const input = reader.latin1(32) as GridDigest;
  return { kind, index, input, expected: reader.byte() === 0 ? null : (reader.latin1(16) as OutputDigest) };
}

function passSample(reader: ByteReader): void {
  passString(reader);
  passSampleRest(reader);
}

/** Whether the output is known. */
function passSampleRest(reader: ByteReader): boolean {
  reader.unsigned();
  passBytes(reader, 32);
  const isKnown = reader.byte() !== 0;
  if (isKnown) passBytes(reader, 16);
  return isKnown;
}

/** Usually empty, which means the value of the previous sample. */
function readKind(reader: ByteReader): SampleKind {
  if (reader.bytes[reader.at] !== 0) return reader.string();
  reader.at++;
  return '';
}

function kindAt(runs: readonly SampleRun[], index: number): SampleKind {
  return (runs.find(({ from, count }) => index < from + count) as SampleRun).kind;
}
