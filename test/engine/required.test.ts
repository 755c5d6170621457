/** A batch with required outputs: a program with another output on such a sample is not run further. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateBatch, readOutcomes, readOutputs, type TaskGrids } from '../../src/engine/batch.js';
import { type Outcome, SKIPPED } from '../../src/engine/outcome.js';
import type { OutputDigest } from '../../src/engine/output.js';
import { AMPLE, evaluateAll, returning } from './programs.js';
import { grid, taskGrids } from './random-grids.js';
import { relatedPrograms } from './random-programs.js';

type Required = readonly (OutputDigest | null)[];

function evaluate(grids: TaskGrids, programs: readonly Uint8Array[], required: Required) {
  const begun: number[] = [];
  const cells = grids.inputs.flatMap((_, sample) => programs.map((_, program) => ({ sample, program })));
  const batch = {
    programs,
    cellPrograms: Int32Array.from(cells, ({ program }) => program),
    cellSamples: Int32Array.from(cells, ({ sample }) => sample),
    budget: AMPLE,
    required,
  };
  const answer = evaluateBatch(grids, batch, (cell) => begun.push(cell));
  return { outcomes: readOutcomes(answer), outputs: readOutputs(answer), begun };
}

/** The outcomes of all cells when programs end at the first sample that they fail. */
function cutShort(all: readonly Outcome[], programs: number, required: Required): Outcome[] {
  const failed = new Set<number>();
  return all.map((outcome, cell) => {
    const program = cell % programs;
    if (failed.has(program)) return SKIPPED;
    const wanted = required[Math.floor(cell / programs)];
    if (wanted !== null && (outcome.status !== 'ok' || outcome.output !== wanted)) failed.add(program);
    return outcome;
  });
}

describe('a program that fails a required sample', () => {
  it('has run up to it, as it would have anyway, and is not begun on any later one', () => {
    const picks = fc.array(fc.option(fc.nat(15)), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(taskGrids, relatedPrograms, picks, (grids, programs, picked) => {
        const all = readOutcomes(evaluateAll(grids, programs));
        const required = grids.inputs.map((_, sample) => {
          const pick = picked[sample];
          if (pick === null) return null;
          return (all[sample * programs.length + (pick % programs.length)].output || null) as Required[0];
        });
        const { outcomes, outputs, begun } = evaluate(grids, programs, required);
        expect(outcomes).toEqual(cutShort(all, programs.length, required));
        expect(begun).toEqual(outcomes.flatMap(({ status }, cell) => (status === 'skipped' ? [] : [cell])));
        const named = outcomes.flatMap(({ output }) => (output === '' ? [] : [output]));
        expect(new Set(outputs.keys())).toEqual(new Set(named));
      }),
      { numRuns: 300 },
    );
  });

  it('hinders no program that shares its nodes', () => {
    fc.assert(
      fc.property(grid, grid, (first, second) => {
        const grids = { inputs: [first, second], demonstrations: [] };
        const programs = [returning('rot90(vmirror(I))'), returning('vmirror(I)'), returning('rot180(I)')];
        const all = readOutcomes(evaluateAll(grids, programs));
        const required = [all[1].output as OutputDigest, null];
        expect(evaluate(grids, programs, required).outcomes[4]).toEqual(all[4]);
      }),
    );
  });
});
