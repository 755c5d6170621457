/**
 * For a task that got worse: the first sample that matched before and no longer does, and how wrong its output is.
 */
import type { TaskResult } from '../build/record/task-result.js';
import type { Status } from '../engine/outcome.js';
import { type OutputDigest, rowsOfOutput } from '../engine/output.js';
import type { SampleKind } from '../task/task.js';

export interface BrokenSample {
  readonly task: string;
  readonly kind: SampleKind;
  /** From 0 within its kind. */
  readonly index: number;
  /** The output of the candidate that is ranked first now. */
  readonly status: Status;
  /** Number of cells that differ, and of all cells; null if the sizes differ, or if there is no grid. */
  readonly cells: { readonly differ: number; readonly of: number } | null;
}

/** Null if no sample that the former best candidate matched is wrong with the current best one. */
export function brokenSample(
  before: TaskResult,
  after: TaskResult,
  outputsOf: (digests: readonly (OutputDigest | '')[]) => ReadonlyMap<OutputDigest, Uint8Array>,
): BrokenSample | null {
  const was = before.programs.find(({ rank }) => rank === 1);
  const is = after.programs.find(({ rank }) => rank === 1);
  if (was === undefined || is === undefined) return null;
  const rightBefore = new Set<string>();
  let k = 0;
  for (const { kind, index } of before.samples) {
    if (was.matches.at(k) === true) rightBefore.add(`${kind} ${index}`);
    k++;
  }
  k = 0;
  for (const { kind, index, expected } of after.samples) {
    const outcome = is.outcomes.at(k);
    const isBroken = is.matches.at(k) === false && rightBefore.has(`${kind} ${index}`);
    k++;
    if (!isBroken || outcome === undefined) continue;
    const { status, output } = outcome;
    const cells =
      status === 'ok' && expected !== null
        ? differing(outputsOf([output, expected]), output, expected)
        : null;
    return { task: after.task, kind, index, status, cells };
  }
  return null;
}

/** The expected output is available as an output, because a program matched it. */
function differing(
  outputs: ReadonlyMap<OutputDigest, Uint8Array>,
  output: OutputDigest | '',
  expected: OutputDigest,
): BrokenSample['cells'] {
  const [produced, wanted] = [output, expected].map((digest) => {
    const bytes = digest === '' ? undefined : outputs.get(digest);
    return bytes === undefined ? null : rowsOfOutput(bytes);
  });
  if (produced === null || wanted === null || produced.length !== wanted.length) return null;
  if (produced.some((row, i) => row.length !== wanted[i].length)) return null;
  const of = wanted.reduce((sum, row) => sum + row.length, 0);
  const differ = wanted.reduce(
    (sum, row, i) => sum + row.filter((cell, j) => cell !== produced[i][j]).length,
    0,
  );
  return { differ, of };
}
