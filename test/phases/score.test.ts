/** Scores: outcomes compared with expected outputs, and scores by differs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../src/dsl/value/value.js';
import { FAILED } from '../../src/engine/differs.js';
import type { Outcome } from '../../src/engine/outcome.js';
import { digestOutput, encodeOutput } from '../../src/engine/output.js';
import { factsOf } from '../../src/lang/program/facts.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import { differs as differsPhase } from '../../src/phases/differs.js';
import { matchOutcomes, type ScoreContext, score } from '../../src/phases/score.js';
import type { Differed, EvaluateDiffers } from '../../src/phases/subject/d-score.js';
import { type Differ, DifferSet, NO_DIFFERS } from '../../src/phases/subject/differ.js';
import type { Score, TaskSubject } from '../../src/phases/subject/task-subject.js';
import { candidatesOf, failed, gridOf, OUTPUTS, returned, subjectOf, type TaskText } from './subjects.js';

const digest = (grid: string) => returned(grid).output || null;

describe('an outcome matches', () => {
  const matches = (outcome: Outcome, expected: string | null) =>
    matchOutcomes([outcome], [expected === null ? null : digest(expected)], ['demo']).matches[0];

  it('when its output is the expected one', () => {
    expect(matches(returned('12/34'), '12/34')).toBe(true);
    expect(matches(returned('12/34'), '12/35')).toBe(false);
    expect(matches(returned('12/34'), '1234')).toBe(false);
  });

  it.each(['not-a-grid', 'error', 'over-budget', 'timeout', 'crashed'] as const)('never as %s', (status) => {
    expect(matches(failed(status), '12')).toBe(false);
  });

  it('unknown where the expected output is hidden', () => {
    expect(matches(returned('12'), null)).toBeNull();
    expect(matches(failed('error'), null)).toBeNull();
  });

  it('as a demonstration, as a test or as one of a further kind, counted apart', () => {
    const outcomes = ['1', '2', '3', '4', '5', '6', '7'].map((grid) => returned(grid));
    const expected = ['1', '2', '0', '4', '5', '6', '7'].map(digest);
    const kinds = ['demo', 'demo', 'demo', 'test', 'test', 'arc-gen', 'more'];
    const known = expected.map((output, k) => (k === 4 ? null : output));
    expect(matchOutcomes(outcomes, known, kinds)).toEqual({
      matches: [true, true, false, true, null, true, true],
      demo: 2,
      test: 1,
      further: 2,
    });
  });
});

const TASK: TaskText = { train: ['12 -> 21', '34 -> 43'], test: ['56 -> 65', '78 -> ?'] };
const SOURCE = ['hmirror', 'vmirror', 'dmirror']
  .map((name) => `def solve_${name}(I):\n    return ${name}(I)\n`)
  .join('\n');
const BUDGET = { cost: 1000, cells: 1000 };

function differSet(count: number): DifferSet {
  const source = Array.from(
    { length: count },
    (_, k) => `def differ_${k}(S, I, C):\n    return astuple(size(I), ${k})\n`,
  ).join('\n');
  return new DifferSet(
    candidatesOf(source, 'differs.py').map(({ file, name, line, body, program }): Differ => {
      return { file, name, line, body, program, text: '', facts: factsOf(decodeProgram(program)) };
    }),
  );
}

const text = (grid: Grid) => `${grid.height}:${grid.width}:${grid.cells.join('')}`;

/** Any function of two grids and the index of a differ; some of its values are failures. */
function closeness(differ: number, grid: Grid, reference: Grid): number {
  const pair = `${differ} ${text(grid)} ${text(reference)}`;
  const value = (digestOutput(Buffer.from(pair)).charCodeAt(0) * 997) % 1200;
  return value > 1000 ? FAILED : value;
}

const costOf = (differ: number, grid: Grid, reference: Grid) =>
  digestOutput(Buffer.from(`cost ${differ} ${text(grid)} ${text(reference)}`)).charCodeAt(1);

/** Replaces the differs: returns `closeness`, and records the calls. */
class FakeDiffers {
  asked: string[] = [];
  lostPair: string | null = null;

  readonly evaluate: EvaluateDiffers = async (_subject, differs, pairs): Promise<Differed> => {
    const scores = new Int32Array(pairs.length * differs.length);
    const costs = new Float64Array(scores.length);
    const lost = new Set<number>();
    pairs.forEach(({ grid, reference }, pair) => {
      const name = `${text(grid)} ${text(reference)}`;
      this.asked.push(name);
      if (name === this.lostPair) lost.add(pair);
      differs.forEach((_, differ) => {
        scores[pair * differs.length + differ] = closeness(differ, grid, reference);
        costs[pair * differs.length + differ] = costOf(differ, grid, reference);
      });
    });
    return { scores, costs, lost, cpuMs: 5 };
  };
}

function subjectWith(outcomes: readonly (readonly Outcome[])[], task = TASK): TaskSubject {
  const subject = subjectOf(task, candidatesOf(SOURCE));
  subject.outputs = OUTPUTS;
  outcomes.forEach((list, k) => {
    subject.programs[k].outcomes = [...list];
  });
  subject.programs = subject.programs.slice(0, outcomes.length);
  return subject;
}

async function scoresOf(
  subject: TaskSubject,
  differs: DifferSet,
  fake = new FakeDiffers(),
): Promise<readonly Score[]> {
  const context: ScoreContext = { budget: BUDGET, differs, evaluateDiffers: fake.evaluate };
  const { outputs } = await score.run(score.steps(subject), subject, context);
  return outputs;
}

