/** Which cells run under a stop rule, and in which order. */
import { describe, expect, it } from 'vitest';
import { type Outcome, SKIPPED } from '../../../src/engine/outcome.js';
import { neededCells, requiredOutputs } from '../../../src/phases/subject/needed-cells.js';
import type { Cell, StopRule, TaskSubject } from '../../../src/phases/subject/task-subject.js';
import { validate } from '../../../src/phases/validate.js';
import { candidatesOf, nameOf, subjectOf } from '../subjects.js';

const TASK = { train: ['1 -> 1', '2 -> 2', '3 -> 3'], test: ['4 -> 4', '5 -> ?'] };

function subjectWith(programs: number): TaskSubject {
  const sources = Array.from({ length: programs }, (_, k) => `def p${k}(I):\n    return ${k}\n`);
  return subjectOf(TASK, candidatesOf(sources.join('\n')));
}

function ruleOf(rule: Partial<StopRule>): StopRule {
  return { earlyStop: false, untilSolved: false, power: [0, 0, 0, 0, 0], rankOf: () => 0, ...rule };
}

/** `p3 on 0`: program and sample. */
const name = (subject: TaskSubject, { program, sample }: Cell) => `${nameOf(subject, program)} on ${sample}`;

/** The rounds of a rule, as names of cells. `marks` gives the result of each cell: `+` matches, `-` does not. */
function roundsOf(subject: TaskSubject, rule: StopRule, marks: (program: string, sample: number) => string) {
  const cells = validate.steps(subject);
  const outcomeOf = ({ sample }: Cell, mark: string): Outcome => {
    const output = subject.expected[sample] ?? 'anything';
    return mark === '+'
      ? { ...SKIPPED, status: 'ok', output: output as Outcome['output'] }
      : { ...SKIPPED, status: 'error' };
  };
  const outcomes = cells.map((cell) => {
    const mark = marks(nameOf(subject, cell.program), cell.sample);
    // In capitals: known before.
    return mark === 'Y' ? outcomeOf(cell, '+') : mark === 'N' ? outcomeOf(cell, '-') : undefined;
  });
  const rounds: string[][] = [];
  for (const round of neededCells(subject, rule, cells, outcomes)) {
    rounds.push(round.map((cell) => name(subject, cell)));
    for (const cell of round) {
      outcomes[cells.indexOf(cell)] = outcomeOf(cell, marks(nameOf(subject, cell.program), cell.sample));
    }
  }
  return rounds;
}

const failing = () => '-';

describe('samples', () => {
  it('stand in the order of their power, tests last, programs in theirs', () => {
    const rule = ruleOf({ earlyStop: true, power: [0.1, 0.9, 0.5, 1, 1] });
    expect(roundsOf(subjectWith(2), rule, failing)).toEqual([
      [1, 2, 0, 3, 4].flatMap((sample) => [`p0 on ${sample}`, `p1 on ${sample}`]),
    ]);
  });

  it('of equal power stand as they do in the task', () => {
    const [round] = roundsOf(subjectWith(1), ruleOf({ earlyStop: true }), failing);
    expect(round).toEqual([0, 1, 2, 3, 4].map((sample) => `p0 on ${sample}`));
  });
});

describe('a program that is known to fail a demonstration', () => {
  const marks = (program: string, sample: number) => (program === 'p0' && sample === 1 ? 'N' : '-');

  it('is left alone by an early stop', () => {
    const [round] = roundsOf(subjectWith(2), ruleOf({ earlyStop: true }), marks);
    expect(round).toEqual([0, 1, 2, 3, 4].map((sample) => `p1 on ${sample}`));
  });

  it('runs on without one', () => {
    const [round] = roundsOf(subjectWith(2), ruleOf({ untilSolved: true }), marks);
    expect(round).toHaveLength(9);
  });

  it('is not one that fails a test', () => {
    const failsTest = (_: string, sample: number) => (sample === 3 ? 'N' : '-');
    const [round] = roundsOf(subjectWith(1), ruleOf({ earlyStop: true }), failsTest);
    expect(round).toEqual([0, 1, 2, 4].map((sample) => `p0 on ${sample}`));
  });
});

describe('until a program solves the task', () => {
  const rule = ruleOf({ untilSolved: true, rankOf: () => Number.POSITIVE_INFINITY });
  const programsIn = (round: readonly string[]) => new Set(round.map((cell) => cell.split(' ')[0]));

  it('rounds of 64 programs run one after another, all of their cells', () => {
    const rounds = roundsOf(subjectWith(150), rule, failing);
    expect(rounds.map((round) => programsIn(round).size)).toEqual([64, 64, 22]);
    expect(rounds.map((round) => round.length)).toEqual([320, 320, 110]);
    expect(new Set(rounds.flat()).size).toBe(750);
  });

  it('ends after the round in which one matched all demonstrations, whatever it gives for tests', () => {
    const marks = (program: string, sample: number) => (program === 'p70' && sample < 3 ? '+' : '-');
    expect(roundsOf(subjectWith(150), rule, marks)).toHaveLength(2);
  });

  it('does not end for one that matched all but a demonstration', () => {
    const marks = (_: string, sample: number) => (sample === 2 ? '-' : '+');
    expect(roundsOf(subjectWith(150), rule, marks)).toHaveLength(3);
  });

  it('those with the best ranks run first', () => {
    const subject = subjectWith(150);
    const ranks = new Map(
      subject.programs.map(({ body }, k) => [body, k % 2 === 0 ? k : Number.POSITIVE_INFINITY]),
    );
    const ranked = { ...rule, rankOf: (body: string) => ranks.get(body as never) as number };
    const [first, second] = roundsOf(subject, ranked, failing).map((round) => [...programsIn(round)]);
    expect(first).toEqual(Array.from({ length: 64 }, (_, k) => `p${2 * k}`));
    expect(second.slice(0, 3)).toEqual(['p1', 'p3', 'p5']);
    expect(second).toContain('p148');
  });

  it('only what is missing of known solvers runs, and nothing else', () => {
    const marks = (program: string, sample: number) => {
      if (program === 'p3') return sample < 3 ? 'Y' : '-';
      return program === 'p1' && sample === 0 ? 'Y' : '-';
    };
    expect(roundsOf(subjectWith(5), rule, marks)).toEqual([['p3 on 3', 'p3 on 4']]);
  });

  it('nothing runs when all of a solver is known', () => {
    const marks = (program: string) => (program === 'p3' ? 'Y' : '-');
    expect(roundsOf(subjectWith(5), rule, marks)).toEqual([]);
  });
});

it('nothing runs when all is known', () => {
  for (const rule of [{ earlyStop: true }, { untilSolved: true }, { earlyStop: true, untilSolved: true }]) {
    expect(roundsOf(subjectWith(2), ruleOf(rule), () => 'N')).toEqual([]);
  }
});

describe('the outputs that a program must give to run on', () => {
  it('are those of the demonstrations, for an early stop only', () => {
    const subject = subjectWith(1);
    expect(requiredOutputs(subject)).toBeUndefined();
    subject.stopRule = ruleOf({ untilSolved: true });
    expect(requiredOutputs(subject)).toBeUndefined();
    subject.stopRule = ruleOf({ earlyStop: true });
    expect(requiredOutputs(subject)).toEqual([...subject.expected.slice(0, 3), null, null]);
  });
});
