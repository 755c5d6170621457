/** Programs ordered by score, and grouped by behaviour. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/engine/outcome.js';
import type { BodyHash } from '../../../src/lang/program/program.js';
import { behavioursOf, compareRank, rankPrograms, tLog } from '../../../src/phases/subject/ranking.js';
import { TaskProgram, type TaskSubject } from '../../../src/phases/subject/task-subject.js';
import { failed, returned } from '../subjects.js';

interface Merit {
  readonly demo: number;
  readonly test: number;
  readonly dScores: readonly number[];
  readonly costs: readonly number[];
  readonly body: string;
}

function programOf({ demo, test, dScores, costs, body }: Merit): TaskProgram {
  const program = new TaskProgram(body as BodyHash, new Uint8Array(), [0]);
  const differs = dScores.map((dScore) => ({ dScore, worstCost: 0, failures: 0 }));
  program.score = { matches: [], demo, test, further: 0, differs };
  program.outcomes = costs.map((cost) => returned('1', cost));
  return program;
}

const merit: fc.Arbitrary<Merit> = fc.record({
  demo: fc.nat(2),
  test: fc.nat(2),
  dScores: fc.array(fc.nat(2), { maxLength: 2 }),
  costs: fc.array(fc.nat(3), { maxLength: 3 }),
  body: fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee', 'ff'),
});

const merits = fc.uniqueArray(merit, { selector: ({ body }) => body, maxLength: 6 });

const ranked = (all: readonly Merit[]) =>
  rankPrograms({ programs: all.map(programOf) } as Partial<TaskSubject> as TaskSubject).map(
    ({ body }) => body,
  );

describe('the ranking', () => {
  const base: Merit = { demo: 1, test: 1, dScores: [5, 5], costs: [3, 9], body: 'mm' };
  const beats: [string, Merit, Merit][] = [
    ['more samples matched', { ...base, demo: 2, dScores: [0, 0], costs: [99], body: 'zz' }, base],
    ['a test sample as much as a demonstration', { ...base, demo: 0, test: 3, body: 'zz' }, base],
    ['then the sum of the d_scores', { ...base, dScores: [0, 11], costs: [99], body: 'zz' }, base],
    ['then the cheaper worst cell', { ...base, costs: [8, 8, 8, 8], body: 'zz' }, base],
    ['then the smaller body hash', { ...base, body: 'aa' }, base],
  ];

  it.each(beats)('puts %s first', (_what, better, worse) => {
    expect(ranked([worse, better])).toEqual([better.body, worse.body]);
    expect(ranked([better, worse])).toEqual([better.body, worse.body]);
  });

  it('is one order, whatever order the programs come in', () => {
    fc.assert(
      fc.property(merits, (all) => {
        const order = ranked(all);
        expect(ranked([...all].reverse())).toEqual(order);
        expect([...order].sort()).toEqual(all.map(({ body }) => body).sort());
      }),
    );
  });

  it('compares without contradiction', () => {
    fc.assert(
      fc.property(merits, (all) => {
        const programs = all.map(programOf);
        const sorted = [...programs].sort(compareRank);
        for (let i = 0; i < sorted.length; i++) {
          for (let j = 0; j < sorted.length; j++) {
            expect(Math.sign(compareRank(sorted[i], sorted[j]))).toBe(Math.sign(i - j));
          }
        }
      }),
    );
  });

  it('takes a program that was not scored for one that matches nothing', () => {
    const unscored = new TaskProgram('aa' as BodyHash, new Uint8Array(), [0]);
    expect([unscored.oScore, unscored.dScore, unscored.worstCost]).toEqual([0, 0, 0]);
  });
});

describe('behaviour classes', () => {
  const [A, B] = [returned('12'), returned('34')];

  function classesOf(...programs: readonly (readonly Outcome[])[]): number[] {
    const all = programs.map((outcomes, k) => {
      const program = new TaskProgram(`${k}` as BodyHash, new Uint8Array(), [k]);
      program.outcomes = [...outcomes];
      return program;
    });
    const behaviours = behavioursOf(all);
    return all.map((program) => behaviours.get(program) as number);
  }

  it('hold the programs with equal outputs on every sample, numbered by their best', () => {
    expect(classesOf([B, A], [A, A], [B, A], [A, B], [A, A])).toEqual([1, 2, 1, 3, 2]);
  });

  it('take the status of a cell without an output, and neither its text nor its cost', () => {
    const over = failed('over-budget');
    expect(classesOf([A, failed('error', 'index: a')], [A, failed('error', 'type: b', 99)])).toEqual([1, 1]);
    expect(classesOf([A, failed('error')], [A, over], [A, failed('not-a-grid')], [A, over])).toEqual([
      1, 2, 3, 2,
    ]);
  });

  it('do not look at what an output cost', () => {
    expect(classesOf([returned('12', 5)], [returned('12', 6)])).toEqual([1, 1]);
  });

  it('are as many as there are different lists of outputs and statuses', () => {
    const outcome = fc.constantFrom(A, B, failed('error'), failed('not-a-grid'));
    const lists = fc.array(fc.tuple(outcome, outcome), { maxLength: 12 });
    fc.assert(
      fc.property(lists, (programs) => {
        const signature = (outcomes: readonly Outcome[]) =>
          JSON.stringify(outcomes.map(({ status, output }) => [status, output]));
        const signatures = programs.map(signature);
        const classes = classesOf(...programs);
        const distinct = [...new Set(signatures)];
        expect(classes).toEqual(signatures.map((one) => distinct.indexOf(one) + 1));
      }),
    );
  });
});

describe('t_log', () => {
  it('is 40 for nothing, and one less for every doubling of the cost', () => {
    expect([0, 1, 2, 3, 4, 7, 8].map(tLog)).toEqual([40, 39, 38, 38, 37, 37, 36]);
    for (let power = 0; power <= 40; power++) {
      expect([power, tLog(2 ** power - 1)]).toEqual([power, 40 - power]);
      if (power > 0) expect([power, tLog(2 ** power)]).toEqual([power, Math.max(0, 40 - power - 1)]);
    }
  });

  it('is never below 0', () => {
    expect(tLog(2 ** 41)).toBe(0);
    expect(tLog(Number.MAX_SAFE_INTEGER)).toBe(0);
  });

  it('is an integer, and not larger for larger costs', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(Number.isInteger(tLog(less))).toBe(true);
        expect(tLog(more)).toBeLessThanOrEqual(tLog(less));
      }),
    );
  });
});
