/** ARC tasks: demo samples that show a transformation of grids, and test samples that ask for it. */
import type { Grid } from '../dsl/value/value.js';

/** An id that is safe as part of a path: 1 to 64 letters, digits, `_` and `-`. */
export type TaskId = string & { readonly kind: 'TaskId' };

export interface Sample {
  /** 1..30 rows and columns, cells 0..9; so is the output. */
  readonly input: Grid;
  /** Null where the true output is hidden, which only a test sample's may be. */
  readonly output: Grid | null;
}

export interface Task {
  readonly id: TaskId;
  /** The file that defined it, as shown to the user. */
  readonly file: string;
  /** The demo samples; at least one, none of them hidden. */
  readonly train: readonly Sample[];
  /** At least one. */
  readonly test: readonly Sample[];
}

export type SampleKind = 'demo' | 'test';

/** A sample with its name: `index` counts from 0 within its kind, so "test 0" is the first test sample. */
export interface NamedSample {
  readonly kind: SampleKind;
  readonly index: number;
  readonly sample: Sample;
}

/** All samples of a task in the order that results use: the demo samples, then the test samples. */
export function samplesOf(task: Task): NamedSample[] {
  return [
    ...task.train.map((sample, index) => ({ kind: 'demo' as const, index, sample })),
    ...task.test.map((sample, index) => ({ kind: 'test' as const, index, sample })),
  ];
}

/** Rows and columns of an ARC grid. */
export const LARGEST_SIDE = 30;

export function isTaskId(text: string): text is TaskId {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}
