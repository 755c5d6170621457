/** The keys of scores: outcomes and expected outputs, and the inputs of differs if there are any. */
import { afterEach, describe, expect, it } from 'vitest';
import { factsOf } from '../../src/lang/program/facts.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import { fingerprints } from '../../src/phases/fingerprints.js';
import { type ScoreContext, score } from '../../src/phases/score.js';
import { type Differ, DifferSet, NO_DIFFERS } from '../../src/phases/subject/differ.js';
import type { TaskSubject } from '../../src/phases/subject/task-subject.js';
import {
  candidatesOf,
  changedKeys,
  failed,
  type KeyedStep,
  keysOf,
  nameOf,
  returned,
  subjectOf,
  type TaskText,
} from './subjects.js';

const SOURCE = `
def solve_a(I):
    return hmirror(I)

def solve_b(I):
    return vmirror(I)
`;

const TASK: TaskText = { train: ['12 -> 21', '34 -> 43'], test: ['56 -> 65', '78 -> ?'] };
const BUDGET = { cost: 1000, cells: 500 };

function differsOf(source: string, file = 'differs.py'): DifferSet {
  const differs = candidatesOf(source, file).map(({ name, line, body, program }): Differ => {
    return { file, name, line, body, program, text: '', facts: factsOf(decodeProgram(program)) };
  });
  return new DifferSet(differs);
}

const PLAIN =
  'def differ_plain(S, I, C):\n    return astuple(size(intersection(asobject(I), asobject(C))), ONE)\n';
const READS_S = 'def differ_reads_S(S, I, C):\n    return astuple(size(S), ONE)\n';

const OUTCOMES = {
  solve_a: [returned('21'), returned('43'), returned('65'), failed('error')],
  solve_b: [returned('12'), failed('not-a-grid'), returned('56'), returned('78')],
};

interface World {
  readonly task?: Partial<TaskText>;
  readonly outcomes?: Partial<typeof OUTCOMES>;
  readonly differs?: DifferSet;
  readonly budget?: typeof BUDGET;
}

function keys({ task = {}, outcomes = {}, differs = NO_DIFFERS, budget = BUDGET }: World) {
  const subject: TaskSubject = subjectOf({ ...TASK, ...task }, candidatesOf(SOURCE));
  const all = { ...OUTCOMES, ...outcomes };
  for (const program of subject.programs) {
    program.outcomes = [...all[nameOf(subject, program) as keyof typeof OUTCOMES]];
  }
  const evaluateDiffers = () => Promise.reject(new Error('nothing is to run'));
  const context: ScoreContext = { budget, differs, evaluateDiffers };
  return keysOf(score, subject, context, (program) => nameOf(subject, program));
}

const ALL = ['solve_a', 'solve_b'];
const withDiffers = { differs: differsOf(PLAIN) };

/** Names of the programs whose keys differ between two subjects. */
const between = (one: World, other: World) => changedKeys(keys(one), keys(other));

const prints = fingerprints.primitives as Record<string, string>;
const rightPrints = { ...prints };
afterEach(() => {
  Object.assign(prints, rightPrints);
});

describe('a score\u2019s key changes with', () => {
  it('an expected output, known, changed or hidden', () => {
    for (const world of [{}, withDiffers]) {
      expect(between(world, { ...world, task: { test: ['56 -> 66', '78 -> ?'] } })).toEqual(ALL);
      expect(between(world, { ...world, task: { test: ['56 -> 65', '78 -> 87'] } })).toEqual(ALL);
      expect(between(world, { ...world, task: { train: ['12 -> 22', '34 -> 43'] } })).toEqual(ALL);
    }
  });

  it('an outcome of its own program', () => {
    const [first, second, third, fourth] = OUTCOMES.solve_b;
    expect(between({}, { outcomes: { solve_b: [returned('11'), second, third, fourth] } })).toEqual([
      'solve_b',
    ]);
    expect(between({}, { outcomes: { solve_b: [first, failed('over-budget'), third, fourth] } })).toEqual([
      'solve_b',
    ]);
    expect(between({}, { outcomes: { solve_b: [failed('error'), second, third, fourth] } })).toEqual([
      'solve_b',
    ]);
  });

  it('which samples are demonstrations', () => {
    const moved = { train: TASK.train.slice(0, 1), test: [...TASK.train.slice(1), ...TASK.test] };
    expect(between({}, { task: moved })).toEqual(ALL);
  });

  it('the task', () => {
    expect(between({}, { task: { id: 'bbbbbbbb' } })).toEqual(ALL);
  });

  it('the differs: one more, one changed, one less', () => {
    expect(between({}, withDiffers)).toEqual(ALL);
    expect(between(withDiffers, { differs: differsOf(PLAIN + READS_S) })).toEqual(ALL);
    expect(between(withDiffers, { differs: differsOf(PLAIN.replace('ONE', 'TWO')) })).toEqual(ALL);
  });

  it('the code of a primitive that a differ reaches', () => {
    const before = keys({ differs: differsOf(PLAIN) });
    prints['intersection'] = 'changed';
    expect(changedKeys(before, keys({ differs: differsOf(PLAIN) }))).toEqual(ALL);
  });

  it('the inputs and the budget, which differs see', () => {
    expect(between(withDiffers, { ...withDiffers, task: { train: ['13 -> 21', '34 -> 43'] } })).toEqual(ALL);
    expect(between(withDiffers, { ...withDiffers, task: { test: ['55 -> 65', '78 -> ?'] } })).toEqual(ALL);
    expect(between(withDiffers, { ...withDiffers, budget: { ...BUDGET, cost: 1 } })).toEqual(ALL);
    expect(between(withDiffers, { ...withDiffers, budget: { ...BUDGET, cells: 1 } })).toEqual(ALL);
  });
});

describe('a score\u2019s key does not change with', () => {
  it('what an outcome cost, and the text of its error', () => {
    const outcomes = {
      solve_a: [returned('21', 99), returned('43', 98), returned('65', 97), failed('error', 'other', 96)],
    };
    expect(between({}, { outcomes })).toEqual([]);
    expect(between(withDiffers, { ...withDiffers, outcomes })).toEqual([]);
  });

  it('the inputs and the budget, where no differ sees them', () => {
    expect(between({}, { task: { train: ['13 -> 21', '34 -> 43'] } })).toEqual([]);
    expect(between({}, { budget: { cost: 1, cells: 1 } })).toEqual([]);
  });

  it('the names and places of differs, their order, and duplicates of them', () => {
    const differs = differsOf(PLAIN + READS_S);
    const renamed = PLAIN.replace('differ_plain', 'differ_renamed');
    const others = differsOf(`# text\n${READS_S}\n${renamed}\n${PLAIN}`, 'elsewhere.py');
    expect(others.differs).toHaveLength(2);
    expect(between({ differs }, { differs: others })).toEqual([]);
  });

  it('the code of a primitive that no differ reaches', () => {
    const before: ReadonlyMap<string, KeyedStep> = keys({ differs: differsOf(PLAIN) });
    prints['hmirror'] = 'changed';
    expect(changedKeys(before, keys({ differs: differsOf(PLAIN) }))).toEqual([]);
  });
});

describe('the explanation of a score\u2019s key', () => {
  it('names the demonstrations only where a differ reads S', () => {
    const names = (differs: DifferSet) =>
      keys({ differs })
        .get('solve_a')
        ?.inputs.map(({ name }) => name);
    expect(names(differsOf(PLAIN))).not.toContain('demonstrations');
    expect(names(differsOf(PLAIN + READS_S))).toContain('demonstrations');
  });
});
