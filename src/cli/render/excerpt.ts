/** The input line of a diagnostic with a mark below the position, as compilers show it. */
import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostic.js';
import { printable } from '../../text/printable.js';
import type { Style } from './style.js';

/** Longer lines are cut around the position. */
const MOST_COLUMNS = 100;
/** This much of a cut line is shown before the position. */
const MOST_BEFORE = 60;

const ELLIPSIS = '...';
const LINE_END = /\r\n|\r|\n/;
const WORD = /^[\p{XID_Continue}]+/u;

/** Characters that take two columns of a terminal, and characters that take none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;

export class Excerpts {
  private file: string | null = null;
  private lines: readonly string[] = [];

  /** `root` is the folder that file names are relative to; `read` returns null for a file that cannot be read. */
  constructor(
    private readonly root: string,
    private readonly read: (path: string) => Uint8Array | null,
  ) {}

  /** The two lines for a diagnostic. None if it has no position in a line, or if that line no longer exists. */
  of({ file, line, column }: Diagnostic, style: Style): string[] {
    if (line === null || column === null) return [];
    this.open(file);
    const text = this.lines[line - 1];
    if (text === undefined) return [];
    const characters = [...text];
    if (column > characters.length + 1) return [];
    const { before, rest } = cut(characters, column - 1);
    const marked = Math.max(1, columnsOf(shown(WORD.exec(rest)?.[0] ?? '')));
    const gutter = `  ${line} | `;
    const blank = `  ${' '.repeat(String(line).length)} | `;
    const mark = style.apply('red', '^'.repeat(marked));
    return [
      `${style.apply('dim', gutter)}${before}${shown(rest)}`,
      `${style.apply('dim', blank)}${' '.repeat(columnsOf(before))}${mark}`,
    ];
  }

  private open(file: string): void {
    if (file === this.file) return;
    this.file = file;
    const bytes = this.read(resolve(this.root, file));
    this.lines = bytes === null ? [] : new TextDecoder().decode(bytes).split(LINE_END);
  }
}

/** Splits a line: the text shown before the position, and the text from there on. */
function cut(characters: readonly string[], at: number): { before: string; rest: string } {
  if (characters.length <= MOST_COLUMNS) {
    return { before: shown(characters.slice(0, at).join('')), rest: characters.slice(at).join('') };
  }
  const from = Math.max(0, at - MOST_BEFORE);
  const to = from + MOST_COLUMNS;
  const head = from > 0 ? ELLIPSIS : '';
  const tail = to < characters.length ? ELLIPSIS : '';
  return {
    before: head + shown(characters.slice(from, at).join('')),
    rest: characters.slice(at, to).join('') + tail,
  };
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', '    '));
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (!COMBINING.test(character)) columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}
