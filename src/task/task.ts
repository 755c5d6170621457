/** ARC tasks: demo samples that show a transformation of grids, and test samples that ask for it. */
import type { Grid } from '../dsl/value/value.js';

/** Any text that is not empty: what paths are made of is `pathPartOf` it. */
export type TaskId = string & { readonly kind: 'TaskId' };

export interface Sample {
  /** 1..256 rows and columns, cells 0..9; so is the output. */
  readonly input: Grid;
  /** Null where the true output is hidden, which a demo sample's may not be. */
  readonly output: Grid | null;
}

/** A list of samples besides the demo and test samples, such as `arc-gen`. */
export interface FurtherSamples {
  /** The list's name. */
  readonly kind: SampleKind;
  readonly samples: readonly Sample[];
}

export interface Task {
  readonly id: TaskId;
  /** The files that it comes from, as shown to the user; the first defines it, others complete it. */
  readonly files: readonly string[];
  /** The demo samples; at least one, none of them hidden. */
  readonly train: readonly Sample[];
  /** None where the task is a bare list of samples. */
  readonly test: readonly Sample[];
  /** In the order of the config. */
  readonly further: readonly FurtherSamples[];
}

/** `demo`, `test` or the name of a further list of samples. */
export type SampleKind = string;

export const DEMO: SampleKind = 'demo';
export const TEST: SampleKind = 'test';

/** A sample with its name: `index` counts from 0 within its kind, so "test 0" is the first test sample. */
export interface NamedSample {
  readonly kind: SampleKind;
  readonly index: number;
  readonly sample: Sample;
}

/** All samples of a task in the order that results use: the demo samples, the test samples, then further ones. */
export function samplesOf({ train, test, further }: Task): NamedSample[] {
  return [{ kind: DEMO, samples: train }, { kind: TEST, samples: test }, ...further].flatMap((list) =>
    list.samples.map((sample, index) => ({ kind: list.kind, index, sample })),
  );
}

/** Rows and columns of an ordinary ARC grid. */
export const USUAL_SIDE = 30;

/** Rows and columns of any grid. */
export const LARGEST_SIDE = 256;

/** Rows and columns that a valid output may have: as many as the task's own grids have, where these are larger than usual. */
export function largestSide(task: Task): number {
  let side = USUAL_SIDE;
  for (const { sample } of samplesOf(task)) {
    const { input, output } = sample;
    side = Math.max(side, input.height, input.width, output?.height ?? 0, output?.width ?? 0);
  }
  return side;
}

/** A lone half of a character cannot be written anywhere. */
export function isTaskId(text: string): text is TaskId {
  return text !== '' && !/\p{Cs}/u.test(text);
}
