/**
 * The d_scores of candidates (pipeline.md, "Scores"). For every differ and every sample with a grid Y, it measures
 * how far the input is from the reference, and how close Y is to it. The reference of a sample that is no
 * demonstration is Y itself: its true output never enters a differ score.
 */
import type { Grid } from '../../dsl/value/value.js';
import { type DifferBatch, type DifferScores, FAILED, PERFECT } from '../../engine/differs.js';
import { digestOutput, encodeOutput, gridOfOutput } from '../../engine/output.js';
import { DEMO } from '../../task/task.js';
import type { DifferSet } from './differ.js';
import type { DifferScore, TaskProgram, TaskSubject } from './task-subject.js';

/** The results of differs on pairs of grids, one row for each differ. */
export interface Differed extends DifferScores {
  /** Indices of pairs during which a worker was lost. */
  readonly lost: ReadonlySet<number>;
  readonly cpuMs: number;
}

export type EvaluateDiffers = (
  subject: TaskSubject,
  differs: readonly Uint8Array[],
  pairs: DifferBatch['pairs'],
) => Promise<Differed>;

export interface ProgramDifferScores {
  readonly differs: readonly DifferScore[];
  readonly lost: boolean;
}

/**
 * Scores the programs by all differs. Equal pairs of grids are compared once, whichever programs and samples they
 * come from: the input of a demo sample is shared, and so are equal outputs.
 */
export async function differScores(
  programs: readonly TaskProgram[],
  subject: TaskSubject,
  set: DifferSet,
  evaluate: EvaluateDiffers,
): Promise<{ scores: ProgramDifferScores[]; cpuMs: number }> {
  const pairs = new PairTable(subject);
  const wanted = programs.map((program) => pairs.of(program));
  const encoded = set.differs.map(({ program }) => program);
  const differed = await evaluate(subject, encoded, pairs.all);
  const scores = wanted.map((comparisons) => {
    const differs = encoded.map((_, differ) => sumOf(comparisons, differ, encoded.length, differed));
    return { differs, lost: comparisons.some(({ pair }) => differed.lost.has(pair)) };
  });
  return { scores, cpuMs: differed.cpuMs };
}

/** One comparison of a d_score: for the input its distance counts, for the output its closeness. */
interface Comparison {
  readonly pair: number;
  readonly of: 'input' | 'output';
}

function sumOf(
  comparisons: readonly Comparison[],
  differ: number,
  differs: number,
  { scores, costs }: Differed,
): DifferScore {
  let dScore = 0;
  let worstCost = 0;
  let failures = 0;
  for (const { pair, of } of comparisons) {
    const at = pair * differs + differ;
    worstCost = Math.max(worstCost, costs[at]);
    if (scores[at] === FAILED) failures++;
    else dScore += of === 'input' ? PERFECT - scores[at] : scores[at];
  }
  return { dScore, worstCost, failures };
}

/** The distinct pairs of grids to compare. */
class PairTable {
  readonly all: { readonly grid: Grid; readonly reference: Grid }[] = [];
  private readonly indices = new Map<string, number>();
  private readonly grids = new Map<string, Grid | null>();
  private readonly inputs: readonly string[];

  constructor(private readonly subject: TaskSubject) {
    this.inputs = subject.samples.map(({ sample }) => this.digest(sample.input));
  }

  of(program: TaskProgram): Comparison[] {
    const { samples, expected } = this.subject;
    const comparisons: Comparison[] = [];
    samples.forEach(({ kind, sample }, k) => {
      const outcome = program.outcomes[k];
      if (outcome.status !== 'ok' || this.outputGrid(outcome.output) === null) return;
      const output: string = outcome.output;
      let reference = output;
      if (kind === DEMO && sample.output !== null) {
        reference = expected[k] as string;
        this.grids.set(reference, sample.output);
      }
      comparisons.push({ pair: this.pair(this.inputs[k], reference), of: 'input' });
      comparisons.push({ pair: this.pair(output, reference), of: 'output' });
    });
    return comparisons;
  }

  private pair(grid: string, reference: string): number {
    const key = grid + reference;
    let index = this.indices.get(key);
    if (index === undefined) {
      index = this.all.length;
      this.indices.set(key, index);
      this.all.push({ grid: this.grids.get(grid) as Grid, reference: this.grids.get(reference) as Grid });
    }
    return index;
  }

  private digest(grid: Grid): string {
    const output = encodeOutput(grid);
    if (output === null) throw new Error('a grid of a sample is no output');
    const digest = digestOutput(output.bytes);
    this.grids.set(digest, grid);
    return digest;
  }

  /** Null for outputs that are no rectangular grid or are too large to store: differs do not see them. */
  private outputGrid(digest: string): Grid | null {
    let grid = this.grids.get(digest);
    if (grid === undefined) {
      const bytes = this.subject.outputs.get(digest);
      grid = bytes === undefined ? null : gridOfOutput(bytes);
      this.grids.set(digest, grid);
    }
    return grid;
  }
}
