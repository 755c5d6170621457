/** Keys digest everything that is written to them, and explanations have the same fields. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionKey, explainKey, KeyPart, type KeyWriter } from '../../src/phases/key.js';

type Field = readonly [name: string, value: string | number | Uint8Array];

// Few short names and values, so that fields that could run together or have another type are frequent.
const name = fc.constantFrom('', 'a', 'b', 'ab', 'a1');
const value = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', '1', '\u0001', '\u0002ab'),
  fc.constantFrom(0, 1, 2, 97),
  fc.constantFrom('', 'a', 'ab', '1').map((text) => new Uint8Array(Buffer.from(text))),
);
const field: fc.Arbitrary<Field> = fc.tuple(name, value);
const fields = fc.array(field, { maxLength: 4 });

function writing(all: readonly Field[]): (writer: KeyWriter) => void {
  return (writer) => {
    for (const [fieldName, fieldValue] of all) writer.field(fieldName, fieldValue);
  };
}

const keyOf = (all: readonly Field[]) => actionKey('phase', 'version', writing(all));
const tagged = (all: readonly Field[]) =>
  JSON.stringify(
    all.map(([fieldName, fieldValue]) => [
      fieldName,
      fieldValue instanceof Uint8Array ? `bytes ${Buffer.from(fieldValue).toString('hex')}` : fieldValue,
    ]),
  );

describe('a key', () => {
  it('is equal exactly for equal fields in the same order', () => {
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        expect(keyOf(a) === keyOf(b)).toBe(tagged(a) === tagged(b));
      }),
      { numRuns: 5000 },
    );
  });

  it('is 32 characters of one byte each', () => {
    expect(keyOf([['a', 'b']])).toMatch(/^[\0-\xff]{32}$/s);
  });

  it('depends on the phase and its version', () => {
    const keys = ['load', 'loads'].flatMap((phase) =>
      ['1', '2'].map((version) => actionKey(phase, version, writing([['a', 'b']]))),
    );
    expect(new Set(keys).size).toBe(4);
    expect(actionKey('ab', 'c', writing([]))).not.toBe(actionKey('a', 'bc', writing([])));
  });

  it('tells fields of a part from the same fields without', () => {
    const part = actionKey('phase', 'version', (writer) => writer.part(new KeyPart(), writing([['a', 'b']])));
    expect(part).not.toBe(keyOf([['a', 'b']]));
  });
});

describe('a part', () => {
  const withPart = (memo: KeyPart, part: readonly Field[], rest: readonly Field[]) => (writer: KeyWriter) => {
    writer.part(memo, writing(part));
    writing(rest)(writer);
  };

  it('is written once, and gives the keys that it gives when it is written each time', () => {
    fc.assert(
      fc.property(fields, fc.array(fields, { minLength: 2, maxLength: 4 }), (part, rests) => {
        const memo = new KeyPart();
        let written = 0;
        const remembered = rests.map((rest) =>
          actionKey('phase', 'version', (writer) => {
            writer.part(memo, (inner) => {
              written++;
              writing(part)(inner);
            });
            writing(rest)(writer);
          }),
        );
        const afresh = rests.map((rest) =>
          actionKey('phase', 'version', withPart(new KeyPart(), part, rest)),
        );
        expect(remembered).toEqual(afresh);
        expect(written).toBe(1);
      }),
    );
  });

  it('makes the key depend on all of its fields', () => {
    fc.assert(
      fc.property(fields, fields, fields, (a, b, rest) => {
        const [one, other] = [a, b].map((part) =>
          actionKey('phase', 'version', withPart(new KeyPart(), part, rest)),
        );
        expect(one === other).toBe(tagged(a) === tagged(b));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an explanation', () => {
  it('has the key itself, and all fields in order, those of parts among them', () => {
    fc.assert(
      fc.property(fields, fields, (part, rest) => {
        const all = (writer: KeyWriter) => {
          writer.part(new KeyPart(), writing(part));
          writing(rest)(writer);
        };
        const { key, inputs } = explainKey('phase', 'version', all);
        expect(key).toBe(actionKey('phase', 'version', all));
        const text = (fieldValue: Field[1]) =>
          fieldValue instanceof Uint8Array ? Buffer.from(fieldValue).toString('hex') : String(fieldValue);
        expect(inputs).toEqual([
          { name: 'version', value: 'version' },
          ...[...part, ...rest].map(([fieldName, fieldValue]) => ({
            name: fieldName,
            value: text(fieldValue),
          })),
        ]);
      }),
    );
  });

  it('that differs belongs to another key', () => {
    fc.assert(
      fc.property(fields, fields, fc.constantFrom('v1', 'v2'), (a, b, version) => {
        const one = explainKey('phase', 'v1', writing(a));
        const other = explainKey('phase', version, writing(b));
        fc.pre(JSON.stringify(one.inputs) !== JSON.stringify(other.inputs));
        expect(one.key).not.toBe(other.key);
      }),
      { numRuns: 2000 },
    );
  });
});
