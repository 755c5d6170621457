/** Batches: cells of one task that are evaluated together, as flat bytes for a worker. */

import { resetMeter } from '../dsl/meter.js';
import { pairOf, tupleOf } from '../dsl/value/construct.js';
import { Grid, type Value } from '../dsl/value/value.js';
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { decodeProgram } from '../lang/program/program.js';
import { planReading, SampleEvaluation } from './evaluate.js';
import { MergedGraph } from './merge.js';
import type { Budget } from './node.js';
import { type Outcome, readOutcome, SKIPPED, writeOutcome } from './outcome.js';
import type { OutputDigest } from './output.js';

/** The grids of a task that programs may see: the input of every sample, and the demonstration pairs (`S`). */
export interface TaskGrids {
  readonly inputs: readonly Grid[];
  readonly demonstrations: readonly { readonly input: Grid; readonly output: Grid }[];
}

/** Cells to evaluate, all of one task. */
export interface EvaluationBatch {
  /** Encoded programs (lang/program/program.ts), each once. */
  readonly programs: readonly Uint8Array[];
  /** By cell: its program, as an index into `programs`. */
  readonly cellPrograms: Int32Array;
  /**
   * By cell: its sample, as an index into the task's inputs. Cells of one sample are adjacent, programs ascending.
   */
  readonly cellSamples: Int32Array;
  readonly budget: Budget;
  /** By sample: the output without which a program is not run further; null, or no list, if there is no condition. */
  readonly required?: readonly (OutputDigest | null)[] | undefined;
}

export interface BatchAnswer {
  /** Encoded outcomes (outcome.ts), in the order of the cells. */
  readonly outcomes: Uint8Array;
  /** The outputs that the outcomes refer to: digest and bytes, each once. */
  readonly outputs: Uint8Array;
}

export function encodeTaskGrids(grids: TaskGrids): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(4096).unsigned(grids.inputs.length);
  for (const input of grids.inputs) writeGrid(input, writer);
  writer.unsigned(grids.demonstrations.length);
  for (const { input, output } of grids.demonstrations) {
    writeGrid(input, writer);
    writeGrid(output, writer);
  }
  return writer.finish();
}

export function decodeTaskGrids(bytes: Uint8Array): TaskGrids {
  const reader = new ByteReader(bytes);
  const inputs = Array.from({ length: reader.unsigned() }, () => readGrid(reader));
  const demonstrations = Array.from({ length: reader.unsigned() }, () => {
    return { input: readGrid(reader), output: readGrid(reader) };
  });
  return { inputs, demonstrations };
}

export function writeGrid(grid: Grid, writer: ByteWriter): void {
  writer.unsigned(grid.height).unsigned(grid.width);
  writer.raw(new Uint8Array(grid.cells.buffer, grid.cells.byteOffset, grid.cells.length));
}

export function readGrid(reader: ByteReader): Grid {
  const height = reader.unsigned();
  const width = reader.unsigned();
  return new Grid(height, width, new Int8Array(reader.raw(height * width)));
}

/** The value of `S`: a tuple of pairs of grids. It is given to programs, so no budget is charged for it. */
export function demonstrationsOf({ demonstrations }: TaskGrids): Value {
  resetMeter(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return tupleOf(demonstrations.map(({ input, output }) => pairOf(input, output)));
}

/**
 * Evaluates a batch. `starting(cell)` is called before each cell, so that an observer knows which cell a stuck or
 * dead worker was evaluating. An exception that the language does not define is a bug of battbuild: its cell gets the
 * outcome `crashed`, which is never stored; the other cells of the batch are not affected.
 */
export function evaluateBatch(
  grids: TaskGrids,
  batch: EvaluationBatch,
  starting: (cell: number) => void,
): BatchAnswer {
  const steps = evaluateInSteps(grids, batch, starting);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, but yields after each cell. */
export function* evaluateInSteps(
  grids: TaskGrids,
  batch: EvaluationBatch,
  starting: (cell: number) => void,
): Generator<void, BatchAnswer> {
  const graph = new MergedGraph();
  const programs = batch.programs.map((bytes) => graph.add(decodeProgram(bytes)));
  const plan = planReading(graph, programs);
  const demonstrations = demonstrationsOf(grids);
  const outcomes = new ByteWriter(batch.cellPrograms.length * 24);
  const outputs = new ByteWriter(4096);
  const kept = new Set<OutputDigest>();
  let evaluation: SampleEvaluation | null = null;
  let sample = -1;
  let previous = -1;
  const failed = new Uint8Array(programs.length);
  for (let cell = 0; cell < batch.cellPrograms.length; cell++) {
    if (evaluation === null || batch.cellSamples[cell] !== sample) {
      sample = batch.cellSamples[cell];
      previous = -1;
      const environment = { I: grids.inputs[sample], S: demonstrations, C: null };
      evaluation = new SampleEvaluation(graph, plan, environment, batch.budget, (digest, output) => {
        if (kept.has(digest)) return;
        kept.add(digest);
        outputs.latin1(digest).sized(output.bytes);
      });
    }
    const program = batch.cellPrograms[cell];
    // Values are dropped with the last program that uses them, so programs must run in ascending order.
    if (program <= previous) throw new Error('the programs of a sample are not in ascending order');
    previous = program;
    if (failed[program] === 1) writeOutcome(SKIPPED, outcomes);
    else {
      starting(cell);
      const outcome = runCell(evaluation, programs[program]);
      writeOutcome(outcome, outcomes);
      const required = batch.required?.[sample] ?? null;
      if (required !== null && outcome.output !== required) failed[program] = 1;
      yield;
    }
    evaluation.forget(plan.lastHeld[program]);
  }
  return { outcomes: outcomes.finish(), outputs: outputs.finish() };
}

function runCell(evaluation: SampleEvaluation, nodes: Int32Array): Outcome {
  try {
    return evaluation.run(nodes);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      status: 'crashed',
      cost: 0,
      side: 0,
      output: '',
      error: `bug in battbuild: ${detail}`,
      node: -1,
    };
  }
}

/** The answer with these outcomes, one for each cell, and the outputs that they refer to. */
export function answerOf(
  outcomes: readonly Outcome[],
  outputs: Iterable<readonly [OutputDigest, Uint8Array]>,
): BatchAnswer {
  const written = new ByteWriter(outcomes.length * 24);
  for (const outcome of outcomes) writeOutcome(outcome, written);
  const grids = new ByteWriter(4096);
  for (const [digest, bytes] of outputs) grids.latin1(digest).sized(bytes);
  return { outcomes: written.finish(), outputs: grids.finish() };
}

/** Divides the time of a batch among its cells in proportion to their costs. The first cell is never skipped. */
export function shareOut(micros: number, outcomes: readonly Outcome[]): number[] {
  const weights = outcomes.map(({ status, cost }) => (status === 'skipped' ? 0 : cost + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.round((micros * weight) / total));
}

export function readOutcomes(answer: BatchAnswer): Outcome[] {
  const reader = new ByteReader(answer.outcomes);
  const outcomes: Outcome[] = [];
  while (!reader.done) outcomes.push(readOutcome(reader));
  return outcomes;
}

export function readOutputs(answer: BatchAnswer): Map<OutputDigest, Uint8Array> {
  const reader = new ByteReader(answer.outputs);
  const outputs = new Map<OutputDigest, Uint8Array>();
  while (!reader.done) {
    const digest = reader.latin1(16) as OutputDigest;
    outputs.set(digest, reader.sized());
  }
  return outputs;
}
