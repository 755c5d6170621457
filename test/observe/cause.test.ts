import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Causes, REASONS, type Told } from '../../src/observe/cause.js';

const told = fc.record({
  task: fc.constantFrom(null, 'a', 'b', 'c', 'd', 'e', 'f', 'g'),
  reasons: fc.uniqueArray(fc.constantFrom(...REASONS.slice(0, 4)), { minLength: 1, maxLength: 2 }),
  items: fc.array(
    fc.record({
      reason: fc.constantFrom(...REASONS.slice(0, 4)),
      name: fc.constantFrom('x', 'y', 'z'),
      old: fc.constantFrom(null, '1', '2'),
      new: fc.constantFrom(null, '3'),
    }),
    { maxLength: 4 },
  ),
  steps: fc.constant(new Map([['validate', 2]])),
  programs: fc.nat(3),
});

function summedUp(all: readonly Told[]) {
  const causes = new Causes();
  for (const one of all) causes.add(one);
  return causes.sorted();
}

it('sums up the same, in whichever order tasks end', () => {
  fc.assert(
    fc.property(
      fc
        .array(told, { maxLength: 30 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        expect(summedUp(shuffled)).toEqual(summedUp(all));
      },
    ),
  );
});

it('names reasons as they rank, tasks and items by name', () => {
  const item = (name: string) => ({ reason: 'budget', name, old: null, new: null }) as const;
  const steps = new Map([['validate', 1]]);
  expect(
    summedUp([
      { task: 'b', reasons: ['not-stored'], items: [], steps, programs: 1 },
      { task: 'b', reasons: ['budget'], items: [item('z')], steps, programs: 1 },
      { task: 'a', reasons: ['budget'], items: [item('y')], steps, programs: 1 },
    ]),
  ).toEqual([
    {
      reasons: ['budget'],
      items: [item('y'), item('z')],
      moreItems: 0,
      steps: { validate: 2 },
      programs: 2,
      taskCount: 2,
      tasks: ['a', 'b'],
    },
    {
      reasons: ['not-stored'],
      items: [],
      moreItems: 0,
      steps: { validate: 1 },
      programs: 1,
      taskCount: 1,
      tasks: ['b'],
    },
  ]);
});
