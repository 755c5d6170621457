/** Cells of programs in Python as requests, which other machines may answer, and their answers by interpreters here. */
import { type BatchAnswer, decodeTaskGrids } from '../engine/batch.js';
import type { Reply } from '../engine/reply.js';
import type { Interpreters } from '../python/interpreters.js';
import type { PythonBatch } from '../python/python-cells.js';
import { type EvaluationRequest, packRequest, unpackRequest } from './protocol.js';

/** Unlike in other requests, a unit of cost is a counted event. */
export function packPythonRequest({ events, ...batch }: PythonBatch): EvaluationRequest {
  return packRequest({
    programs: [...batch.programs],
    cellPrograms: Int32Array.from(batch.cellPrograms),
    cellSamples: Int32Array.from(batch.cellSamples),
    budget: { cost: events, cells: 0 },
    required: batch.required,
  });
}

/** `grids`: the encoded grids of the task. */
export function answerPython(
  interpreters: Interpreters,
  request: EvaluationRequest,
  grids: Uint8Array,
): Promise<Reply<BatchAnswer>> {
  const { budget, required, ...batch } = unpackRequest(request);
  return interpreters.run(decodeTaskGrids(grids), { ...batch, required, events: budget.cost });
}
