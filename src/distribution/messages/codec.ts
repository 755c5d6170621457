/** Encodes the requests to workers and their answers for the queue. */
import { isDeepStrictEqual } from 'node:util';
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { type BatchAnswer, type EvaluationBatch, readOutcomes, readOutputs } from '../../engine/batch.js';
import type { DifferScores } from '../../engine/differs.js';
import { isCacheable } from '../../engine/outcome.js';
import { digestOutput, type OutputDigest } from '../../engine/output.js';
import type {
  DifferRequest,
  EvaluationRequest,
  WorkerAnswer,
  WorkerRequest,
} from '../../workers/protocol.js';

/** How requests and answers are encoded. Decoding anything else throws a RangeError. */
export interface Codec<Request, Answer> {
  /** Whether the request may be sent to other machines. */
  leaves(request: Request): boolean;
  encodeRequest(request: Request): Uint8Array;
  decodeRequest(bytes: Uint8Array): Request;
  encodeAnswer(answer: Answer): Uint8Array;
  /** Also checks that the answer fits the request. */
  decodeAnswer(bytes: Uint8Array, request: Request): Answer;
  /** Whether two answers to one request can both be right. */
  agree(one: Answer, other: Answer): boolean;
}

const CELLS = 1;
const DIFFERS = 2;

export const workerCodec: Codec<WorkerRequest, WorkerAnswer> = {
  // Files must be written on this machine.
  leaves: ({ kind }) => kind !== 'write',
  encodeRequest(request) {
    const writer = new ByteWriter(4096);
    if (request.kind === 'cells') writeCells(request, writer.byte(CELLS));
    else if (request.kind === 'differs') writeDiffers(request, writer.byte(DIFFERS));
    else throw new Error('a request to write files stays at home');
    return writer.finish();
  },
  decodeRequest(bytes) {
    const reader = new ByteReader(bytes);
    const kind = reader.byte();
    if (kind === CELLS) return readCells(reader);
    if (kind === DIFFERS) return readDiffers(reader);
    throw new RangeError('a request has an unknown kind');
  },
  encodeAnswer(answer) {
    const writer = new ByteWriter(4096);
    if ('outcomes' in answer) return writer.byte(CELLS).sized(answer.outcomes).sized(answer.outputs).finish();
    if (!('scores' in answer)) throw new Error('an answer about files stays at home');
    writer.byte(DIFFERS).unsigned(answer.scores.length);
    for (const score of answer.scores) writer.unsigned(score + 1);
    for (const cost of answer.costs) writer.number(cost);
    return writer.finish();
  },
  decodeAnswer(bytes, request) {
    const reader = new ByteReader(bytes);
    const kind = reader.byte();
    if (kind === CELLS && request.kind === 'cells') {
      // Copies: a view would keep the whole batch in memory.
      const answer = { outcomes: reader.sized().slice(), outputs: reader.sized().slice() };
      checkCells(answer, request);
      return answer;
    }
    if (kind === DIFFERS && request.kind === 'differs') return readScores(reader, request);
    throw new RangeError('an answer has another kind than its request');
  },
  agree(one, other) {
    const bytes = [one, other].map((answer) => workerCodec.encodeAnswer(answer));
    if (Buffer.compare(bytes[0], bytes[1]) === 0) return true;
    if (!('outcomes' in one && 'outcomes' in other)) return false;
    // The size of the C stack depends on the machine, so crashes and time-outs are not compared.
    const others = readOutcomes(other);
    return readOutcomes(one).every((outcome, k) => {
      const was = others[k];
      return !isCacheable(outcome) || !isCacheable(was) || isDeepStrictEqual(outcome, was);
    });
  },
};

function writeIntegers(integers: Int32Array, writer: ByteWriter): void {
  writer.unsigned(integers.length);
  for (const integer of integers) writer.unsigned(integer);
}

function readIntegers(reader: ByteReader): Int32Array {
  const length = lengthIn(reader);
  const integers = new Int32Array(length);
  for (let k = 0; k < length; k++) integers[k] = reader.unsigned();
  return integers;
}

