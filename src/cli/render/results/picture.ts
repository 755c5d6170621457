/** Draws grids in colour, two terminal columns for each cell: input, expected and produced side by side. */

import { BASE } from '../../../lang/program/facts.js';
import { wrongCellsIn } from '../../../report/task/near-miss.js';
import { count, plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import type { Rows, SamplePicture, TaskPicture } from '../../queries/sample-pictures.js';
import { widthOf } from '../columns.js';
import type { Style } from '../style.js';

type Solver = NonNullable<TaskPicture['solver']>;

/** A block to draw, as wide as its widest line. */
interface Block {
  readonly width: number;
  readonly lines: readonly BlockLine[];
}

/** Text with its width in the terminal, which does not count colour codes. */
interface BlockLine {
  readonly text: string;
  readonly width: number;
}

const GAP = 3;

export interface PictureOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Show only samples that do not match, and only cells that differ. */
  readonly diff?: boolean;
}

export function pictureLines(
  { task, solver, samples, more }: TaskPicture,
  { width, diff = false }: PictureOptions,
  style: Style,
): string[] {
  const by =
    solver === null
      ? 'no solver'
      : `${printable(solver.name)} (${printable(solver.file)}:${solver.line}), rank ${solver.rank} of ${solver.programs}${dialectNote(solver)}`;
  const lines = [`${style.apply('bold', printable(task))}  ${by}`];
  if (solver !== null) lines.push(...kinshipLines(solver));
  const shown = diff ? samples.filter(({ match }) => match === false) : samples;
  for (const sample of shown) {
    lines.push('', sampleHead(sample, style) + (diff ? wrongText(sample) : ''));
    const blocks = diff ? diffBlocks(sample, width, style) : blocksOf(sample, solver !== null, width, style);
    lines.push(...flow(blocks, width));
  }
  if (more > 0) lines.push('', style.apply('dim', `... and ${plural(more, 'more sample')}`));
  if (diff && shown.length === 0) lines.push('', 'nothing is known to be wrong');
  if (solver !== null && solver.source !== null && !diff) {
    lines.push('', style.apply('dim', 'program'), ...solver.source.trimEnd().split('\n').map(printable));
  }
  return lines;
}

function dialectNote({ dialect }: Solver): string {
  return dialect === BASE ? '' : `, in ${dialect}`;
}

/** At most this many solvers of the same behaviour are named. */
const MOST_NAMES = 4;

function kinshipLines({ lineage, behaviour, behaviours, alike }: Solver): string[] {
  const named = alike.slice(0, MOST_NAMES).map(printable);
  const more = alike.length - named.length;
  const others = more > 0 ? [...named, `${count(more)} more`] : named;
  const last = others.pop();
  const like =
    last === undefined ? 'no other solver' : [others.join(', '), last].filter(Boolean).join(' and ');
  return [
    ...(lineage === null ? [] : [`made by ${lineage}`]),
    `behaviour ${behaviour} of ${behaviours}, the same as ${like}`,
  ];
}

function sampleHead({ kind, index, match }: SamplePicture, style: Style): string {
  const name = style.apply('bold', `${kind} ${index}`);
  if (match === null) return name;
  return `${name}  ${match ? style.apply('green', 'solved') : style.apply('red', 'not solved')}`;
}

/** `, 3 of 12 cells differ`; empty if the grids cannot be compared. */
function wrongText({ expected, produced }: Pick<SamplePicture, 'expected' | 'produced'>): string {
  if (expected === null || produced === null) return '';
  if (!isSameSize(expected, produced)) return `, ${sizeOf(produced)} and not ${sizeOf(expected).slice(2)}`;
  const cells = expected.reduce((sum, row) => sum + row.length, 0);
  return `, ${count(wrongCellsIn(expected, produced))} of ${plural(cells, 'cell')} differ`;
}

function isSameSize(a: Rows, b: Rows): boolean {
  return a.length === b.length && a.every((row, i) => row.length === b[i].length);
}

/** The expected and the produced grid, without the cells that agree. */
function diffBlocks(sample: SamplePicture, width: number, style: Style): Block[] {
  const { expected, produced } = sample;
  if (expected === null || produced === null || !isSameSize(expected, produced)) {
    return blocksOf(sample, true, width, style).slice(1);
  }
  if (!isDrawable(expected)) return [textBlock('produced', wrongText(sample).slice(2), width)];
  return [partBlock('expected', expected, produced, style), partBlock('produced', produced, expected, style)];
}

/** The cells that differ from `other`; a dot for each of the others. */
function partBlock(title: string, rows: Rows, other: Rows, style: Style): Block {
  const lines = rows.map((row, i): BlockLine => {
    const cells = row.map((color, j) =>
      color === other[i][j] ? style.apply('dim', '. ') : cell(color, false, style),
    );
    return { text: cells.join(''), width: cells.length * 2 };
  });
  return block(`${title} ${rows.length} x ${rows[0]?.length ?? 0}`, lines, style);
}

