/** Reading gives what was written, and refuses anything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/encoding/bytes.js';

/** A kind of field, and a value of it. */
type Field =
  | { readonly kind: 'byte' | 'unsigned' | 'number'; readonly value: number }
  | { readonly kind: 'string' | 'latin1'; readonly value: string }
  | { readonly kind: 'sized' | 'raw'; readonly value: Uint8Array };

const latin1 = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)) });

/** Strings of whole code points: half a surrogate pair has no UTF-8 form. */
const text = fc.string({ unit: 'binary' });

const unsigned = fc.oneof(
  fc.maxSafeNat(),
  fc.nat(300),
  fc.nat(7).chain((bytes) => fc.integer({ min: -2, max: 2 }).map((d) => Math.max(0, 0x80 ** bytes + d))),
);

const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('unsigned' as const), value: unsigned }),
  fc.record({ kind: fc.constant('number' as const), value: fc.double() }),
  fc.record({ kind: fc.constant('string' as const), value: text }),
  fc.record({ kind: fc.constant('latin1' as const), value: latin1 }),
  fc.record({
    kind: fc.constantFrom('sized' as const, 'raw' as const),
    value: fc.uint8Array({ maxLength: 300 }),
  }),
);

function write(fields: readonly Field[], writer = new ByteWriter(1)): Uint8Array {
  for (const { kind, value } of fields) (writer[kind] as (value: Field['value']) => void)(value);
  return writer.finish();
}

/** Reads fields of the same kinds (and of the same lengths, if they do not record them). */
function read(fields: readonly Field[], reader: ByteReader): Field['value'][] {
  return fields.map(({ kind, value }) => {
    if (kind === 'latin1') return reader.latin1(value.length);
    if (kind === 'raw') return reader.raw(value.length).slice();
    return kind === 'sized' ? reader.sized().slice() : reader[kind]();
  });
}

describe('a record', () => {
  it('is read as it was written, to its end', () => {
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        const reader = new ByteReader(write(fields));
        expect(read(fields, reader)).toEqual(fields.map(({ value }) => value));
        expect(reader.done).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the capacity that its writer began with', () => {
    fc.assert(
      fc.property(fc.array(field), fc.integer({ min: 0, max: 5000 }), (fields, capacity) => {
        expect(write(fields, new ByteWriter(capacity))).toEqual(write(fields));
      }),
    );
  });

  it('can be read in the middle of other bytes', () => {
    fc.assert(
      fc.property(fc.array(field), fc.uint8Array(), fc.uint8Array(), (fields, before, after) => {
        const record = write(fields);
        const all = Buffer.concat([before, record, after]);
        const view = new Uint8Array(all.buffer, all.byteOffset + before.length, record.length);
        const reader = new ByteReader(view);
        expect(read(fields, reader)).toEqual(fields.map(({ value }) => value));
        expect(reader.done).toBe(true);
      }),
    );
  });

  it('holds any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = new ByteReader(new ByteWriter().json(value).finish()).json();
        expect(JSON.stringify(read)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps a byte order mark at the beginning of a string', () => {
    const bytes = new ByteWriter().string('\ufefftext').finish();
    expect(new ByteReader(bytes).string()).toBe('\ufefftext');
  });

  it('is copied by finish and shared by view', () => {
    const writer = new ByteWriter(8).byte(1);
    const [copy, view] = [writer.finish(), writer.view()];
    writer.length = 0;
    writer.byte(2);
    expect([copy[0], view[0]]).toEqual([1, 2]);
  });
});

describe('an unsigned number', () => {
  it.each([
    [0, 1],
    [0x7f, 1],
    [0x80, 2],
    [0x3fff, 2],
    [0x4000, 3],
    [2 ** 31, 5],
    [2 ** 32, 5],
    [2 ** 49 - 1, 7],
    [2 ** 49, 8],
    [Number.MAX_SAFE_INTEGER, 8],
  ])('%d takes %d bytes', (value, length) => {
    expect(new ByteWriter(0).unsigned(value).finish()).toHaveLength(length);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'that is %d is a bug of the writer',
    (value) => {
      expect(() => new ByteWriter().unsigned(value)).toThrow('is not a non-negative safe integer');
    },
  );

  it('that is larger than any written one is damage', () => {
    const longest = new ByteWriter().unsigned(Number.MAX_SAFE_INTEGER).finish();
    for (let k = longest[7] + 1; k < 256; k++) {
      longest[7] = k;
      expect(() => new ByteReader(longest).unsigned()).toThrow(RangeError);
    }
  });
});

describe('damage', () => {
  /** Reads; any value is fine (it may be another record), but an error must be a RangeError. */
  function readDamaged(fields: readonly Field[], bytes: Uint8Array): 'read' | 'refused' {
    const reader = new ByteReader(bytes);
    try {
      read(fields, reader);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return 'refused';
    }
    expect(reader.at).toBeLessThanOrEqual(bytes.length);
    return 'read';
  }

  it('of any kind raises a RangeError or gives another record, never anything else', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), fc.nat(), fc.nat(255), (fields, at, value) => {
        const bytes = write(fields);
        if (bytes.length === 0) return;
        bytes[at % bytes.length] = value;
        readDamaged(fields, bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('by cutting off the end always raises a RangeError', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), fc.nat(), (fields, at) => {
        const bytes = write(fields);
        if (bytes.length === 0) return;
        expect(readDamaged(fields, bytes.subarray(0, at % bytes.length))).toBe('refused');
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a lone continuation byte', [0x80]],
    ['a cut sequence', [0xe2, 0x82]],
    ['an overlong form', [0xc0, 0x80]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('of a string: %s', (_what, bytes) => {
    const record = new ByteWriter().sized(Uint8Array.from(bytes)).finish();
    expect(() => new ByteReader(record).string()).toThrow(RangeError);
  });

  it.each(['', '{', 'nothing', '1 2'])('of a JSON value: %j', (text) => {
    const record = new ByteWriter().string(text).finish();
    expect(() => new ByteReader(record).json()).toThrow(RangeError);
  });

  it('of a length is noticed before anything is allocated for it', () => {
    const record = new ByteWriter().unsigned(2 ** 52).finish();
    for (const kind of ['sized', 'string'] as const) {
      expect(() => new ByteReader(record)[kind]()).toThrow(RangeError);
    }
  });
});
