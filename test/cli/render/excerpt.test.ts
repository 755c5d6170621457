/** The excerpt below a diagnostic, with a mark below the position. */
import { describe, expect, it } from 'vitest';
import { diagnosticLines } from '../../../src/cli/render/diagnostics.js';
import { Excerpts } from '../../../src/cli/render/excerpt.js';
import { Style } from '../../../src/cli/render/style.js';
import type { Diagnostic } from '../../../src/diagnostic.js';

const plain = new Style(1);

function at(line: number | null, column: number | null): Diagnostic {
  return {
    ...{ code: 'LANG012', severity: 'error', file: 'solvers/a.py' },
    ...{ line, column, message: 'it is wrong', hint: 'mend it' },
  } as Diagnostic;
}

/** The two lines for a position in a file with this text. */
function excerpt(text: string, line: number | null, column: number | null): string[] {
  const excerpts = new Excerpts('/there', (path) =>
    path === '/there/solvers/a.py' ? new TextEncoder().encode(text) : null,
  );
  return excerpts.of(at(line, column), plain);
}

describe('an excerpt', () => {
  it('stands between the message and the hint', () => {
    const excerpts = new Excerpts('/there', () =>
      new TextEncoder().encode('def a(I):\n    return vmiror(I)\n'),
    );
    expect(diagnosticLines([at(2, 12)], plain, excerpts)).toEqual([
      'solvers/a.py:2:12: error LANG012: it is wrong',
      '  2 |     return vmiror(I)',
      '    |            ^^^^^^',
      '    mend it',
    ]);
  });

  it('marks the word at the place, or the one character', () => {
    expect(excerpt('a + bc', 1, 3)[1]).toBe('    |   ^');
    expect(excerpt('a + bc', 1, 5)[1]).toBe('    |     ^^');
    expect(excerpt('a (', 1, 4)[1]).toBe('    |    ^');
  });

  it('finds its line whatever ends lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(excerpt(`one${end}two${end}three`, 2, 1)).toEqual(['  2 | two', '    | ^^^']);
    }
  });

  it('counts columns as a terminal does', () => {
    expect(excerpt('\tx', 1, 2)).toEqual(['  1 |     x', '    |     ^']);
    expect(excerpt('网格 = x', 1, 6)).toEqual(['  1 | 网格 = x', '    |        ^']);
    expect(excerpt('e\u0301 = x', 1, 6)[1]).toBe('    |     ^');
    expect(excerpt('\ufeffx', 1, 1)[1]).toBe('    | ^');
  });

  it('obeys nothing that stands in the line', () => {
    expect(excerpt('\x1b[31mx', 1, 6)).toEqual(['  1 | \\x1b[31mx', '    |         ^']);
  });

  it('is cut where the line is long', () => {
    const [line, mark] = excerpt(`${'a'.repeat(5000)}, ?${'b'.repeat(5000)}`, 1, 5003);
    expect(line.length).toBeLessThan(120);
    expect(line[mark.indexOf('^')]).toBe('?');
    expect(line).toMatch(/^ {2}1 \| \.\.\.a.*b\.\.\.$/);
  });

  it('is missing where there is no place, no line or no file', () => {
    expect(excerpt('x', null, null)).toEqual([]);
    expect(excerpt('x', 1, null)).toEqual([]);
    expect(excerpt('x', 7, 1)).toEqual([]);
    expect(excerpt('x', 1, 70)).toEqual([]);
    expect(new Excerpts('/nowhere', () => null).of(at(1, 1), plain)).toEqual([]);
  });
});
