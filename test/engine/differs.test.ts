/** Differs on pairs of grids: scores and costs are the same for merged and for separate evaluation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Grid } from '../../src/dsl/value/value.js';
import {
  type DifferBatch,
  decodePairs,
  encodePairs,
  evaluateDiffers,
  FAILED,
} from '../../src/engine/differs.js';
import { AMPLE, returning } from './programs.js';
import { grid, taskGrids } from './random-grids.js';
import { relatedPrograms } from './random-programs.js';

const pairs = fc.array(fc.record({ grid, reference: grid }), { minLength: 1, maxLength: 4 });

/** The score of one differ for one pair, on a 1 x 1 grid of 3 against one of 7. */
function scoreOf(text: string, budget = AMPLE): number {
  const pair = { grid: new Grid(1, 1, Int8Array.of(3)), reference: new Grid(1, 1, Int8Array.of(7)) };
  const grids = { inputs: [], demonstrations: [{ input: pair.reference, output: pair.reference }] };
  return evaluateDiffers(grids, { differs: [returning(text)], pairs: [pair], budget }, () => {}).scores[0];
}

describe('a differ', () => {
  it.each([
    ['the first item of what it returns', 'astuple(500, I)', 500],
    ['it from any tuple', 'totuple(asindices(I))', FAILED],
    ['it from a grid: no integer', 'I', FAILED],
    ['1 for True', 'astuple(T, 5)', 1],
    ['at least 0', 'astuple(NEG_ONE, 5)', 0],
    ['at most 1000', 'astuple(2000, 5)', 1000],
    ['no score for an empty tuple', 'totuple(difference(asindices(I), asindices(I)))', FAILED],
    ['no score for an integer', 'FIVE', FAILED],
    ['no score for a set', 'initset(FIVE)', FAILED],
    ['no score after an error', 'astuple(divide(ONE, ZERO), ONE)', FAILED],
    ['what it sees: I is the grid', 'astuple(mostcolor(I), ONE)', 3],
    ['what it sees: C is the reference', 'astuple(mostcolor(C), ONE)', 7],
    ['what it sees: S are the demonstrations', 'astuple(size(S), ONE)', 1],
  ])('scores %s', (_what, text, score) => {
    expect(scoreOf(text)).toBe(score);
  });

  it('gives no score over its budget', () => {
    expect(scoreOf('astuple(mostcolor(I), ONE)', { cost: 0, cells: 100 })).toBe(FAILED);
    expect(scoreOf('astuple(mostcolor(hconcat(I, I)), ONE)', { cost: 100, cells: 0 })).toBe(FAILED);
  });

  it('scores and costs the same alone and among others, whatever they read', () => {
    const budget = fc.constantFrom(AMPLE, { cost: 60, cells: 60 });
    fc.assert(
      fc.property(taskGrids, relatedPrograms, pairs, budget, (grids, differs, all, limits) => {
        // Random programs seldom return scores; these do, and share nodes with them.
        const scoring = ['first(C)', 'numcolors(I)', 'size(S)'].map((text) =>
          returning(`astuple(${text}, ONE)`),
        );
        const batch: DifferBatch = { differs: [...differs, ...scoring], pairs: all, budget: limits };
        const begun: number[] = [];
        const together = evaluateDiffers(grids, batch, (cell) => begun.push(cell));
        const alone = all.flatMap((pair) =>
          batch.differs.map((differ) =>
            evaluateDiffers(grids, { ...batch, differs: [differ], pairs: [pair] }, () => {}),
          ),
        );
        expect([...together.scores]).toEqual(alone.map(({ scores }) => scores[0]));
        expect([...together.costs]).toEqual(alone.map(({ costs }) => costs[0]));
        expect(begun).toEqual(alone.map((_, cell) => cell));
      }),
      { numRuns: 60 },
    );
  });
});

describe('pairs of grids', () => {
  it('are decoded as they were encoded', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        expect(decodePairs(encodePairs(all))).toEqual(all);
      }),
    );
  });
});
