/** Lists that stay encoded: they have the items of an array, in whatever order these are asked for. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteSequence, EncodedSequence } from '../../../src/build/record/sequence.js';
import { ByteReader, ByteWriter } from '../../../src/encoding/bytes.js';
import { passString } from '../../../src/encoding/passing.js';
import {
  countStatuses,
  type Outcome,
  OutcomeTally,
  passOutcome,
  readOutcome,
  SKIPPED,
  worstCost,
  writeOutcome,
} from '../../../src/engine/outcome.js';
import type { OutputDigest } from '../../../src/engine/output.js';

const TEXTS = { pass: passString, read: (reader: ByteReader) => reader.string() };

function encoded(texts: readonly string[]): ByteReader {
  const writer = new ByteWriter().string('before');
  for (const text of texts) writer.string(text);
  const reader = new ByteReader(writer.string('after').finish());
  reader.string();
  return reader;
}

it('has its items in any order', () => {
  const property = fc.property(
    fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 300 }),
    fc.array(fc.nat(320), { maxLength: 50 }),
    (texts, asked) => {
      const reader = encoded(texts);
      const list = EncodedSequence.read(reader, texts.length, TEXTS);
      expect(reader.string()).toBe('after');
      for (const index of asked) expect(list.at(index)).toBe(texts[index]);
      expect([...list]).toEqual(texts);
      expect(list.length).toBe(texts.length);
    },
  );
  fc.assert(property);
});

it('is refused where it is longer than its bytes, or an item is malformed', () => {
  for (const length of [3, 2 ** 40])
    expect(() => EncodedSequence.read(encoded(['a']), length, TEXTS)).toThrow(RangeError);
  const wrong = new ByteReader(Uint8Array.of(1, 0xff));
  expect(() => EncodedSequence.read(wrong, 1, TEXTS)).toThrow(RangeError);
});

it('of bytes has the values that these stand for, and no others', () => {
  const list = ByteSequence.read(new ByteReader(Uint8Array.of(2, 0, 1)), 3, ['a', 'b', 'c']);
  expect([...list, list.at(3), list.length]).toEqual(['c', 'a', 'b', undefined, 3]);
  expect(() => ByteSequence.read(new ByteReader(Uint8Array.of(3)), 1, ['a'])).toThrow(RangeError);
});

const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant(SKIPPED),
  fc.record({
    status: fc.constant('ok' as const),
    cost: fc.nat(),
    side: fc.nat(300),
    output: fc.constant('0123456789abcdef' as OutputDigest),
    error: fc.constant(null),
    node: fc.constant(-1),
  }),
  fc.record({
    status: fc.constantFrom('not-a-grid', 'error', 'over-budget', 'timeout', 'crashed'),
    cost: fc.nat(),
    side: fc.constant(0),
    output: fc.constant('' as const),
    error: fc.string(),
    node: fc.integer({ min: -1, max: 1000 }),
  }),
);

it('of outcomes is counted while it is passed over', () => {
  const property = fc.property(fc.array(anyOutcome, { maxLength: 200 }), (outcomes) => {
    const writer = new ByteWriter();
    for (const outcome of outcomes) writeOutcome(outcome, writer);
    const reader = new ByteReader(writer.finish());
    const tally = new OutcomeTally();
    const codec = { pass: passOutcome, read: readOutcome };
    const list = EncodedSequence.read(reader, outcomes.length, codec, () => tally.pass(reader));
    expect(reader.done).toBe(true);
    expect([...list]).toEqual(outcomes);
    expect(tally.statuses).toEqual(countStatuses(outcomes));
    expect(tally.worstCost).toBe(worstCost(outcomes));
  });
  fc.assert(property);
});
