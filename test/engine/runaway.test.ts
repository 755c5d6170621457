/** Programs that would never end, or need too much memory: over budget in every evaluation. */
import { describe, expect, it } from 'vitest';
import { Grid } from '../../src/dsl/value/value.js';
import { readOutcomes, type TaskGrids } from '../../src/engine/batch.js';
import type { Outcome } from '../../src/engine/outcome.js';
import { evaluatePlainly } from '../../src/engine/plain.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import { AMPLE, defining, evaluateAll, returning } from './programs.js';

const GRIDS: TaskGrids = {
  inputs: [new Grid(3, 3, Int8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))],
  demonstrations: [],
};

/** The outcomes of the programs, evaluated together; each must be the same when evaluated alone. */
function outcomesOf(...programs: readonly Uint8Array[]): Outcome[] {
  const merged = readOutcomes(evaluateAll(GRIDS, programs));
  const environment = { I: GRIDS.inputs[0], S: null, C: null };
  const plain = programs.map((bytes) => evaluatePlainly(decodeProgram(bytes), environment, AMPLE, () => {}));
  expect(merged).toEqual(plain);
  return merged;
}

/** x -> the set of x(x): applied to itself, it calls itself endlessly. */
const SELF = 'fork(rapply, initset, identity)';

function doubling(times: number, step: (name: string) => string, start = 'I'): Uint8Array {
  const lines = Array.from({ length: times }, (_, k) => `x${k + 1} = ${step(`x${k}`)}`);
  return defining(`x0 = ${start}`, ...lines, `return x${times}`);
}

describe('a program is over budget', () => {
  it.each([
    ['that applies a function to itself', returning(`rapply(initset(${SELF}), ${SELF})`)],
    ['that calls a function with itself', defining(`x0 = ${SELF}`, 'return x0(x0)')],
    ['that does so through other functions', defining(`x0 = compose(identity, ${SELF})`, 'return x0(x0)')],
    ['that doubles a grid without end', doubling(60, (x) => `hconcat(${x}, ${x})`)],
    ['that doubles a tuple that it does not look at', doubling(60, (x) => `astuple(${x}, ${x})`)],
    ['that nests values without end', doubling(600, (x) => `initset(${x})`)],
    ['that nests functions without end', doubling(600, (x) => `compose(${x}, identity)`, 'identity')],
    ['that squares without end', doubling(200, (x) => `multiply(${x}, ${x})`, 'THREE')],
    ['that scales beyond memory', returning('upscale(I, multiply(1000, 1000))')],
    ['that pairs all with all', doubling(8, (x) => `product(${x}, ${x})`, 'asindices(I)')],
    ['that repeats beyond memory', returning('repeat(I, multiply(100000, 100000))')],
  ])('%s', (_what, program) => {
    const [outcome] = outcomesOf(program);
    expect(outcome).toMatchObject({ status: 'over-budget', cost: AMPLE.cost, output: '', side: 0 });
    expect(outcome.error).toMatch(/^budget: /);
  });

  it('without harm to the others of its batch', () => {
    const runaway = defining(`x0 = ${SELF}`, 'return x0(x0)');
    const deep = doubling(600, (x) => `initset(${x})`);
    const statuses = outcomesOf(returning('rot90(I)'), runaway, returning('hmirror(I)'), deep, runaway).map(
      ({ status }) => status,
    );
    expect(statuses).toEqual(['ok', 'over-budget', 'ok', 'over-budget', 'over-budget']);
  });
});

describe('calls that an error cut short', () => {
  it('do not count as calls under way for the programs after it', () => {
    // Each fails inside three calls; together they would exceed the depth of calls.
    const failing = Array.from({ length: 200 }, (_, k) =>
      returning(`apply(compose(rbind(divide, ZERO), lbind(add, ${k})), interval(ONE, FIVE, ONE))`),
    );
    const nested = returning(
      'apply(compose(increment, compose(increment, increment)), interval(ONE, FIVE, ONE))',
    );
    const statuses = readOutcomes(evaluateAll(GRIDS, [...failing, nested])).map(({ status }) => status);
    expect(statuses).toEqual([...failing.map(() => 'error'), 'not-a-grid']);
  });
});

describe('the budget of a cell', () => {
  const cost = (text: string, budget = AMPLE) =>
    readOutcomes(evaluateAll(GRIDS, [returning(text)], budget))[0];

  it('is enough when it is what the program costs, and not when it is one unit less', () => {
    const text = 'hconcat(rot90(I), hmirror(I))';
    const whole = cost(text);
    expect(whole.status).toBe('ok');
    expect(cost(text, { ...AMPLE, cost: whole.cost })).toEqual(whole);
    expect(cost(text, { ...AMPLE, cost: whole.cost - 1 })).toMatchObject({ status: 'over-budget' });
  });

  it('is charged once for a node, however often it is used and whoever has paid for it before', () => {
    const once = cost('rot90(rot90(rot90(I)))').cost;
    const shared = readOutcomes(
      evaluateAll(GRIDS, [returning('rot90(rot90(I))'), returning('rot90(rot90(rot90(I)))')]),
    );
    expect(shared[1].cost).toBe(once);
    const single = cost('rot90(I)').cost;
    const both = cost('hconcat(rot90(I), rot90(I))').cost;
    const other = cost('hconcat(rot90(I), rot270(I))').cost;
    expect(other - both).toBe(single);
  });

  it('is not charged for the demonstrations, which are given', () => {
    const many = Array.from({ length: 100 }, () => ({ input: GRIDS.inputs[0], output: GRIDS.inputs[0] }));
    const grids = { ...GRIDS, demonstrations: many };
    const budget = { cost: 1000, cells: 20 };
    for (let times = 0; times < 2; times++) {
      const [outcome] = readOutcomes(evaluateAll(grids, [returning('first(first(S))')], budget));
      expect(outcome.status).toBe('ok');
    }
  });
});
