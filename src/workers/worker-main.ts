/** The worker: evaluates batches, and puts files in place, until it is ended. It holds no truth. */
import { decodeTaskGrids, evaluateBatch, type TaskGrids } from '../engine/batch.js';
import { evaluateDiffers } from '../engine/differs.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import { writeOutput } from '../workspace/write-output.js';
import { unpackDifferRequest, unpackRequest, type WorkerAnswer, type WorkerRequest } from './protocol.js';
import { serve } from './serve.js';

const decoded = new WeakMap<Uint8Array, TaskGrids>();

/** The context of a call is a task's grids, encoded; they are decoded once a worker. */
function gridsOf(bytes: Uint8Array): TaskGrids {
  let grids = decoded.get(bytes);
  if (grids === undefined) {
    grids = decodeTaskGrids(bytes);
    decoded.set(bytes, grids);
  }
  return grids;
}

serve<WorkerRequest, WorkerAnswer, Uint8Array>((request, call) => {
  if (request.kind === 'write') return writeOutput(request.plan, nodeFileSystem);
  if (call.context === null) throw new Error('a batch came without the grids of its task');
  const grids = gridsOf(call.context);
  const starting = (cell: number) => call.beacon.at(cell);
  if (request.kind === 'differs') return evaluateDiffers(grids, unpackDifferRequest(request), starting);
  const answer = evaluateBatch(grids, unpackRequest(request), starting);
  call.transfer(answer.outcomes.buffer as ArrayBuffer, answer.outputs.buffer as ArrayBuffer);
  return answer;
});
