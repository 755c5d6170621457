/**
 * Grid primitives in cases that the vectors do not cover: ragged grids, huge numbers, what is checked and in which
 * order.
 */
import { describe, expect, it } from 'vitest';
import { allocatedCells, resetMeter } from '../../../../src/dsl/meter.js';
import { Cell, Cells, Grid, Indices, Pair, type Tuple, type Value } from '../../../../src/dsl/value/value.js';
import { applied, fn, outcome, run, set, tuple } from '../../evaluate.js';

function grid(...rows: readonly string[]): Grid {
  return new Grid(rows.length, rows[0].length, Int8Array.from(rows.join(''), Number));
}

function pair(i: number, j: number): Pair {
  return new Pair(i, j);
}

function cell(color: number, i: number, j: number): Cell {
  return new Cell(color, i, j);
}

function result(name: string, ...args: readonly Value[]): unknown {
  return outcome(() => run(name, ...args));
}

const RAGGED = tuple(tuple(1, 2, 3), tuple(4), tuple(5, 6, 7, 8));
const HUGE = Number.MAX_SAFE_INTEGER;

describe('ragged grids', () => {
  it('are written to within the width of the first row; a missing entry there is an error', () => {
    expect(result('fill', RAGGED, 0, set(pair(2, 2), pair(2, 3)))).toEqual({
      t: [{ t: [1, 2, 3] }, { t: [4] }, { t: [5, 6, 0, 8] }],
    });
    expect(result('fill', RAGGED, 0, set(pair(1, 1)))).toBe('error: index');
    expect(result('underpaint', RAGGED, set(cell(9, 1, 2)))).toBe('error: index');
  });

  it('are turned up to their shortest row by quarters, and whole by half turns', () => {
    expect(result('rot90', RAGGED)).toEqual({ g: ['541'] });
    expect(result('rot270', RAGGED)).toEqual({ g: ['145'] });
    expect(result('rot180', RAGGED)).toEqual({ t: [{ t: [8, 7, 6, 5] }, { t: [4] }, { t: [3, 2, 1] }] });
  });

  it('lose only columns that all rows have', () => {
    const columns = tuple(tuple(7, 1, 5, 5), tuple(7, 2, 5));
    expect(result('compress', columns)).toEqual({ t: [{ t: [1, 5] }, { t: [2] }] });
  });

  it('are scaled down if the entries that count are there, also in rows that are dropped', () => {
    expect(result('downscale', RAGGED, 3)).toEqual({ g: ['1'] });
    expect(result('downscale', RAGGED, 2)).toBe('error: index');
  });

  it('are read by their first row for positions, by each row for cells', () => {
    expect(result('asindices', tuple(tuple(1, 2), tuple(3, 4, 5)))).toEqual({
      si: [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    });
    expect(result('asobject', tuple(tuple(1), tuple(3, 4)))).toEqual({
      so: [
        [1, 0, 0],
        [3, 1, 0],
        [4, 1, 1],
      ],
    });
    expect(result('ofcolor', RAGGED, 8)).toEqual({ si: [[2, 3]] });
  });
});

describe('entries that are no small integers', () => {
  it('are kept as they are', () => {
    const mixed = tuple(tuple(null, true), tuple(1000, 1));
    expect(result('rot90', mixed)).toEqual({ t: [{ t: [1000, null] }, { t: [1, true] }] });
    expect(result('replace', mixed, 1, 5)).toEqual({ t: [{ t: [null, 5] }, { t: [1000, 5] }] });
    expect(result('switch', mixed, null, 1000)).toEqual({ t: [{ t: [1000, true] }, { t: [null, 1] }] });
    expect(result('upscale', tuple(tuple(1000)), 2)).toEqual({
      t: [{ t: [1000, 1000] }, { t: [1000, 1000] }],
    });
  });

  it('stay booleans or integers where cellwise agrees on them', () => {
    expect(result('cellwise', tuple(tuple(true, 2)), tuple(tuple(1, 3)), 4)).toEqual({
      t: [{ t: [true, 4] }],
    });
    expect(result('cellwise', tuple(tuple(1, 2)), tuple(tuple(true, 3)), 4)).toEqual({ g: ['14'] });
  });

  it('are no colour of a small grid', () => {
    // 260 and 4 are the same byte.
    expect(result('ofcolor', grid('14'), 260)).toEqual({ s: [] });
    expect(result('colorcount', grid('14'), 260)).toBe(0);
    expect(result('replace', grid('14'), 260, 0)).toEqual({ g: ['14'] });
  });
});

describe('what is not needed is not looked at', () => {
  it('in canvas, crop and hsplit', () => {
    expect(result('canvas', 1, tuple(0))).toEqual({ t: [] });
    expect(result('canvas', 1, tuple(1))).toBe('error: index');
    expect(result('crop', grid('12'), tuple(1), tuple(1))).toEqual({ t: [] });
    expect(result('crop', grid('12'), tuple(0), tuple(1))).toBe('error: index');
    expect(result('hsplit', tuple(tuple(1, 2), 3), -1)).toEqual({ t: [] });
  });

  it('in halves and vertical joins, which never look into rows', () => {
    expect(result('tophalf', tuple(1, null, 3))).toEqual({ t: [1] });
    expect(result('bottomhalf', tuple(1, null, 3))).toEqual({ t: [3] });
    expect(result('vconcat', tuple(1), tuple(null))).toEqual({ t: [1, null] });
    expect(result('hconcat', tuple(1), tuple(tuple(2)))).toBe('error: type');
    // Joining adds the values if they are no rows.
    expect(result('hconcat', tuple(1), tuple(2))).toEqual({ t: [3] });
    expect(result('hconcat', tuple(1), tuple())).toEqual({ t: [] });
  });
});

describe('a set where a grid is due', () => {
  it.each(['rot90', 'rot180', 'rot270', 'trim', 'tophalf', 'lefthalf'])('is refused by %s', (name) => {
    expect(result(name, set())).toBe('error: type');
    expect(result(name, set(pair(1, 2)))).toBe('error: type');
  });

  it('is walked by compress, which takes its mirror image for the columns', () => {
    expect(result('compress', set())).toBe('error: value');
    expect(result('compress', set(pair(1, 2)))).toEqual({ g: ['12'] });
    expect(result('compress', set(pair(1, 1), pair(1, 2)))).toEqual({ g: ['2'] });
  });
});

describe('subgrid', () => {
  const board = grid('0123', '4567', '8901');

  it('cuts out the bounding box of a set', () => {
    expect(result('subgrid', set(pair(1, 1), pair(2, 3)), board)).toEqual({ g: ['567', '901'] });
  });

  it('measures a tuple of cells as the grid that it is: as many rows as cells, two columns', () => {
    expect(result('subgrid', tuple(cell(5, 0, 1)), board)).toEqual({ g: ['12'] });
  });
});

describe('splits', () => {
  it('drop the separators of pieces that do not fill the grid', () => {
    expect(result('hsplit', grid('1291'), 3)).toEqual({
      t: [{ g: ['1'] }, { g: ['9'] }, { t: [{ t: [] }] }],
    });
  });
});

describe('move', () => {
  it('covers first and paints then, over its own old place too', () => {
    const board = grid('0000', '0120', '0000');
    const object = set(cell(1, 1, 1), cell(2, 1, 2));
    expect(result('move', board, object, pair(0, 1))).toEqual({ g: ['0000', '0012', '0000'] });
    expect(result('move', board, object, pair(-2, 0))).toEqual({ g: ['0000', '0000', '0000'] });
  });

  it('reaches any place of a grid that is larger than positions are packed for', () => {
    const tall = run('canvas', 0, pair(2000, 1));
    const moved = run('move', tall, set(cell(7, 0, 0)), pair(1500, 0));
    expect(run('index', moved, pair(1500, 0))).toBe(7);
    expect(run('colorcount', moved, 7)).toBe(1);
  });

  it('is over budget where a position leaves the exact integers', () => {
    expect(result('move', grid('0'), set(cell(1, 1, 0)), pair(HUGE, 0))).toBe('error: budget');
  });

  it('does not look at the offset of an empty object', () => {
    expect(result('move', grid('01'), set(), null)).toEqual({ g: ['01'] });
  });
});

describe('grids with positions out of packing range', () => {
  const wide = run('canvas', 3, pair(1, 1500)) as Grid;

  it('have all their cells and positions', () => {
    expect(run('size', run('asobject', wide))).toBe(1500);
    expect(run('size', run('asindices', wide))).toBe(1500);
    expect(run('size', run('ofcolor', wide, 3))).toBe(1500);
    expect(run('rightmost', run('asindices', wide))).toBe(1499);
  });

  it('can be filled by them', () => {
    expect(run('colorcount', run('fill', wide, 4, run('asindices', wide)), 4)).toBe(1500);
    expect(run('colorcount', run('paint', wide, run('recolor', 4, run('asindices', wide))), 4)).toBe(1500);
  });

  it('let an object grow beyond it', () => {
    const grown = run('upscale', set(cell(1, 0, 0), cell(2, 0, 600)), 2);
    expect(run('size', grown)).toBe(8);
    expect(run('rightmost', grown)).toBe(1201);
  });
});

describe('positions are packed up to the last row and column', () => {
  it('1023, not 1024', () => {
    expect(run('asindices', run('canvas', 0, pair(1, 1024)))).toBeInstanceOf(Indices);
    expect(run('asindices', run('canvas', 0, pair(1, 1025)))).not.toBeInstanceOf(Indices);
    expect(run('ofcolor', run('canvas', 0, pair(1024, 1)), 0)).toBeInstanceOf(Indices);
  });
});

describe('upscale of an object', () => {
  it('is packed as long as all of its blocks are', () => {
    const packed = run('upscale', set(cell(1, 0, 0), cell(2, 511, 0)), 2);
    expect(packed).toBeInstanceOf(Cells);
    expect(run('lowermost', packed)).toBe(1023);
    const beyond = run('upscale', set(cell(1, 1023, 0)), 2);
    expect(beyond).not.toBeInstanceOf(Cells);
    expect(run('lowermost', beyond)).toBe(1024);
  });
});

describe('what grows is charged as it grows', () => {
  const growing: [number, string, ...Value[]][] = [
    [600, 'canvas', 0, pair(20, 30)],
    [45, 'upscale', grid('12345'), 3],
    [45, 'upscale', set(cell(1, 0, 0), cell(2, 0, 0), cell(1, 3, 0), cell(1, 4, 5), cell(1, 5, 5)), 3],
    [20, 'hupscale', grid('12345'), 4],
    [20, 'vupscale', grid('12345'), 4],
    [10, 'hconcat', grid('12345'), grid('12345')],
    [10, 'vconcat', grid('12345'), grid('12345')],
    [6, 'asindices', grid('123', '456')],
  ];
  it.each(growing)('%i elements by %s', (elements, name, ...args) => {
    run(name, ...args);
    expect(allocatedCells()).toBe(elements);
  });
});

describe('growth beyond all limits is over budget, at once', () => {
  const growing: [string, ...Value[]][] = [
    ['canvas', 0, pair(HUGE, HUGE)],
    ['canvas', null, pair(1, HUGE)],
    ['canvas', 0, pair(HUGE, 0)],
    ['hupscale', grid('1'), HUGE],
    ['vupscale', grid('1'), HUGE],
    ['vupscale', tuple(tuple()), HUGE],
    ['upscale', grid('1'), HUGE],
    ['upscale', tuple(tuple()), HUGE],
    ['upscale', set(cell(1, 0, 0)), HUGE],
    ['hsplit', grid('1'), HUGE],
    ['vsplit', grid('1'), HUGE],
  ];
  it.each(growing)('%s', (name, ...args) => {
    expect(result(name, ...args)).toBe('error: budget');
    resetMeter(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect(outcome(() => applied(fn(name), ...args))).toBe('error: budget');
  });

  it('nor is room made for a grid that its second row shows to be none', () => {
    const wide = run('canvas', 1, pair(1, 700_000));
    const tall = run('canvas', 1, pair(30_000, 1));
    expect((run('vconcat', wide, tall) as Tuple).length).toBe(30_001);
  });

  it('but huge numbers that build nothing are fine', () => {
    expect(result('crop', grid('12', '34'), pair(1, -HUGE), pair(HUGE, HUGE))).toEqual({ t: [{ t: [] }] });
    expect(result('downscale', grid('12', '34'), HUGE)).toEqual({ g: ['1'] });
    expect(result('canvas', 0, pair(-HUGE, HUGE))).toEqual({ t: [] });
    expect(result('upscale', grid('12'), -HUGE)).toEqual({ t: [] });
    expect(result('hsplit', grid('12'), -HUGE)).toEqual({ t: [] });
  });
});
