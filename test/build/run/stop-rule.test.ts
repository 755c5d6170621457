/** The stop rule of a task: what it takes from the last result, and that it depends on nothing else. */
import { describe, expect, it } from 'vitest';
import { Parents, parentName } from '../../../src/build/inputs/parents.js';
import { resultOf, type TaskResult } from '../../../src/build/record/task-result.js';
import { stopRuleOf } from '../../../src/build/run/stop-rule.js';
import { SKIPPED } from '../../../src/engine/outcome.js';
import { matchOutcomes } from '../../../src/phases/score.js';
import { NO_DIFFERS } from '../../../src/phases/subject/differ.js';
import type { TaskSubject } from '../../../src/phases/subject/task-subject.js';
import { lineageComment } from '../../../src/search/population/lineage.js';
import { candidatesOf, subjectOf } from '../../phases/subjects.js';

const BOTH = { earlyStop: true, untilSolved: true };
const NO_PARENTS = new Parents(() => null);

const TASK = { train: ['1 -> 1', '2 -> 1', '3 -> 1'], test: ['4 -> 1'] };

const solver = (name: string, returned: string) => `def ${name}(I):\n    return ${returned}\n`;
const SOLVERS = [solver('a', 'canvas(1, shape(I))'), solver('b', 'I'), solver('c', 'canvas(2, shape(I))')];

/**
 * A subject with these marks: `+` for a sample that a program matches, `-` for one that it fails, `.` for one that
 * was skipped.
 */
function judged(subject: TaskSubject, marks: readonly string[]): TaskResult {
  subject.programs.forEach((program, p) => {
    program.outcomes = Array.from(marks[p], (mark, sample) => {
      if (mark === '.') return SKIPPED;
      const output =
        mark === '+' ? (subject.expected[sample] as NonNullable<(typeof subject.expected)[0]>) : '';
      return { ...SKIPPED, status: mark === '+' ? 'ok' : 'error', side: mark === '+' ? 1 : 0, output };
    });
    const kinds = subject.samples.map(({ kind }) => kind);
    program.score = { ...matchOutcomes(program.outcomes, subject.expected, kinds), differs: [] };
  });
  return resultOf(subject, NO_DIFFERS);
}

const subjectNow = (task = TASK, sources = SOLVERS) => subjectOf(task, candidatesOf(sources.join('\n')));

describe('the power of a sample', () => {
  const powerOf = (marks: readonly string[], task = TASK) => {
    const last = judged(subjectNow(), marks);
    return stopRuleOf(BOTH, subjectNow(task), () => last, NO_PARENTS)?.power;
  };

  it('is the share of the programs judged on it that failed it', () => {
    expect(powerOf(['+--+', '+-+-', '--.-'])).toEqual([1 / 3, 1, 1 / 2, 0]);
  });

  it('is 0 where nobody was judged, for tests, and for samples that are new', () => {
    expect(powerOf(['+.--', '-.--', '-..-'])).toEqual([2 / 3, 0, 1, 0]);
    expect(powerOf(['----', '----', '----'], { ...TASK, train: ['2 -> 1', '5 -> 1', '1 -> 2'] })).toEqual([
      1, 0, 0, 0,
    ]);
  });

  it('is 0 for all samples when the task was never built', () => {
    const rule = stopRuleOf(BOTH, subjectNow(), () => null, NO_PARENTS);
    expect(rule?.power).toEqual([0, 0, 0, 0]);
  });
});

describe('the rank of a program', () => {
  /** Names of the subject's programs by rank; those without a rank come last. */
  function order(subject: TaskSubject, last: TaskResult | null, parents = NO_PARENTS): string[] {
    const rule = stopRuleOf(BOTH, subject, () => last, parents);
    const ranks = subject.programs.map(({ body, candidates }) => {
      return { name: subject.candidates[candidates[0]].name, rank: rule?.rankOf(body) as number };
    });
    return ranks.sort((x, y) => (x.rank < y.rank ? -1 : x.rank > y.rank ? 1 : 0)).map(({ name }) => name);
  }

  it('is that of the last result by demonstrations alone, known tests or not', () => {
    const last = judged(subjectNow(), ['+---', '++--', '---+']);
    expect(order(subjectNow(), last)).toEqual(['b', 'a', 'c']);
    // By all samples, a and c would be equal.
    const tested = judged(subjectNow(), ['+---', '---+', '++--']);
    expect(order(subjectNow(), tested)).toEqual(['c', 'a', 'b']);
  });

  it('comes right after that of the parent for a program that was not there', () => {
    const before = subjectNow();
    const last = judged(before, ['+---', '++--', '----']);
    const parent = parentName(before.programs[1].body);
    const comment = `# parent ${parent} constant seed 1 round 1\n`;
    const sources = [solver('orphan', 'rot90(I)'), comment + solver('child', 'rot180(I)'), ...SOLVERS];
    const text = sources.join('\n');
    const parents = new Parents(() => Buffer.from(text));
    expect(order(subjectOf(TASK, candidatesOf(text)), last, parents)).toEqual([
      'b',
      'child',
      'a',
      'c',
      'orphan',
    ]);
  });

  it('is the last of all when the task was never built', () => {
    expect(order(subjectNow(), null)).toEqual(['a', 'b', 'c']);
  });
});

describe('a parent', () => {
  it('is what the comment above a generated solver names', () => {
    const comment = lineageComment({
      parent: '1a2b3c4d',
      changes: [{ mutation: 'crossover', donor: '5e6f7a8b' }],
      seed: 3,
      round: 2,
    });
    const text = `${solver('x', 'I')}\n${comment}\n${solver('y', 'I')}\n# parent of all\n${solver('z', 'I')}`;
    const parents = new Parents(() => Buffer.from(text));
    const named = candidatesOf(text).map((candidate) => parents.of(candidate));
    expect(named).toEqual([null, '1a2b3c4d', null]);
  });

  it('is nobody where the file cannot be read', () => {
    expect(NO_PARENTS.of({ file: 'gone.py', line: 2 })).toBeNull();
  });
});

it('there is no rule, and no result is read, when all cells are to run', () => {
  const read = () => {
    throw new Error('read');
  };
  const none = { earlyStop: false, untilSolved: false };
  expect(stopRuleOf(none, subjectNow(), read, NO_PARENTS)).toBeNull();
});
