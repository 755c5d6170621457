/** Objects, colour classes, frontiers, occurrences and periods, compared with slow implementations of the rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridOfRows, setOf } from '../../../../src/dsl/value/construct.js';
import { equals, hasMember } from '../../../../src/dsl/value/equality.js';
import { elementsOf } from '../../../../src/dsl/value/order.js';
import { Cell, Grid, Pair, type SetValue, type Value } from '../../../../src/dsl/value/value.js';
import { outcome, run, set, tuple } from '../../evaluate.js';
import { cellSets, grids, inGeneralLayout, nearIndices, nearPairs } from '../patch-arbitraries.js';

function cellsOf(grid: Grid): Cell[] {
  return Array.from(grid.cells, (color, k) => new Cell(color, Math.floor(k / grid.width), k % grid.width));
}

function canvas(color: number, height: number, width: number): Grid {
  return new Grid(height, width, new Int8Array(height * width).fill(color));
}

describe('objects', () => {
  /** Grows each component cell by cell. */
  function components(grid: Grid, univalued: boolean, diagonal: boolean, background: Value): Value {
    const left = cellsOf(grid).filter(({ color }) => color !== background);
    const found: Value[] = [];
    while (left.length > 0) {
      const component = left.splice(0, 1);
      for (let k = 0; k < component.length; k++) {
        const { color, position } = component[k];
        for (let m = left.length - 1; m >= 0; m--) {
          const other = left[m];
          const di = Math.abs(other.position.i - position.i);
          const dj = Math.abs(other.position.j - position.j);
          const near = diagonal ? Math.max(di, dj) === 1 : di + dj === 1;
          if (near && (!univalued || other.color === color)) component.push(...left.splice(m, 1));
        }
      }
      found.push(setOf(component));
    }
    return setOf(found);
  }

  it('are the connected components', () => {
    fc.assert(
      fc.property(
        grids(9, 9),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (grid, univalued, diagonal, without) => {
          const background = without ? run('mostcolor', grid) : null;
          const found = run('objects', grid, univalued, diagonal, without);
          expect(equals(found, components(grid, univalued, diagonal, background))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are found in grids of any values, and beyond the packing range', () => {
    const grid = tuple(tuple(true, 1, null), tuple(null, 1000, null));
    expect(run('size', run('objects', grid, true, false, false))).toBe(2);
    // None stands for no background, so no component contains it.
    expect(run('size', run('objects', grid, false, false, false))).toBe(1);
    const tall = canvas(3, 1025, 2);
    const object = elementsOf(run('objects', tall, true, false, false))[0];
    expect(run('size', object)).toBe(2050);
    expect(run('lowermost', object)).toBe(1024);
  });

  it('take the truth of any value for a flag', () => {
    const grid = gridOfRows([[1, 2]]);
    expect(run('size', run('objects', grid, tuple(), 0, null))).toBe(1);
    expect(run('size', run('objects', grid, tuple(0), 0, null))).toBe(2);
  });

  it('need rows that are long enough, and cut those that are too long', () => {
    expect(outcome(() => run('objects', tuple(tuple(1, 2), tuple(1)), true, true, false))).toBe(
      'error: index',
    );
    expect(run('size', run('merge', run('objects', tuple(tuple(1), tuple(1, 2)), true, true, false)))).toBe(
      2,
    );
    expect(outcome(() => run('objects', tuple(1, 2), true, true, false))).toBe('error: type');
    expect(outcome(() => run('objects', set(), true, true, true))).toBe('error: empty');
    expect(outcome(() => run('objects', set(), true, true, false))).toBe('error: type');
  });
});

describe('partition', () => {
  it('is all cells, by colour; fgpartition is without the most frequent', () => {
    fc.assert(
      fc.property(grids(), (grid) => {
        const cells = cellsOf(grid);
        const colors = [...new Set(grid.cells)];
        const classOf = (color: number) => setOf(cells.filter((cell) => cell.color === color));
        const most = run('mostcolor', grid);
        expect(equals(run('partition', grid), setOf(colors.map(classOf)))).toBe(true);
        const others = colors.filter((color) => color !== most);
        expect(equals(run('fgpartition', grid), setOf(others.map(classOf)))).toBe(true);
      }),
    );
  });

  it('walks a set as a grid whose values are the first components', () => {
    expect(equals(run('partition', set()), set())).toBe(true);
    const rows = set(new Pair(1, 2), new Pair(3, 4));
    const classes = set(set(new Cell(1, 0, 0)), set(new Cell(3, 1, 0)));
    expect(equals(run('partition', rows), classes)).toBe(true);
  });
});

describe('frontiers', () => {
  it('are the rows and columns of one value', () => {
    fc.assert(
      fc.property(grids(5, 5), (grid) => {
        const cells = cellsOf(grid);
        const rows = Array.from({ length: grid.height }, (_, i) =>
          cells.filter(({ position }) => position.i === i),
        );
        const columns = Array.from({ length: grid.width }, (_, j) =>
          cells.filter(({ position }) => position.j === j),
        );
        const uniform = [...rows, ...columns].filter((line) =>
          line.every(({ color }) => color === line[0].color),
        );
        expect(equals(run('frontiers', grid), setOf(uniform.map(setOf)))).toBe(true);
      }),
    );
  });

  it('judge whole rows, but take as many cells as the first row has', () => {
    expect(run('size', run('frontiers', tuple(tuple(1), tuple(2, 2))))).toBe(2);
    expect(outcome(() => run('frontiers', tuple(tuple(1, 2), tuple(3))))).toBe('error: index');
  });
});

describe('toobject', () => {
  it('takes the grid at positions inside, each once', () => {
    fc.assert(
      fc.property(grids(), cellSets, (grid, patch) => {
        const positions = new Set(elementsOf(run('toindices', patch)).map((at) => JSON.stringify(at)));
        const inside = cellsOf(grid).filter(({ position }) => positions.has(JSON.stringify(position)));
        expect(equals(run('toobject', patch, grid), setOf(inside))).toBe(true);
      }),
    );
  });
});

describe('recolor', () => {
  it('gives all positions one value', () => {
    const doubled = set(new Cell(1, 0, 0), new Cell(2, 0, 0));
    expect(equals(run('recolor', 5, doubled), set(new Cell(5, 0, 0)))).toBe(true);
    expect(equals(run('recolor', 128, doubled), set(new Cell(128, 0, 0)))).toBe(true);
    expect(outcome(() => run('color', run('recolor', true, doubled)))).toBe(true);
  });
});

describe('normalize', () => {
  it('moves the upper left corner to the origin', () => {
    fc.assert(
      fc.property(cellSets, (object) => {
        if (run('size', object) === 0) return;
        const normal = run('normalize', object);
        expect(equals(run('ulcorner', normal), new Pair(0, 0))).toBe(true);
        expect(equals(run('shift', normal, run('ulcorner', object)), object)).toBe(true);
      }),
    );
  });
});

describe('occurrences', () => {
  /** Tries every position, cell by cell. */
  function places(grid: Grid, object: Value): Value {
    const cells = new Map(cellsOf(grid).map(({ color, position: { i, j } }) => [`${i} ${j}`, color]));
    const { i: height, j: width } = run('shape', object) as Pair;
    const found: Pair[] = [];
    for (let i = 0; i <= grid.height - height; i++) {
      for (let j = 0; j <= grid.width - width; j++) {
        const moved = elementsOf(run('shift', run('normalize', object), new Pair(i, j))) as Cell[];
        if (moved.every(({ color, position }) => cells.get(`${position.i} ${position.j}`) === color)) {
          found.push(new Pair(i, j));
        }
      }
    }
    return setOf(found);
  }

  it('are all places where each cell agrees', () => {
    fc.assert(
      fc.property(grids(), nearIndices, nearPairs, (grid, patch, vector) => {
        const object = run('shift', run('toobject', patch, grid), vector);
        if (run('size', object) === 0) return;
        expect(equals(run('occurrences', grid, object), places(grid, object))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are found in grids wider than a machine word, at any offset', () => {
    const widths = fc.constantFrom(31, 32, 33, 63, 64, 65, 70);
    fc.assert(
      fc.property(widths, fc.integer({ min: 1, max: 40 }), fc.nat(69), (width, length, at) => {
        const grid = new Grid(
          2,
          width,
          Int8Array.from({ length: 2 * width }, (_, k) => (k % width === at ? 1 : 0)),
        );
        const row = run('asobject', canvas(0, 1, Math.min(length, width)));
        expect(equals(run('occurrences', grid, row), places(grid, row))).toBe(true);
        const all = run('asobject', grid);
        expect(equals(run('occurrences', grid, all), set(new Pair(0, 0)))).toBe(true);
      }),
    );
  });

  it('are nowhere for an object with two colours in one place', () => {
    const object = set(new Cell(0, 0, 0), new Cell(1, 0, 0));
    expect(run('size', run('occurrences', gridOfRows([[0, 1]]), object))).toBe(0);
  });

  it('measure a tuple of cells as a grid', () => {
    // Two cells: two rows of two, at any positions.
    const cells = tuple(new Cell(0, 0, 0), new Cell(0, 0, 1));
    expect(
      equals(run('occurrences', canvas(0, 3, 3), cells), places(canvas(0, 3, 3), set(...square()))),
    ).toBe(true);
  });

  function square(): readonly Value[] {
    return elementsOf(run('asobject', canvas(0, 2, 2)));
  }

  it('are quick for objects of one colour and every size', () => {
    const grid = canvas(0, 30, 30);
    for (let side = 1; side <= 30; side++) {
      const found = run('occurrences', grid, run('asobject', canvas(0, side, side)));
      expect(run('size', found)).toBe((31 - side) ** 2);
    }
  });

  it('of positions are an error only where a place is tried', () => {
    const positions = set(new Pair(0, 0), new Pair(0, 5));
    expect(outcome(() => run('occurrences', canvas(0, 9, 9), positions))).toBe('error: type');
    expect(run('size', run('occurrences', canvas(0, 3, 3), positions))).toBe(0);
  });
});

describe('periods', () => {
  /** The smallest shift after which the object is a subset, by the rule. */
  function least(object: Value, vector: Pair, extent: number): number {
    const normal = run('normalize', object) as SetValue;
    for (let p = 1; p < extent; p++) {
      const moved = elementsOf(run('shift', normal, new Pair(-p * vector.i, -p * vector.j))) as Cell[];
      const kept = moved.filter(({ position: { i, j } }) => i >= 0 && j >= 0);
      if (kept.every((cell) => hasMember(normal, cell))) return p;
    }
    return extent;
  }

  it('are the least shifts onto itself', () => {
    fc.assert(
      fc.property(grids(8, 8), nearIndices, (grid, patch) => {
        const object = run('toobject', patch, grid);
        if (run('size', object) === 0) return;
        const { i: height, j: width } = run('shape', object) as Pair;
        expect(run('hperiod', object)).toBe(least(object, new Pair(0, 1), width));
        expect(run('vperiod', object)).toBe(least(object, new Pair(1, 0), height));
      }),
      { numRuns: 300 },
    );
  });

  it('of repeated grids divide their size', () => {
    fc.assert(
      fc.property(grids(4, 4), fc.integer({ min: 2, max: 4 }), (grid, times) => {
        let wide: Value = grid;
        for (let k = 1; k < times; k++) wide = run('hconcat', wide, grid);
        expect(run('hperiod', run('asobject', wide))).toBe(
          run('hperiod', run('asobject', run('hconcat', grid, grid))),
        );
      }),
    );
  });

  it('of positions are an error where there is a shift to try', () => {
    expect(outcome(() => run('hperiod', set(new Pair(0, 0), new Pair(0, 1))))).toBe('error: type');
    expect(run('vperiod', set(new Pair(0, 0), new Pair(0, 1)))).toBe(1);
    expect(run('hperiod', tuple())).toBe(0);
  });

  it('do not depend on the layout of the object', () => {
    const object = run('asobject', gridOfRows([[1, 2, 1, 2, 1]]));
    expect(run('hperiod', inGeneralLayout(object))).toBe(2);
  });
});
