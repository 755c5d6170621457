/** Typical sources with their right answers, from beside the project, if they exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSource } from '../../src/lang/load.js';
import { SHARED } from '../dsl/shared-vectors.js';

const CASES = join(SHARED, 'cases');

/** Files of `source-shapes` with exactly one error; all others are solvers without diagnostics. */
const WITH_AN_ERROR = new Set(
  [
    'assert async class default float fstring ifexp infix lambda list_lit multi_return noreturn set_lit subscript',
    'unpack walrus mixindent latin1 nul utf16 prose markdown_fence merge_conflict nbsp smartquote zwsp',
  ].flatMap((line) => line.split(' ')),
);

function filesOf(name: string): string[] {
  const folder = join(CASES, name, 'solvers');
  return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
}

function stemOf(file: string): string {
  return file.replace(/^.*\/|\.py$/g, '');
}

describe('the cases', () => {
  it.skipIf(existsSync(CASES))(
    'are not at hand: set BATTBUILD_SHARED to the folder that holds cases',
    (context) => {
      context.skip(`no cases in ${SHARED}`);
    },
  );

  it.each(filesOf('source-shapes'))('%s', (file) => {
    const { functions, diagnostics } = loadSource(readFileSync(file), file);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (WITH_AN_ERROR.has(stemOf(file))) expect(errors).toHaveLength(1);
    else {
      expect(diagnostics).toEqual([]);
      expect(functions.map(({ name }) => name)).toContain('solve_aa11bb22');
    }
  });

  it.each(filesOf('comprehension-over-lines'))('%s', (file) => {
    expect(loadSource(readFileSync(file), file).diagnostics).toMatchObject([
      { message: 'a comprehension is outside the language' },
    ]);
  });

  it.each(filesOf('annotations'))('%s', (file) => {
    expect(loadSource(readFileSync(file), file)).toMatchObject({
      diagnostics: [],
      functions: [{ helper: false }],
    });
  });
});