describe('d_scores', () => {
  const clamp = (value: number) => Math.min(1000, Math.max(0, value));

  /** The formula, sample by sample, without sharing. */
  function naively(subject: TaskSubject, program: number, differ: number) {
    let [dScore, failures, worstCost] = [0, 0, 0];
    subject.samples.forEach(({ kind, sample }, k) => {
      const outcome = subject.programs[program].outcomes[k];
      if (outcome.status !== 'ok') return;
      const produced = OUTPUT_GRIDS.get(outcome.output);
      if (produced === undefined) return;
      const reference = kind === 'demo' ? (sample.output as Grid) : produced;
      const [ofInput, ofOutput] = [sample.input, produced].map((grid) => closeness(differ, grid, reference));
      if (ofInput === FAILED) failures++;
      else dScore += clamp(1000 - ofInput);
      if (ofOutput === FAILED) failures++;
      else dScore += clamp(ofOutput);
      for (const grid of [sample.input, produced])
        worstCost = Math.max(worstCost, costOf(differ, grid, reference));
    });
    return { dScore, failures, worstCost };
  }

  const GRIDS = ['1', '12', '21', '43', '56', '65', '12/34', '99/99'];
  const OUTPUT_GRIDS = new Map<string, Grid>(GRIDS.map((grid) => [digest(grid) as string, gridOf(grid)]));
  const outcome = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...GRIDS).map((grid) => returned(grid)) },
    fc.constantFrom(failed('error'), failed('not-a-grid'), failed('over-budget')),
  );
  const list = fc.array(outcome, { minLength: 4, maxLength: 4 });

  it('are the sums that the definition says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(list, { minLength: 1, maxLength: 3 }), fc.nat(3), async (outcomes, count) => {
        const subject = subjectWith(outcomes);
        const set = differSet(count);
        const scores = await scoresOf(subject, set);
        const expected = outcomes.map((_, program) =>
          set.differs.map((_, differ) => naively(subject, program, differ)),
        );
        expect(scores.map(({ differs }) => differs)).toEqual(expected);
      }),
    );
  });

  it('compare each pair of grids once', async () => {
    const fake = new FakeDiffers();
    const same = ['21', '43', '65', '87'].map((grid) => returned(grid));
    await scoresOf(subjectWith([same, same, same]), differSet(2), fake);
    expect(fake.asked).toHaveLength(new Set(fake.asked).size);
    expect(fake.asked).toHaveLength(8);
  });

  it('do not see the output of a test sample', async () => {
    const outcomes = [['21', '43', '65', '87'].map((grid) => returned(grid))];
    const set = differSet(2);
    const [known] = await scoresOf(subjectWith(outcomes), set);
    const [other] = await scoresOf(subjectWith(outcomes, { ...TASK, test: ['56 -> 00', '78 -> 11'] }), set);
    expect(other.differs).toEqual(known.differs);
    expect(other.matches).not.toEqual(known.matches);
  });

  it('leave out outputs that are no flat grid, or were not kept', async () => {
    const ragged = encodeOutput(gridOf('1'.repeat(65_537)));
    const large: Outcome = {
      ...returned('1'),
      side: 0,
      output: digestOutput(ragged?.bytes as Uint8Array),
    };
    OUTPUTS.set(large.output, ragged?.bytes as Uint8Array);
    const subject = subjectWith([[large, large, large, large]]);
    const [{ differs }] = await scoresOf(subject, differSet(1));
    expect(differs).toEqual([{ dScore: 0, worstCost: 0, failures: 0 }]);
  });

  it('of programs that a worker was lost at are not kept; those of the others are', async () => {
    const fake = new FakeDiffers();
    const [one, other] = [
      ['21', '43', '65', '87'],
      ['12', '34', '56', '78'],
    ].map((grids) => grids.map((grid) => returned(grid)));
    fake.lostPair = `${text(gridOf('87'))} ${text(gridOf('87'))}`;
    const scores = await scoresOf(subjectWith([one, other]), differSet(1), fake);
    expect(scores.map((value) => score.cacheable(value))).toEqual([false, true]);
  });

  it('are not asked for without differs', async () => {
    const fake = new FakeDiffers();
    const scores = await scoresOf(
      subjectWith([[returned('21'), returned('43'), returned('65'), failed('error')]]),
      NO_DIFFERS,
      fake,
    );
    expect(fake.asked).toEqual([]);
    expect(scores).toEqual([
      { matches: [true, true, true, null], demo: 2, test: 1, further: 0, differs: [] },
    ]);
  });
});

describe('s_scores', () => {
  it('are the sums of the d_scores of the task\u2019s programs', async () => {
    const outcomes = ['21', '12', '1'].map((grid) => ['21', '43', '65', grid].map((one) => returned(one)));
    const subject = subjectWith(outcomes);
    const set = differSet(2);
    const fake = new FakeDiffers();
    const scores = await scoresOf(subject, set, fake);
    score.accept(subject, subject.programs, scores, new Map());
    const counts = await differsPhase.apply(subject, {
      budget: BUDGET,
      differs: set,
      evaluateDiffers: fake.evaluate,
    });
    expect(counts).toMatchObject({ hits: 0, misses: 2 });
    const sum = (differ: number) => scores.reduce((total, { differs }) => total + differs[differ].dScore, 0);
    expect(subject.sScores).toEqual([sum(0), sum(1)]);
    expect(subject.programs.map(({ dScore }) => dScore)).toEqual(
      scores.map(({ differs }) => differs[0].dScore + differs[1].dScore),
    );
  });
});
