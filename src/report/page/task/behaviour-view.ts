/** The behaviour classes of a task, with small pictures of their outputs. */
import { plural } from '../../../text/amounts.js';
import { unpackGrid } from '../../task/packed-grid.js';
import { type Child, element, link, table } from '../dom.js';
import { gridPicture } from '../grids/grid-picture.js';
import { describeGrid, isDrawable, type Rows, sizeOf, widthOf } from '../grids/grid-rows.js';
import { taskHash } from '../route.js';
import { behaviourClasses, sampleName, solversOf, type TaskModel } from './task-model.js';
import { matchMark } from './verdict.js';

/** In pixels: the approximate longer side of a picture, and the largest cell. */
const SIZE = 56;
const LARGEST_CELL = 8;

export function behaviourView(model: TaskModel): HTMLElement {
  const { head, detail } = model;
  const rows = behaviourClasses(detail).map((programs, k): Child[] => {
    const best = detail.programs[programs[0]];
    const name = solversOf(detail, programs[0])[0]?.name ?? '';
    return [
      String(k + 1),
      `${best.demo}/${head.known.demo}`,
      `${best.test}/${head.known.test}`,
      element(
        'div',
        {},
        link(taskHash(head.id, programs[0]), {}, name),
        element('div', { class: 'quiet' }, plural(programs.length, 'program')),
      ),
      ...best.cells.map((_, sample) => outputPicture(model, programs[0], sample)),
    ];
  });
  const samples = detail.samples.map((_, k) => sampleName(model, k));
  const titles = ['class', 'demo', 'test', 'best program', ...samples];
  return element(
    'section',
    { class: 'card behaviours', 'aria-labelledby': 'behaviours' },
    element('h2', { id: 'behaviours' }, plural(rows.length, 'behaviour')),
    element('div', { class: 'scroll' }, table('Behaviour classes', titles, rows, [0, 1, 2])),
  );
}

function outputPicture({ detail }: TaskModel, program: number, sample: number): HTMLElement {
  const cell = detail.programs[program].cells[sample];
  const packed = cell.output === null ? null : detail.outputs[cell.output];
  const rows = packed === null ? null : unpackGrid(packed);
  const picture =
    rows === null || !isDrawable(rows)
      ? element('span', { class: 'quiet' }, rows === null ? cell.status : sizeOf(rows))
      : thumbnail(rows);
  return element('div', { class: 'thumb' }, picture, matchMark(cell.match));
}

function thumbnail(rows: Rows): HTMLElement {
  const side = Math.max(1, rows.length, widthOf(rows));
  const cell = Math.max(2, Math.min(LARGEST_CELL, Math.floor(SIZE / side)));
  return gridPicture(rows, { cell, reference: null, digits: false, label: `output ${describeGrid(rows)}` });
}
