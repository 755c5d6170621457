/** The outcome of a cell: the result of one program on one sample. */
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { passBytes, passString } from '../encoding/passing.js';
import type { OutputDigest } from './output.js';

/** Names and order are stored: only append. */
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
  /** Units charged until the end or the error; the whole budget if it was exceeded; 0 if a worker was lost. */
  readonly cost: number;
  /** For `ok`: the larger of the output's height and width; 0 if an entry is not 0..9. Else 0. */
  readonly side: number;
  /** For `ok`: the digest of the output's bytes. Else empty. */
  readonly output: OutputDigest | '';
  /**
   * The message of an error, such as `"index: ..."`; what the result was, for `not-a-grid`; how the worker was lost.
   * Null for `ok` and `skipped`.
   */
  readonly error: string | null;
  /** For errors and exceeded budgets: the node of the program that raised it. Else -1. */
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
 * Whether later runs may reuse the outcome. Timeouts and crashes depend on the machine and its load, and skipped
 * cells on other cells, so these may not.
 */
export function isCacheable({ status }: Outcome): boolean {
  return KEPT.has(status);
}

/** Whether the output is a valid ARC grid, given the maximum number of rows and columns. */
export function isValid({ side }: Outcome, largestSide: number): boolean {
  return side > 0 && side <= largestSide;
}

/**
 * The cost of a program: the units of its most expensive cell. A cell that exceeded the budget counts as the budget;
 * a skipped or lost cell counts as nothing.
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

/** Skips encoded outcomes without decoding them, counts them by status, and finds the highest cost. */
export class OutcomeTally {
  /** In the order of STATUSES. */
  readonly statuses = STATUSES.map(() => 0);
  worstCost = 0;

  /** Throws RangeError for what `readOutcome` cannot read. */
  pass(reader: ByteReader): void {
    const code = reader.byte();
    const status = STATUSES[code];
    if (status === undefined) throw new RangeError('an outcome has an unknown status');
    this.statuses[code]++;
    this.worstCost = Math.max(this.worstCost, reader.unsigned());
    passResult(status, reader);
  }
}

/** Skips one encoded outcome. */
export function passOutcome(reader: ByteReader): void {
  const status = STATUSES[reader.byte()];
  reader.unsigned();
  passResult(status, reader);
}

function passResult(status: Status, reader: ByteReader): void {
  if (status === 'skipped') return;
  if (status === 'ok') {
    reader.unsigned();
    passBytes(reader, 16);
  } else {
    passString(reader);
    reader.unsigned();
  }
}

/** The number of outcomes by status, in the order of STATUSES. */
export function countStatuses(outcomes: Iterable<Outcome>): number[] {
  const counts = STATUSES.map(() => 0);
  for (const { status } of outcomes) counts[STATUSES.indexOf(status)]++;
  return counts;
}
