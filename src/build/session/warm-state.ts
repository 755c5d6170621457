/** The warm state: what a process that builds one workspace repeatedly keeps open between builds. */
import type { SharedCache } from '../../remote-cache/shared-cache.js';
import type { Store } from '../../store/store.js';
import type { Workers } from '../../workers/workers.js';
import type { StatTable } from '../../workspace/stat-table.js';
import type { Scan } from '../inputs/scan.js';
import type { RecordCache } from '../record/record-cache.js';
import type { TaskResult } from '../record/task-result.js';

/** `before` is null if there was no result, `after` if there no longer is one. */
export type TaskChanged = (task: string, before: TaskResult | null, after: TaskResult | null) => void;

export interface WarmState {
  /** The open store of the workspace. */
  readonly store: Store;
  /** False if an earlier build used it and has reported the diagnostics of opening it. */
  readonly isNewStore: boolean;
  /** Started with the workspace's settings. They stay after the build, unless it was stopped. */
  readonly workers: Workers;
  /** The open shared cache of the workspace; null if none is configured. */
  readonly shared: SharedCache | null;
  /** The records of earlier builds. */
  readonly records: RecordCache;
  /** A scan of the inputs right before this build, and the stats it was compared with; null if there was none. */
  readonly scanned: { readonly since: StatTable; readonly scan: Scan } | null;
  /**
   * Whether published files of otherwise unchanged tasks are checked. They are many times more numerous than inputs,
   * and a process that watches their folder knows when a check is needed.
   */
  readonly checkPublished: boolean;
  /** Called for a task whose result is about to be replaced; null if not needed. */
  readonly taskChanged: TaskChanged | null;
}
