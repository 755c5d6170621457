/** Calls with arguments of wrong kinds: they return a value if the reference does, even if that makes no sense. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/dsl/value/value.js';
import { outcome, run, set, tuple } from '../evaluate.js';

const row = fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 4 }).map((items) => tuple(...items));
const rows = fc.tuple(row, row).map(([a, b]) => tuple(a, b));
const count = fc.integer({ min: -1, max: 4 });
const members = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }).map((items) => set(...items));
/** Rows of any lengths. The first is no index pair followed by a tuple, so that it is no cell. */
const ragged = fc.array(
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 4 }).map((items) => tuple(...items)),
  { minLength: 1, maxLength: 4 },
);

function same(left: () => Value, right: () => Value): void {
  expect(outcome(left)).toEqual(outcome(right));
}

describe('arithmetic on components that are no integers', () => {
  it('adds tuples by joining them', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const joined = (pick: string) => run('combine', run(pick, a), run(pick, b));
        same(
          () => run('add', a, b),
          () => tuple(joined('first'), joined('last')),
        );
      }),
    );
  });

  it('multiplies a tuple by repeating it, from either side', () => {
    fc.assert(
      fc.property(row, count, (a, n) => {
        const repeated = run('merge', run('repeat', a, n));
        const expected = () => tuple(repeated, n * n);
        same(() => run('multiply', tuple(a, n), n), expected);
        same(() => run('multiply', n, tuple(a, n)), expected);
      }),
    );
  });

  it('doubles a tuple by joining it to itself', () => {
    fc.assert(
      fc.property(rows, (a) =>
        same(
          () => run('double', a),
          () => run('add', a, a),
        ),
      ),
    );
  });

  it('subtracts sets by taking members away', () => {
    fc.assert(
      fc.property(members, members, (a, b) =>
        same(
          () => run('subtract', tuple(a, 1), tuple(b, 1)),
          () => tuple(run('difference', a, b), 0),
        ),
      ),
    );
  });
});

describe('a grid used as a patch', () => {
  it('has corners as long as its shortest row, of the extremes of each column', () => {
    fc.assert(
      fc.property(ragged, (grid) => {
        const patch = tuple(...grid);
        const columns = Array.from({ length: Math.min(...grid.map((items) => items.length)) }, (_, k) =>
          grid.map((items) =>
            Number(run('last', run('first', run('crop', tuple(items), tuple(0, k), tuple(1, 1))))),
          ),
        );
        same(
          () => run('ulcorner', patch),
          () => tuple(...columns.map((column) => Math.min(...column))),
        );
        same(
          () => run('lrcorner', patch),
          () => tuple(...columns.map((column) => Math.max(...column))),
        );
        same(
          () => run('centerofmass', patch),
          () => tuple(...columns.map((column) => Math.floor(column.reduce((x, y) => x + y) / grid.length))),
        );
      }),
    );
  });
});

describe('a column is looked at only where there is such a row', () => {
  const grid = tuple(tuple(1, 2), tuple(3, 4));
  it.each<[string, ...Value[]]>([
    ['fill', grid, 7, set(tuple(9, null))],
    ['paint', grid, set(tuple(7, tuple(9, null)))],
    ['paint', tuple(tuple(1, null), tuple(3, 4)), set(tuple(7, tuple(9, null)))],
    ['underfill', grid, 7, set(tuple(-1, null))],
  ])('%s', (name, canvas, ...rest) => {
    same(
      () => run(name, canvas, ...rest),
      () => canvas,
    );
    const inside = name.endsWith('fill') ? set(tuple(0, null)) : set(tuple(7, tuple(0, null)));
    expect(outcome(() => run(name, canvas, ...rest.slice(0, -1), inside))).toBe('error: type');
  });
});

describe('a factor is looked at only where there is something to repeat', () => {
  it.each(['hupscale', 'vupscale', 'upscale'])('%s', (name) => {
    expect(outcome(() => run(name, tuple(), null))).toEqual({ t: [] });
    expect(outcome(() => run(name, tuple(tuple(1)), null))).toBe('error: type');
  });
});
