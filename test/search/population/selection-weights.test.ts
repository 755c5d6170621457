/** Weights of parents. */
import { describe, expect, it } from 'vitest';
import type { ProgramResult, TaskResult } from '../../../src/build/record/task-result.js';
import type { BodyHash } from '../../../src/lang/program/program.js';
import { selectionWeights } from '../../../src/search/population/selection-weights.js';

function result(
  ...programs: readonly { body: string; demo: number; test?: number; rank?: number; dScores?: number[] }[]
): TaskResult {
  const full = programs.map(({ body, demo, test = 0, rank = 1, dScores = [] }): ProgramResult => {
    const facts = { primitives: [], readsS: false, readsC: false, weight: 1 };
    return {
      body: body as BodyHash,
      facts,
      rank,
      behaviour: 1,
      demo,
      test,
      further: 0,
      dScores,
      cost: 0,
      statuses: [],
      outcomes: [],
      matches: [],
    };
  });
  return { programs: full } as unknown as TaskResult;
}

const bodies = (...names: readonly string[]) => names as unknown as BodyHash[];

describe('parents weigh', () => {
  it('the same where nothing is known', () => {
    expect(selectionWeights(bodies('a', 'b'), null)).toEqual([1, 1]);
    expect(selectionWeights(bodies('a', 'b'), result())).toEqual([1, 1]);
  });

  it('more if they match more demonstrations, and then if their outputs are closer', () => {
    const known = result(
      { body: 'a', demo: 1, dScores: [10, 20] },
      { body: 'b', demo: 3, dScores: [1, 1] },
      { body: 'c', demo: 1, dScores: [30, 10] },
      { body: 'd', demo: 0, dScores: [99, 99] },
    );
    expect(selectionWeights(bodies('a', 'b', 'c', 'd'), known)).toEqual([1 / 3, 1, 1 / 2, 1 / 4]);
  });

  it('the same if they did equally well', () => {
    const known = result({ body: 'a', demo: 2 }, { body: 'b', demo: 2 }, { body: 'c', demo: 1 });
    expect(selectionWeights(bodies('c', 'a', 'b'), known)).toEqual([1 / 3, 1, 1]);
  });

  it('as the middle of the others if they were never judged', () => {
    const known = result({ body: 'a', demo: 3 }, { body: 'b', demo: 2 }, { body: 'c', demo: 1 });
    expect(selectionWeights(bodies('new', 'a'), known)).toEqual([1 / 2, 1]);
  });

  it('the same whatever the tests say', () => {
    const seen = result({ body: 'a', demo: 1, test: 0, rank: 2 }, { body: 'b', demo: 1, test: 1, rank: 1 });
    const hidden = result({ body: 'a', demo: 1, rank: 1 }, { body: 'b', demo: 1, rank: 2 });
    expect(selectionWeights(bodies('a', 'b'), seen)).toEqual(selectionWeights(bodies('a', 'b'), hidden));
  });
});
