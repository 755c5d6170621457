/**
 * Colour primitives in cases that the vectors do not cover: values that are no colours, ties, errors among other
 * elements.
 */
import { describe, expect, it } from 'vitest';
import { Cell, Grid, Pair, type Value } from '../../../src/dsl/value/value.js';
import { outcome, run, set, tuple } from '../evaluate.js';

function cell(color: number, i: number, j: number): Cell {
  return new Cell(color, i, j);
}

function result(name: string, ...args: readonly Value[]): unknown {
  return outcome(() => run(name, ...args));
}

const GRID = new Grid(2, 3, Int8Array.from([5, 3, 3, 5, -128, 127]));

describe('mostcolor and leastcolor', () => {
  it('decide ties for the canonically least value, whatever kind it is', () => {
    expect(result('mostcolor', GRID)).toBe(3);
    expect(result('leastcolor', GRID)).toBe(-128);
    expect(result('mostcolor', tuple(tuple(5, null), tuple(tuple(), null, 5)))).toBe(null);
    expect(result('leastcolor', tuple(tuple(5, 5, null), tuple(tuple(), null, 7)))).toBe(7);
  });

  it('are the only value where there is but one, None included', () => {
    expect(result('mostcolor', tuple(tuple(null)))).toBe(null);
    expect(result('leastcolor', tuple(tuple(null)))).toBe(null);
  });

  it('forget what they counted before', () => {
    run('mostcolor', new Grid(1, 4, Int8Array.from([9, 9, 9, 9])));
    expect(result('mostcolor', new Grid(1, 3, Int8Array.from([8, 8, 9])))).toBe(8);
    run('palette', new Grid(1, 2, Int8Array.from([1, 9])));
    expect(result('numcolors', new Grid(1, 3, Int8Array.from([0, 5, 127])))).toBe(3);
    expect(result('leastcolor', new Grid(1, 3, Int8Array.from([0, 0, 9])))).toBe(9);
  });

  it('count the rows of positions, since nothing says that these are no colours', () => {
    const positions = set(new Pair(4, 0), new Pair(4, 1), new Pair(2, 0));
    expect(result('mostcolor', positions)).toBe(4);
    expect(result('leastcolor', positions)).toBe(2);
    expect(result('palette', positions)).toEqual({ s: [2, 4] });
    expect(result('colorcount', positions, 4)).toBe(2);
  });
});

describe('palette', () => {
  it('is in canonical order, as every set', () => {
    expect(result('totuple', run('palette', GRID))).toEqual({ t: [-128, 3, 5, 127] });
  });
});

describe('colorfilter', () => {
  const one = set(cell(1, 5, 0));
  const two = set(cell(2, 0, 0), cell(1, 0, 1));

  it('goes by the canonically first cell', () => {
    expect(result('colorfilter', set(one, two), 1)).toEqual({ s: [{ so: [[1, 5, 0]] }] });
  });

  it('makes a set of a tuple', () => {
    expect(result('colorfilter', tuple(one, two, one), 1)).toEqual({ s: [{ so: [[1, 5, 0]] }] });
  });

  it('raises the error of the canonically first member that has no colour', () => {
    expect(result('colorfilter', set(one, set()), 1)).toBe('error: stop');
    expect(result('colorfilter', set(3, set()), 1)).toBe('error: type');
    expect(result('colorfilter', set(set(), 3), 1)).toBe('error: type');
    expect(result('colorfilter', tuple(set(), 3), 1)).toBe('error: stop');
  });
});

describe('sizefilter', () => {
  it('keeps members of any kind that have this length', () => {
    expect(result('sizefilter', tuple(tuple(1, 2), set(7, 8), tuple(), tuple(1, 2)), 2)).toEqual({
      s: [{ t: [1, 2] }, { s: [7, 8] }],
    });
    expect(result('sizefilter', set(tuple(1), tuple()), true)).toEqual({ s: [{ t: [1] }] });
    expect(result('sizefilter', set(tuple(1), tuple()), null)).toEqual({ s: [] });
  });

  it('measures members even where none can match', () => {
    expect(result('sizefilter', set(3), null)).toBe('error: type');
    expect(result('sizefilter', set(), null)).toEqual({ s: [] });
    expect(result('sizefilter', 3, 1)).toBe('error: type');
  });
});

describe('color', () => {
  it('is component 0 of the first element of anything', () => {
    expect(result('color', tuple(tuple(null, 2)))).toBe(null);
    expect(result('color', tuple(tuple()))).toBe('error: index');
    expect(result('color', set(3))).toBe('error: type');
    expect(result('color', 3)).toBe('error: type');
    expect(result('color', tuple())).toBe('error: stop');
  });
});
