/** Splitting inlined source into tokens. */
import { expect, it } from 'vitest';
import { tokensOf } from '../../../../src/report/page/task/source-tokens.js';

it('tells calls, names, numbers and keywords apart', () => {
  const kinds = tokensOf('    return fill(x1, 10, rot90)').map(({ kind, text }) => `${kind} ${text}`);
  expect(kinds).toEqual([
    'rest     ',
    'keyword return',
    'rest  ',
    'call fill',
    'rest (',
    'name x1',
    'rest , ',
    'number 10',
    'rest , ',
    'name rot90',
    'rest )',
  ]);
});

it('takes the name of the function for no call', () => {
  expect(tokensOf('def solve(I):').filter(({ kind }) => kind === 'call')).toEqual([]);
});

it('loses nothing of a line, whatever is in it', () => {
  for (const line of ['', 'def solve(S, I, C):', 'x = "<b>"  # é ', '\u2028((', '1a']) {
    expect(
      tokensOf(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  }
});
