/** A program on a sample: input, expected and produced grid side by side. */
import { plural } from '../../../text/amounts.js';
import type { CellReport, PackedGrid, SampleReport } from '../../data.js';
import { unpackGrid } from '../../task/packed-grid.js';
import { button, element } from '../dom.js';
import { openGrid } from '../grids/grid-dialog.js';
import { gridPicture, type PictureOptions } from '../grids/grid-picture.js';
import {
  countDifferences,
  describeGrid,
  isDrawable,
  type Rows,
  sizeOf,
  widthOf,
} from '../grids/grid-rows.js';
import { sampleName, type TaskModel, troubleOf } from './task-model.js';
import { matchMark } from './verdict.js';

/** In pixels: the sizes of a cell, and the space around a grid. */
const CELL = { smallest: 1, usual: 22, largest: 44 };
const ROOM = 24;

/** In pixels: the smallest width of a grid, so that small grids are easy to see. */
const SMALL = 132;

/** In pixels. */
const NARROW = 480;

const GONE = 'the task file has changed since the build';

export interface GridOptions {
  /** In pixels: the width that the three grids of a sample can use. */
  readonly width: number;
  readonly digits: boolean;
}

/** All samples of the task. If `program` is null, without produced grids. */
export function sampleGrids(model: TaskModel, program: number | null, options: GridOptions): HTMLElement {
  const cells = program === null ? null : model.detail.programs[program].cells;
  const samples = model.detail.samples.map((sample, k) =>
    sampleFigure(
      sampleName(model, k),
      sample,
      cells === null ? null : cells[k],
      model.detail.outputs,
      options,
    ),
  );
  const { moreSamples } = model.detail;
  const more =
    moreSamples === 0 ? null : element('p', { class: 'quiet' }, `and ${plural(moreSamples, 'more sample')}`);
  return element('div', { class: 'samples' }, ...samples, more);
}

function sampleFigure(
  name: string,
  sample: SampleReport,
  cell: CellReport | null,
  outputs: readonly (PackedGrid | null)[],
  options: GridOptions,
): HTMLElement {
  const input = rowsOf(sample.input);
  const expected = rowsOf(sample.expected);
  const produced = cell === null || cell.output === null ? null : rowsOf(outputs[cell.output]);
  // The grids of a sample have cells of one size, so that they can be compared.
  const drawing = { digits: options.digits, cell: cellSize([input, expected, produced], options.width) };
  const figures = [
    gridFigure('input', input, GONE, null, drawing),
    gridFigure('expected', expected, sample.hidden ? 'hidden' : GONE, null, drawing),
  ];
  if (cell !== null) {
    const trouble = troubleOf(cell) ?? 'the grid was too large to keep, or is not in the store any more';
    figures.push(gridFigure('produced', produced, trouble, expected, drawing));
    figures.push(...overlayFigures(produced, expected, drawing));
  }
  const title = element('h4', {}, `${name} `, cell === null ? null : matchMark(cell.match));
  return element('div', { class: 'sample' }, title, element('div', { class: 'grids' }, ...figures));
}

function rowsOf(packed: PackedGrid | null): Rows | null {
  return packed === null ? null : unpackGrid(packed);
}

/** The largest cell size with which the three grids fit side by side; two grids if there is little space. */
function cellSize(grids: readonly (Rows | null)[], width: number): number {
  const drawn = grids.filter((rows) => rows !== null && isDrawable(rows)) as Rows[];
  const side = Math.max(1, ...drawn.map((rows) => Math.max(rows.length, widthOf(rows))));
  const largest = Math.floor((width / (width < NARROW ? 2 : 3) - ROOM) / side);
  const wanted = Math.max(CELL.usual, Math.min(CELL.largest, Math.floor(SMALL / side)));
  return Math.max(CELL.smallest, Math.min(wanted, largest));
}

/** `missing` is shown if there is no grid. Cells that differ from `reference` are marked. */
function gridFigure(
  title: string,
  rows: Rows | null,
  missing: string,
  reference: Rows | null,
  drawing: { readonly digits: boolean; readonly cell: number },
): HTMLElement {
  if (rows === null) return textFigure(title, missing);
  const differences = reference === null ? 0 : countDifferences(rows, reference);
  const caption = `${title} ${sizeOf(rows)}${reference === null ? '' : differenceNote(rows, reference)}`;
  if (!isDrawable(rows)) return textFigure(title, `a grid of ${sizeOf(rows)}`);
  const note = reference === null ? '' : differenceNote(rows, reference);
  const label = `${title}: ${describeGrid(rows)}${note}`;
  const heading = element('figcaption', {}, caption);
  const kind = differences > 0 ? 'differs' : null;
  return element('figure', { class: kind }, heading, openable(rows, { ...drawing, reference, label }));
}

/** The picture as a button that shows it enlarged. */
function openable(rows: Rows, options: PictureOptions): HTMLButtonElement {
  const { reference, label, overlay = false } = options;
  const made = button('', { class: 'open', title: 'show it large', 'aria-haspopup': 'dialog' }, () =>
    openGrid(rows, { reference, label, overlay }),
  );
  made.append(gridPicture(rows, options));
  return made;
}

/** Both grids in one picture, if they have the same size and differ. */
function overlayFigures(
  produced: Rows | null,
  expected: Rows | null,
  drawing: { readonly digits: boolean; readonly cell: number },
): HTMLElement[] {
  if (produced === null || expected === null || !isDrawable(produced)) return [];
  const differences = countDifferences(produced, expected);
  if (differences === 0 || sizeOf(produced) !== sizeOf(expected)) return [];
  const cells = expected.reduce((sum, row) => sum + row.length, 0);
  const caption = `difference, ${differences} of ${plural(cells, 'cell')}`;
  const label = `${caption}: upper left what was produced, lower right what is expected`;
  const options = { ...drawing, digits: false, reference: expected, overlay: true, label };
  const heading = element('figcaption', { title: label }, caption);
  return [element('figure', { class: 'differs' }, heading, openable(produced, options))];
}

function differenceNote(rows: Rows, reference: Rows): string {
  if (sizeOf(rows) !== sizeOf(reference)) return `, not ${sizeOf(reference)}`;
  const differences = countDifferences(rows, reference);
  if (differences === 0) return '';
  return `, ${plural(differences, 'cell')} ${differences === 1 ? 'differs' : 'differ'}`;
}

function textFigure(title: string, text: string): HTMLElement {
  return element('figure', { class: 'message' }, element('figcaption', {}, title), element('p', {}, text));
}
