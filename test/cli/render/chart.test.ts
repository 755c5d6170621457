/** Charts of one line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Charts, showsUnicode } from '../../../src/cli/render/chart.js';

const unicode = new Charts(true);
const ascii = new Charts(false);

describe('a line', () => {
  it('has a mark a value, from 0 to the highest, and a blank where there is none', () => {
    expect(unicode.line([0, 1, 2, null, 7])).toBe('▁▂▃ █');
    expect(ascii.line([0, 1, 2, null, 7])).toBe('_.: #');
  });

  it('may have another value at its top', () => {
    expect(ascii.line([0, 0.5, 1], 2)).toBe('_:=');
  });

  it('lies low where all is nothing', () => {
    expect(unicode.line([0, 0])).toBe('▁▁');
    expect(unicode.line([])).toBe('');
  });
});

const anyAmount = fc.double({ min: 1e-9, max: 1e9, noNaN: true });

describe('a bar', () => {
  it('has parts of columns where the terminal has them', () => {
    expect([8, 4, 3, 0].map((value) => unicode.bar(value, 8, 4))).toEqual(['████', '██', '█▌', '']);
    expect([8, 4, 3, 0].map((value) => ascii.bar(value, 8, 4))).toEqual(['####', '##', '##', '']);
  });

  it('is never empty for something, nor wider than it may be', () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, (value, top) => {
        for (const charts of [unicode, ascii]) {
          const { length } = charts.bar(value, top, 10);
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});

it.each([
  [{ LANG: 'en_US.UTF-8', TERM: 'xterm' }, true],
  [{ LANG: 'C', LC_ALL: 'C.utf8' }, true],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
  [{ LANG: 'en_US.UTF-8', LC_ALL: '', LC_CTYPE: 'POSIX' }, false],
  [{ LANG: 'en_US.UTF-8', TERM: 'dumb' }, false],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
  [{}, false],
])('characters beyond ASCII with %o: %s', (env, shown) => {
  expect(showsUnicode(env)).toBe(shown);
});
