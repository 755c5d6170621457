/** The type of figures, and their output: one JSON object a line. */
import { availableParallelism } from 'node:os';

export interface Baseline {
  readonly name: string;
  readonly value: number;
}

export interface Figure {
  readonly figure: string;
  readonly measured: number;
  readonly unit: string;
  /** The baseline, measured in the same run; null if the target is a plain number. */
  readonly baseline: Baseline | null;
  /** The target as in performance.md, and whether it was met; null if there is none. */
  readonly target: string | null;
  readonly met: boolean | null;
  readonly repetitions: number;
  /** Further observations. */
  readonly notes?: Readonly<Record<string, number | string>>;
}

/** Thrown with the reason why a figure cannot be measured here. */
export class Unmeasurable extends Error {}

/** The figure, and its baseline. */
type Compared = Pick<Figure, 'figure' | 'measured' | 'unit' | 'repetitions'> & {
  readonly baseline: Baseline;
};

/** A figure that should be at most `limit` times its baseline. */
export function atMost(
  figure: string,
  measured: number,
  baseline: Baseline,
  limit: number,
  repetitions: number,
  unit = 'ms',
): Figure {
  const target = `at most ${limit} x ${baseline.name}`;
  const met = measured <= limit * baseline.value;
  return { figure, measured, unit, baseline, target, met, repetitions };
}

/** A figure that should be at least `limit` times its baseline. */
export function atLeast(limit: number, compared: Compared): Figure {
  const { measured, baseline } = compared;
  const target = `at least ${limit} x ${baseline.name}`;
  return { ...compared, target, met: measured >= limit * baseline.value };
}

/** A figure without a target, for comparison. */
export function seen(compared: Omit<Figure, 'target' | 'met'>): Figure {
  return { ...compared, target: null, met: null };
}

/** A figure that should be at most `limit`, in its unit. */
export function below(
  figure: string,
  measured: number,
  unit: string,
  limit: number,
  repetitions: number,
): Figure {
  const target = `at most ${limit} ${unit}`;
  return { figure, measured, unit, baseline: null, target, met: measured <= limit, repetitions };
}

export function printFigure({ notes, ...figure }: Figure): void {
  const { baseline, measured } = figure;
  const line = {
    ...figure,
    measured: rounded(measured),
    baseline: baseline === null ? null : { name: baseline.name, value: rounded(baseline.value) },
    ratio: baseline === null ? null : rounded(measured / baseline.value),
    cores: availableParallelism(),
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    ...(notes === undefined ? {} : { notes }),
  };
  console.log(JSON.stringify(line));
}

/** A shared machine is too noisy for more than three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
