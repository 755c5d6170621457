/** Which results a watch shows. A filter changes what is printed, never what is built. */
import type { TaskChange } from '../../../build/compare/standing.js';
import type { Results } from '../../../watch/watch-event.js';

export interface WatchFilter {
  /** Only tasks that are unsolved, or were unsolved before. */
  readonly unsolved: boolean;
  /** Only tasks whose id contains this text, and solvers whose name or file does. */
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
