/** Phases can decode what they encoded; any other bytes give a RangeError. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/encoding/bytes.js';
import { loadSource } from '../../src/lang/load.js';
import { inline, inlineProgram } from '../../src/phases/inline.js';
import { load } from '../../src/phases/load.js';
import type { StepPhase } from '../../src/phases/phase.js';
import { score } from '../../src/phases/score.js';
import type { Score } from '../../src/phases/subject/task-subject.js';
import { validate } from '../../src/phases/validate.js';
import { candidatesOf, failed, returned } from './subjects.js';

type Format<Output> = Pick<StepPhase<never, never, Output, never>, 'read' | 'write'>;

function written<Output>(format: Format<Output>, output: Output): Uint8Array {
  const writer = new ByteWriter(1);
  format.write(output, writer);
  return writer.finish();
}

function expectRoundTrip<Output>(format: Format<Output>, output: Output): void {
  const reader = new ByteReader(written(format, output));
  expect(plain(format.read(reader))).toEqual(plain(output));
  expect(reader.done).toBe(true);
}

/** Compares bytes by content, whatever buffers they are views of. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner) =>
      inner instanceof Uint8Array ? Buffer.from(inner).toString('hex') : inner,
    ),
  );
}

const SOLVERS = `
def solve_one(I):
    x = hmirror(I)
    return branch(equality(x, I), x, rot90(x))

def solve_wrong(I):
    return no_such_thing(I)

def solve_two(S, I, C):
    """Text: \u00e4\u{1f600}."""
    return astuple(S, C)
`;

const loaded = loadSource(Buffer.from(SOLVERS), '');

const scores: fc.Arbitrary<Score> = fc.record({
  matches: fc.array(fc.constantFrom(null, false, true), { maxLength: 6 }),
  demo: fc.nat(30),
  test: fc.nat(30),
  further: fc.nat(3000),
  differs: fc.array(
    fc.record({ dScore: fc.nat(100_000), worstCost: fc.maxSafeNat(), failures: fc.nat(1000) }),
    { maxLength: 4 },
  ),
});

describe('what is stored of', () => {
  it('a load: functions and diagnostics', () => {
    expect(loaded.functions).toHaveLength(2);
    expect(loaded.diagnostics).toHaveLength(1);
    expectRoundTrip(load, loaded);
  });

  it('an inlined program: text and facts', () => {
    for (const { program } of candidatesOf(SOLVERS.replace('no_such_thing', 'rot90'))) {
      expectRoundTrip(inline, inlineProgram(program));
    }
  });

  it('an outcome', () => {
    for (const outcome of [returned('12/34', 77), failed('error', 'index: text'), failed('not-a-grid')]) {
      expectRoundTrip(validate, outcome);
    }
  });

  it('a score', () => {
    fc.assert(fc.property(scores, (one) => expectRoundTrip(score, one)));
  });
});

describe('damaged bytes of', () => {
  const stored: [string, Format<unknown>, Uint8Array][] = [
    ['a load', load as Format<unknown>, written(load, loaded)],
    [
      'an inlined program',
      inline as Format<unknown>,
      written(inline, inlineProgram(loaded.functions[0].program)),
    ],
    ['an outcome', validate as Format<unknown>, written(validate, returned('12/34', 77))],
    ['a failed outcome', validate as Format<unknown>, written(validate, failed('error', 'index: text'))],
    [
      'a score',
      score as Format<unknown>,
      written(score, {
        matches: [true, null, false],
        demo: 1,
        test: 0,
        further: 0,
        differs: [{ dScore: 5, worstCost: 6, failures: 7 }],
      }),
    ],
  ];

  it.each(stored)('%s are refused by a RangeError, or are those of another one', (_what, format, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => format.read(new ByteReader(bytes.subarray(0, length)))).toThrow(RangeError);
    }
    for (let at = 0; at < bytes.length; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] ^= change;
        try {
          format.read(new ByteReader(damaged));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }
  });
});
