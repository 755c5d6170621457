/** ARC tasks: demo samples that show a transformation of grids, and test samples whose outputs are to be found. */
import type { Grid } from '../dsl/value/value.js';

/** Any text that is not empty; paths use `pathPartOf` it. */
export type TaskId = string & { readonly kind: 'TaskId' };

export interface Sample {
  /** 1..256 rows and columns, cells 0..9; the same holds for the output. */
  readonly input: Grid;
  /** Null if the true output is hidden; a demo sample's never is. */
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
  /** The files that it comes from, as shown to the user. The first defines it, the others complete it. */
  readonly files: readonly string[];
  /** The demo samples: at least one, none of them hidden. */
  readonly train: readonly Sample[];
  /** None if the task is a bare list of samples. */
  readonly test: readonly Sample[];
  /** In the order of the config. */
  readonly further: readonly FurtherSamples[];
}

/** `demo`, `test`, or the name of another list of samples. */
export type SampleKind = string;

export const DEMO: SampleKind = 'demo';
export const TEST: SampleKind = 'test';

/** A sample with its name: `index` counts from 0 within its kind, so "test 0" is the first test sample. */
export interface NamedSample {
  readonly kind: SampleKind;
  readonly index: number;
  readonly sample: Sample;
}

/**
 * All samples of a task in the order of results: the demo samples, the test samples, then the samples of further
 * lists.
 */
export function samplesOf({ train, test, further }: Task): NamedSample[] {
  return [{ kind: DEMO, samples: train }, { kind: TEST, samples: test }, ...further].flatMap((list) =>
    list.samples.map((sample, index) => ({ kind: list.kind, index, sample })),
  );
}

/** Maximum number of rows and columns of an ordinary ARC grid. */
export const USUAL_SIDE = 30;

/** Maximum number of rows and columns of any grid. */
export const LARGEST_SIDE = 256;

/**
 * Maximum numbers of rows and columns of a valid output: those of the task's own grids, if these are larger than
 * usual.
 */
export function largestSide(task: Task): number {
  let side = USUAL_SIDE;
  for (const { sample } of samplesOf(task)) {
    const { input, output } = sample;
    side = Math.max(side, input.height, input.width, output?.height ?? 0, output?.width ?? 0);
  }
  return side;
}

/** A single surrogate cannot be written to a file. */
export function isTaskId(text: string): text is TaskId {
  return text !== '' && !/\p{Cs}/u.test(text);
}
