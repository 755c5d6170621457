/**
 * Merges the copies of a task from several files: they must have equal samples, and an output that one of them has is
 * known.
 */
import type { Grid } from '../dsl/value/value.js';
import type { FurtherSamples, Sample, Task } from './task.js';

/** The task with the outputs of both; null if the two contradict each other. */
export function mergeTasks(task: Task, other: Task): Task | null {
  const train = mergeSamples(task.train, other.train);
  const test = mergeSamples(task.test, other.test);
  const further: FurtherSamples[] = [];
  for (const list of task.further) {
    const same = other.further.find(({ kind }) => kind === list.kind);
    const samples = same === undefined ? list.samples : mergeSamples(list.samples, same.samples);
    if (samples === null) return null;
    further.push({ kind: list.kind, samples });
  }
  const kinds = new Set(task.further.map(({ kind }) => kind));
  further.push(...other.further.filter(({ kind }) => !kinds.has(kind)));
  if (train === null || test === null) return null;
  return { id: task.id, files: [...new Set([...task.files, ...other.files])], train, test, further };
}

function mergeSamples(samples: readonly Sample[], others: readonly Sample[]): readonly Sample[] | null {
  if (samples.length !== others.length) return null;
  const merged: Sample[] = [];
  for (const [k, { input, output }] of samples.entries()) {
    const other = others[k];
    if (!sameGrid(input, other.input)) return null;
    if (output !== null && other.output !== null && !sameGrid(output, other.output)) return null;
    merged.push({ input, output: output ?? other.output });
  }
  return merged;
}

export function sameGrid(a: Grid, b: Grid): boolean {
  return a.height === b.height && a.width === b.width && a.cells.every((cell, k) => cell === b.cells[k]);
}
