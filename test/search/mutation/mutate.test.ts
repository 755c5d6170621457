/** Mutants: canonical programs that load back, differ from their parents and rarely fail. */
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePlainly } from '../../../src/engine/plain.js';
import { inlineSource } from '../../../src/lang/inline.js';
import { arcLanguage } from '../../../src/lang/language.js';
import {
  bodyHashOf,
  decodeProgram,
  encodeProgram,
  Op,
  type Program,
} from '../../../src/lang/program/program.js';
import { MUTATIONS, type Mutant, mutate } from '../../../src/search/mutation/mutate.js';
import { type Ancestor, ancestorOf } from '../../../src/search/mutation/mutation-context.js';
import { Random } from '../../../src/search/mutation/random.js';
import { sampleFeatures } from '../../../src/search/mutation/sample-features.js';
import { inferTypes } from '../../../src/search/types/inference.js';
import { samplesOf } from '../../../src/task/task.js';
import {
  ARC_SOLVERS,
  BUDGET,
  exampleSolvers,
  exampleTasks,
  functionsOf,
  readTask,
  returning,
  solversIn,
  TRAINING,
} from '../programs.js';

const ancestors = exampleSolvers().map(({ program, body }) => ancestorOf(decodeProgram(program), body));
const tasks = exampleTasks();

/** A mutant of one of our own solvers. */
const mutant: fc.Arbitrary<{ parent: Ancestor; child: Mutant | null }> = fc
  .record({ parent: fc.constantFrom(...ancestors), task: fc.constantFrom(...tasks), seed: fc.string() })
  .map(({ parent, task, seed }) => {
    const random = new Random(seed);
    const donor = () => random.choose(ancestors);
    return { parent, child: mutate({ parent, features: sampleFeatures(task), random, donor }) };
  });

function isWellFormed({ length, ops, data, starts, operands }: Program): boolean {
  for (let node = 0; node < length; node++) {
    const count = starts[node + 1] - starts[node];
    for (let k = starts[node]; k < starts[node + 1]; k++) {
      if (operands[k] < 0 || operands[k] >= node) return false;
    }
    if (ops[node] === Op.Call && count !== arcLanguage.arity(data[node])) return false;
  }
  return starts[0] === 0 && starts[length] === operands.length;
}

describe('a mutant', () => {
  it('is well formed and canonical: its printed source loads back to the same body', () => {
    fc.assert(
      fc.property(mutant, ({ child }) => {
        fc.pre(child !== null);
        const { program, body } = child as Mutant;
        expect(isWellFormed(program)).toBe(true);
        expect(bodyHashOf(encodeProgram(program))).toBe(body);
        const [loaded] = functionsOf(inlineSource(program, 'mutant'));
        expect(loaded.body).toBe(body);
      }),
      { numRuns: 1500 },
    );
  });

  it('differs from its parent, says how, and has no more faults', () => {
    fc.assert(
      fc.property(mutant, ({ parent, child }) => {
        fc.pre(child !== null);
        const { body, program, types, faults, mutations, donors } = child as Mutant;
        expect(body).not.toBe(parent.body);
        expect(mutations.length).toBeGreaterThanOrEqual(1);
        expect(donors.length).toBe(mutations.filter((name) => name === 'crossover').length);
        expect(faults).toBeLessThanOrEqual(parent.faults);
        expect({ types, faults }).toEqual(inferTypes(program));
      }),
      { numRuns: 1000 },
    );
  });

  it('is found nearly always', () => {
    const random = new Random('often');
    const donor = () => random.choose(ancestors);
    const missed = ancestors.filter(
      (parent) => mutate({ parent, features: sampleFeatures(random.choose(tasks)), random, donor }) === null,
    );
    expect(missed.length / ancestors.length).toBeLessThan(0.02);
  });

  it('does not grow beyond a bound, however often it is mutated', () => {
    const random = new Random('growth');
    let parent: Ancestor = returning('fill(I, 7, ofcolor(I, 5))');
    let largest = 0;
    for (let generation = 0; generation < 1500; generation++) {
      const child = mutate({ parent, features: sampleFeatures(tasks[0]), random, donor: () => parent });
      // The larger program goes on.
      if (child !== null && child.program.length >= parent.program.length) parent = child;
      largest = Math.max(largest, parent.program.length);
    }
    expect(largest).toBeGreaterThan(100);
    expect(largest).toBeLessThanOrEqual(160);
  });

  it('comes from every mutation', () => {
    const random = new Random('every');
    const donor = () => random.choose(ancestors);
    const done = new Set<string>();
    for (const parent of ancestors) {
      const child = mutate({ parent, features: sampleFeatures(tasks[0]), random, donor });
      for (const name of child?.mutations ?? []) done.add(name);
    }
    expect([...done].sort()).toEqual([...MUTATIONS].sort());
  });

  it('of a program with a fault need not be without', () => {
    const parent = returning('fill(I, 7, height(I))');
    expect(parent.faults).toBe(1);
    const random = new Random('fault');
    const children = Array.from({ length: 50 }, () =>
      mutate({ parent, features: sampleFeatures(tasks[0]), random, donor: () => parent }),
    );
    expect(children.some((child) => child !== null && child.faults === 1)).toBe(true);
  });
});

describe('on real tasks', () => {
  const present = existsSync(TRAINING);

  it.skipIf(present)(
    'needs the training tasks: set BATTBUILD_SHARED to the folder that holds arc/training',
    (context) => {
      context.skip(`no ${TRAINING}`);
    },
  );

  it.runIf(present)('less than 15 of 100 cells of mutants end without a grid', () => {
    const solvers = solversIn(ARC_SOLVERS);
    const parents = solvers.map(({ program, body }) => ancestorOf(decodeProgram(program), body));
    const counts = { cells: 0, error: 0, 'not-a-grid': 0, 'over-budget': 0 };
    solvers.forEach(({ name }, k) => {
      const task = readTask(TRAINING, `${name.replace(/^solve_/, '')}.json`);
      const random = new Random(name);
      const donor = () => random.choose(parents);
      const mutants = new Map<string, Mutant>();
      for (let n = 0; n < 10; n++) {
        const child = mutate({ parent: parents[k], features: sampleFeatures(task), random, donor });
        if (child !== null) mutants.set(child.body, child);
      }
      for (const { program } of mutants.values()) {
        for (const { sample } of samplesOf(task)) {
          const environment = { I: sample.input, S: null, C: null };
          const { status } = evaluatePlainly(program, environment, BUDGET, () => {});
          counts.cells++;
          if (status in counts) counts[status as keyof typeof counts]++;
        }
      }
    });
    expect(counts.cells).toBeGreaterThan(4000);
    const failed = counts.error + counts['not-a-grid'] + counts['over-budget'];
    expect(failed / counts.cells).toBeLessThan(0.15);
  });
});
