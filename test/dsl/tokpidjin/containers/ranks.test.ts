/** Ranks of the dialect: from which end each family counts, and the order of equal elements. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetCallDepth } from '../../../../src/dsl/calls/call.js';
import { tokpidjin } from '../../../../src/dsl/dialects.js';
import { resetMeter } from '../../../../src/dsl/meter.js';
import { asGrid, tupleOf } from '../../../../src/dsl/value/construct.js';
import { equals } from '../../../../src/dsl/value/equality.js';
import { Pair, type Value } from '../../../../src/dsl/value/value.js';
import { applied, CELL_LIMIT, COST_LIMIT, set, tuple } from '../../evaluate.js';

function fn(name: string): Value {
  return tokpidjin.primitiveNamed(name)?.value as Value;
}

function run(name: string, ...args: readonly Value[]): Value {
  resetMeter(COST_LIMIT, CELL_LIMIT);
  resetCallDepth();
  return applied(fn(name), ...args);
}

const [one, alsoOne, two, alsoTwo] = [tuple(1), tuple(2), tuple(1, 2), tuple(3, 4)];
const container = tuple(alsoTwo, one, two, alsoOne);

describe('equal keys', () => {
  it('stand in iteration order, whether they ascend or descend', () => {
    const ranked = [0, 1, 2, 3].map((rank) => run('get_arg_rank_t', container, fn('size'), rank));
    expect(ranked).toEqual([alsoTwo, two, one, alsoOne]);
    expect(run('get_arg_rank_t', container, fn('size'), -1)).toEqual(alsoOne);
    expect(run('get_val_rank_t', container, fn('size'), 0)).toBe(1);
    expect(run('get_val_rank_t', container, fn('size'), -1)).toBe(2);
  });

  it('of booleans and integers are those of the numbers', () => {
    expect(run('get_rank', tuple(true, 1, 0), 0)).toBe(true);
    expect(run('get_rank', tuple(0, false, 1), -1)).toBe(false);
  });
});

describe('a rank', () => {
  const families = ['get_arg_rank', 'get_arg_rank_t', 'get_val_rank', 'get_val_rank_f'];
  const elements = fc.array(fc.array(fc.nat(3), { maxLength: 3 }).map(tupleOf), {
    minLength: 2,
    maxLength: 8,
  });

  it.each(families)('of %s counts the same elements from either end', (name) => {
    fc.assert(
      fc.property(elements, (list) => {
        const all = tupleOf(list);
        const at = (rank: number) => run(name, all, fn('size'), rank);
        expect(equals(at(0), at(-list.length))).toBe(true);
        expect(equals(at(-1), at(list.length - 1))).toBe(true);
      }),
    );
  });

  it('out of range, or of nothing, is the default', () => {
    expect(run('get_arg_rank_f', set(), fn('size'), 0)).toEqual(set());
    expect(run('get_arg_rank_f', set(one), fn('size'), 3)).toEqual(set());
    expect(run('get_rank', tuple(), -1)).toBe(0);
  });

  it('of keys that do not compare is the default', () => {
    expect(run('get_arg_rank_t', tuple(0, tuple(0)), fn('identity'), 0)).toEqual(tuple());
  });
});

describe('a rank of colours', () => {
  const grid = asGrid(tuple(tuple(3, 5, 5), tuple(7, 3, 1))) as Value;

  it('begins with the most frequent one, equally frequent ones as they appear', () => {
    expect([0, 1, 2, 3, -1].map((rank) => run('get_color_rank_t', grid, rank))).toEqual([3, 5, 7, 1, 1]);
    expect(run('get_color_rank_t', grid, 4)).toEqual(tuple());
  });

  it('looks at the cells of an object row by row', () => {
    const object = run('asobject', grid);
    expect([0, 1, 2, 3].map((rank) => run('get_color_rank_f', object, rank))).toEqual([3, 5, 7, 1]);
    expect(run('get_color_rank_f', set(new Pair(0, 0)), 0)).toBe(0);
  });
});

describe('an element at a rank', () => {
  const cells = run('asobject', asGrid(tuple(tuple(4, 6), tuple(0, 2))) as Value);

  it('is counted from either end, in a set of cells row by row', () => {
    const all = [tuple(0, 0, 4), tuple(0, 1, 6), tuple(1, 0, 0), tuple(1, 1, 2)];
    all.forEach((cell, k) => {
      expect(equals(run('get_nth_f', cells, k), cell)).toBe(true);
      expect(equals(run('get_nth_f', cells, k - 4), cell)).toBe(true);
    });
    expect(equals(run('last_f', cells), all[3])).toBe(true);
  });

  it('out of range is the default', () => {
    expect(run('get_nth_f', cells, 4)).toEqual(set());
    expect(run('get_nth_f', cells, -5)).toEqual(set());
    expect(run('last_f', set())).toEqual(set());
  });
});
