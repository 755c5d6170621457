/** Which tasks a search finds. */
import type { TaskHead, Verdict } from '../../data.js';

export interface Found {
  readonly index: number;
  /** A solver whose name matches the search; null if the id matches. */
  readonly solver: string | null;
  /** Index of its program; 0, the best, if the id matches. */
  readonly program: number;
}

/** The tasks for which each word of the query is part of the id or of a solver's name, ignoring case. */
export function findTasks(tasks: readonly TaskHead[], query: string, verdict: Verdict | null): Found[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return tasks.flatMap((task, index): Found[] => {
    if (verdict !== null && task.verdict !== verdict) return [];
    const id = task.id.toLowerCase();
    const rest = words.filter((word) => !id.includes(word));
    if (rest.length === 0) return [{ index, solver: null, program: 0 }];
    const at = task.solverNames.findIndex((name) => {
      const lower = name.toLowerCase();
      return rest.every((word) => lower.includes(word));
    });
    if (at < 0) return [];
    return [{ index, solver: task.solverNames[at], program: task.solverPrograms[at] ?? 0 }];
  });
}
