/**
 * Submissions: two attempts for each test input. Known test outputs are only compared with them, and never choose
 * them.
 */

import { demoRanking } from '../../build/record/demo-ranking.js';
import type { ProgramResult, TaskResult } from '../../build/record/task-result.js';
import { Grid } from '../../dsl/value/value.js';
import { isValid } from '../../engine/outcome.js';
import { digestOutput, encodeOutput, type OutputDigest, rowsOfOutput } from '../../engine/output.js';

type Rows = readonly (readonly number[])[];

/** Attempts per test input. */
const ATTEMPTS = 2;

/** Used if no program gives a grid, because an attempt is required. */
const BLANK: Rows = [[0]];
const BLANK_DIGEST = digestOf(new Grid(1, 1, Int8Array.of(0)));

export interface InputSubmission {
  /** Best first, exactly two. */
  readonly attempts: readonly Rows[];
  /** Number of attempts that programs gave; the others are blank. */
  readonly given: number;
  /** Whether one of them is the expected output; null if that is hidden. */
  readonly right: boolean | null;
}

export interface TaskSubmission {
  readonly task: string;
  /** One for each test input, in their order. */
  readonly inputs: readonly InputSubmission[];
}

/**
 * The attempts for a task. For each test input: the valid grids of the two best-ranked behaviours that differ on it.
 * Null if the store lacks one of these grids.
 */
export function submissionOf(
  result: TaskResult,
  outputsOf: (digests: readonly OutputDigest[]) => ReadonlyMap<OutputDigest, Uint8Array>,
): TaskSubmission | null {
  const ranked = demoRanking(result);
  const tests: { readonly expected: OutputDigest | null; readonly best: readonly OutputDigest[] }[] = [];
  for (const { kind, from, count } of result.runs) {
    if (kind !== 'test') continue;
    for (let k = from; k < from + count; k++) {
      const expected = result.samples.at(k)?.expected ?? null;
      tests.push({ expected, best: bestOutputs(ranked, k, result.largestSide) });
    }
  }
  const outputs = outputsOf(tests.flatMap(({ best }) => best));
  const inputs: InputSubmission[] = [];
  for (const { expected, best } of tests) {
    const attempts = best.map((digest) => rowsIn(outputs, digest));
    if (!attempts.every((rows) => rows !== null)) return null;
    const blanks = new Array<Rows>(ATTEMPTS - best.length).fill(BLANK);
    const submitted = blanks.length > 0 ? [...best, BLANK_DIGEST] : best;
    const right = expected === null ? null : submitted.includes(expected);
    inputs.push({ attempts: [...attempts, ...blanks], given: best.length, right });
  }
  return { task: result.task, inputs };
}

/** The first different valid outputs of a sample. */
function bestOutputs(ranked: readonly ProgramResult[], sample: number, largestSide: number): OutputDigest[] {
  const best = new Set<OutputDigest>();
  for (const { outcomes } of ranked) {
    const outcome = outcomes.at(sample);
    if (outcome !== undefined && outcome.output !== '' && isValid(outcome, largestSide))
      best.add(outcome.output);
    if (best.size === ATTEMPTS) break;
  }
  return [...best];
}

function rowsIn(outputs: ReadonlyMap<OutputDigest, Uint8Array>, digest: OutputDigest): Rows | null {
  const bytes = outputs.get(digest);
  return bytes === undefined ? null : rowsOfOutput(bytes);
}

function digestOf(grid: Grid): OutputDigest {
  const output = encodeOutput(grid);
  if (output === null) throw new Error('a grid is no output');
  return digestOutput(output.bytes);
}

/**
 * The submission as JSON: task id -> list, one item for each test input, of `{attempt_1, attempt_2}`; one task a
 * line, in the given order.
 */
export function submissionJson(tasks: readonly TaskSubmission[]): string {
  // Written by hand: an object would put ids that look like numbers first.
  const lines = tasks.map(({ task, inputs }) => {
    const list = inputs.map(({ attempts: [attempt_1, attempt_2] }) => ({ attempt_1, attempt_2 }));
    return `${JSON.stringify(task)}: ${JSON.stringify(list)}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Number of test inputs whose output is known, and of those with a correct attempt. */
export interface SubmissionScore {
  readonly right: number;
  readonly known: number;
}

export function scoreOf({ inputs }: TaskSubmission): SubmissionScore {
  const known = inputs.filter(({ right }) => right !== null);
  return { right: known.filter(({ right }) => right === true).length, known: known.length };
}
