/** Digests of a task's parts, from which action keys are made. */

import type { Grid } from '../dsl/value/value.js';
import { newSha256, sha256Binary } from '../encoding/digest.js';
import { samplesOf, type Task } from './task.js';

/** SHA-256 of a grid's height, width and cells, as 32 characters of one byte each. */
export type GridDigest = string & { readonly kind: 'GridDigest' };

/**
 * Replaces the digest of an unknown output. It is as long as a digest, so that keys may join digests without
 * separators.
 */
export const HIDDEN = '\0'.repeat(32) as GridDigest;

/** SHA-256 over the digests of several grids, as 32 characters of one byte each. */
export type SamplesDigest = string & { readonly kind: 'SamplesDigest' };

export interface TaskDigests {
  /** By sample, in the order of `samplesOf`. */
  readonly inputs: readonly GridDigest[];
  /** In the same order; HIDDEN if there is no output. */
  readonly outputs: readonly GridDigest[];
  /** Inputs and outputs of the demo samples: all that a program sees of its task in `S`. */
  readonly demo: SamplesDigest;
  /** Everything but the id and the file: equal exactly for tasks with equal samples. */
  readonly samples: SamplesDigest;
}

export function digestGrid(grid: Grid): GridDigest {
  const { height, width, cells } = grid;
  const bytes = new Uint8Array(cells.length + 2);
  // 256 is written as 0, a size that no grid has.
  bytes[0] = height;
  bytes[1] = width;
  bytes.set(cells, 2);
  return sha256Binary(bytes) as GridDigest;
}

export function digestTask(task: Task): TaskDigests {
  const { train, test, further } = task;
  const samples = samplesOf(task).map(({ sample }) => sample);
  const inputs = samples.map((sample) => digestGrid(sample.input));
  const outputs = samples.map((sample) => (sample.output === null ? HIDDEN : digestGrid(sample.output)));
  let at = 0;
  const next = (list: readonly unknown[]) => {
    const from = at;
    at += list.length;
    return digestSamples(inputs.slice(from, at), outputs.slice(from, at));
  };
  const demo = next(train);
  const all = newSha256().update(demo, 'binary').update(next(test), 'binary');
  for (const list of further) {
    all.update(`${Buffer.byteLength(list.kind)} ${list.kind}`).update(next(list.samples), 'binary');
  }
  return { inputs, outputs, demo, samples: all.digest('binary') as SamplesDigest };
}

function digestSamples(inputs: readonly GridDigest[], outputs: readonly GridDigest[]): SamplesDigest {
  const hash = newSha256();
  for (let k = 0; k < inputs.length; k++) hash.update(inputs[k], 'binary').update(outputs[k], 'binary');
  return hash.digest('binary') as SamplesDigest;
}
