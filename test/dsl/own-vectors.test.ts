/** Replays the project's own vectors: at least five for every primitive, in the format of the shared ones. */
import { describe, expect, it } from 'vitest';
import { checkVectors } from '../../src/dsl/conformance.js';
import { primitives } from '../../src/dsl/table.js';
import { OWN_VECTORS, vectorFiles } from './shared-vectors.js';

const LEAST = 5;
const texts = new Map(vectorFiles(OWN_VECTORS).map(({ primitive, text }) => [primitive, text]));

describe('our own vectors of', () => {
  for (const { name } of primitives) {
    it(name, () => {
      const text = texts.get(name)?.() ?? '';
      const { passed, failures } = checkVectors(text);
      expect(failures.map(({ line, reason }) => `line ${line}: ${reason}`)).toEqual([]);
      expect(passed).toBeGreaterThanOrEqual(LEAST);
      for (const line of text.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('fn', name);
    });
  }

  it('nothing else', () => {
    const names = new Set(primitives.map(({ name }) => name));
    expect([...texts.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});
