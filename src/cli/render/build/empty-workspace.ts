/** What to do when there is nothing to build. */

import type { Selection } from '../../../build/options.js';
import { plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import type { Workspace } from '../../../workspace/workspace.js';
import { tableLines } from '../columns.js';
import type { Style } from '../style.js';

const NOTHING = 'nothing to build';

export interface Nothing {
  readonly workspace: Workspace;
  readonly selection: Selection;
  /** Usable tasks, selected or not. */
  readonly available: number;
}

export function emptyLines({ workspace, selection, available }: Nothing, style: Style): string[] {
  if (selection.count === 0) return [`${NOTHING}: the selection is empty, since -c 0 selects no task`];
  if (available > 0) return [`${NOTHING}: the selection is empty, ${selectionText(selection, available)}`];
  const { root, config, tasks } = workspace;
  const places = tasks.map(({ name }) => printable(name)).join(', ');
  const bold = (text: string) => ({ text, format: 'bold' as const });
  const advice = [
    ['', bold('battbuild init'), 'begins a workspace in this folder, with an example'],
    ['', bold('battbuild --tasks PATH --solvers PATH'), 'builds tasks and solvers that are elsewhere'],
  ];
  if (config !== null) {
    advice.push(['', bold(printable(config.name)), 'says where this workspace keeps its tasks and solvers']);
  }
  return [
    `${NOTHING}: there is no task in ${places} (the workspace is ${printable(root)})`,
    '',
    ...tableLines(advice, ['left', 'left', 'left'], style),
  ];
}

function selectionText({ ids, start }: Selection, available: number): string {
  if (ids.length > 0 && start === 0) return 'since its tasks cannot be used';
  const of = ids.length > 0 ? 'the tasks that are named' : plural(available, 'task');
  return `since -s ${start} leaves out all of ${of}`;
}
