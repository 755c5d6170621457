/** What happened since the last finished build: the causes and the effects that the next finished one will tell. */

import { compareStandings, type Standing, standingOf, type TaskChange } from '../build/compare/standing.js';
import type { TaskResult } from '../build/record/task-result.js';
import type { Change } from './watch-event.js';

export class Unreported {
  private readonly causes = new Map<string, Change>();
  private readonly tasks = new Map<string, { readonly before: Standing | null; after: Standing | null }>();
  private savedAt: number | null = null;

  /** `savedAt` is in milliseconds since the epoch. */
  noteCauses(changes: readonly Change[], savedAt: number | null): void {
    for (const change of changes) this.causes.set(`${change.what} ${change.file}`, change);
    if (savedAt !== null) this.savedAt = Math.max(this.savedAt ?? 0, savedAt);
  }

  /** Of several builds, the first `before` and the last `after` count. */
  noteTask(task: string, before: TaskResult | null, after: TaskResult | null): void {
    const standing = after === null ? null : standingOf(after);
    const known = this.tasks.get(task);
    if (known === undefined) {
      this.tasks.set(task, { before: before === null ? null : standingOf(before), after: standing });
    } else known.after = standing;
  }

  changes(): Change[] {
    return [...this.causes.values()];
  }

  /** Forgets all; returns the tasks that differ, in the order of ids, and when the last changed input was written. */
  take(): { readonly tasks: readonly TaskChange[]; readonly savedAt: number | null } {
    const { savedAt } = this;
    const tasks = [...this.tasks]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([task, { before, after }]) => compareStandings(task, before, after) ?? []);
    this.causes.clear();
    this.tasks.clear();
    this.savedAt = null;
    return { tasks, savedAt };
  }
}
