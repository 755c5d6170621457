/** The encoding of values in vectors, and the messages for vectors that fail or are malformed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkVector, checkVectors, decodeValue, encodeValue } from '../../src/dsl/conformance.js';
import { setOf, tupleOf } from '../../src/dsl/value/construct.js';
import { equals } from '../../src/dsl/value/equality.js';
import { Cell, Cells, Grid, Indices, Items, Members, Pair, type Value } from '../../src/dsl/value/value.js';
import { fn, run, set, tuple } from './evaluate.js';

const integers = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.maxSafeInteger());

const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    integers,
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('add', 'objects', 'compose').map(fn),
    fc.array(tie('value'), { maxLength: 4 }).map(tupleOf),
    fc.array(tie('value'), { maxLength: 4 }).map(setOf),
    fc
      .array(fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 2, maxLength: 2 }).map(tupleOf))
      .map(tupleOf),
    fc.array(fc.tuple(integers, integers).map(([i, j]) => new Pair(i, j))).map(setOf),
    fc.array(fc.tuple(integers, integers, integers).map(([v, i, j]) => new Cell(v, i, j))).map(setOf),
    fc
      .tuple(fc.constantFrom('rbind', 'lbind'), tie('value'))
      .map(([name, fixed]) => run(name, fn('add'), fixed)),
  ),
}));

describe('the encoding of values', () => {
  it('is undone by decoding', () => {
    fc.assert(
      fc.property(values, (value) => {
        const json: unknown = JSON.parse(JSON.stringify(encodeValue(value)));
        expect(equals(decodeValue(json), value)).toBe(true);
        expect(encodeValue(decodeValue(json))).toEqual(json);
      }),
    );
  });

  it('is the same for all layouts of a value', () => {
    const pairs = [new Pair(0, 1), new Pair(2, 0)];
    expect(encodeValue(new Indices((set(...pairs) as Indices).keys))).toEqual(
      encodeValue(new Members(pairs)),
    );
    const cells = pairs.map((pair) => new Cell(3, pair.i, pair.j));
    expect(encodeValue(new Cells((set(...cells) as Cells).keys))).toEqual(encodeValue(new Members(cells)));
    expect(encodeValue(new Grid(2, 2, Int8Array.of(0, 1, 2, 0)))).toEqual(encodeValue(new Items(pairs)));
  });

  it('writes a grid as digits exactly where it is one', () => {
    const encodings: [Value, unknown][] = [
      [tuple(tuple(1, 2), tuple(3, 4)), { g: ['12', '34'] }],
      [tuple(tuple(7)), { g: ['7'] }],
      [tuple(tuple(1, 10)), { t: [{ t: [1, 10] }] }],
      [tuple(tuple(1, -1)), { t: [{ t: [1, -1] }] }],
      [tuple(tuple(1, true)), { t: [{ t: [1, true] }] }],
      [tuple(tuple(1, 2), tuple(3)), { t: [{ t: [1, 2] }, { t: [3] }] }],
      [tuple(tuple(), tuple()), { t: [{ t: [] }, { t: [] }] }],
      [tuple(1, 2), { t: [1, 2] }],
      [tuple(), { t: [] }],
    ];
    for (const [value, json] of encodings) expect(encodeValue(value)).toEqual(json);
  });

  it('writes positions and cells short exactly where all members are such', () => {
    const encodings: [Value, unknown][] = [
      [set(), { s: [] }],
      [
        set(tuple(2, 0), tuple(0, 1)),
        {
          si: [
            [2, 0],
            [0, 1],
          ],
        },
      ],
      [set(tuple(0, 5000)), { si: [[0, 5000]] }],
      [set(tuple(0, true)), { s: [{ t: [0, true] }] }],
      [set(tuple(0, 1), 5), { s: [5, { t: [0, 1] }] }],
      [set(tuple(999, tuple(1, 2))), { so: [[999, 1, 2]] }],
      [set(tuple(false, tuple(1, 2))), { s: [{ t: [false, { t: [1, 2] }] }] }],
    ];
    for (const [value, json] of encodings) expect(encodeValue(value)).toEqual(json);
  });
});

describe('a vector', () => {
  const reasonOf = (vector: unknown) => {
    const result = checkVector(typeof vector === 'string' ? vector : JSON.stringify(vector));
    return result.passed ? 'passed' : result.reason;
  };

  it('passes when the result is equal, and fails otherwise with both values', () => {
    expect(reasonOf({ fn: 'add', args: [1, 2], out: 3 })).toBe('passed');
    expect(reasonOf({ fn: 'add', args: [1, 2], out: 4 })).toBe('expected 4, got 3');
    expect(reasonOf({ fn: 'initset', args: [1], out: { t: [1] } })).toBe('expected {"t":[1]}, got {"s":[1]}');
  });

  it('tells booleans from integers, but not in sets', () => {
    expect(reasonOf({ fn: 'even', args: [2], out: 1 })).toBe('expected 1, got true');
    expect(reasonOf({ fn: 'pair', args: [{ t: [1] }, { t: [true] }], out: { t: [{ t: [1, 1] }] } })).not.toBe(
      'passed',
    );
    expect(reasonOf({ fn: 'initset', args: [true], out: { s: [1] } })).toBe('passed');
  });

  it('passes on the error class that it names', () => {
    expect(reasonOf({ fn: 'first', args: [{ t: [] }], err: 'stop' })).toBe('passed');
    expect(reasonOf({ fn: 'first', args: [{ t: [] }], err: 'empty' })).toMatch(
      /^expected the error empty, got the error stop/,
    );
    expect(reasonOf({ fn: 'first', args: [{ t: [1] }], err: 'stop' })).toBe('expected the error stop, got 1');
    expect(reasonOf({ fn: 'first', args: [{ t: [] }], out: 1 })).toMatch(/^expected 1, got the error stop/);
    expect(reasonOf({ fn: 'add', args: [1], err: 'type' })).toBe('passed');
    expect(reasonOf({ fn: 'objects', args: [1, 2, 3, 4, 5], err: 'type' })).toBe('passed');
  });

  it('checks the arity of a resulting function', () => {
    const out = { call: 'rbind', args: [{ ref: 'add' }, 1] };
    expect(reasonOf({ fn: 'rbind', args: [{ ref: 'add' }, 1], out, arity: 1 })).toBe('passed');
    expect(reasonOf({ fn: 'rbind', args: [{ ref: 'add' }, 1], out, arity: 2 })).toBe(
      'expected arity 2, got 1',
    );
    expect(reasonOf({ fn: 'identity', args: [5], out: 5, arity: 1 })).toBe(
      'expected arity 1, got no function',
    );
  });

  it('applies the result where it says so', () => {
    const bound = '"fn":"rbind","args":[{"ref":"subtract"},1]';
    expect(reasonOf(`{${bound},"then":[5],"out":4}`)).toBe('passed');
    expect(reasonOf(`{${bound},"then":[],"err":"type"}`)).toBe('passed');
    expect(reasonOf('{"fn":"identity","args":[5],"then":[5],"err":"type"}')).toBe('passed');
  });

  it('fails over budget instead of running for ever', () => {
    const endless = '"fn":"power","args":[{"ref":"identity"},1000000000000],"then":[1]';
    expect(reasonOf(`{${endless},"err":"budget"}`)).toBe('passed');
    expect(reasonOf(`{${endless},"out":1}`)).toMatch(/got the error budget/);
  });

  it('fails with a reason where the primitive does not exist', () => {
    expect(reasonOf({ fn: 'frobnicate', args: [], out: 1 })).toBe('unknown primitive frobnicate');
    expect(reasonOf({ fn: 'identity', args: [{ ref: 'frobnicate' }], out: 1 })).toMatch(
      /unknown primitive frobnicate/,
    );
  });

  it.each([
    'no JSON',
    '[]',
    '{}',
    '{"fn":"add","args":[1,2]}',
    '{"fn":"add","args":[1,2],"out":3,"err":"type"}',
    '{"fn":"add","args":3,"out":3}',
    '{"fn":"add","args":[1,2],"out":"3"}',
    '{"fn":"add","args":[1,2],"out":3.5}',
    '{"fn":"add","args":[1,2],"out":1e300}',
    '{"fn":"add","args":[1,2],"out":3,"then":3}',
    '{"fn":"add","args":[1,2],"err":3}',
    '{"fn":"identity","args":[{"si":[[1,2,3]]}],"out":3}',
    '{"fn":"identity","args":[{"g":["12","a"]}],"out":3}',
    '{"fn":"identity","args":[{"call":"rbind","args":[1,2]}],"out":3}',
    `{"fn":"identity","args":[${'{"t":['.repeat(3000)}${']}'.repeat(3000)}],"out":3}`,
  ])('is malformed: %s', (line) => {
    expect(reasonOf(line)).toMatch(/^malformed vector: /);
  });

  it('is counted, and found by its line', () => {
    const text = '{"fn":"add","args":[1,2],"out":3}\n\n{"fn":"add","args":[1,2],"out":4}\n';
    expect(checkVectors(text)).toEqual({ passed: 1, failures: [{ line: 3, reason: 'expected 4, got 3' }] });
  });
});
