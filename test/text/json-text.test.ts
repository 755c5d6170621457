/** JSON for people: the same value, without characters that a terminal obeys. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText } from '../../src/text/json-text.js';

it('is JSON as it always was for ordinary values', () => {
  const value = { task: 'mirror', rows: [[1, 2]], text: 'Grüße, 世界 🙂 "\\', none: null };
  expect(jsonText(value)).toBe(JSON.stringify(value));
});

it('escapes what turns a line around or begins an escape sequence', () => {
  expect(jsonText('\u202e\u009b31m\u007f\u{e0041}')).toBe('"\\u202e\\u009b31m\\u007f\\udb40\\udc41"');
});

it('means the value, and has no character that is not printable', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
      const text = jsonText(value);
      expect(JSON.parse(text)).toEqual(value);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});
