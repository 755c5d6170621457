/** Positions, corners, distances and lines of patches, compared with slow implementations of the rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setOf } from '../../../../src/dsl/value/construct.js';
import { equals } from '../../../../src/dsl/value/equality.js';
import { elementsOf } from '../../../../src/dsl/value/order.js';
import { Cell, Indices, Pair, type Value } from '../../../../src/dsl/value/value.js';
import { outcome, run, set, tuple } from '../../evaluate.js';
import { cellSets, nearIndices, nearPairs, pairs } from '../patch-arbitraries.js';

function positionsOf(patch: Value): readonly Pair[] {
  return elementsOf(patch).map((element) => (element instanceof Cell ? element.position : element) as Pair);
}

function rectangle(top: number, left: number, height: number, width: number): Value {
  return setOf(
    Array.from(
      { length: height * width },
      (_, k) => new Pair(top + Math.floor(k / width), left + (k % width)),
    ),
  );
}

function nearest(a: Value, b: Value): number {
  const others = positionsOf(b);
  let least = Number.POSITIVE_INFINITY;
  for (const p of positionsOf(a)) {
    for (const q of others) least = Math.min(least, Math.abs(p.i - q.i) + Math.abs(p.j - q.j));
  }
  return least;
}

/** The positions of a chessboard's fields of one colour: many, with even distances. */
function board(height: number, width: number, top: number, left: number): Value {
  const all = positionsOf(rectangle(top, left, height, width));
  return setOf(all.filter(({ i, j }) => (i + j) % 2 === 0));
}

describe('manhattan', () => {
  it('is the least distance of any two positions', () => {
    fc.assert(
      fc.property(nearIndices, nearIndices, (a, b) => {
        expect(run('manhattan', a, b)).toBe(nearest(a, b));
        expect(run('adjacent', a, b)).toBe(nearest(a, b) === 1);
      }),
    );
  });

  it('is the least distance of large patches too', () => {
    const sides = fc.integer({ min: 12, max: 25 });
    const offsets = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(sides, sides, offsets, offsets, nearIndices, (height, width, top, left, few) => {
        const large = board(height, width, 0, 0);
        const other = board(width, height, top, left);
        const withHole = run('difference', rectangle(-3, -3, height, width), run('outbox', few));
        expect(run('manhattan', large, other)).toBe(nearest(large, other));
        expect(run('manhattan', large, withHole)).toBe(nearest(large, withHole));
        expect(run('adjacent', large, other)).toBe(nearest(large, other) === 1);
      }),
      { numRuns: 30 },
    );
  });

  it('does not wrap around the ends of the packing range', () => {
    const top = set(new Pair(-1024, 1));
    const bottom = set(new Pair(1023, 0));
    expect(run('manhattan', top, bottom)).toBe(1 + 2047);
    expect(run('adjacent', top, bottom)).toBe(false);
  });
});

describe('gravitate', () => {
  /** Step by step, as the rule is written. */
  function fallen(source: Value, destination: Value): Value {
    const from = run('center', source) as Pair;
    const to = run('center', destination) as Pair;
    const vertical = run('vmatching', source, destination) === true;
    const step = vertical ? new Pair(from.i < to.i ? 1 : -1, 0) : new Pair(0, from.j < to.j ? 1 : -1);
    let moved = source;
    for (let count = 0; count < 42; count++) {
      if (nearest(moved, destination) === 1) return new Pair(step.i * count, step.j * count);
      moved = run('shift', moved, step);
    }
    return new Pair(step.i * 42, step.j * 42);
  }

  it('moves by steps until the patches are adjacent', () => {
    fc.assert(
      fc.property(nearIndices, nearIndices, nearPairs, (a, b, vector) => {
        const apart = run('shift', b, new Pair(vector.i * 4, vector.j * 4));
        expect(equals(run('gravitate', a, apart), fallen(a, apart))).toBe(true);
      }),
    );
  });

  it('gives zeros without a sign', () => {
    const { i, j } = run('gravitate', set(new Pair(1, 0)), set(new Pair(0, 0))) as Pair;
    expect(Object.is(i, 0) && Object.is(j, 0)).toBe(true);
  });
});

describe('matching', () => {
  it('asks for a common row or column', () => {
    fc.assert(
      fc.property(nearIndices, cellSets, (a, b) => {
        const rows = new Set(positionsOf(a).map(({ i }) => i));
        const columns = new Set(positionsOf(a).map(({ j }) => j));
        expect(run('hmatching', a, b)).toBe(positionsOf(b).some(({ i }) => rows.has(i)));
        expect(run('vmatching', b, a)).toBe(positionsOf(b).some(({ j }) => columns.has(j)));
      }),
    );
  });
});

describe('boxes', () => {
  it('the backdrop is the patch and its delta, which have nothing in common', () => {
    fc.assert(
      fc.property(nearIndices, (patch) => {
        const delta = run('delta', patch);
        expect(equals(run('combine', patch, delta), run('backdrop', patch))).toBe(true);
        expect(run('size', run('intersection', patch, delta))).toBe(0);
      }),
    );
  });

  it('the outbox is the backdrop one step larger without the backdrop', () => {
    fc.assert(
      fc.property(nearIndices, (patch) => {
        const outbox = run('outbox', patch);
        const larger = run('backdrop', outbox);
        expect(equals(run('difference', larger, outbox), run('backdrop', patch))).toBe(true);
        expect(equals(run('inbox', outbox), run('box', patch))).toBe(true);
      }),
    );
  });

  it('count two colours in one place as one position', () => {
    const doubled = set(new Cell(1, 0, 0), new Cell(2, 0, 0), new Cell(1, 2, 2));
    expect(run('size', run('delta', doubled))).toBe(7);
    // The sums are over positions, but the divisor is the number of cells.
    expect(outcome(() => run('centerofmass', doubled))).toEqual({ t: [0, 0] });
  });
});

