/** What a process that builds one workspace again and again keeps open between its builds. */
import type { SharedCache } from '../../remote-cache/shared-cache.js';
import type { Store } from '../../store/store.js';
import type { Workers } from '../../workers/workers.js';
import type { StatTable } from '../../workspace/stat-table.js';
import type { Scan } from '../inputs/scan.js';
import type { RecordCache } from '../record/record-cache.js';
import type { TaskResult } from '../record/task-result.js';

/** `before` is null when there was no result, `after` when there is none any more. */
export type TaskChanged = (task: string, before: TaskResult | null, after: TaskResult | null) => void;

export interface WarmState {
  /** Open, and that of the workspace. */
  readonly store: Store;
  /** False when an earlier build used it, and said what opening it had to say. */
  readonly isNewStore: boolean;
  /** Started with the workspace's settings. They stay when the build ends, unless it was told to stop. */
  readonly workers: Workers;
  /** The workspace's shared cache, open; null where none is configured. */
  readonly shared: SharedCache | null;
  /** What the builds before recorded. */
  readonly records: RecordCache;
  /** A look at the inputs right before this build, and what it was compared with; null when there was none. */
  readonly scanned: { readonly since: StatTable; readonly scan: Scan } | null;
  /**
   * Whether published files of tasks that nothing else changed of are looked at: there are many times more of them than
   * inputs, and a process that watches their folder knows when they must be.
   */
  readonly checkPublished: boolean;
  /** Told of a task whose result is about to be recorded anew; null when nobody wants to know. */
  readonly taskChanged: TaskChanged | null;
}
