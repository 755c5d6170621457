/** Features of a task's samples: colours and sizes. The outputs of tests are never read. */
import type { Grid } from '../../dsl/value/value.js';
import type { Task } from '../../task/task.js';

export interface Size {
  readonly height: number;
  readonly width: number;
}

export interface SampleFeatures {
  /** By colour 0..9: weights for looking for the colour in the input, and for putting it into the output. */
  readonly read: readonly number[];
  readonly written: readonly number[];
  /** Sizes of the demonstrations' outputs, each once. */
  readonly sizes: readonly Size[];
}

const COLORS = 10;

/** Weight of a colour that all, some or none of the grids have. */
const EVERYWHERE = 6;
const SOMEWHERE = 1;
const NOWHERE = 0.02;

export function sampleFeatures({ train, test }: Pick<Task, 'train' | 'test'>): SampleFeatures {
  const inputs = [...train, ...test].map(({ input }) => input);
  const outputs = train.flatMap(({ output }) => (output === null ? [] : [output]));
  const sizes = new Map(outputs.map(({ height, width }) => [`${height} ${width}`, { height, width }]));
  return { read: weightsOf(inputs), written: weightsOf(outputs), sizes: [...sizes.values()] };
}

function weightsOf(grids: readonly Grid[]): number[] {
  const holders = new Array<number>(COLORS).fill(0);
  for (const { cells } of grids) for (const color of new Set(cells)) holders[color]++;
  return holders.map((count) => (count === 0 ? NOWHERE : count === grids.length ? EVERYWHERE : SOMEWHERE));
}
