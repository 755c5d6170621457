/** What counts as a difference between two results of a task. */
import { describe, expect, it } from 'vitest';
import { compareStandings, type Standing, sortChanges } from '../../../src/build/compare/standing.js';
import type { Verdict } from '../../../src/build/record/task-result.js';

/** A standing on three samples; solvers by name, each with its score and its program. */
function standing(
  verdict: Verdict,
  solvers: Readonly<Record<string, readonly [score: number, body: string]>>,
): Standing {
  const ordered = Object.entries(solvers);
  const [best] = [...ordered].sort(([, [a]], [, [b]]) => b - a);
  return {
    verdict,
    samples: 3,
    best: best === undefined ? null : { file: 'a.py', name: best[0], score: best[1][0] },
    solvers: new Map(
      ordered.map(([name, [score, body]]) => [`a.py\n${name}`, { file: 'a.py', name, score, body }]),
    ),
  };
}

describe('one task', () => {
  it('has no difference when all solvers score as before', () => {
    const same = () => standing('partly', { turn: [1, 'x'], mirror: [2, 'y'] });
    expect(compareStandings('t', same(), same())).toBeNull();
  });

  it('names the solver whose score is another', () => {
    const before = standing('partly', { turn: [1, 'x'], mirror: [2, 'y'] });
    const after = standing('solved', { turn: [3, 'z'], mirror: [2, 'y'] });
    expect(compareStandings('t', before, after)).toEqual({
      task: 't',
      samples: 3,
      before: { verdict: 'partly', score: 2, best: 'mirror' },
      after: { verdict: 'solved', score: 3, best: 'turn' },
      solvers: [{ file: 'a.py', name: 'turn', before: 1, after: 3 }],
    });
  });

  it('names a solver that is another program and scores as before', () => {
    const before = standing('partly', { turn: [1, 'x'] });
    const after = standing('partly', { turn: [1, 'z'] });
    expect(compareStandings('t', before, after)?.solvers).toEqual([
      { file: 'a.py', name: 'turn', before: 1, after: 1 },
    ]);
  });

  it('names solvers that came and went', () => {
    const before = standing('partly', { turn: [1, 'x'] });
    const after = standing('partly', { mirror: [1, 'y'] });
    expect(compareStandings('t', before, after)?.solvers).toEqual([
      { file: 'a.py', name: 'mirror', before: null, after: 1 },
      { file: 'a.py', name: 'turn', before: 1, after: null },
    ]);
  });

  it('differs from a task that is not there', () => {
    const there = standing('unsolved', {});
    expect(compareStandings('t', null, there)).toMatchObject({
      before: null,
      after: { verdict: 'unsolved' },
    });
    expect(compareStandings('t', there, null)).toMatchObject({ before: { score: 0 }, after: null });
    expect(compareStandings('t', null, null)).toBeNull();
  });
});

describe('many tasks', () => {
  const solved = standing('solved', { turn: [3, 'x'] });
  const partly = standing('partly', { turn: [2, 'x'] });
  const unsolved = standing('unsolved', { turn: [0, 'x'] });
  const sorted = (before: Standing | null, after: Standing | null) => {
    const change = compareStandings('t', before, after);
    return sortChanges(change === null ? [] : [change]);
  };
  const only = (list: 'solved' | 'lost' | 'up' | 'down') => ({
    solved: [],
    lost: [],
    up: [],
    down: [],
    [list]: ['t'],
  });

  it('are solved now, be they new or not', () => {
    expect(sorted(partly, solved)).toEqual(only('solved'));
    expect(sorted(null, solved)).toEqual(only('solved'));
  });

  it('are lost, be they gone or not', () => {
    expect(sorted(solved, unsolved)).toEqual(only('lost'));
    expect(sorted(solved, null)).toEqual(only('lost'));
  });

  it('went up or down when the best score did', () => {
    expect(sorted(unsolved, partly)).toEqual(only('up'));
    expect(sorted(partly, unsolved)).toEqual(only('down'));
  });

  it('are in no list when only others than the best changed', () => {
    const more = standing('partly', { turn: [2, 'x'], mirror: [1, 'y'] });
    expect(sorted(partly, more)).toEqual({ solved: [], lost: [], up: [], down: [] });
  });
});
