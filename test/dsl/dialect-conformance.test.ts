/** Replays the shared golden vectors of the tokpidjin dialect, one test a primitive. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkVectors } from '../../src/dsl/conformance.js';
import { tokpidjin } from '../../src/dsl/dialects.js';
import { SHARED, vectorFiles } from './shared-vectors.js';

const folder = join(SHARED, 'dsl', 'dialect', 'vectors');
const files = [...vectorFiles(folder), ...vectorFiles(join(folder, 'changed'))];

describe('golden vectors of the dialect, of', () => {
  it.skipIf(files.length > 0)(
    'nothing: set BATTBUILD_SHARED to the folder that holds dsl/dialect/vectors',
    (context) => {
      context.skip(`no golden vectors in ${folder}`);
    },
  );

  for (const { primitive, text } of files) {
    it(primitive, () => {
      const { passed, failures } = checkVectors(text(), tokpidjin);
      expect(failures.map(({ line, reason }) => `line ${line}: ${reason}`)).toEqual([]);
      expect(passed).toBeGreaterThan(0);
    });
  }
});
