/**
 * The benchmark's command line: which figures are measured at which size, and that the documentation lists all of
 * them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askedBy, ROWS } from '../../bench/options.js';
import { PROJECT } from '../../bench/paths.js';

const names = (...args: string[]) => askedBy(args).map(({ name }) => name);
const sizeOf = (...args: string[]) => askedBy(args)[0].options.size;

describe('the command line of the benchmark', () => {
  it('measures all but the long figures, those that are named, or every one', () => {
    expect(names()).not.toContain('scale');
    expect(names()).toContain('cold');
    expect(names('scale', 'cell')).toEqual(['scale', 'cell']);
    expect(names('--all')).toEqual(Object.keys(ROWS));
  });

  it('has a size for each figure, which options change in part', () => {
    expect(sizeOf('cold')).toMatchObject({ tasks: 400, candidates: 149 });
    expect(sizeOf('scale')).toMatchObject({ tasks: 1000, candidates: 300 });
    expect(sizeOf('scale', '--tasks', '20')).toMatchObject({ tasks: 20, candidates: 300 });
  });

  it('measures in the rough workspace where it is asked to', () => {
    expect(sizeOf('cold', '--workspace', 'rough')).toMatchObject({ kind: 'rough', candidates: 20 });
    expect(sizeOf('cold', '--workspace', 'rough', '--tasks', '20')).toMatchObject({
      tasks: 20,
      candidates: 20,
    });
  });

  it('refuses what it does not understand', () => {
    for (const args of [
      ['cald'],
      ['--workspace', 'flat'],
      ['toString'],
      ['--tasks', '0'],
      ['--candidates', '1.5'],
    ])
      expect(() => askedBy(args)).toThrow(RangeError);
    expect(() => askedBy(['--task', '3'])).toThrow(TypeError);
  });

  it('is documented: docs/performance.md has a row for every figure', () => {
    const rows = readFileSync(join(PROJECT, 'docs/performance.md'), 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm);
    expect([...rows].map(([, name]) => name)).toEqual(Object.keys(ROWS));
  });
});
