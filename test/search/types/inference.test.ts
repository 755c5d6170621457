/** Inference of types: its results for programs, and that values at run time have the inferred types. */
import { describe, expect, it } from 'vitest';
import { primitives } from '../../../src/dsl/table.js';
import { tupleOf } from '../../../src/dsl/value/construct.js';
import { describe as describeValue, elementsOf } from '../../../src/dsl/value/order.js';
import { isFunction, isInteger, isSet, isTuple, type Value } from '../../../src/dsl/value/value.js';
import { decodeProgram } from '../../../src/lang/program/program.js';
import { mutate } from '../../../src/search/mutation/mutate.js';
import { type Ancestor, ancestorOf } from '../../../src/search/mutation/mutation-context.js';
import { Random } from '../../../src/search/mutation/random.js';
import { sampleFeatures } from '../../../src/search/mutation/sample-features.js';
import { keyOf, type Type } from '../../../src/search/types/type.js';
import { samplesOf, type Task } from '../../../src/task/task.js';
import { ancestor, exampleSolvers, exampleTasks, returning, valuesOf } from '../programs.js';

/** The type of a program's result as text: `set<(integer integer)>`. */
function resultType({ types }: Ancestor): string {
  return keyOf(types[types.length - 1]);
}

const PAIR = '(integer integer)';
const CELL = `(color ${PAIR})`;
const OBJECT = `set<${CELL}>`;

describe('the type of', () => {
  it.each([
    ['I', 'grid'],
    ['S', 'tuple<(grid grid)>'],
    ['C', 'any'],
    ['last(first(S))', 'grid'],
    ['objects(I, T, F, T)', `set<${OBJECT}>`],
    ['first(objects(I, T, F, T))', OBJECT],
    ['last(first(asobject(I)))', PAIR],
    ['first(first(asobject(I)))', 'color'],
    ['merge(objects(I, T, F, T))', OBJECT],
    ['merge(totuple(objects(I, T, F, T)))', `tuple<${CELL}>`],
    ['apply(color, objects(I, T, F, T))', 'set<color>'],
    ['mapply(toindices, objects(I, T, F, T))', `set<${PAIR}>`],
    ['apply(compose(size, palette), totuple(objects(I, T, F, T)))', 'tuple<integer>'],
    ['apply(fork(astuple, ulcorner, size), objects(I, T, F, T))', `set<(${PAIR} integer)>`],
    ['apply(rbind(shift, UNITY), objects(I, T, F, T))', `set<${OBJECT}>`],
    ['apply(lbind(recolor, 3), objects(I, T, F, T))', `set<${OBJECT}>`],
    ['apply(chain(invert, increment, width), objects(I, T, F, T))', 'set<integer>'],
    ['apply(power(trim, 2), hsplit(I, 2))', 'tuple<grid>'],
    ['papply(recolor, (1, 2), (asindices(I), ofcolor(I, 2)))', `tuple<${OBJECT}>`],
    ['mpapply(connect, (UNITY, UP), (DOWN, ORIGIN))', `tuple<${PAIR}>`],
    ['prapply(astuple, (1, 2), (3, 4))', `set<${PAIR}>`],
    ['rapply((height, width), I)', 'tuple<integer>'],
    ['apply(lbind(rbind, subtract), palette(I))', `set<1{${idOf('rbind')}[2{${idOf('subtract')}} color]}>`],
    ['sfilter(objects(I, T, F, T), matcher(color, 2))', `set<${OBJECT}>`],
    ['argmax(objects(I, T, F, T), size)', OBJECT],
    ['valmax(objects(I, T, F, T), size)', 'integer'],
    ['order(objects(I, T, F, T), leftmost)', `tuple<${OBJECT}>`],
    ['branch(portrait(I), 2, 3)', 'integer'],
    ['add(shape(I), 1)', PAIR],
    ['add(height(I), 1)', 'integer'],
    ['shift(asobject(I), UP)', OBJECT],
    ['hmirror(asobject(I))', OBJECT],
    ['hmirror(I)', 'grid'],
    ['upscale(asobject(I), 2)', OBJECT],
    ['palette(I)', 'set<color>'],
    ['product(interval(0, 3, 1), (1, 2))', `set<${PAIR}>`],
    ['insert(height(I), palette(I))', 'set<integer>'],
    ['apply(hmirror, ())', 'tuple<never>'],
    ['mostcommon(combine(totuple(palette(I)), (1, 2)))', 'integer'],
  ])('%s', (expression, type) => {
    expect(resultType(returning(expression))).toBe(type);
  });

  it('a call of one of two functions is what both give', () => {
    expect(resultType(ancestor('x1 = branch(portrait(I), rot90, hmirror)', 'return x1(I)'))).toBe('grid');
    expect(resultType(ancestor('x1 = branch(portrait(I), height, shape)', 'return x1(I)'))).toBe('number');
  });

  it('a function of itself without end is not known', () => {
    const endless = ancestor('x1 = fork(rapply, initset, identity)', 'x2 = x1(x1)', 'return first(x2)');
    expect(resultType(endless)).toContain('any');
  });
});

