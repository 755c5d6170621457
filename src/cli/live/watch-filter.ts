/** Which results of a watch are shown: a filter changes what is said, and nothing that is built. */
import type { TaskChange } from '../../build/compare/standing.js';
import type { Results } from '../../watch/watch-event.js';

export interface WatchFilter {
  /** Only tasks that are not solved, or were not before. */
  readonly unsolved: boolean;
  /** Only tasks whose id, or solvers whose name or file, hold this. */
  readonly text: string;
}

export const NO_FILTER: WatchFilter = { unsolved: false, text: '' };

export function filtered(results: Results, filter: WatchFilter): Results {
  const tasks = results.tasks.filter((change) => isShown(change, filter));
  const ids = new Set(tasks.map(({ task }) => task));
  const only = (list: readonly string[]) => list.filter((task) => ids.has(task));
  const { solved, lost, up, down, broken } = results;
  return {
    ...results,
    solved: only(solved),
    lost: only(lost),
    up: only(up),
    down: only(down),
    tasks,
    broken: broken.filter(({ task }) => ids.has(task)),
  };
}

function isShown({ task, before, after, solvers }: TaskChange, { unsolved, text }: WatchFilter): boolean {
  if (unsolved && before?.verdict === 'solved' && after?.verdict === 'solved') return false;
  return task.includes(text) || solvers.some(({ file, name }) => file.includes(text) || name.includes(text));
}
