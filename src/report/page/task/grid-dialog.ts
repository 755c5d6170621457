/** A grid as large as the window allows, with the numbers of its rows and columns. */
import { button, element } from '../dom.js';
import { gridPicture, type PictureOptions } from './grid-picture.js';
import { type Rows, widthOf } from './grid-rows.js';

/** Pixels of the sides of a cell, and of the window that are not the grid's. */
const CELL = { smallest: 3, largest: 48 };
const AROUND = { width: 130, height: 210 };

/** From this size on there is room for a digit in a cell. */
const WITH_DIGITS = 16;

export function openGrid(rows: Rows, options: Omit<PictureOptions, 'cell' | 'digits'>): void {
  const fitting = Math.min(
    (window.innerWidth - AROUND.width) / Math.max(1, widthOf(rows)),
    (window.innerHeight - AROUND.height) / Math.max(1, rows.length),
  );
  const cell = Math.max(CELL.smallest, Math.min(CELL.largest, Math.floor(fitting)));
  const picture = gridPicture(rows, {
    ...options,
    cell,
    digits: cell >= WITH_DIGITS && options.overlay !== true,
    numbered: true,
  });
  const dialog = element('dialog', { class: 'large', 'aria-label': options.label });
  dialog.append(
    element('p', {}, options.label),
    element('div', { class: 'scroll' }, picture),
    button('close', {}, () => dialog.close()),
  );
  dialog.addEventListener('close', () => dialog.remove());
  // A click beside it closes it.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}
