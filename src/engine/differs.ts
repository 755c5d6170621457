/** Evaluates differs: programs that measure how close one grid is to another, on many pairs of grids of one task. */

import { itemOf } from '../dsl/value/equality.js';
import { type Grid, isInteger, isTuple, type Value } from '../dsl/value/value.js';
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { decodeProgram } from '../lang/program/program.js';
import { demonstrationsOf, readGrid, type TaskGrids, writeGrid } from './batch.js';
import { planReading, SampleEvaluation } from './evaluate.js';
import { MergedGraph } from './merge.js';
import type { Budget } from './node.js';

export interface DifferBatch {
  /** Encoded programs with parameters (S, I, C). */
  readonly differs: readonly Uint8Array[];
  /** The compared grids: `grid` (the differ's I) with `reference` (its C). */
  readonly pairs: readonly { readonly grid: Grid; readonly reference: Grid }[];
  readonly budget: Budget;
}

/** The score of a differ that gave none for a pair. */
export const FAILED = -1;

/** One row of scores for each pair, in the order of the differs. */
export interface DifferScores {
  /**
   * 0..1000 (clamped), or FAILED: the differ had an error, exceeded the budget, or returned no tuple that begins with
   * an integer.
   */
  readonly scores: Int32Array;
  /** Units of the budget. */
  readonly costs: Float64Array;
}

/** The highest possible score. */
export const PERFECT = 1000;

export function evaluateDiffers(
  grids: TaskGrids,
  { differs, pairs, budget }: DifferBatch,
  starting: (cell: number) => void,
): DifferScores {
  const graph = new MergedGraph();
  const programs = differs.map((bytes) => graph.add(decodeProgram(bytes)));
  const plan = planReading(graph, programs);
  const S = demonstrationsOf(grids);
  const scores = new Int32Array(pairs.length * differs.length);
  const costs = new Float64Array(scores.length);
  let cell = 0;
  for (const { grid, reference } of pairs) {
    const environment = { I: grid, S, C: reference };
    const evaluation = new SampleEvaluation(graph, plan, environment, budget, () => {});
    programs.forEach((nodes, program) => {
      starting(cell);
      const ended = run(evaluation, nodes);
      scores[cell] = ended === null || 'status' in ended ? FAILED : scoreIn(ended.value);
      costs[cell] = ended?.cost ?? 0;
      evaluation.forget(plan.lastHeld[program]);
      cell++;
    });
  }
  return { scores, costs };
}

/**
 * Null for an exception that the language does not define: a bug of battbuild, which affects only this comparison.
 */
function run(evaluation: SampleEvaluation, nodes: Int32Array) {
  try {
    return evaluation.compute(nodes);
  } catch {
    return null;
  }
}

function scoreIn(value: Value): number {
  if (!isTuple(value) || value.length === 0) return FAILED;
  const first = itemOf(value, 0);
  return isInteger(first) ? Math.min(PERFECT, Math.max(0, Number(first))) : FAILED;
}

export function encodePairs(pairs: DifferBatch['pairs']): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(4096).unsigned(pairs.length);
  for (const { grid, reference } of pairs) {
    writeGrid(grid, writer);
    writeGrid(reference, writer);
  }
  return writer.finish();
}

export function decodePairs(bytes: Uint8Array): DifferBatch['pairs'] {
  const reader = new ByteReader(bytes);
  return Array.from({ length: reader.unsigned() }, () => {
    return { grid: readGrid(reader), reference: readGrid(reader) };
  });
}
