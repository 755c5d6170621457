/** What to do when there is nothing to build. */

import { printable } from '../../../text/printable.js';
import type { Workspace } from '../../../workspace/workspace.js';
import { tableLines } from '../columns.js';
import type { Style } from '../style.js';

export function emptyLines({ root, config, tasks }: Workspace, style: Style): string[] {
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
    `nothing to build: there is no task in ${places} (the workspace is ${printable(root)})`,
    '',
    ...tableLines(advice, ['left', 'left', 'left'], style),
  ];
}
