/**
 * The worker: evaluates batches and writes published files until it is ended. It has no state that a build depends
 * on.
 */
import { decodeTaskGrids, evaluateBatch, type TaskGrids } from '../engine/batch.js';
import { evaluateDiffers } from '../engine/differs.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import { writeOutputs } from '../workspace/output/write-output.js';
import { unpackDifferRequest, unpackRequest, type WorkerAnswer, type WorkerRequest } from './protocol.js';
import { serve } from './serve.js';

const decoded = new WeakMap<Uint8Array, TaskGrids>();

/** The context of a call: a task's encoded grids, which each worker decodes once. */
function gridsOf(bytes: Uint8Array): TaskGrids {
  let grids = decoded.get(bytes);
  if (grids === undefined) {
    grids = decodeTaskGrids(bytes);
    decoded.set(bytes, grids);
  }
  return grids;
}

serve<WorkerRequest, WorkerAnswer, Uint8Array>((request, call) => {
  if (request.kind === 'write') return writeOutputs(request.plans, request.placed, nodeFileSystem);
  if (call.context === null) throw new Error('a batch came without the grids of its task');
  const grids = gridsOf(call.context);
  const starting = (cell: number) => call.beacon.at(cell);
  if (request.kind === 'differs') return evaluateDiffers(grids, unpackDifferRequest(request), starting);
  // Nothing is handed over: with the first buffer that a thread gives away, V8 drops the code that reads arrays as if that
  // never happened, and what it makes then is slower.
  return evaluateBatch(grids, unpackRequest(request), starting);
});
