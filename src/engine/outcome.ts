/** The outcome of a cell: what one program made of one sample. */
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import type { OutputDigest } from './output.js';

/** Names and order are stored: append only. */
export const STATUSES = [
  'ok',
  'not-a-grid',
  'error',
  'over-budget',
  'timeout',
  'crashed',
  'skipped',
] as const;
export type Status = (typeof STATUSES)[number];

export interface Outcome {
  readonly status: Status;
  /** Units charged up to the end or the error; the whole budget when over it; 0 when a worker was lost. */
  readonly cost: number;
  /** For `ok`: the larger of the output's height and width, 0 where some entry is not 0..9; else 0. */
  readonly side: number;
  /** For `ok`: names the output's bytes; else empty. */
  readonly output: OutputDigest | '';
  /**
   * `"index: ..."` for errors; what the result was for `not-a-grid`; how the worker was lost. Null for `ok` and `skipped`.
   */
  readonly error: string | null;
  /** For errors and budgets: the node of the program that raised it; else -1. */
  readonly node: number;
}

/** The cell was not needed and has not run. */
export const SKIPPED: Outcome = {
  status: 'skipped',
  cost: 0,
  side: 0,
  output: '',
  error: null,
  node: -1,
};

const KEPT: ReadonlySet<Status> = new Set(['ok', 'not-a-grid', 'error', 'over-budget']);

/**
 * Timeouts and crashes depend on the machine and its load, and what was skipped on other cells: no later run may take
 * them for a result.
 */
export function isCacheable({ status }: Outcome): boolean {
  return KEPT.has(status);
}

/** Whether the output is a valid ARC grid, where these have at most so many rows and columns. */
export function isValid({ side }: Outcome, largestSide: number): boolean {
  return side > 0 && side <= largestSide;
}

/**
 * What a program costs: the units of its most expensive cell. A cell over the budget was cut there and counts as the
 * budget; one that was skipped or lost counts as nothing.
 */
export function worstCost(outcomes: readonly Pick<Outcome, 'cost'>[]): number {
  return outcomes.reduce((worst, { cost }) => Math.max(worst, cost), 0);
}

export function writeOutcome(outcome: Outcome, writer: ByteWriter): void {
  writer.byte(STATUSES.indexOf(outcome.status)).unsigned(outcome.cost);
  if (outcome.status === 'ok') writer.unsigned(outcome.side).latin1(outcome.output);
  else if (outcome.status !== 'skipped') writer.string(outcome.error ?? '').unsigned(outcome.node + 1);
}

export function readOutcome(reader: ByteReader): Outcome {
  const status = STATUSES[reader.byte()];
  if (status === undefined) throw new RangeError('an outcome has an unknown status');
  const cost = reader.unsigned();
  if (status === 'ok') {
    const side = reader.unsigned();
    return { status, cost, side, output: reader.latin1(16) as OutputDigest, error: null, node: -1 };
  }
  if (status === 'skipped') return SKIPPED;
  return { status, cost, side: 0, output: '', error: reader.string(), node: reader.unsigned() - 1 };
}
