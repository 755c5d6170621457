/** Collects causes and effects of builds until the next finished build reports them. */

import { compareStandings, standingOf, type TaskChange } from '../build/compare/standing.js';
import type { TaskResult } from '../build/record/task-result.js';
import type { OutputDigest } from '../engine/output.js';
import { type BrokenSample, brokenSample } from './broken-sample.js';
import type { Change } from './watch-event.js';

/** At most this many tasks that got worse are searched for a broken sample, because that reads outputs. */
const MOST_BROKEN = 4;

type OutputsOf = (
  task: string,
  digests: readonly (OutputDigest | '')[],
) => ReadonlyMap<OutputDigest, Uint8Array>;

interface Taken {
  readonly tasks: readonly TaskChange[];
  readonly broken: readonly BrokenSample[];
  readonly savedAt: number | null;
}

interface Reported {
  readonly before: TaskResult | null;
  after: TaskResult | null;
}

export class Unreported {
  private readonly causes = new Map<string, Change>();
  private readonly tasks = new Map<string, Reported>();
  private savedAt: number | null = null;

  /** `savedAt` is in milliseconds since the epoch. */
  noteCauses(changes: readonly Change[], savedAt: number | null): void {
    for (const change of changes) this.causes.set(`${change.what} ${change.file}`, change);
    if (savedAt !== null) this.savedAt = Math.max(this.savedAt ?? 0, savedAt);
  }

  /** Of several builds, the first `before` and the last `after` count. */
  noteTask(task: string, before: TaskResult | null, after: TaskResult | null): void {
    const known = this.tasks.get(task);
    if (known === undefined) this.tasks.set(task, { before, after });
    else known.after = after;
  }

  changes(): Change[] {
    return [...this.causes.values()];
  }

  /**
   * Clears the collection. Returns the tasks that differ, sorted by id; the first broken samples of those that got
   * worse; and when the last changed input was written. `outputsOf` returns outputs of a task's cells.
   */
  take(outputsOf: OutputsOf): Taken {
    const { savedAt } = this;
    const tasks: TaskChange[] = [];
    const broken: BrokenSample[] = [];
    for (const [task, { before, after }] of [...this.tasks].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const change = compareStandings(task, before && standingOf(before), after && standingOf(after));
      if (change === null) continue;
      tasks.push(change);
      if (before === null || after === null || (change.after?.score ?? 0) >= (change.before?.score ?? 0))
        continue;
      if (broken.length === MOST_BROKEN) continue;
      const sample = brokenSample(before, after, (digests) => outputsOf(task, digests));
      if (sample !== null) broken.push(sample);
    }
    this.causes.clear();
    this.tasks.clear();
    this.savedAt = null;
    return { tasks, broken, savedAt };
  }
}
