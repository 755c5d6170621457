/**
 * The worker: evaluates batches and writes published files until it is ended. It has no state that a build depends
 * on.
 */
import { threadId } from 'node:worker_threads';
import { evaluateBatch } from '../engine/batch.js';
import { evaluateDiffers } from '../engine/differs.js';
import { writeAsThread } from '../workspace/atomic-files.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import { writeOutputs } from '../workspace/output/write-output.js';
import { unpackDifferRequest, unpackRequest, type WorkerAnswer, type WorkerRequest } from './protocol.js';
import { serve } from './serve.js';
import { gridsOf } from './task-grids.js';

writeAsThread(threadId);
serve<WorkerRequest, WorkerAnswer, Uint8Array>((request, call) => {
  if (request.kind === 'write') return writeOutputs(request.plans, request.placed, nodeFileSystem);
  const grids = gridsOf(call.context);
  const starting = (cell: number) => call.beacon.at(cell);
  if (request.kind === 'differs') return evaluateDiffers(grids, unpackDifferRequest(request), starting);
  // Nothing is handed over: with the first buffer that a thread gives away, V8 drops the code that reads arrays as if that
  // never happened, and what it makes then is slower.
  return evaluateBatch(grids, unpackRequest(request), starting);
});
