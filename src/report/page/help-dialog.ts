/** A dialog that lists the keys. */
import { button, element, table } from './dom.js';

const KEYS: readonly (readonly [string, string])[] = [
  ['j  →', 'next task of the list'],
  ['k  ←', 'previous task'],
  ['n', 'next program of the task'],
  ['p', 'previous program'],
  ['/', 'search tasks by id or solver; Enter opens the first'],
  ['Esc', 'close, clear the search, go back to the overview'],
  ['o', 'overview'],
  ['m', 'map of tasks by solvers'],
  ['d', 'digits in the cells of grids'],
  ['t', 'theme: system, light, dark'],
  ['?', 'this help'],
];

export function helpDialog(): HTMLDialogElement {
  const rows = KEYS.map(([key, what]) => [element('kbd', {}, key), what]);
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'help' },
    element('h2', { id: 'help' }, 'Keys'),
    table('Keys', ['key', 'what it does'], rows, []),
    element('p', { class: 'quiet' }, 'The arrow keys move in lists, in the ranking and on the map, too.'),
  );
  dialog.append(button('close', {}, () => dialog.close()));
  return dialog;
}
