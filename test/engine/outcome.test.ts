/** Outcomes as bytes, and which of them may be stored. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/encoding/bytes.js';
import {
  isCacheable,
  type Outcome,
  readOutcome,
  SKIPPED,
  STATUSES,
  writeOutcome,
} from '../../src/engine/outcome.js';
import type { OutputDigest } from '../../src/engine/output.js';

const digest = fc
  .string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), minLength: 16, maxLength: 16 })
  .map((text) => text as OutputDigest);

const ok: fc.Arbitrary<Outcome> = fc.record({
  status: fc.constant('ok' as const),
  cost: fc.maxSafeNat(),
  side: fc.nat(1000),
  output: digest,
  error: fc.constant(null),
  node: fc.constant(-1),
});

const other: fc.Arbitrary<Outcome> = fc.record({
  status: fc.constantFrom(...STATUSES.filter((status) => status !== 'ok' && status !== 'skipped')),
  cost: fc.maxSafeNat(),
  side: fc.constant(0),
  output: fc.constant('' as const),
  error: fc.string({ unit: 'binary' }),
  node: fc.integer({ min: -1, max: 2 ** 31 }),
});

describe('an outcome', () => {
  it('is read as it was written, one after another', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(ok, other, fc.constant(SKIPPED)), { maxLength: 5 }), (outcomes) => {
        const writer = new ByteWriter(1);
        for (const outcome of outcomes) writeOutcome(outcome, writer);
        const reader = new ByteReader(writer.finish());
        expect(outcomes.map(() => readOutcome(reader))).toEqual(outcomes);
        expect(reader.done).toBe(true);
      }),
    );
  });

  it('of damaged bytes is another one or a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(STATUSES).toContain(readOutcome(new ByteReader(bytes)).status);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('may be kept unless it depends on the machine and its load, or did not come about', () => {
    const kept = STATUSES.filter((status) => isCacheable({ status } as Outcome));
    expect(kept).toEqual(['ok', 'not-a-grid', 'error', 'over-budget']);
  });
});
