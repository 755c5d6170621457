/** A grid as large as the window allows, with row and column numbers. */
import { button, element } from '../dom.js';
import { gridPicture, type PictureOptions } from './grid-picture.js';
import { type Rows, widthOf } from './grid-rows.js';

/** In pixels: the sizes of a cell, and the part of the window that the grid cannot use. */
const CELL = { smallest: 3, largest: 48 };
const AROUND = { width: 130, height: 210 };

/** From this cell size on there is room for a digit. */
const WITH_DIGITS = 16;

export function openGrid(rows: Rows, options: Omit<PictureOptions, 'cell' | 'digits'>): void {
  const largest = Math.min(
    (window.innerWidth - AROUND.width) / Math.max(1, widthOf(rows)),
    (window.innerHeight - AROUND.height) / Math.max(1, rows.length),
  );
  const cell = Math.max(CELL.smallest, Math.min(CELL.largest, Math.floor(largest)));
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
  // A click beside the dialog closes it.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}
