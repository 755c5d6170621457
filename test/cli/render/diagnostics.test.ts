/** Which diagnostics are shown, which are represented by others, and how they are counted. */
import { describe, expect, it } from 'vitest';
import { briefLines, tally } from '../../../src/cli/render/diagnostics.js';
import { Style } from '../../../src/cli/render/style.js';
import { DIAGNOSTIC_CODES, type Diagnostic, type DiagnosticCode } from '../../../src/diagnostic.js';

const CODES = Object.keys(DIAGNOSTIC_CODES) as DiagnosticCode[];
const plain = new Style(1);

function diagnostic(severity: Diagnostic['severity'], code: DiagnosticCode, file = 'a.py'): Diagnostic {
  return { code, severity, file, line: null, column: null, message: 'it is wrong', hint: null };
}

function times(count: number, one: Diagnostic): Diagnostic[] {
  return Array.from({ length: count }, () => one);
}

describe('what is shown', () => {
  it('is everything where there is room, the worst first', () => {
    const all = [
      diagnostic('note', 'TASK006'),
      ...times(5, diagnostic('error', 'LANG012')),
      diagnostic('warning', 'TASK013'),
    ];
    expect(briefLines(all, 20, plain)).toEqual([
      ...times(5, diagnostic('error', 'LANG012')).map(() => 'a.py: error LANG012: it is wrong'),
      'a.py: warning TASK013: it is wrong',
      'a.py: note TASK006: it is wrong',
    ]);
  });

  it('folds more than three notes of one code even there', () => {
    expect(briefLines(times(3, diagnostic('note', 'TASK006')), 20, plain)).toHaveLength(3);
    expect(briefLines(times(4, diagnostic('note', 'TASK006')), 20, plain)).toEqual([
      'a.py: note TASK006 4 times: it is wrong',
    ]);
  });

  it('folds those of one code where there is no room', () => {
    const all = [
      ...times(3, diagnostic('error', 'LANG001')),
      ...times(1396, diagnostic('error', 'TASK011')),
      diagnostic('warning', 'TASK013'),
    ];
    expect(briefLines(all, 20, plain)).toEqual([
      ...times(3, diagnostic('error', 'LANG001')).map(() => 'a.py: error LANG001: it is wrong'),
      'a.py: error TASK011 1,396 times: it is wrong',
      'a.py: warning TASK013: it is wrong',
    ]);
  });

  it('counts what has no room', () => {
    const all = [
      ...CODES.slice(0, 22).map((code, k) => diagnostic('error', code, `${k % 5}.py`)),
      diagnostic('note', 'TASK006'),
    ];
    const lines = briefLines(all, 20, plain);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('... and 2 errors in 2 files, 1 note more');
  });
});

it('counts errors with their files, then warnings, then notes', () => {
  expect(tally([diagnostic('error', 'LANG001')])).toBe('1 error in 1 file');
  const errors = ['a.py', 'b.py', 'a.py'].map((file) => diagnostic('error', 'LANG001', file));
  const notes = times(17, diagnostic('note', 'TASK006'));
  expect(tally([...notes, ...errors])).toBe('3 errors in 2 files, 17 notes');
  expect(tally([diagnostic('warning', 'TASK013'), ...notes])).toBe('1 warning, 17 notes');
});
