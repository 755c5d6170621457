/** Replays the shared golden vectors, one test per primitive: `vitest run test/dsl/conformance.test.ts -t ' add$'`. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkVectors } from '../../src/dsl/conformance.js';
import { SHARED, vectorFiles } from './shared-vectors.js';

describe.each([
  ['golden vectors of', 'vectors'],
  ['verdicts on ill-typed calls of', 'vectors-ill-typed'],
])('%s', (_what, folder) => {
  const files = vectorFiles(join(SHARED, 'dsl', folder));

  it.skipIf(files.length > 0)(
    `nothing: set BATTBUILD_SHARED to the folder that holds dsl/${folder}`,
    (context) => {
      context.skip(`no golden vectors in ${SHARED}`);
    },
  );

  for (const { primitive, text } of files) {
    it(primitive, () => {
      const { passed, failures } = checkVectors(text());
      expect(failures.map(({ line, reason }) => `line ${line}: ${reason}`)).toEqual([]);
      expect(passed).toBeGreaterThan(0);
    });
  }
});
