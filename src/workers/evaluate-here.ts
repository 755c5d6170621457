/** What the main thread does of a worker's work: it evaluates cells. */
import { evaluateInSteps } from '../engine/batch.js';
import { unpackRequest, type WorkerAnswer, type WorkerRequest } from './protocol.js';
import type { MainThreadWork } from './slots/main-thread.js';
import { gridsOf } from './task-grids.js';

export const evaluateHere: MainThreadWork<WorkerRequest, WorkerAnswer, Uint8Array> = {
  accepts: ({ kind }) => kind === 'cells',
  steps(request, data) {
    if (request.kind !== 'cells') throw new Error(`the main thread does not do ${request.kind}`);
    return evaluateInSteps(gridsOf(data), unpackRequest(request), () => {});
  },
};