function blocksOf(sample: SamplePicture, withSolver: boolean, width: number, style: Style): Block[] {
  const { input, expected, produced, outcome } = sample;
  const given = (title: string, rows: Rows) =>
    isDrawable(rows) ? gridBlock(title, rows, null, style) : textBlock(title, sizeOf(rows), width);
  const blocks = [given('input', input)];
  blocks.push(expected === null ? textBlock('expected', 'hidden', width) : given('expected', expected));
  if (!withSolver) return blocks;
  if (produced !== null && isDrawable(produced))
    blocks.push(gridBlock('produced', produced, expected, style));
  else blocks.push(textBlock('produced', printable(outcome ?? sizeOf(produced ?? [])), width));
  return blocks;
}

/** Larger grids would fill the screen. */
const LARGEST_DRAWN = 60;

function isDrawable(rows: Rows): boolean {
  return rows.length <= LARGEST_DRAWN && rows.every((row) => row.length <= LARGEST_DRAWN);
}

function sizeOf(rows: Rows): string {
  return `a grid of ${rows.length} x ${rows[0]?.length ?? 0}`;
}

/** Marks the cells that differ from `reference`, if it has them. */
function gridBlock(title: string, rows: Rows, reference: Rows | null, style: Style): Block {
  const caption = `${title} ${rows.length} x ${rows[0]?.length ?? 0}`;
  const lines = rows.map((row, i): BlockLine => {
    const cells = row.map((color, j) => cell(color, differs(color, reference, i, j), style));
    return { text: cells.join(''), width: cells.length * 2 };
  });
  return block(caption, lines, style);
}

function differs(color: number, reference: Rows | null, i: number, j: number): boolean {
  return reference !== null && reference[i]?.[j] !== color;
}

function textBlock(title: string, text: string, width: number): Block {
  const most = Math.max(20, width - 2);
  const lines: BlockLine[] = [{ text: title, width: widthOf(title) }];
  for (let at = 0; at < text.length; at += most) {
    const line = text.slice(at, at + most);
    lines.push({ text: line, width: widthOf(line) });
  }
  return { width: Math.max(...lines.map((line) => line.width)), lines };
}

function block(caption: string, lines: readonly BlockLine[], style: Style): Block {
  const all = [{ text: style.apply('dim', caption), width: widthOf(caption) }, ...lines];
  return { width: Math.max(...all.map((line) => line.width)), lines: all };
}

/** Puts blocks side by side if they fit, otherwise below each other. */
function flow(blocks: readonly Block[], width: number): string[] {
  const lines: string[] = [];
  let row: Block[] = [];
  let used = 0;
  const finish = () => {
    if (lines.length > 0) lines.push('');
    lines.push(...sideBySide(row));
    row = [];
    used = 0;
  };
  for (const next of blocks) {
    const needed = used === 0 ? next.width : used + GAP + next.width;
    if (row.length > 0 && needed > width) finish();
    used = row.length === 0 ? next.width : used + GAP + next.width;
    row.push(next);
  }
  finish();
  return lines;
}

function sideBySide(blocks: readonly Block[]): string[] {
  const height = Math.max(...blocks.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, k) => {
    let line = '';
    let at = 0;
    let column = 0;
    for (const { width, lines } of blocks) {
      const drawn = lines[k];
      if (drawn !== undefined) {
        line += ' '.repeat(column - at) + drawn.text;
        at = column + drawn.width;
      }
      column += width + GAP;
    }
    return line.trimEnd();
  });
}

/** The ARC colours 0 to 9: red, green, blue. */
const PALETTE: readonly (readonly [number, number, number])[] = [
  [0x00, 0x00, 0x00],
  [0x00, 0x74, 0xd9],
  [0xff, 0x41, 0x36],
  [0x2e, 0xcc, 0x40],
  [0xff, 0xdc, 0x00],
  [0xaa, 0xaa, 0xaa],
  [0xf0, 0x12, 0xbe],
  [0xff, 0x85, 0x1b],
  [0x7f, 0xdb, 0xff],
  [0x87, 0x0c, 0x25],
];

/** Background codes for terminals with 16 colours: the nearest colours that differ from each other. */
const SIXTEEN = [40, 44, 101, 42, 103, 47, 45, 43, 46, 41];

const RESET = '\u001b[0m';

/** A cell, two columns wide. A difference has a mark, black on light colours and white on dark ones. */
function cell(color: number, different: boolean, style: Style): string {
  if (!style.colored || color < 0 || color > 9)
    return `${color}${different ? '!' : ' '}`.padEnd(2).slice(0, 2);
  const [red, green, blue] = PALETTE[color];
  const ink = red * 3 + green * 6 + blue > 1000 ? 30 : 97;
  return `\u001b[${background(color, style.depth)};${ink}m${different ? '><' : '  '}${RESET}`;
}

function background(color: number, depth: number): string {
  const [red, green, blue] = PALETTE[color];
  if (depth >= 24) return `48;2;${red};${green};${blue}`;
  if (depth < 8) return String(SIXTEEN[color]);
  const step = (value: number) => Math.round((value / 255) * 5);
  return `48;5;${16 + 36 * step(red) + 6 * step(green) + step(blue)}`;
}
