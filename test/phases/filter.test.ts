/** The filter keeps each program once. */
import { describe, expect, it } from 'vitest';
import { filter } from '../../src/phases/filter.js';
import { candidatesOf, nameOf, subjectOf, type TaskText } from './subjects.js';

const TASK: TaskText = { train: ['12 -> 21'], test: ['56 -> 65'] };

const SOURCE = `
def solve_b(I):
    return vmirror(I)

def solve_a(I):
    return hmirror(I)

def solve_b_renamed(I):
    x = I
    return vmirror(x)

def solve_c(I):
    return dmirror(I)

def solve_a_again(I):
    return hmirror(piece=I)
`;

/** The subject before the filter, and the filter's counts. */
async function filtered(source: string) {
  const subject = subjectOf(TASK, candidatesOf(source));
  subject.programs = [];
  const counts = await filter.apply(subject, null);
  return { subject, counts };
}

describe('the filter', () => {
  it('keeps distinct programs in the order of their first candidates, which stand for the others', async () => {
    const { subject } = await filtered(SOURCE);
    expect(subject.programs.map((program) => nameOf(subject, program))).toEqual([
      'solve_b',
      'solve_a',
      'solve_c',
    ]);
    expect(subject.programs.map(({ candidates }) => candidates)).toEqual([[0, 2], [1, 4], [3]]);
  });

  it('counts the candidates', async () => {
    const { counts } = await filtered(SOURCE);
    expect(counts).toMatchObject({ hits: 0, misses: 5 });
  });

  it('has nothing to keep where there are no candidates', async () => {
    const { subject, counts } = await filtered('');
    expect(subject.programs).toEqual([]);
    expect(counts).toMatchObject({ hits: 0, misses: 0 });
  });
});
