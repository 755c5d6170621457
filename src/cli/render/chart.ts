/** Charts of one line: a series over time, or bars; only in characters that the terminal has. */

/** From low to high. */
const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SIGNS = ['_', '.', ':', '-', '=', '+', '*', '#'];

/** An eighth to seven eighths of a column. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Terminals with a small character set, whatever the locale says. */
const PLAIN_TERMINALS: ReadonlySet<string> = new Set(['dumb', 'linux']);

/**
 * Whether the terminal can be expected to show characters beyond ASCII: the locale is UTF-8, and it is no old
 * terminal.
 */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale) && !PLAIN_TERMINALS.has(env['TERM'] ?? '');
}

export class Charts {
  constructor(private readonly unicode: boolean) {}

  /** One column for each value, from 0 to the highest value (or `top`); a blank if there is no value. */
  line(values: readonly (number | null)[], top = highest(values)): string {
    const marks = this.unicode ? BLOCKS : SIGNS;
    const markOf = (value: number) => {
      const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
      return marks[Math.round(share * (marks.length - 1))];
    };
    return values.map((value) => (value === null ? ' ' : markOf(value))).join('');
  }

  /** A bar of at most `width` columns, for a value from 0 to `top`. A value above 0 always has a visible bar. */
  bar(value: number, top: number, width: number): string {
    if (value <= 0 || top <= 0) return '';
    const columns = Math.min(1, value / top) * width;
    if (!this.unicode) return '#'.repeat(Math.max(1, Math.round(columns)));
    const eighths = Math.max(1, Math.round(columns * 8));
    return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
  }
}

function highest(values: readonly (number | null)[]): number {
  return values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
}