describe('the bounding box', () => {
  it('is the same from all of its measures', () => {
    fc.assert(
      fc.property(cellSets, (patch) => {
        if (run('size', patch) === 0) return;
        const rows = positionsOf(patch).map(({ i }) => i);
        const columns = positionsOf(patch).map(({ j }) => j);
        const top = Math.min(...rows);
        const bottom = Math.max(...rows);
        const left = Math.min(...columns);
        const right = Math.max(...columns);
        expect(run('uppermost', patch)).toBe(top);
        expect(run('lowermost', patch)).toBe(bottom);
        expect(run('leftmost', patch)).toBe(left);
        expect(run('rightmost', patch)).toBe(right);
        expect(equals(run('shape', patch), new Pair(bottom - top + 1, right - left + 1))).toBe(true);
        const corners = set(
          new Pair(top, left),
          new Pair(top, right),
          new Pair(bottom, left),
          new Pair(bottom, right),
        );
        expect(equals(run('corners', patch), corners)).toBe(true);
      }),
    );
  });
});

describe('bordering', () => {
  it('does not look at the grid when the patch touches row or column 0', () => {
    expect(run('bordering', set(new Pair(0, 5)), null)).toBe(true);
    expect(outcome(() => run('bordering', set(new Pair(1, 5)), null))).toBe('error: type');
  });
});

describe('lines', () => {
  it('connect two positions by unit steps, whichever comes first', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.constantFrom(-1, 0, 1),
        fc.constantFrom(-1, 0, 1),
        fc.nat(20),
        (start, di, dj, length) => {
          const way = Array.from(
            { length: length + 1 },
            (_, k) => new Pair(start.i + k * di, start.j + k * dj),
          );
          expect(equals(run('connect', start, way[length]), setOf(way))).toBe(true);
          expect(equals(run('connect', way[length], start), setOf(way))).toBe(true);
        },
      ),
    );
  });

  it('are empty where there is no straight way', () => {
    expect(run('size', run('connect', new Pair(0, 0), new Pair(3, 2)))).toBe(0);
    expect(run('size', run('shoot', new Pair(0, 0), new Pair(1, 2)))).toBe(0);
  });

  it('take sets of two and booleans for positions', () => {
    expect(
      equals(run('connect', tuple(false, true), set(0, 3)), run('connect', new Pair(0, 1), new Pair(0, 3))),
    ).toBe(true);
    expect(equals(run('neighbors', tuple(true, false)), run('neighbors', new Pair(1, 0)))).toBe(true);
  });

  it('check the components of a shot before they unpack its start', () => {
    expect(outcome(() => run('shoot', tuple(1), new Pair(1, 1)))).toBe('error: index');
    expect(outcome(() => run('shoot', tuple(1, 2, 3), new Pair(1, 1)))).toBe('error: value');
  });

  it('put anything into a frontier', () => {
    expect(run('contained', tuple(7, null), run('vfrontier', tuple(0, null)))).toBe(true);
    expect(run('contained', tuple(tuple(), 7), run('hfrontier', tuple(tuple(), 0)))).toBe(true);
  });
});

describe('neighbors', () => {
  it('are the positions at distance one, diagonally two', () => {
    fc.assert(
      fc.property(pairs, (loc) => {
        const around = positionsOf(rectangle(loc.i - 1, loc.j - 1, 3, 3));
        const away = ({ i, j }: Pair) => Math.abs(i - loc.i) + Math.abs(j - loc.j);
        expect(equals(run('dneighbors', loc), setOf(around.filter((at) => away(at) === 1)))).toBe(true);
        expect(equals(run('ineighbors', loc), setOf(around.filter((at) => away(at) === 2)))).toBe(true);
        expect(equals(run('neighbors', loc), setOf(around.filter((at) => away(at) > 0)))).toBe(true);
      }),
    );
  });
});

describe('over budget at once', () => {
  const FAR = 2 ** 50;
  const spread = set(new Pair(0, 0), new Pair(FAR, FAR));
  const calls: [string, ...Value[]][] = [
    ['connect', new Pair(0, 0), new Pair(0, FAR)],
    ['shoot', new Pair(0, 0), new Pair(FAR, FAR)],
    ['backdrop', spread],
    ['delta', spread],
    ['box', spread],
    ['inbox', spread],
    ['outbox', spread],
    ['neighbors', new Pair(Number.MAX_SAFE_INTEGER, 0)],
    ['outbox', set(new Pair(Number.MIN_SAFE_INTEGER, 0))],
    ['shift', set(new Pair(1, 1)), new Pair(Number.MAX_SAFE_INTEGER, 0)],
    ['height', set(new Pair(Number.MIN_SAFE_INTEGER, 0), new Pair(Number.MAX_SAFE_INTEGER, 0))],
    ['manhattan', set(new Pair(Number.MIN_SAFE_INTEGER, 0)), set(new Pair(Number.MAX_SAFE_INTEGER, 0))],
    ['vmirror', set(new Pair(0, Number.MIN_SAFE_INTEGER), new Pair(0, Number.MAX_SAFE_INTEGER))],
  ];
  it.each(calls)('%s', (name, ...args) => {
    expect(outcome(() => run(name, ...args))).toBe('error: budget');
  });

  it('also for a rectangle of positions that have keys', () => {
    const corners = new Indices((set(new Pair(-1024, -1024), new Pair(1023, 1023)) as Indices).keys);
    expect(outcome(() => run('backdrop', corners))).toBe('error: budget');
  });
});
