/** What to do when there is nothing to build. */
import type { InputRoot } from '../../workspace/discover.js';
import type { Workspace } from '../../workspace/workspace.js';
import { printable } from './printable.js';
import type { Style } from './style.js';

export function emptyLines({ root, config, tasks, solvers }: Workspace, style: Style): string[] {
  const names = (roots: readonly InputRoot[]) => roots.map(({ name }) => printable(name)).join(', ');
  const command = (text: string) => style.apply('bold', text);
  const lines = [
    `nothing to build: no task in ${names(tasks)} (of ${printable(root)})`,
    '',
    `  ${command('battbuild init')}                               begins a workspace here, with an example`,
    `  ${command('battbuild --tasks PATH --solvers PATH')}        builds tasks and solvers that are elsewhere`,
  ];
  if (config !== null) {
    lines.push(`  ${command(printable(config.name))} says where the workspace keeps its tasks and solvers`);
  }
  return [...lines, '', `solvers are looked for in ${names(solvers)}`];
}
