/** Which task is built next: the longest first, several at once, and those that another process is at last. */
import type { TaskState } from '../record/task-state.js';
import type { Leases } from './leases.js';
import { progressWeights, recordedMicros } from './progress-weights.js';
import { type Claim, Interrupted, type Run } from './run-phases.js';

export interface TaskLanesOptions {
  readonly run: Run;
  readonly leases: Leases;
  /** Worker threads. */
  readonly jobs: number;
  /** Cells of a task, as far as they are known before it is built. */
  cellsOf(id: string): number;
  /** Recorded states by task. */
  readonly states: ReadonlyMap<string, TaskState>;
  /** Builds a task; the claim is made before the first step that must run. */
  build(id: string, claim: Claim): Promise<void>;
}

export class TaskLanes {
  /** Tasks that no lane has begun with. */
  private waiting: string[] = [];

  constructor(private readonly given: TaskLanesOptions) {}

  /**
   * Several tasks are under way at once, so that workers have work while the main thread looks up and publishes. A task
   * that another process is at waits beside them, and others are built meanwhile. Throws Interrupted when told to stop.
   */
  async run(ids: readonly string[]): Promise<void> {
    const { run, states, jobs } = this.given;
    this.waiting = this.inOrder(ids);
    run.shared?.expectTasks(this.waiting);
    const weights = progressWeights(ids, states, (id) => this.given.cellsOf(id));
    const lanes = Math.max(2, jobs * 2);
    const deferred: Promise<void>[] = [];
    const lane = async () => {
      for (let id = this.waiting.shift(); id !== undefined; id = this.waiting.shift()) {
        if (run.signal.aborted) throw new Interrupted();
        run.emit({ type: 'task-started', task: id, share: weights.get(id) ?? 0 });
        await this.untilDeferred(id, deferred);
      }
    };
    const settled = await Promise.allSettled(Array.from({ length: Math.min(lanes, ids.length) }, lane));
    settled.push(...(await Promise.allSettled(deferred)));
    const failed = settled.find((one): one is PromiseRejectedResult => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Gives up the lease of a finished task, and takes that of the next one, in the transaction that is open. */
  passLease(id: string): void {
    this.given.leases.pass(leaseOf(id), this.waiting.length > 0 ? leaseOf(this.waiting[0]) : null);
  }

  /** Builds a task; resolves when it is built, or waits for another process: then it is added to `deferred`. */
  private async untilDeferred(id: string, deferred: Promise<void>[]): Promise<void> {
    const { run, leases } = this.given;
    await new Promise<void>((resolve, reject) => {
      const defer = (process: number) => {
        run.emit({ type: 'deferred', task: id, process });
        deferred.push(built);
        resolve();
      };
      const built = this.given
        .build(id, () => leases.hold(leaseOf(id), defer))
        .finally(() => {
          run.shared?.taskFinished(id);
          leases.release(leaseOf(id));
        });
      built.then(() => run.emit({ type: 'task-ended', task: id })).then(resolve, reject);
    });
  }

  /** Longest first, by what they took last time, so that no worker finishes late; unknown ones before all. */
  private inOrder(ids: readonly string[]): string[] {
    const cost = (id: string) => recordedMicros(this.given.states.get(id)) || Number.POSITIVE_INFINITY;
    return [...ids].sort((a, b) => {
      const difference = cost(b) - cost(a);
      return difference > 0 ? 1 : difference < 0 ? -1 : 0;
    });
  }
}

/** Names a task's lease. Processes with other programs for the same task take turns, as do those who publish it. */
function leaseOf(task: string): string {
  return `task ${task}`;
}
