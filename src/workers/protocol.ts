/** What the build asks of a worker: evaluate a batch of cells of one task. Flat bytes only. */
import type { BatchAnswer, EvaluationBatch } from '../engine/batch.js';

export interface EvaluationRequest {
  /** Encoded programs, one after another. */
  readonly programs: Uint8Array;
  /** Where each program ends in `programs`. */
  readonly ends: Int32Array;
  readonly cellPrograms: Int32Array;
  readonly cellSamples: Int32Array;
  readonly costLimit: number;
  readonly cellLimit: number;
}

export type EvaluationAnswer = BatchAnswer;

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
  const { cellPrograms, cellSamples, budget } = batch;
  return { programs, ends, cellPrograms, cellSamples, costLimit: budget.cost, cellLimit: budget.cells };
}

export function unpackRequest(request: EvaluationRequest): EvaluationBatch {
  const programs: Uint8Array[] = [];
  let start = 0;
  for (const end of request.ends) {
    programs.push(request.programs.subarray(start, end));
    start = end;
  }
  const { cellPrograms, cellSamples, costLimit, cellLimit } = request;
  return { programs, cellPrograms, cellSamples, budget: { cost: costLimit, cells: cellLimit } };
}
