/** Numbers: exactness, overflow, and what the component-wise forms read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fn, outcome, run, set, tuple } from '../evaluate.js';

const LARGEST = Number.MAX_SAFE_INTEGER;
const integers = fc.maxSafeInteger();
const smallIntegers = fc.integer({ min: -1000, max: 1000 });

function bigQuotient(x: bigint, y: bigint): bigint {
  const truncated = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? truncated - 1n : truncated;
}

describe('integer arithmetic', () => {
  it('is exact, or over budget outside 53 bits', () => {
    const operations: Record<string, (x: bigint, y: bigint) => bigint> = {
      add: (x, y) => x + y,
      subtract: (x, y) => x - y,
      multiply: (x, y) => x * y,
    };
    for (const [name, exact] of Object.entries(operations)) {
      fc.assert(
        fc.property(fc.oneof(integers, smallIntegers), fc.oneof(integers, smallIntegers), (x, y) => {
          const result = exact(BigInt(x), BigInt(y));
          const inRange = result >= BigInt(-LARGEST) && result <= BigInt(LARGEST);
          expect(outcome(() => run(name, x, y))).toBe(inRange ? Number(result) : 'error: budget');
        }),
      );
    }
  });

  it('divides rounding down, exactly up to the largest integer', () => {
    fc.assert(
      fc.property(fc.oneof(integers, smallIntegers), fc.oneof(integers, smallIntegers), (x, y) => {
        fc.pre(y !== 0);
        expect(run('divide', x, y)).toBe(Number(bigQuotient(BigInt(x), BigInt(y))));
      }),
    );
    expect(run('divide', LARGEST, LARGEST - 1)).toBe(1);
    expect(run('divide', LARGEST - 1, LARGEST)).toBe(0);
    expect(run('divide', -1, LARGEST)).toBe(-1);
  });

  it('never yields a negative zero', () => {
    for (const zero of [
      run('multiply', 0, -3),
      run('multiply', -3, 0),
      run('divide', 0, -3),
      run('invert', 0),
      run('double', 0),
      run('halve', 0),
      run('sign', 0),
      run('crement', 0),
      run('subtract', 0, 0),
    ]) {
      expect(zero).toBe(0);
    }
    expect(outcome(() => run('invert', tuple(0, 0)))).toEqual({ t: [0, 0] });
  });

  it.each(['increment', 'double', 'crement'])('%s of the largest integer is over budget', (name) => {
    expect(outcome(() => run(name, LARGEST))).toBe('error: budget');
  });

  it('decrement of the smallest integer is over budget', () => {
    expect(outcome(() => run('decrement', -LARGEST))).toBe('error: budget');
  });

  it('counts booleans as 0 and 1', () => {
    expect(run('add', true, true)).toBe(2);
    expect(run('invert', true)).toBe(-1);
    expect(outcome(() => run('multiply', tuple(true, false), 3))).toEqual({ t: [3, 0] });
  });
});

describe('component-wise arithmetic', () => {
  it('agrees with the integer form in each component', () => {
    for (const name of ['add', 'subtract', 'multiply', 'divide']) {
      fc.assert(
        fc.property(smallIntegers, smallIntegers, smallIntegers, smallIntegers, (a, b, c, d) => {
          const component = (x: number, y: number) => outcome(() => run(name, x, y));
          const expected = (first: unknown, second: unknown) =>
            typeof first === 'number' && typeof second === 'number' ? { t: [first, second] } : 'error: zero';
          expect(outcome(() => run(name, tuple(a, b), tuple(c, d)))).toEqual(
            expected(component(a, c), component(b, d)),
          );
          expect(outcome(() => run(name, a, tuple(c, d)))).toEqual(
            expected(component(a, c), component(a, d)),
          );
          expect(outcome(() => run(name, tuple(a, b), d))).toEqual(
            expected(component(a, d), component(b, d)),
          );
        }),
      );
    }
  });

  it('reads two components of a longer tuple, and raises where there is none', () => {
    expect(outcome(() => run('add', tuple(1, 2, 9), tuple(3, 4, 9)))).toEqual({ t: [4, 6] });
    expect(outcome(() => run('double', tuple(1)))).toBe('error: index');
    expect(outcome(() => run('double', tuple()))).toBe('error: index');
    expect(outcome(() => run('double', set(1, 2)))).toBe('error: type');
    expect(outcome(() => run('double', fn('double')))).toBe('error: type');
  });

  it('finishes the first component before it looks at the second', () => {
    expect(outcome(() => run('divide', tuple(1), 0))).toBe('error: zero');
    expect(outcome(() => run('divide', tuple(0), 1))).toBe('error: index');
  });
});

describe('interval', () => {
  it('ends before its stop in either direction', () => {
    fc.assert(
      fc.property(smallIntegers, smallIntegers, fc.integer({ min: -9, max: 9 }), (start, stop, step) => {
        fc.pre(step !== 0);
        const expected: number[] = [];
        for (let x = start; step > 0 ? x < stop : x > stop; x += step) expected.push(x);
        expect(outcome(() => run('interval', start, stop, step))).toEqual(outcome(() => tuple(...expected)));
      }),
    );
  });

  it('is over budget at once when it is too long', () => {
    expect(outcome(() => run('interval', 0, 1e15, 1))).toBe('error: budget');
    expect(outcome(() => run('interval', LARGEST, -LARGEST, -1))).toBe('error: budget');
    expect(outcome(() => run('interval', -LARGEST, LARGEST, LARGEST))).toEqual({ t: [-LARGEST, 0] });
  });

  it('checks kinds before the step', () => {
    expect(outcome(() => run('interval', 0, null, 0))).toBe('error: type');
    expect(outcome(() => run('interval', 0, 5, 0))).toBe('error: value');
  });
});

describe('index', () => {
  const ragged = tuple(tuple(1, 2, 3), tuple(4));

  it('gives None outside the grid and raises in the gap of a ragged one', () => {
    expect(run('index', ragged, tuple(0, 2))).toBe(3);
    expect(run('index', ragged, tuple(-1, 0))).toBe(null);
    expect(run('index', ragged, tuple(0, 3))).toBe(null);
    expect(outcome(() => run('index', ragged, tuple(1, 2)))).toBe('error: index');
  });

  it('unpacks the position first, then measures the grid', () => {
    expect(outcome(() => run('index', tuple(), tuple(1, 2, 3)))).toBe('error: value');
    expect(outcome(() => run('index', tuple(), 5))).toBe('error: type');
    expect(outcome(() => run('index', tuple(), tuple(0, 0)))).toBe('error: index');
    expect(outcome(() => run('index', set(), tuple(0, 0)))).toBe('error: type');
  });
});

describe('extremes', () => {
  it('are 0 in an empty container and compare nothing in one of a single element', () => {
    for (const name of ['maximum', 'minimum']) {
      expect(run(name, set())).toBe(0);
      expect(run(name, tuple(null))).toBe(null);
      expect(outcome(() => run(name, tuple(null, null)))).toBe('error: type');
    }
  });

  it('compare pairs by row first, unlike the canonical order', () => {
    expect(outcome(() => run('maximum', set(tuple(0, 5), tuple(3, 1))))).toEqual({ t: [3, 1] });
  });
});
