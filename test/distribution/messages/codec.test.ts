/** Requests and answers as bytes: they come back as they were, and what is damaged is no answer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contextDigest,
  decodeAnswers,
  decodeJob,
  decodeReply,
  encodeAnswers,
  encodeJob,
  encodeReply,
} from '../../../src/distribution/messages/batch-codec.js';
import { workerCodec } from '../../../src/distribution/messages/codec.js';
import { ByteWriter } from '../../../src/encoding/bytes.js';
import { type Outcome, SKIPPED, writeOutcome } from '../../../src/engine/outcome.js';
import { digestOutput } from '../../../src/engine/output.js';
import type { DifferRequest, EvaluationRequest, WorkerAnswer } from '../../../src/workers/protocol.js';

const GRID = Uint8Array.of(1, 1, 2, 3, 4);
const DIGEST = digestOutput(GRID);

const CELLS: EvaluationRequest = {
  kind: 'cells',
  programs: Uint8Array.of(1, 2, 3, 4, 5),
  ends: Int32Array.of(2, 5),
  cellPrograms: Int32Array.of(0, 1, 0),
  cellSamples: Int32Array.of(0, 0, 300),
  costLimit: 20_000_000,
  cellLimit: 4_000_000,
  required: [null, DIGEST],
};

const DIFFERS: DifferRequest = {
  kind: 'differs',
  differs: [Uint8Array.of(9, 8), Uint8Array.of(7)],
  pairs: new ByteWriter()
    .unsigned(2)
    .raw(Uint8Array.of(1, 2, 3))
    .finish(),
  costLimit: 1,
  cellLimit: 2,
};

const OK: Outcome = { status: 'ok', cost: 7, side: 3, output: DIGEST, error: null, node: -1 };
const FAILED: Outcome = { status: 'error', cost: 5, side: 0, output: '', error: 'index: 3', node: 2 };

function answerOf(outcomes: readonly Outcome[], ...outputs: (readonly [string, Uint8Array])[]): WorkerAnswer {
  const written = new ByteWriter();
  for (const outcome of outcomes) writeOutcome(outcome, written);
  const grids = new ByteWriter();
  for (const [digest, bytes] of outputs) grids.latin1(digest).sized(bytes);
  return { outcomes: written.finish(), outputs: grids.finish() };
}

const ANSWER = answerOf([OK, FAILED, SKIPPED], [DIGEST, GRID]);
const SCORES = { scores: Int32Array.of(0, 1000, -1, 5), costs: Float64Array.of(1, 2.5, 0, 4) };

describe('a request', () => {
  it.each([
    ['cells', CELLS],
    ['differs', DIFFERS],
    ['keys', { ...CELLS, steps: { shard: 'task', keys: ['a', 'b', 'c'].map((key) => key.padEnd(32)) } }],
    ['no required outputs', { ...CELLS, required: undefined }],
  ] as const)('comes back as it was: %s', (_name, request) => {
    expect(workerCodec.decodeRequest(workerCodec.encodeRequest(request))).toEqual(request);
  });

  it('to write files stays at home', () => {
    const plan = { root: '/', files: [], before: new Map() };
    expect(workerCodec.leaves({ kind: 'write', plan })).toBe(false);
    expect(workerCodec.leaves(CELLS)).toBe(true);
  });
});

describe('an answer', () => {
  it('comes back as it was', () => {
    expect(workerCodec.decodeAnswer(workerCodec.encodeAnswer(ANSWER), CELLS)).toEqual(ANSWER);
    expect(workerCodec.decodeAnswer(workerCodec.encodeAnswer(SCORES), DIFFERS)).toEqual(SCORES);
  });

  it.each([
    ['an outcome too few', answerOf([OK, FAILED], [DIGEST, GRID])],
    ['an outcome too many', answerOf([OK, FAILED, SKIPPED, SKIPPED], [DIGEST, GRID])],
    ['without an output that it names', answerOf([OK, FAILED, SKIPPED])],
    ['with another output than it names', answerOf([OK, FAILED, SKIPPED], [DIGEST, Uint8Array.of(1)])],
    ['to another request', SCORES],
  ])('is none: %s', (_name, answer) => {
    expect(() => workerCodec.decodeAnswer(workerCodec.encodeAnswer(answer), CELLS)).toThrow(RangeError);
  });
});

describe('two answers', () => {
  const crashed: Outcome = { ...FAILED, status: 'crashed', cost: 0, error: 'the stack of C', node: -1 };

  it.each<[string, WorkerAnswer, boolean]>([
    ['the same', answerOf([OK, FAILED, SKIPPED], [DIGEST, GRID]), true],
    ['another cost', answerOf([{ ...OK, cost: 8 }, FAILED, SKIPPED], [DIGEST, GRID]), false],
    ['another end', answerOf([FAILED, FAILED, SKIPPED]), false],
    ['a crash, which depends on the machine', answerOf([OK, crashed, SKIPPED], [DIGEST, GRID]), true],
    ['a crash, and another end', answerOf([FAILED, crashed, SKIPPED]), false],
    ['scores', SCORES, false],
  ])('agree or not: %s', (_name, other, expected) => {
    expect(workerCodec.agree(ANSWER, other)).toBe(expected);
    expect(workerCodec.agree(other, ANSWER)).toBe(expected);
  });
});

describe('a job', () => {
  const context = contextDigest(GRID);
  const job = encodeJob([
    { bytes: workerCodec.encodeRequest(CELLS), context },
    { bytes: workerCodec.encodeRequest(DIFFERS), context: null },
  ]);
  const reply = {
    kind: 'answer',
    busyMs: 3,
    cpuMs: null,
    wallMs: 4,
    takenAt: 0,
    slot: 1,
    answer: ANSWER,
  } as const;
  const answers = encodeAnswers('machine/1', [encodeReply(reply, 10, workerCodec)]);

  it('comes back as it was, and so does its answer, with times on the clock here', () => {
    expect(decodeJob(job, workerCodec)).toEqual([
      { context, request: CELLS },
      { context: null, request: DIFFERS },
    ]);
    const { worker, replies } = decodeAnswers(answers);
    const decoded = decodeReply(replies[0], { request: CELLS, worker, now: 1000 }, workerCodec);
    expect(decoded).toEqual({ ...reply, takenAt: 986, worker: 'machine/1' });
  });

  it('and its answer are none when a byte of them is another, or missing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(job, answers),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, change) => {
          const damaged = Buffer.from(bytes);
          damaged[at % bytes.length] ^= change;
          for (const wrong of [damaged, bytes.subarray(0, at % bytes.length)]) {
            expect(() => decodeJob(wrong, workerCodec)).toThrow(RangeError);
            expect(() => decodeAnswers(wrong)).toThrow(RangeError);
          }
        },
      ),
    );
  });

  it('that somebody made up is read to its end or refused, and takes no more memory than it has bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        for (const read of [
          () => workerCodec.decodeRequest(bytes),
          () => workerCodec.decodeAnswer(bytes, CELLS),
          () => workerCodec.decodeAnswer(bytes, DIFFERS),
        ]) {
          try {
            read();
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
