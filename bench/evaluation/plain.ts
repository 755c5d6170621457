/** The baseline: every cell separately, by the plain evaluator, on this thread. */
import { demonstrationsOf } from '../../src/engine/batch.js';
import type { Environment } from '../../src/engine/node.js';
import type { Outcome } from '../../src/engine/outcome.js';
import { evaluatePlainly } from '../../src/engine/plain.js';
import { decodeProgram, type Program } from '../../src/lang/program/program.js';
import { BUDGET, type EvaluationWork } from './workload.js';

/** A cell that is ready to run: programs and grids are decoded once, which favours the baseline. */
export interface PlainCell {
  readonly program: Program;
  readonly environment: Environment;
}

/** In the order of the batches. */
export function plainCells(work: readonly EvaluationWork[]): PlainCell[] {
  return work.flatMap(({ grids, batch }) => {
    const programs = batch.programs.map((bytes) => decodeProgram(bytes));
    const S = demonstrationsOf(grids);
    return Array.from(batch.cellPrograms, (program, cell): PlainCell => {
      const I = grids.inputs[batch.cellSamples[cell]];
      return { program: programs[program], environment: { I, S, C: null } };
    });
  });
}

export function runPlainly({ program, environment }: PlainCell): Outcome {
  return evaluatePlainly(program, environment, BUDGET, () => {});
}
