/** Runaway programs exceed the budget quickly, and never overflow the stack or memory. */
import { describe, expect, it } from 'vitest';
import { resetCallDepth } from '../../src/dsl/calls/call.js';
import { decodeValue, encodeValue } from '../../src/dsl/conformance.js';
import { DEPTH_LIMIT, resetMeter } from '../../src/dsl/meter.js';
import { equals, hashOf } from '../../src/dsl/value/equality.js';
import { compare } from '../../src/dsl/value/order.js';
import { depthOf, type Value } from '../../src/dsl/value/value.js';
import { applied, CELL_LIMIT, COST_LIMIT, fn, outcome, run, set, tuple } from './evaluate.js';

type Step = (value: Value) => Value;

/** Applies `step` repeatedly with one budget; returns the last outcome. */
function repeated(times: number, start: Value, step: Step): unknown {
  resetMeter(COST_LIMIT, CELL_LIMIT);
  resetCallDepth();
  return outcome(() => {
    let value = start;
    for (let k = 0; k < times; k++) value = step(value);
    return value;
  });
}

/** The step that calls a primitive. */
function calling(name: string, argumentsOf: (value: Value) => readonly Value[]): Step {
  return (value) => applied(fn(name), ...argumentsOf(value));
}

const GRID = tuple(tuple(1, 2, 3), tuple(4, 5, 6), tuple(7, 8, 9));

describe('a value that grows without end is over budget', () => {
  const growing: [string, Value, Step][] = [
    ['a pair of itself', GRID, calling('astuple', (t) => [t, t])],
    ['a tuple combined with itself', GRID, calling('combine', (t) => [t, t])],
    ['a tuple of itself, repeated', GRID, calling('repeat', (t) => [t, 2])],
    ['a grid below itself', GRID, calling('vconcat', (t) => [t, t])],
    ['two tuples added to themselves', tuple(GRID, GRID), calling('add', (t) => [t, t])],
    ['two tuples doubled', tuple(GRID, GRID), calling('double', (t) => [t])],
    ['two tuples multiplied', tuple(GRID, GRID), calling('multiply', (t) => [t, 2])],
    ['a grid beside itself', GRID, calling('hconcat', (t) => [t, t])],
    ['a grid upscaled', GRID, calling('upscale', (t) => [t, 2])],
    ['a set of the pairs of its members', set(1, 2, 3), calling('product', (t) => [t, t])],
    [
      'a set of functions of the pairs of its members',
      set(1, 2),
      calling('prapply', (t) => [fn('astuple'), t, t]),
    ],
    ['a set inserted into itself', set(1), calling('insert', (t) => [t, t])],
    ['a set of itself', GRID, calling('initset', (t) => [t])],
    ['a tuple paired with itself', tuple(1, 2, 3), calling('pair', (t) => [t, t])],
    ['a function forked into itself', fn('add'), calling('fork', (f) => [f, f, f])],
    ['a function composed with itself', fn('first'), calling('compose', (f) => [f, f])],
    ['a function bound to itself', fn('add'), calling('rbind', (f) => [fn('astuple'), f])],
    ['an integer multiplied with itself', 3, calling('multiply', (n) => [n, n])],
  ];
  it.each(growing)('%s', (_what, start, step) => {
    expect(repeated(2000, start, step)).toBe('error: budget');
  });
});

describe('a tuple is not repeated or joined before it has been paid for', () => {
  const row = tuple(1, 2, 3);
  it.each<[string, ...Value[]]>([
    ['multiply', tuple(row, 1), Number.MAX_SAFE_INTEGER],
    ['multiply', tuple(Number.MAX_SAFE_INTEGER, 1), tuple(row, 1)],
    ['multiply', tuple(row, row), tuple(2 ** 40, 0)],
    ['shoot', tuple(1, 1), tuple(run('repeat', 0, CELL_LIMIT / 2), 0)],
  ])('%s', (name, ...args) => {
    expect(outcome(() => run(name, ...args))).toBe('error: budget');
  });

  it('an empty one costs nothing, however often it is repeated', () => {
    expect(outcome(() => run('multiply', tuple(tuple(), 0), Number.MAX_SAFE_INTEGER))).toEqual({
      t: [{ t: [] }, 0],
    });
  });
});

describe('a call that does not end is over budget', () => {
  /** x -> the set of x(x): applied to itself, it calls itself endlessly. */
  function selfApplication(): Value {
    return run('fork', fn('rapply'), fn('initset'), fn('identity'));
  }

  it('a function applied to itself', () => {
    expect(outcome(() => applied(selfApplication(), selfApplication()))).toBe('error: budget');
  });

  it('a function applied to itself through the other combinators', () => {
    const omega = selfApplication();
    for (const f of [
      run('compose', fn('identity'), omega),
      run('chain', fn('identity'), fn('identity'), omega),
      run('compose', run('matcher', fn('identity'), 1), omega),
      run('power', omega, 2),
    ]) {
      expect(outcome(() => applied(f, omega))).toBe('error: budget');
      expect(outcome(() => applied(omega, f))).toBe('error: budget');
    }
  });

  it('a function applied a thousand million times', () => {
    const f = run('power', fn('identity'), 1e9);
    expect(outcome(() => applied(f, 1))).toBe('error: budget');
    expect(outcome(() => applied(run('power', f, 1e9), 1))).toBe('error: budget');
    expect(outcome(() => run('power', fn('increment'), 1e15))).not.toBe('error: budget');
  });

  it('a tower of functions that call their part twice', () => {
    let f = fn('increment');
    for (let k = 0; k < 15; k++) f = run('compose', f, f);
    expect(applied(f, 0)).toBe(2 ** 15);
    let tower = fn('increment');
    for (let k = 0; k < 30; k++) tower = run('power', tower, 2);
    expect(outcome(() => applied(tower, 0))).toBe('error: budget');
  });

  it('and the calls that the error left behind are forgotten', () => {
    expect(outcome(() => applied(selfApplication(), selfApplication()))).toBe('error: budget');
    expect(run('apply', fn('increment'), tuple(1))).toEqual(tuple(2));
  });
});

