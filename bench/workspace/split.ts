/** Divides a workspace among processes: parts that share only a store, and one workspace with all parts. */
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { discard } from '../measure/discard.js';

export interface SplitWorkspace {
  /** Workspaces with disjoint tasks and solvers. Their store is `cache` in the folder. */
  readonly parts: readonly string[];
  /** A workspace of all the parts' tasks and solvers, with a store of its own. */
  readonly whole: string;
  /** The store of the parts. */
  readonly sharedCache: string;
}

/** Creates them in `folder` (which is removed first) from a workspace with one solver file for each task. */
export function splitWorkspace(workspace: string, folder: string, count: number): SplitWorkspace {
  discard(folder);
  const parts = Array.from({ length: count }, (_, part) => join(folder, `part-${part}`));
  for (const part of parts) {
    for (const name of ['tasks', 'solvers']) mkdirSync(join(part, name), { recursive: true });
    configure(part, { tasks: 'tasks', solvers: 'solvers', cache: '../cache' });
  }
  const files = readdirSync(join(workspace, 'tasks')).sort();
  files.forEach((file, k) => {
    const part = parts[k % count];
    for (const name of [`tasks/${file}`, `solvers/${basename(file, '.json')}.py`])
      copyFileSync(join(workspace, name), join(part, name));
  });
  const whole = join(folder, 'whole');
  const all = (name: string) => parts.map((part) => `../${basename(part)}/${name}`);
  configure(whole, { tasks: all('tasks'), solvers: all('solvers'), cache: 'cache' });
  return { parts, whole, sharedCache: join(folder, 'cache') };
}

function configure(folder: string, config: object): void {
  mkdirSync(join(folder, 'config'), { recursive: true });
  writeFileSync(
    join(folder, 'config/battbuild.json'),
    `${JSON.stringify({ ...config, out: 'out' }, null, 2)}\n`,
  );
}
