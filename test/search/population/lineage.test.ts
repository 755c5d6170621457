/** Lineages: written, read back, and nothing else is taken for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MUTATIONS } from '../../../src/search/mutation/mutate.js';
import {
  type Lineage,
  lineageComment,
  lineagesOf,
  parseLineage,
} from '../../../src/search/population/lineage.js';

const digits = fc.stringMatching(/^[0-9a-f]{8}$/);
const change = fc
  .tuple(fc.constantFrom(...MUTATIONS), digits)
  .map(([mutation, donor]) => ({ mutation, donor: mutation === 'crossover' ? donor : null }));
const number = fc.nat(10 ** 12);
const lineage: fc.Arbitrary<Lineage> = fc.record({
  parent: digits,
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  seed: number,
  round: number,
});

describe('a lineage', () => {
  it('is a comment of one line', () => {
    const changes = [
      { mutation: 'constant', donor: null },
      { mutation: 'crossover', donor: '5e6f7a8b' },
    ] as const;
    expect(lineageComment({ parent: '1a2b3c4d', changes, seed: 7, round: 2 })).toBe(
      '# parent 1a2b3c4d constant+crossover:5e6f7a8b seed 7 round 2',
    );
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(lineage, fc.constantFrom('', '\r', '  '), (written, end) => {
        expect(parseLineage(lineageComment(written) + end)).toEqual(written);
      }),
    );
  });

  it.each([
    '# parent of the others',
    '# parent 1a2b3c4d constant seed 1',
    '# parent 1a2b3c4d constant seed 1 round x',
    '# parent 1a2b3c4 constant seed 1 round 0',
    '# parent 1A2B3C4D constant seed 1 round 0',
    '# parent 1a2b3c4d  seed 1 round 0',
    '# parent 1a2b3c4d fusion seed 1 round 0',
    '# parent 1a2b3c4d constant+ seed 1 round 0',
    '# parent 1a2b3c4d constant:5e6f7a8b seed 1 round 0',
    '# parent 1a2b3c4d crossover seed 1 round 0',
    ' # parent 1a2b3c4d constant seed 1 round 0',
    'parent 1a2b3c4d constant seed 1 round 0',
  ])('is not in %j', (line) => {
    expect(parseLineage(line)).toBeNull();
  });

  it('belongs to the function below it', () => {
    const source = [
      '# parent 00000001 constant seed 1 round 0',
      'def first(I):',
      '    # parent 00000002 constant seed 1 round 0',
      '    return I',
      '',
      'def other(I):',
      '    return I',
    ].join('\r\n');
    const lineages = lineagesOf(source);
    expect(lineages.get(2)?.parent).toBe('00000001');
    expect(lineages.get(6)).toBeUndefined();
  });
});
