/** The keys of cells: every input that can change an outcome changes its key, and nothing else does. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Budget } from '../../src/engine/node.js';
import { fingerprints } from '../../src/phases/fingerprints.js';
import type { Candidate, Cell, TaskSubject } from '../../src/phases/subject/task-subject.js';
import { type ValidateContext, validate } from '../../src/phases/validate.js';
import {
  candidatesOf,
  changedKeys,
  type KeyedStep,
  keysOf,
  nameOf,
  subjectOf,
  type TaskText,
} from './subjects.js';

const SOURCE = `
def solve_turns(I):
    return rot90(hmirror(I))

def solve_reads_S(S, I, C):
    return last(first(S))

def solve_by_value(I):
    return apply(rot90, totuple(initset(I)))

def solve_constant(I):
    return canvas(3, TWO_BY_TWO)
`;

const TASK: TaskText = {
  train: ['12 -> 21', '34 -> 43'],
  test: ['56 -> 65', '78 -> ?'],
};

const BUDGET: Budget = { cost: 1000, cells: 500 };

function keys(subject: TaskSubject, budget = BUDGET): Map<string, KeyedStep> {
  const evaluate = () => Promise.reject(new Error('nothing is to run'));
  const context: ValidateContext = { budget, evaluate };
  const nameCell = ({ program, sample }: Cell) => `${nameOf(subject, program)} ${sample}`;
  return keysOf(validate, subject, context, nameCell);
}

function keysAfter(task: Partial<TaskText>, candidates = candidatesOf(SOURCE), budget = BUDGET) {
  return keys(subjectOf({ ...TASK, ...task }, candidates), budget);
}

const before = keysAfter({});
const ALL = [...before.keys()].sort();
const changed = (after: ReadonlyMap<string, KeyedStep>) => changedKeys(before, after);
const on = (sample: number) => ALL.filter((name) => name.endsWith(` ${sample}`));
const of = (...programs: string[]) => ALL.filter((name) => programs.includes(name.split(' ')[0]));
const together = (...lists: string[][]) => [...new Set(lists.flat())].sort();

const prints = fingerprints.primitives as Record<string, string>;
const rightPrints = { ...prints };
afterEach(() => {
  Object.assign(prints, rightPrints);
});

describe('the cells of a task', () => {
  it('are all programs on all samples, each with a key of its own', () => {
    expect(ALL).toHaveLength(16);
    expect(new Set([...before.values()].map(({ key }) => key)).size).toBe(16);
  });

  it('have the same keys whenever they are asked for', () => {
    expect(changed(keysAfter({}))).toEqual([]);
  });
});

describe('a key does not change with', () => {
  const unchanged = (after: ReadonlyMap<string, KeyedStep>) => {
    expect([...after.keys()].sort()).toEqual(ALL);
    expect(changed(after)).toEqual([]);
  };

  it('the name of the solver file', () => {
    unchanged(keysAfter({}, candidatesOf(SOURCE, 'elsewhere/renamed.py')));
  });

  it('the lines, the layout and the variables of a solver', () => {
    const source = SOURCE.replace(
      'return rot90(hmirror(I))',
      '# text\n\n    x = hmirror( I )\n    return rot90(x)',
    );
    unchanged(keysAfter({}, candidatesOf(`\n\n${source}`)));
  });

  it('the order of the solvers, and duplicates of them', () => {
    const candidates = candidatesOf(SOURCE);
    const duplicates = candidates.map((one): Candidate => ({ ...one, file: 'duplicates.py' }));
    unchanged(keysAfter({}, [...candidates].reverse().concat(duplicates)));
  });

  it('the name of a solver', () => {
    const renamed = keysAfter({}, candidatesOf(SOURCE.replace('solve_turns', 'solve_other')));
    const same = [0, 1, 2, 3].map((k) => renamed.get(`solve_other ${k}`)?.key);
    expect(same).toEqual([0, 1, 2, 3].map((k) => before.get(`solve_turns ${k}`)?.key));
  });

  it('the file of the task', () => {
    unchanged(keysAfter({ file: 'challenges.json' }));
  });

  it('a test output', () => {
    unchanged(keysAfter({ test: ['56 -> 99', '78 -> ?'] }));
    unchanged(keysAfter({ test: ['56 -> ?', '78 -> 87'] }));
  });

  it('a primitive that no program reaches', () => {
    prints['objects'] = 'changed';
    unchanged(keysAfter({}));
  });
});

describe('a key changes with', () => {
  it('the input of its own sample, and of a demonstration where the program reads S', () => {
    expect(changed(keysAfter({ test: ['55 -> 65', '78 -> ?'] }))).toEqual(on(2));
    expect(changed(keysAfter({ train: ['12 -> 21', '33 -> 43'] }))).toEqual(
      together(on(1), of('solve_reads_S')),
    );
  });

  it('the shape of its input', () => {
    expect(changed(keysAfter({ test: ['5/6 -> 65', '78 -> ?'] }))).toEqual(on(2));
  });

  it('an output of a demonstration, where the program reads S', () => {
    expect(changed(keysAfter({ train: ['12 -> 22', '34 -> 43'] }))).toEqual(of('solve_reads_S'));
  });

  it('a new demonstration, where the program reads S; the new sample has keys of its own', () => {
    const after = keysAfter({ train: [...TASK.train, '90 -> 09'] });
    // Sample 2 is new, and the test samples have moved by one.
    const moved = (name: string) => after.get(name.replace(/ ([23])$/, (_, k) => ` ${Number(k) + 1}`))?.key;
    expect(ALL.filter((name) => moved(name) !== before.get(name)?.key)).toEqual(of('solve_reads_S'));
    const known = new Set([...before.values()].map(({ key }) => key));
    expect([...after].filter(([name]) => name.endsWith(' 2')).some(([, { key }]) => known.has(key))).toBe(
      false,
    );
  });

  it('nothing but the new cells when a test sample is added', () => {
    const after = keysAfter({ test: [...TASK.test, '90 -> 09'] });
    expect(changed(after)).toEqual([]);
    expect(after.size).toBe(20);
  });

  it('the id of the task', () => {
    expect(changed(keysAfter({ id: 'bbbbbbbb' }))).toEqual(ALL);
  });

  it('each limit of the budget', () => {
    expect(changed(keysAfter({}, undefined, { ...BUDGET, cost: 1001 }))).toEqual(ALL);
    expect(changed(keysAfter({}, undefined, { ...BUDGET, cells: 501 }))).toEqual(ALL);
    const swapped = { cost: BUDGET.cells, cells: BUDGET.cost };
    expect(changed(keysAfter({}, undefined, swapped))).toEqual(ALL);
  });

  it('its program', () => {
    const after = keysAfter({}, candidatesOf(SOURCE.replace('hmirror', 'vmirror')));
    expect(changed(after)).toEqual(of('solve_turns'));
  });

  it('the code of a primitive that its program calls, or holds as a value', () => {
    prints['rot90'] = 'changed';
    expect(changed(keysAfter({}))).toEqual(of('solve_turns', 'solve_by_value'));
    Object.assign(prints, rightPrints);
    prints['canvas'] = 'changed';
    expect(changed(keysAfter({}))).toEqual(of('solve_constant'));
  });
});

describe('the explanation of a key', () => {
  it('names every input, and the demonstrations only where they are read', () => {
    const names = (cell: string) => before.get(cell)?.inputs.map(({ name }) => name);
    const common = ['version', 'program', 'task'];
    const budget = ['budget.cost', 'budget.cells'];
    expect(names('solve_turns 0')).toEqual([
      ...common,
      ...budget,
      'primitive hmirror',
      'primitive rot90',
      'sample input',
    ]);
    expect(names('solve_reads_S 0')).toEqual([
      ...common,
      'demonstrations',
      ...budget,
      'primitive first',
      'primitive last',
      'sample input',
    ]);
  });
});

describe('the batches of cells that must run', () => {
  const manyPrograms = (count: number) =>
    candidatesOf(Array.from({ length: count }, (_, k) => `def solve_${k}(I):\n    return ${k}\n`).join('\n'));

  it.each([1, 256, 257, 600])(
    'hold all cells of %d programs once, in order, 256 programs at most',
    (count) => {
      const subject = subjectOf(TASK, manyPrograms(count));
      const cells = validate.steps(subject);
      const batches = validate.batches(cells, subject);
      expect(batches).toHaveLength(Math.ceil(count / 256));
      expect(new Set(batches.flat())).toEqual(new Set(cells));
      expect(batches.flat()).toHaveLength(cells.length);
      for (const batch of batches) {
        expect(new Set(batch.map(({ program }) => program)).size).toBeLessThanOrEqual(256);
        const places = batch.map((cell) => cells.indexOf(cell));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }
    },
  );
});