describe('a fault is found in', () => {
  it.each([
    ['paint(I, asindices(I))'],
    ['fill(I, shape(I), asindices(I))'],
    ['fill(I, 2, 3)'],
    ['fill(I, 2, combine(asindices(I), UNITY))'],
    ['canvas(0, add(first(height(I)), 2))'],
    ['canvas(0, shape(hmirror(3)))'],
    ['fill(I, 2, mapply(uppermost, objects(I, T, F, T)))'],
    ['fill(I, 2, argmax(objects(I, T, F, T), compose(height, color)))'],
    ['fill(I, 2, extract(objects(I, T, F, T), compose(square, size)))'],
    ['fill(I, 2, first(order(objects(I, T, F, T), rbind(subtract, ORIGIN))))'],
    ['fill(I, first(intersection(palette(I), asindices(I))), asindices(I))'],
    ['replace(I, asindices(I), 3)'],
    ['upscale(I, rot90)'],
    ['height(I)'],
    ['asobject(I)'],
    ['rot90'],
  ])('%s', (expression) => {
    expect(returning(expression).faults).toBe(1);
  });

  it('a call of what is no function, and one with the wrong number of arguments', () => {
    expect(ancestor('x1 = height(I)', 'x2 = x1(I)', 'return I').faults).toBe(0);
    expect(ancestor('x1 = height(I)', 'return x1(I)').faults).toBe(1);
    expect(ancestor('x1 = compose(rot90, rot90)', 'return x1(I, I)').faults).toBe(1);
  });
});

function idOf(name: string): number {
  return primitives.findIndex((primitive) => primitive.name === name);
}

/**
 * Whether a value has a type. Two results have no types of their own: None, which `index` returns outside a grid,
 * counts as a colour; the empty tuple, the corner of an empty patch, counts as a pair.
 */
function isOf(value: Value, type: Type): boolean {
  switch (type.form) {
    case 'any':
      return true;
    case 'never':
      return false;
    case 'none':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'color':
      return value === null || isInteger(value);
    case 'integer':
      return isInteger(value);
    case 'number':
      return isInteger(value) || (isTuple(value) && value.length === 2);
    case 'grid':
      return isTuple(value) && [...elementsOf(value)].every(isTuple);
    case 'record': {
      if (isTuple(value) && value.length === 0 && keyOf(type) === PAIR) return true;
      if (!isTuple(value) || value.length !== type.items.length) return false;
      return [...elementsOf(value)].every((item, k) => isOf(item, type.items[k]));
    }
    case 'function':
      return isFunction(value) && value.arity === type.arity;
    default: {
      if (type.form === 'tuple' ? !isTuple(value) : type.form === 'set' && !isSet(value)) return false;
      return (
        (isTuple(value) || isSet(value)) && [...elementsOf(value)].every((item) => isOf(item, type.element))
      );
    }
  }
}

/** Nodes of the program whose values on the task do not have their types, as text. */
function surprises({ program, types }: Ancestor, task: Task): string[] {
  const S = tupleOf(task.train.map(({ input, output }) => tupleOf([input, output])));
  return samplesOf(task).flatMap(({ sample }) =>
    valuesOf(program, { I: sample.input, S, C: null }).flatMap((value, node) =>
      isOf(value, types[node]) ? [] : [`node ${node} is ${describeValue(value)}, not ${keyOf(types[node])}`],
    ),
  );
}

describe('our own solvers', () => {
  const solvers = exampleSolvers().map(({ name, program, body }) => {
    return { name, known: ancestorOf(decodeProgram(program), body) };
  });
  const tasks = exampleTasks();

  it('have no fault but the two that return no grid', () => {
    const faulty = solvers.filter(({ known }) => known.faults > 0).map(({ name }) => name);
    expect(faulty).toEqual(['only_the_number', 'only_the_frames']);
  });

  it('have values of the types that were inferred, and so have their mutants', () => {
    const random = new Random('mutants');
    const features = sampleFeatures(tasks[0]);
    const donor = () => random.choose(solvers).known;
    let found = 0;
    for (const { name, known } of solvers) {
      const mutants = [1, 2, 3].flatMap(() => mutate({ parent: known, features, random, donor }) ?? []);
      const task = random.choose(tasks);
      for (const one of [known, ...mutants]) expect([name, surprises(one, task)]).toEqual([name, []]);
      found += mutants.length;
    }
    expect(found).toBeGreaterThan(solvers.length);
  });
});
