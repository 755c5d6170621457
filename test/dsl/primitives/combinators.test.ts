/** Combinators: arity, the order of calls, and functions as values. */
import { describe, expect, it } from 'vitest';
import { equals, hashOf } from '../../../src/dsl/value/equality.js';
import type { FunctionValue, Value } from '../../../src/dsl/value/value.js';
import { applied, fn, outcome, run, set, tuple } from '../evaluate.js';

function arityOf(f: Value): number {
  return (f as FunctionValue).arity;
}

describe('binding', () => {
  it('leaves one argument of two, two of three, and three of anything else', () => {
    for (const name of ['rbind', 'lbind']) {
      expect(arityOf(run(name, fn('add'), 1))).toBe(1);
      expect(arityOf(run(name, fn('branch'), 1))).toBe(2);
      expect(arityOf(run(name, fn('objects'), 1))).toBe(3);
      expect(arityOf(run(name, fn('increment'), 1))).toBe(3);
    }
  });

  it('fixes the last or the first argument', () => {
    expect(applied(run('rbind', fn('subtract'), 3), 10)).toBe(7);
    expect(applied(run('lbind', fn('subtract'), 3), 10)).toBe(-7);
    expect(outcome(() => applied(run('rbind', fn('interval'), 2), 0, 5))).toEqual({ t: [0, 2, 4] });
    expect(outcome(() => applied(run('lbind', fn('interval'), 2), 7, 3))).toEqual({ t: [2, 5] });
  });

  it('makes a function of three arguments of one that takes a single one; every call of it is an error', () => {
    const bound = run('rbind', fn('increment'), 1);
    expect(outcome(() => applied(bound, 1))).toBe('error: type');
    expect(outcome(() => applied(bound, 1, 2, 3))).toBe('error: type');
  });

  it('binds what was bound before', () => {
    const between = run('rbind', run('lbind', fn('branch'), true), 2);
    expect(arityOf(between)).toBe(1);
    expect(applied(between, 1)).toBe(1);
  });

  it('raises at once for what is no function', () => {
    expect(outcome(() => run('rbind', 3, 1))).toBe('error: type');
    expect(outcome(() => run('lbind', tuple(), 1))).toBe('error: type');
  });
});

describe('power', () => {
  it('is the function itself once, whatever that is', () => {
    expect(run('power', fn('add'), 1)).toBe(fn('add'));
    expect(run('power', 7, true)).toBe(7);
  });

  it('applies the function n times', () => {
    expect(applied(run('power', fn('increment'), 40), 2)).toBe(42);
  });

  it('is over budget for a count that never ends, type for no count', () => {
    expect(outcome(() => run('power', fn('increment'), 0))).toBe('error: budget');
    expect(outcome(() => run('power', fn('increment'), false))).toBe('error: budget');
    expect(outcome(() => run('power', fn('increment'), -1))).toBe('error: budget');
    expect(outcome(() => run('power', fn('increment'), null))).toBe('error: type');
  });
});

describe('composing', () => {
  it('does not look at the functions before it is called', () => {
    for (const f of [
      run('compose', 1, 2),
      run('chain', 1, 2, 3),
      run('fork', 1, 2, 3),
      run('matcher', 1, 2),
    ]) {
      expect(arityOf(f)).toBe(1);
      expect(outcome(() => applied(f, 0))).toBe('error: type');
    }
  });

  it('calls the left branch of a fork before the right one', () => {
    const stop = fn('first');
    const empty = run('chain', fn('last'), fn('identity'), fn('identity'));
    expect(outcome(() => applied(run('fork', fn('add'), stop, empty), tuple()))).toBe('error: stop');
    expect(outcome(() => applied(run('fork', fn('add'), empty, stop), tuple()))).toBe('error: empty');
  });

  it('matches by equality, so a boolean target matches an integer', () => {
    expect(applied(run('matcher', fn('identity'), true), 1)).toBe(true);
    expect(applied(run('matcher', fn('identity'), tuple()), set())).toBe(false);
  });
});

describe('functions as values', () => {
  it('are equal by structure', () => {
    const one = run('compose', fn('first'), run('rbind', fn('add'), tuple(1, 2)));
    const same = run('compose', fn('first'), run('rbind', fn('add'), tuple(1, 2)));
    const different = run('compose', fn('first'), run('lbind', fn('add'), tuple(1, 2)));
    expect(equals(one, same)).toBe(true);
    expect(hashOf(one)).toBe(hashOf(same));
    expect(equals(one, different)).toBe(false);
    expect(run('size', set(one, same, different))).toBe(2);
  });

  it('are ordered by name, then by what they recorded', () => {
    const functions = set(run('rbind', fn('add'), 2), fn('size'), run('rbind', fn('add'), 1), fn('first'));
    expect(outcome(() => run('totuple', functions))).toEqual({
      t: [
        { ref: 'first' },
        { call: 'rbind', args: [{ ref: 'add' }, 1] },
        { call: 'rbind', args: [{ ref: 'add' }, 2] },
        { ref: 'size' },
      ],
    });
  });
});
