/** Columns of text, aligned. */
import { printable } from '../../text/printable.js';
import type { Format, Style } from './style.js';

/** A cell: any text. It is made printable, padded and coloured here. */
export type TableCell = string | { readonly text: string; readonly format: Format };

export type Alignment = 'left' | 'right';

/** Lines of a table: `alignments` has one item for each column. Trailing blanks are removed. */
export function tableLines(
  rows: readonly (readonly TableCell[])[],
  alignments: readonly Alignment[],
  style: Style,
): string[] {
  const widths = alignments.map((_, column) =>
    rows.reduce((width, row) => Math.max(width, widthOf(textOf(row[column] ?? ''))), 0),
  );
  return rows.map((row) => {
    const last = row.findLastIndex((cell) => textOf(cell) !== '');
    return row
      .slice(0, last + 1)
      .map((cell, column) => {
        const blanks = ' '.repeat(widths[column] - widthOf(textOf(cell)));
        const shown = typeof cell === 'string' ? textOf(cell) : style.apply(cell.format, textOf(cell));
        if (alignments[column] === 'right') return blanks + shown;
        return column === last ? shown : shown + blanks;
      })
      .join('  ');
  });
}

function textOf(cell: TableCell): string {
  return printable(typeof cell === 'string' ? cell : cell.text);
}

/** Width in columns of a terminal, with one column for each character. */
export function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) width++;
  return width;
}
