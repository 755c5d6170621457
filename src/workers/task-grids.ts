/** The context of a call: a task's encoded grids, which each thread decodes once. */
import { decodeTaskGrids, type TaskGrids } from '../engine/batch.js';

const decoded = new WeakMap<Uint8Array, TaskGrids>();

/** Throws an Error for a call without context, which is a bug. */
export function gridsOf(bytes: Uint8Array | null): TaskGrids {
  if (bytes === null) throw new Error('a batch came without the grids of its task');
  let grids = decoded.get(bytes);
  if (grids === undefined) {
    grids = decodeTaskGrids(bytes);
    decoded.set(bytes, grids);
  }
  return grids;
}