describe('a size that no memory holds is over budget before it is allocated', () => {
  const HUGE = 1e15;
  const wide = tuple(...Array.from({ length: 2000 }, (_, k) => k));
  const calls: [string, readonly Value[]][] = [
    ['repeat', [0, HUGE]],
    ['repeat', [GRID, Number.MAX_SAFE_INTEGER]],
    ['interval', [0, HUGE, 1]],
    ['canvas', [0, tuple(HUGE, HUGE)]],
    ['canvas', [0, tuple(HUGE, 1)]],
    ['upscale', [GRID, HUGE]],
    ['hupscale', [GRID, HUGE]],
    ['vupscale', [GRID, HUGE]],
    ['hsplit', [GRID, HUGE]],
    ['vsplit', [GRID, HUGE]],
    ['connect', [tuple(0, 0), tuple(HUGE, HUGE)]],
    ['backdrop', [set(tuple(0, 0), tuple(HUGE, HUGE))]],
    ['delta', [set(tuple(0, 0), tuple(HUGE, 1))]],
    ['box', [set(tuple(0, 0), tuple(HUGE, HUGE))]],
    ['outbox', [set(tuple(0, 0), tuple(HUGE, HUGE))]],
    ['inbox', [set(tuple(0, 0), tuple(HUGE, HUGE))]],
    ['upscale', [set(tuple(1, tuple(0, 0))), HUGE]],
    ['product', [wide, wide]],
    ['prapply', [fn('astuple'), wide, wide]],
  ];
  it.each(calls)('%s', (name, args) => {
    expect(outcome(() => run(name, ...args))).toBe('error: budget');
  });
});

describe('generic values are paid for before they are built', () => {
  const wide = run('canvas', 0, tuple(2, 300_000));
  const tall = run('canvas', 0, tuple(300_000, 2));
  const many = run('asindices', run('canvas', 0, tuple(700, 700)));
  const calls: [string, readonly Value[]][] = [
    ['asindices', [wide]],
    ['asobject', [tall]],
    ['ofcolor', [wide, 0]],
    ['partition', [tall]],
    ['frontiers', [wide]],
    ['recolor', [1000, many]],
    ['shift', [many, tuple(2000, 0)]],
    ['product', [many, set(1, 2)]],
    ['prapply', [fn('astuple'), many, set(1, 2)]],
    ['apply', [fn('initset'), many]],
    ['connect', [tuple(0, 0), tuple(0, 400_000)]],
    ['box', [set(tuple(0, 0), tuple(200_000, 1))]],
    ['backdrop', [set(tuple(0, 0), tuple(200_000, 1))]],
    ['upscale', [set(tuple(1, tuple(0, 0)), tuple(1, tuple(0, 1000))), 400]],
  ];
  it.each(calls)('%s', (name, args) => {
    expect(outcome(() => run(name, ...args))).toBe('error: budget');
  });

  it('and looking one up does not go through all of a flat set', () => {
    resetMeter(COST_LIMIT, CELL_LIMIT);
    const pairs = set(...Array.from({ length: 5000 }, (_, k) => tuple(k % 2 === 0, tuple(true, k))));
    const flat = run('asindices', run('canvas', 0, tuple(700, 700)));
    expect(outcome(() => run('intersection', pairs, flat))).toEqual({ s: [] });
    expect(run('contained', tuple(true, 3), flat)).toBe(true);
    expect(run('contained', tuple(false, tuple(true, 3)), run('recolor', 0, flat))).toBe(true);
  });
});

describe('the deepest values allowed', () => {
  const wraps: [string, Step][] = [
    ['tuples', (value) => tuple(value)],
    ['sets', (value) => set(value)],
    ['functions', calling('rbind', (value) => [fn('add'), value])],
  ];

  /** A fresh value, nested as deeply as the budget allows. */
  function deepest(wrap: Step): Value {
    resetMeter(COST_LIMIT, CELL_LIMIT);
    resetCallDepth();
    let value = wrap(1);
    while (depthOf(value) < DEPTH_LIMIT) value = wrap(value);
    return value;
  }

  it.each(wraps)('are equal, ordered, hashed and encoded without a stack overflow: %s', (_what, wrap) => {
    const value = deepest(wrap);
    const same = deepest(wrap);
    expect(equals(value, same)).toBe(true);
    expect(compare(value, same)).toBe(0);
    expect(hashOf(value)).toBe(hashOf(same));
    expect(JSON.stringify(encodeValue(value))).toBe(JSON.stringify(encodeValue(same)));
    expect(equals(decodeValue(encodeValue(value)), value)).toBe(true);
    expect(outcome(() => wrap(value))).toBe('error: budget');
  });
});
