/** Columns of text. */
import { expect, it } from 'vitest';
import { tableLines } from '../../../src/cli/render/columns.js';
import { Style } from '../../../src/cli/render/style.js';

const PLAIN = new Style(1);

it('aligns columns to the left and to the right, without blanks at the end', () => {
  const rows = [
    ['phase', 'hits', ''],
    ['x', '1,000', 'note'],
  ];
  expect(tableLines(rows, ['left', 'right', 'left'], PLAIN)).toEqual(['phase   hits', 'x      1,000  note']);
});

it('aligns by what is seen: colours take no room, nor do units of a character', () => {
  const rows = [
    [{ text: 'no', format: 'red' as const }, 'a'],
    ['🙂', 'b'],
    ['yes!', 'c'],
  ];
  expect(tableLines(rows, ['left', 'left'], new Style(24))).toEqual([
    '\u001b[31mno\u001b[39m    a',
    '🙂     b',
    'yes!  c',
  ]);
});
