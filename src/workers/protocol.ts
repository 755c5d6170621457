/** The requests to workers: to evaluate cells or differs of one task, as flat bytes, or to write published files. */
import type { BatchAnswer, EvaluationBatch } from '../engine/batch.js';
import { type DifferBatch, type DifferScores, decodePairs, encodePairs } from '../engine/differs.js';
import type { OutputPlan, WrittenOutput } from '../workspace/write-output.js';

export type WorkerRequest = EvaluationRequest | DifferRequest | OutputRequest;
export type WorkerAnswer = BatchAnswer | DifferScores | WrittenOutput;

export interface EvaluationRequest {
  readonly kind: 'cells';
  /** Encoded programs, one after another. */
  readonly programs: Uint8Array;
  /** The end of each program in `programs`. */
  readonly ends: Int32Array;
  readonly cellPrograms: Int32Array;
  readonly cellSamples: Int32Array;
  readonly costLimit: number;
  readonly cellLimit: number;
  readonly required: EvaluationBatch['required'];
  /** For workers on other machines that use a shared cache; absent if there is none. */
  readonly steps?: StepNames;
}

/** The names of cells in a store. */
export interface StepNames {
  /** The task of the cells. */
  readonly shard: string;
  /** The action key of each cell. */
  readonly keys: readonly string[];
}

/** Writes published files. */
export interface OutputRequest {
  readonly kind: 'write';
  readonly plan: OutputPlan;
}

export interface DifferRequest {
  readonly kind: 'differs';
  readonly differs: readonly Uint8Array[];
  /** Encoded pairs of grids (engine/differs.ts). */
  readonly pairs: Uint8Array;
  readonly costLimit: number;
  readonly cellLimit: number;
}

export function packRequest(batch: EvaluationBatch): EvaluationRequest {
  const ends = new Int32Array(batch.programs.length);
  let length = 0;
  batch.programs.forEach((program, k) => {
    length += program.length;
    ends[k] = length;
  });
  const programs = new Uint8Array(length);
  batch.programs.forEach((program, k) => {
    programs.set(program, ends[k] - program.length);
  });
  const { cellPrograms, cellSamples, budget, required } = batch;
  return {
    kind: 'cells',
    programs,
    ends,
    cellPrograms,
    cellSamples,
    costLimit: budget.cost,
    cellLimit: budget.cells,
    required,
  };
}

export function unpackRequest(request: EvaluationRequest): EvaluationBatch {
  const programs: Uint8Array[] = [];
  let start = 0;
  for (const end of request.ends) {
    programs.push(request.programs.subarray(start, end));
    start = end;
  }
  const { cellPrograms, cellSamples, costLimit, cellLimit, required } = request;
  return { programs, cellPrograms, cellSamples, budget: { cost: costLimit, cells: cellLimit }, required };
}

export function packDifferRequest({ differs, pairs, budget }: DifferBatch): DifferRequest {
  return {
    kind: 'differs',
    // Copies: a view would include the whole file that was loaded with it.
    differs: differs.map((program) => program.slice()),
    pairs: encodePairs(pairs),
    costLimit: budget.cost,
    cellLimit: budget.cells,
  };
}

export function unpackDifferRequest({ differs, pairs, costLimit, cellLimit }: DifferRequest): DifferBatch {
  return { differs, pairs: decodePairs(pairs), budget: { cost: costLimit, cells: cellLimit } };
}
