/** Text from inputs, made safe for a terminal. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from '../../src/text/printable.js';

it('leaves ordinary text of any script as it is', () => {
  for (const text of ['solvers/mirror.py:3', 'Grüße, 世界 🙂', '"quoted" \\ back']) {
    expect(printable(text)).toBe(text);
  }
});

it('writes controls, direction marks and broken characters out', () => {
  expect(printable('\u001b[31m\n\u202e\u2028\ud800')).toBe('\\x1b[31m\\x0a\\u{202e}\\u{2028}\\u{d800}');
});

it('lets no control character through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});