/** A number of items that take at least a byte each. */
function lengthIn(reader: ByteReader): number {
  const length = reader.unsigned();
  if (length > reader.bytes.length) throw new RangeError('a list is longer than its record');
  return length;
}

function writeCells(request: EvaluationRequest, writer: ByteWriter): void {
  writer.sized(request.programs);
  writeIntegers(request.ends, writer);
  writeIntegers(request.cellPrograms, writer);
  writeIntegers(request.cellSamples, writer);
  writer.unsigned(request.costLimit).unsigned(request.cellLimit);
  const { required = [] } = request;
  writer.unsigned(required.length);
  for (const output of required) writer.byte(output === null ? 0 : 1).latin1(output ?? '');
  const { steps } = request;
  writer.unsigned(steps?.keys.length ?? 0);
  for (const key of steps?.keys ?? []) writer.latin1(key);
  writer.string(steps?.shard ?? '');
}

/** Characters of an action key, one byte each. */
const KEY_LENGTH = 32;

function readCells(reader: ByteReader): EvaluationRequest {
  // A copy, because the buffer is transferred to a thread.
  const programs = reader.sized().slice();
  const ends = readIntegers(reader);
  const cellPrograms = readIntegers(reader);
  const cellSamples = readIntegers(reader);
  const [costLimit, cellLimit] = [reader.unsigned(), reader.unsigned()];
  const required: NonNullable<EvaluationBatch['required']>[number][] = [];
  for (let left = lengthIn(reader); left > 0; left--) {
    required.push(reader.byte() === 0 ? null : (reader.latin1(16) as OutputDigest));
  }
  const limits = { costLimit, cellLimit, required: required.length === 0 ? undefined : required };
  const keys = Array.from({ length: lengthIn(reader) }, () => reader.latin1(KEY_LENGTH));
  const shard = reader.string();
  if (keys.length !== 0 && keys.length !== cellPrograms.length)
    throw new RangeError('too few keys, or too many');
  const steps = keys.length === 0 ? {} : { steps: { shard, keys } };
  return { kind: 'cells', programs, ends, cellPrograms, cellSamples, ...limits, ...steps };
}

function writeDiffers(request: DifferRequest, writer: ByteWriter): void {
  writer.unsigned(request.differs.length);
  for (const differ of request.differs) writer.sized(differ);
  writer.sized(request.pairs).unsigned(request.costLimit).unsigned(request.cellLimit);
}

function readDiffers(reader: ByteReader): DifferRequest {
  const differs = Array.from({ length: lengthIn(reader) }, () => reader.sized().slice());
  const pairs = reader.sized().slice();
  return {
    kind: 'differs',
    differs,
    pairs,
    costLimit: reader.unsigned(),
    cellLimit: reader.unsigned(),
  };
}

/** One outcome for each cell, and every output that an outcome refers to, with its digest. */
function checkCells(answer: BatchAnswer, request: EvaluationRequest): void {
  const outcomes = readOutcomes(answer);
  if (outcomes.length !== request.cellPrograms.length)
    throw new RangeError(`${outcomes.length} outcomes of ${request.cellPrograms.length} cells`);
  const outputs = readOutputs(answer);
  for (const [digest, bytes] of outputs) {
    if (digestOutput(bytes) !== digest) throw new RangeError('an output has another digest than its own');
  }
  for (const { output } of outcomes) {
    if (output !== '' && !outputs.has(output)) throw new RangeError('an output is missing');
  }
}

function readScores(reader: ByteReader, request: DifferRequest): DifferScores {
  const length = lengthIn(reader);
  const pairs = new ByteReader(request.pairs).unsigned();
  if (length !== pairs * request.differs.length) throw new RangeError('too many scores, or too few');
  const scores = Int32Array.from({ length }, () => reader.unsigned() - 1);
  const costs = Float64Array.from({ length }, () => reader.number());
  return { scores, costs };
}
