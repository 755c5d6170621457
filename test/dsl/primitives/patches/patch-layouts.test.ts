/** Primitives on patches and objects depend on values, not on their layouts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErrorClass, EvaluationError } from '../../../../src/dsl/errors.js';
import type { Primitive } from '../../../../src/dsl/primitive.js';
import { objects } from '../../../../src/dsl/primitives/objects/objects.js';
import { patches } from '../../../../src/dsl/primitives/patches/patches.js';
import { equals } from '../../../../src/dsl/value/equality.js';
import { compare, elementsOf } from '../../../../src/dsl/value/order.js';
import {
  Cell,
  Cells,
  EMPTY_SET,
  EMPTY_TUPLE,
  Indices,
  isSet,
  Pair,
  packsColor,
  packsPair,
  type SetValue,
  type Value,
} from '../../../../src/dsl/value/value.js';
import { fn, run, set, tuple } from '../../evaluate.js';
import { argumentsOf, inGeneralLayout } from '../patch-arbitraries.js';

const primitives = [...patches, ...objects];

function argumentLists({ parameters }: Primitive): fc.Arbitrary<Value[]> {
  return fc.tuple(...parameters.map(({ kind }) => argumentsOf(kind)));
}

describe.each(primitives.map((primitive) => [primitive.name, primitive] as const))(
  '%s',
  (name, primitive) => {
    it('comes to the same for equal arguments of any layout', () => {
      const mixed = fc.tuple(
        argumentLists(primitive),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      );
      fc.assert(
        fc.property(mixed, ([args, general]) => {
          const others = args.map((value, k) => (general[k] ? inGeneralLayout(value) : value));
          expectSame(outcomeOf(name, others), outcomeOf(name, args));
        }),
        { numRuns: 200 },
      );
    });

    it('gives sets in canonical order, flat where they fit, and leaves its arguments as they were', () => {
      fc.assert(
        fc.property(argumentLists(primitive), (args) => {
          const before = args.map(inGeneralLayout);
          const { value } = outcomeOf(name, args);
          if (isSet(value) && !args.includes(value)) expectWellFormed(value);
          expect(args.every((argument, k) => equals(argument, before[k]))).toBe(true);
        }),
      );
    });

    it('charges for arguments of any kind without looking at them', () => {
      const values: Value[] = [
        null,
        true,
        7,
        new Pair(1, 2),
        EMPTY_TUPLE,
        EMPTY_SET,
        fn('add'),
        set(1),
        tuple(1),
      ];
      for (const value of values) {
        const charge = primitive.charge(value, value, value, value);
        expect(Number.isSafeInteger(charge) && charge >= 0).toBe(true);
      }
    });
  },
);

interface Outcome {
  readonly value: Value;
  readonly errorClass: ErrorClass | null;
}

function outcomeOf(name: string, args: readonly Value[]): Outcome {
  try {
    return { value: run(name, ...args), errorClass: null };
  } catch (error) {
    if (error instanceof EvaluationError) return { value: null, errorClass: error.errorClass };
    throw error;
  }
}

function expectSame(actual: Outcome, expected: Outcome): void {
  expect(actual.errorClass).toBe(expected.errorClass);
  expect(typeof actual.value).toBe(typeof expected.value);
  expect(equals(actual.value, expected.value)).toBe(true);
}

function expectWellFormed(value: SetValue): void {
  const members = elementsOf(value);
  expect(members.every((member, k) => k === 0 || compare(members[k - 1], member) < 0)).toBe(true);
  if (members.length > 0 && members.every((member) => member instanceof Pair && packsPair(member))) {
    expect(value).toBeInstanceOf(Indices);
  }
  if (members.length > 0 && members.every(packsCell)) expect(value).toBeInstanceOf(Cells);
  for (const member of members.filter(isSet)) expectWellFormed(member);
}

function packsCell(value: Value): boolean {
  return value instanceof Cell && packsColor(value.color) && packsPair(value.position);
}
