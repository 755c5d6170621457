/** Decoding gives the encoded standing, except that only the first digits of bodies are stored. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SolverStanding, Standing } from '../../../src/build/compare/standing.js';
import { decodeStanding, encodeStanding } from '../../../src/build/compare/standing-codec.js';

const solver: fc.Arbitrary<SolverStanding> = fc.record({
  file: fc.constantFrom('a.py', 'b/c.py', 'é.py'),
  name: fc.string({ minLength: 1 }),
  score: fc.nat(300),
  body: fc.stringMatching(/^[0-9a-f]{8}$/),
});

const standing: fc.Arbitrary<Standing> = fc
  .record({
    verdict: fc.constantFrom('solved', 'partly', 'unsolved'),
    samples: fc.nat(300),
    solvers: fc.array(solver, { maxLength: 60 }),
    first: fc.nat(),
  })
  .map(({ verdict, samples, solvers, first }) => {
    const byKey = new Map(solvers.map((one) => [`${one.file}\n${one.name}`, one]));
    const all = [...byKey.values()];
    const best = all[first % Math.max(1, all.length)];
    const named = best === undefined ? null : { file: best.file, name: best.name, score: best.score };
    return { verdict, samples, best: named, solvers: byKey };
  });

it('is read back', () => {
  fc.assert(
    fc.property(standing, (one) => {
      expect(decodeStanding(encodeStanding(one))).toEqual(one);
    }),
  );
});

it('has the same bytes in whatever order its solvers are', () => {
  fc.assert(
    fc.property(standing, (one) => {
      const turned = { ...one, solvers: new Map([...one.solvers].reverse()) };
      expect(encodeStanding(turned)).toEqual(encodeStanding(one));
    }),
  );
});

it('is nothing where bytes are something else', () => {
  for (const bytes of [[], [0], [1], [1, 2, 3], [0, 9, 9, 9, 9]]) {
    expect(decodeStanding(Uint8Array.from(bytes))).toBeNull();
  }
});
